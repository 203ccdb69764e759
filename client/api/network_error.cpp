#include "client/api/network_error.h"

#include "client/bridge/convert.h"

namespace cb::api {

namespace {

base::Error about(base::Error error, const char* key, const QString& value) {
    return base::with(std::move(error), key, bridge::toStd(value));
}

} // namespace

base::Error socketError(QAbstractSocket::SocketError error, const QString& host, const QString& reason) {
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return about(base::retry("host_not_found"), "host", host);
    case QAbstractSocket::ConnectionRefusedError:
        return about(base::retry("refused"), "host", host);
    case QAbstractSocket::SocketTimeoutError:
        return base::retry("timeout");
    case QAbstractSocket::RemoteHostClosedError:
        return base::retry("disconnected");
    case QAbstractSocket::SslHandshakeFailedError:
        return about(base::rejected("tls_untrusted"), "reason", reason);
    default:
        return about(base::retry("network_error"), "reason", reason);
    }
}

base::Error replyError(QNetworkReply::NetworkError error, const QString& host, const QString& reason) {
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return about(base::retry("host_not_found"), "host", host);
    case QNetworkReply::ConnectionRefusedError:
        return about(base::retry("refused"), "host", host);
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // what a transfer time-out gives; our own abort is told apart before
        return base::retry("timeout");
    case QNetworkReply::RemoteHostClosedError:
        return base::retry("disconnected");
    case QNetworkReply::SslHandshakeFailedError:
        return about(base::rejected("tls_untrusted"), "reason", reason);
    default:
        return about(base::retry("network_error"), "reason", reason);
    }
}

base::Error tlsError(const QList<QSslError>& errors) {
    const QString reason = errors.isEmpty() ? QString() : errors.first().errorString();
    return about(base::rejected("tls_untrusted"), "reason", reason);
}

} // namespace cb::api
