#include "client/api/attachment_cache.h"

#include "client/bridge/convert.h"

#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

namespace cb::api {

AttachmentCache::AttachmentCache(RestClient& rest, const QString& folder, qint64 room, QObject* parent)
    : QObject(parent)
    , m_rest(rest)
    , m_folder(folder)
    , m_room(room) {
    m_folder.mkpath(QStringLiteral("."));
}

QString AttachmentCache::nameOf(model::AttachmentId id) const {
    return m_folder.filePath(QString::number(id.value));
}

QString AttachmentCache::pathOf(const model::Attachment& attachment) const {
    const QFileInfo info(nameOf(attachment.id));
    return info.isFile() && info.size() == attachment.bytes ? info.filePath() : QString();
}

Transfer* AttachmentCache::fetch(const model::Attachment& attachment, QObject* context,
                                 RestClient::Then<QString> then) {
    if (const auto path = pathOf(attachment); !path.isEmpty()) {
        then(path);
        return nullptr;
    }
    auto& waiting = m_waiting[attachment.id];
    waiting.push_back({context, context != nullptr, std::move(then)});
    if (waiting.size() > 1)
        return m_transfers[attachment.id];
    auto* transfer =
        m_rest.download(attachment.id, std::max<qint64>(attachment.bytes, 1), this,
                        [this, attachment](const base::Result<QByteArray>& bytes) { finish(attachment, bytes); });
    m_transfers[attachment.id] = transfer;
    return transfer;
}

void AttachmentCache::put(const model::Attachment& attachment, const QByteArray& bytes) {
    if (bytes.size() == attachment.bytes)
        (void)store(attachment.id, bytes); // it can be fetched again
}

void AttachmentCache::finish(const model::Attachment& attachment, const base::Result<QByteArray>& bytes) {
    base::Result<QString> result = base::rejected("bad_answer");
    if (!bytes)
        result = bytes.error();
    else if (bytes->size() == attachment.bytes)
        result = store(attachment.id, *bytes);
    const auto waiting = std::move(m_waiting[attachment.id]);
    m_waiting.erase(attachment.id);
    m_transfers.erase(attachment.id);
    for (const auto& one : waiting)
        if (!one.hasContext || one.context)
            one.then(result);
}

base::Result<QString> AttachmentCache::store(model::AttachmentId id, const QByteArray& bytes) {
    QSaveFile file(nameOf(id));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return base::with(base::retry("cache_unavailable"), "reason", bridge::toStd(file.errorString()));
    makeRoom();
    return nameOf(id);
}

void AttachmentCache::makeRoom() {
    auto files = m_folder.entryInfoList(QDir::Files, QDir::Time); // newest first
    qint64 used = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        used += files[i].size();
        if (used > m_room && i > 0)
            QFile::remove(files[i].filePath());
    }
}

} // namespace cb::api
