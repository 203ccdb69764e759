#include "client/widgets/transcript/links.h"

#include <QRegularExpression>

namespace cb::widgets {

namespace {

/// The length of \p found without what belongs to the sentence round it.
qsizetype trimmedLength(QStringView found) {
    static const QString kTail = QStringLiteral(".,;:!?'\"*_");
    qsizetype length = found.size();
    while (length > 0) {
        const QChar last = found[length - 1];
        if (kTail.contains(last)) {
            --length;
            continue;
        }
        // A closing bracket stays when its opening one is part of the address.
        const QStringView head = found.left(length);
        if ((last == u')' && head.count(u'(') < head.count(u')')) ||
            (last == u']' && head.count(u'[') < head.count(u']'))) {
            --length;
            continue;
        }
        break;
    }
    return length;
}

} // namespace

std::vector<Link> findLinks(const QString& text) {
    // Most messages have none: look for the marks before the expression runs.
    std::vector<Link> links;
    if (!text.contains(u'.') && !text.contains(QLatin1String("://")) && !text.contains(u'@'))
        return links;
    static const QRegularExpression pattern(
        QStringLiteral(
            R"((?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.)[!-;=?-~]+|\b[\w.+-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+)"),
        QRegularExpression::CaseInsensitiveOption);
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const qsizetype length = trimmedLength(match.capturedView());
        const QString found = match.captured().left(length);
        QString address = found;
        if (found.startsWith(QLatin1String("www."), Qt::CaseInsensitive))
            address.prepend(QLatin1String("https://"));
        else if (!found.contains(QLatin1String("://")))
            address.prepend(QLatin1String("mailto:"));
        const QUrl url(address, QUrl::StrictMode);
        // What a stranger writes must not start a program here: file, smb and the like stay text.
        const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
        if (url.isValid() && ((web && !url.host().isEmpty()) || url.scheme() == QLatin1String("mailto")))
            links.push_back({int(match.capturedStart()), int(length), url});
    }
    return links;
}

bool isPlainWebLink(const QUrl& url) {
    const bool web = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return web && url.userInfo().isEmpty();
}

} // namespace cb::widgets
