#include "client/bridge/phone_number.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>

namespace cb::bridge {

namespace {

constexpr int kDigits = 3; ///< fewer are an extension or a slip
constexpr int kMost = 64;  ///< more is no number

QString cleaned(const QString& text) {
    QString number;
    for (const QChar c : text.normalized(QString::NormalizationForm_KC)) {
        if (const int digit = c.digitValue(); digit >= 0)
            number += QChar(u'0' + digit);
        else if (c == u'*' || c == u'#' || (c == u'+' && number.isEmpty()))
            number += c;
    }
    return number == QLatin1String("+") || number.size() > kMost ? QString() : number;
}

} // namespace

QString cleanNumber(const QString& pasted) {
    static const QRegularExpression link(QStringLiteral("^\\s*tel:([^;?]*)"),
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression between(QStringLiteral("[/,;、，；\\n\\r\\t]+"));
    static const QRegularExpression trunkZero(QStringLiteral("\\(\\s*0\\s*\\)")); // +49 (0)30: not dialled from abroad
    QString text = pasted;
    if (const auto match = link.match(pasted); match.hasMatch())
        text = QUrl::fromPercentEncoding(match.captured(1).toUtf8());
    QString first;
    for (QString part : text.split(between, Qt::SkipEmptyParts)) {
        if (part.trimmed().startsWith(u'+'))
            part.remove(trunkZero);
        const QString number = cleaned(part);
        if (number.size() >= kDigits)
            return number;
        first = first.isEmpty() ? number : first;
    }
    return first;
}

} // namespace cb::bridge
