#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/state/beside.h"
#include "client/state/transcript_model.h"

#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtGui/QImageReader>

namespace cb::state {

namespace {

using Delivery = TranscriptModel::Delivery;
using Kind = TranscriptModel::Kind;
using Who = TranscriptModel::Who;

constexpr int kMaxSide = 2048; ///< pixels: larger pictures are scaled while being decoded

Kind kindOf(model::MessageKind kind, model::Side side) {
    if (kind == model::MessageKind::Note)
        return Kind::Note;
    if (side == model::Side::System)
        return Kind::System;
    if (kind == model::MessageKind::Picture)
        return Kind::Picture;
    return kind == model::MessageKind::File ? Kind::File : Kind::Text;
}

Who whoOf(model::Side side) {
    if (side == model::Side::Customer)
        return Who::Customer;
    return side == model::Side::Agent ? Who::Agent : Who::Flow;
}

/// Only the kinds the server takes: no other decoder of the system sees bytes of strangers.
bool isShown(const QByteArray& format) {
    return format == "png" || format == "jpeg" || format == "gif" || format == "webp";
}

/// Of a picture that waits. Attachments count up from 1.
qint64 keyOf(const sync::OutboxItem& item) {
    return -item.id;
}

QImage decoded(const QString& path) {
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    if (!isShown(reader.format()))
        return {};
    if (const QSize size = reader.size(); size.width() > kMaxSide || size.height() > kMaxSide)
        reader.setScaledSize(size.scaled(kMaxSide, kMaxSide, Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

QVariant TranscriptModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::AccessibleTextRole)
        return spoken(index);
    if (const auto* view = message(index.row()))
        return messageData(*view, role);
    return waitingData(m_waiting[static_cast<std::size_t>(index.row()) - m_messages.size()], role);
}

QHash<int, QByteArray> TranscriptModel::roleNames() const {
    return {{KindRole, "kind"},         {SideRole, "side"},         {AuthorRole, "author"},
            {TextRole, "text"},         {TimeRole, "time"},         {DeliveryRole, "delivery"},
            {ErrorRole, "error"},       {PictureRole, "picture"},   {PictureSizeRole, "pictureSize"},
            {ProgressRole, "progress"}, {FileNameRole, "fileName"}, {FileSizeRole, "fileSize"},
            {RetryRole, "retry"},       {SeqRole, "seq"},           {UuidRole, "uuid"}};
}

Delivery TranscriptModel::deliveryOf(const model::Message& message) const {
    if (message.side != model::Side::Agent || message.kind == model::MessageKind::Note)
        return Delivery::None;
    if (message.seq <= m_read)
        return Delivery::Read;
    return message.seq <= m_delivered ? Delivery::Delivered : Delivery::Sent;
}

QString TranscriptModel::authorOf(const wire::MessageView& view) const {
    const auto& message = view.message;
    if (message.side == model::Side::Customer)
        return m_customerName;
    if (message.side != model::Side::Agent && message.kind != model::MessageKind::Note)
        return {};
    const QString known = message.agent && m_sources.agentName ? m_sources.agentName(message.agent) : QString();
    return known.isEmpty() ? bridge::toQt(view.agentName) : known; // who has left is on no list any more
}

/// The row for those who hear it.
QString TranscriptModel::spoken(const QModelIndex& index) const {
    const auto kind = Kind(index.data(KindRole).toInt());
    QStringList parts{index.data(AuthorRole).toString(),
                      QLocale().toString(index.data(TimeRole).toDateTime().toLocalTime().time(), QLocale::ShortFormat)};
    if (kind == Kind::Note)
        parts.prepend(tr("Internal note"));
    if (kind == Kind::Picture)
        parts << tr("[Picture]");
    if (kind == Kind::File)
        parts << tr("[File] %1").arg(index.data(FileNameRole).toString());
    parts << index.data(TextRole).toString();
    switch (Delivery(index.data(DeliveryRole).toInt())) {
    case Delivery::Sending:
        parts << tr("being sent");
        break;
    case Delivery::Delivered:
        parts << tr("delivered");
        break;
    case Delivery::Read:
        parts << tr("read");
        break;
    case Delivery::Failed:
        parts << tr("not sent: %1").arg(index.data(ErrorRole).toString());
        break;
    case Delivery::Sent:
    case Delivery::None:
        break;
    }
    parts.removeAll({});
    return parts.join(QStringLiteral(", "));
}

QVariant TranscriptModel::messageData(const wire::MessageView& view, int role) const {
    const auto& message = view.message;
    const bool hasFile = view.attachment.has_value();
    switch (role) {
    case KindRole:
        return static_cast<int>(kindOf(message.kind, message.side));
    case SideRole:
        return static_cast<int>(whoOf(message.side));
    case AuthorRole:
        return authorOf(view);
    case Qt::DisplayRole:
    case TextRole: // of a picture or file the text is its name
        return hasFile ? QString() : bridge::toQt(message.text);
    case TimeRole:
        return bridge::toQt(message.at);
    case DeliveryRole:
        return static_cast<int>(deliveryOf(message));
    case PictureRole:
        return pictureOf(view.attachment);
    case PictureSizeRole:
        return hasFile ? QSize(view.attachment->width, view.attachment->height) : QSize();
    case ProgressRole:
        return -1;
    case FileNameRole:
        return hasFile ? bridge::toQt(view.attachment->name) : QString();
    case FileSizeRole:
        return hasFile ? static_cast<qint64>(view.attachment->bytes) : qint64(-1);
    case SeqRole:
        return static_cast<qint64>(message.seq);
    case UuidRole:
        return bridge::toQt(base::toString(message.uuid));
    default:
        return {};
    }
}

QVariant TranscriptModel::waitingData(const sync::OutboxItem& item, int role) const {
    const bool isText = item.kind == model::MessageKind::Text;
    switch (role) {
    case KindRole:
        return static_cast<int>(kindOf(item.kind, model::Side::Agent));
    case SideRole:
        return static_cast<int>(Who::Agent);
    case AuthorRole:
        return m_sources.agentName ? m_sources.agentName(m_sources.me) : QString();
    case Qt::DisplayRole:
    case TextRole:
        return isText ? item.text : QString();
    case TimeRole:
        return bridge::toQt(item.at);
    case DeliveryRole:
        return static_cast<int>(item.error ? Delivery::Failed : Delivery::Sending);
    case ErrorRole:
        return item.error ? bridge::errorText(*item.error) : QString();
    case PictureRole: {
        const auto* image = m_sources.pictures.object(keyOf(item));
        return image != nullptr ? *image : QImage();
    }
    case PictureSizeRole:
        return item.kind == model::MessageKind::Picture ? QImageReader(item.file).size() : QSize();
    case ProgressRole:
        return item.percent;
    case FileNameRole:
        return isText ? QString() : item.text;
    case FileSizeRole:
        return isText || item.file.isEmpty() ? qint64(-1) : QFileInfo(item.file).size();
    case RetryRole:
        return isText || !item.file.isEmpty();
    case SeqRole:
        return qint64(0);
    case UuidRole:
        return bridge::toQt(base::toString(item.uuid));
    default:
        return {};
    }
}

QVariant TranscriptModel::pictureOf(const std::optional<model::Attachment>& attachment) const {
    const auto* image = attachment ? m_sources.pictures.object(attachment->id.value) : nullptr;
    return image != nullptr ? *image : QImage();
}

void TranscriptModel::wantPicture(int row) {
    const auto* view = message(row);
    if (view == nullptr)
        return wantWaiting(static_cast<std::size_t>(row) - m_messages.size());
    if (view->message.kind != model::MessageKind::Picture || !view->attachment ||
        m_sources.pictures.contains(view->attachment->id.value) || !m_wanted.insert(view->attachment->id.value).second)
        return;
    const auto key = view->attachment->id.value;
    m_sources.files.fetch(*view->attachment, this, [this, key](base::Result<QString> path) {
        if (path)
            return decode(key, *path);
        m_wanted.erase(key);
        Q_EMIT failed(path.error());
    });
}

void TranscriptModel::wantWaiting(std::size_t place) {
    if (place >= m_waiting.size() || m_waiting[place].kind != model::MessageKind::Picture)
        return;
    const auto key = keyOf(m_waiting[place]);
    if (!m_sources.pictures.contains(key) && m_wanted.insert(key).second)
        decode(key, m_waiting[place].file);
}

void TranscriptModel::decode(qint64 key, const QString& path) {
    const auto keep = [this, key](const QImage& image) {
        m_wanted.erase(key);
        if (image.isNull())
            return;
        m_sources.pictures.insert(key, new QImage(image), static_cast<int>(image.sizeInBytes() / 1024));
        pictureReady(key);
    };
    beside(
        this, [path] { return decoded(path); }, keep);
}

void TranscriptModel::pictureReady(qint64 key) {
    const auto changed = [this](std::size_t row) {
        const auto at = index(static_cast<int>(row));
        Q_EMIT dataChanged(at, at, {PictureRole});
    };
    for (std::size_t i = m_messages.size(); i-- > 0;)
        if (m_messages[i].attachment && m_messages[i].attachment->id.value == key)
            changed(i);
    for (std::size_t i = 0; i < m_waiting.size(); ++i)
        if (keyOf(m_waiting[i]) == key)
            changed(m_messages.size() + i);
}

} // namespace cb::state
