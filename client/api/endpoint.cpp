#include "client/api/endpoint.h"

#include <QtCore/QRegularExpression>

namespace cb::api {

QUrl Endpoint::rest(const QString& path, const QString& query) const {
    QUrl url = base;
    url.setPath(base.path() + path);
    url.setQuery(query);
    return url;
}

QUrl Endpoint::socket() const {
    QUrl url = rest(QStringLiteral("/ws/agent"));
    url.setScheme(base.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
    return url;
}

QString Endpoint::address() const {
    return rest(QStringLiteral("/online/%1").arg(instance.value)).toString();
}

base::Result<Endpoint> parseAddress(const QString& text) {
    static const QRegularExpression tail(QStringLiteral("^(.*)/online/([0-9]{10})/?$"));
    QString typed = text.trimmed();
    if (!typed.contains(QLatin1String("://")))
        typed.prepend(QLatin1String("https://"));
    const QUrl url(typed, QUrl::StrictMode);
    const auto match = tail.match(url.path());
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || !web || url.host().isEmpty() || !url.userInfo().isEmpty() || !match.hasMatch())
        return base::rejected("bad_address");
    Endpoint endpoint;
    endpoint.instance = model::InstanceId(match.captured(2).toLongLong());
    if (endpoint.instance.value < model::kFirstInstance)
        return base::rejected("bad_address");
    endpoint.base.setScheme(url.scheme());
    endpoint.base.setHost(url.host());
    endpoint.base.setPort(url.port());
    endpoint.base.setPath(match.captured(1));
    return endpoint;
}

} // namespace cb::api
