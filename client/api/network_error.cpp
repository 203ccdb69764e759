#include "client/api/network_error.h"

#include "client/bridge/convert.h"

namespace cb::api {

namespace {

base::Error about(base::Error error, const char* key, const QString& value) {
    return base::with(std::move(error), key, bridge::toStd(value));
}

/// Of several reasons the user is told the highest. Time first: a wrong clock or an expired issuer brings others with
/// it.
std::pair<int, std::string_view> meaningOf(QSslError::SslError error) {
    switch (error) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted:
    case QSslError::InvalidCaCertificate:
        return {3, "tls_untrusted"};
    case QSslError::HostNameMismatch:
        return {2, "tls_wrong_host"};
    case QSslError::CertificateExpired:
        return {4, "tls_expired"};
    case QSslError::CertificateNotYetValid:
        return {4, "tls_not_yet_valid"};
    default:
        return {1, "tls_failed"};
    }
}

/// "host:port", as somebody would look for it.
base::Error at(base::Error error, const QUrl& server) {
    const bool secure = server.scheme() == QLatin1String("https");
    const QString host = server.host().contains(u':') ? u'[' + server.host() + u']' : server.host();
    const QString place = QStringLiteral("%1:%2").arg(host).arg(server.port(secure ? 443 : 80));
    return about(about(std::move(error), "host", server.host()), "server", place);
}

} // namespace

base::Error timeoutError(const QUrl& server) {
    return at(base::retry("timeout"), server);
}

base::Error upgradeError(const QUrl& server, const QString& reason) {
    return at(base::retry("upgrade_refused", bridge::toStd(reason)), server);
}

base::Error socketError(QAbstractSocket::SocketError error, const QUrl& server, const QString& reason) {
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return at(base::retry("host_not_found"), server);
    case QAbstractSocket::ConnectionRefusedError:
        return at(base::retry("refused"), server);
    case QAbstractSocket::SocketTimeoutError:
        return timeoutError(server);
    case QAbstractSocket::RemoteHostClosedError:
        return base::retry("disconnected");
    case QAbstractSocket::SslHandshakeFailedError:
        return at(base::rejected("tls_failed", bridge::toStd(reason)), server);
    default:
        return about(base::retry("network_error"), "reason", reason);
    }
}

base::Error replyError(QNetworkReply::NetworkError error, const QUrl& server, const QString& reason) {
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return at(base::retry("host_not_found"), server);
    case QNetworkReply::ConnectionRefusedError:
        return at(base::retry("refused"), server);
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // what a transfer time-out gives; our own abort is told apart before
        return timeoutError(server);
    case QNetworkReply::RemoteHostClosedError:
        return base::retry("disconnected");
    case QNetworkReply::SslHandshakeFailedError:
        return at(base::rejected("tls_failed", bridge::toStd(reason)), server);
    default:
        return about(base::retry("network_error"), "reason", reason);
    }
}

base::Error tlsError(const QList<QSslError>& errors, const QString& host) {
    std::string_view code = "tls_failed";
    int best = 0;
    QString reason;
    for (const auto& error : errors) {
        const auto [rank, name] = meaningOf(error.error());
        if (rank > best) {
            best = rank;
            code = name;
        }
        if (rank == best || reason.isEmpty())
            reason = error.errorString();
    }
    return about(base::rejected(code, bridge::toStd(reason)), "host", host);
}

bool isTlsError(const base::Error& error) {
    return error.code.rfind("tls_", 0) == 0;
}

} // namespace cb::api
