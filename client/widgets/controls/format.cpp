#include "client/widgets/controls/format.h"

#include <QLocale>
#include <QStringList>

namespace cb::widgets {

namespace {

bool isIdeograph(char32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0x3040 && c <= 0x30FF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

QString firstCharacter(const QString& text) {
    if (text.isEmpty())
        return {};
    return text.left(text[0].isHighSurrogate() ? 2 : 1);
}

} // namespace

QString formatElapsed(qint64 seconds) {
    seconds = qMax<qint64>(0, seconds);
    const auto two = [](qint64 v) { return QStringLiteral("%1").arg(v, 2, 10, QLatin1Char('0')); };
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(two(seconds % 60));
    return QStringLiteral("%1:%2:%3").arg(seconds / 3600).arg(two(seconds / 60 % 60), two(seconds % 60));
}

QString formatBytes(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, bytes < 10 * 1024 ? 1 : 0, QLocale::DataSizeTraditionalFormat);
}

QString formatCount(int count) {
    return count > 99 ? QStringLiteral("99+") : QString::number(count);
}

QString tipOf(const QString& text) {
    if (text.isEmpty())
        return {};
    return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(u'\n', QLatin1String("<br>")));
}

QString initialsOf(const QString& name) {
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return QStringLiteral("?");
    QString first = firstCharacter(trimmed);
    if (isIdeograph(first.toUcs4().value(0)))
        return first;
    const QStringList words = trimmed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.size() < 2)
        return first.toUpper();
    return (first + firstCharacter(words.last())).toUpper();
}

} // namespace cb::widgets
