#pragma once

#include "client/api/records_client.h"
#include "client/records/attachment_saver.h"
#include "client/widgets/sound/player_bar.h"

#include <QtCore/QPointer>

#include <memory>

namespace cb::records {

/// Plays the recording of a call, and saves it: fetched when somebody wants one of both. Takes no room when the record
/// has none.
class RecordingBar : public widgets::PlayerBar {
    Q_OBJECT
public:
    /// `client` outlives it.
    RecordingBar(api::RecordsClient& client, Tell tell, QWidget* parent = nullptr);

    void setRecord(const wire::Record& record);
    void forget(); ///< silent, and nothing is kept

private:
    void fetch();
    void take(const QByteArray& file);
    void fail(const base::Error& error);
    void save();

    api::RecordsClient& m_client;
    Tell m_tell;
    model::SessionId m_session;
    QByteArray m_file;
    bool m_saves = false; ///< asks for a place as soon as the file is here
    QPointer<api::Transfer> m_transfer;
    std::unique_ptr<QObject> m_of; ///< the record: answers about the one before are dropped
};

} // namespace cb::records
