#pragma once

#include "client/api/rest_client.h"

#include <QtCore/QCache>
#include <QtCore/QDir>

namespace cb::api {

/// Attachments on this machine: asked for once, then read from the disk. Files of one account, named by their id; the
/// oldest are removed when the room is used up. GUI thread.
class AttachmentCache : public QObject {
    Q_OBJECT
public:
    /// `folder` is made when it is not there.
    AttachmentCache(RestClient& rest, const QString& folder, qint64 room = 256 * 1024 * 1024,
                    QObject* parent = nullptr);

    /// The path when it is here and complete; empty otherwise.
    QString pathOf(const model::Attachment& attachment) const;
    /// The path, after downloading if needed. The transfer of one that is under way is shared; nullptr when it was here
    /// (`then` has been called).
    Transfer* fetch(const model::Attachment& attachment, QObject* context, RestClient::Then<QString> then);
    /// Keeps bytes that were sent from here, so that they need not come back over the network.
    void put(const model::Attachment& attachment, const QByteArray& bytes);

private:
    struct Waiting {
        QPointer<QObject> context;
        bool hasContext = false;
        RestClient::Then<QString> then;
    };
    QString nameOf(model::AttachmentId id) const;
    base::Result<QString> store(model::AttachmentId id, const QByteArray& bytes);
    void makeRoom();
    void finish(const model::Attachment& attachment, const base::Result<QByteArray>& bytes);

    RestClient& m_rest;
    QDir m_folder;
    qint64 m_room;
    std::map<model::AttachmentId, std::vector<Waiting>> m_waiting;
    std::map<model::AttachmentId, QPointer<Transfer>> m_transfers;
};

} // namespace cb::api
