#include "client/bridge/convert.h"

#include <QtCore/QRandomGenerator>

namespace cb::bridge {

QString toQt(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string toStd(const QString& text) {
    return text.toStdString();
}

std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QDateTime toQt(base::TimePoint time) {
    return time == base::TimePoint{} ? QDateTime() : QDateTime::fromMSecsSinceEpoch(base::toUnixMillis(time));
}

base::TimePoint toStd(const QDateTime& time) {
    return time.isValid() ? base::fromUnixMillis(time.toMSecsSinceEpoch()) : base::TimePoint{};
}

base::Uuid newUuid() {
    auto* random = QRandomGenerator::system();
    return base::uuidFrom(random->generate64(), random->generate64());
}

} // namespace cb::bridge
