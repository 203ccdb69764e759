#pragma once

#include "shared/base/error.h"

#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslError>

namespace cb::api {

/// What the network says, as the project's errors: host_not_found, refused, timeout, cancelled, tls_untrusted (with the
/// first reason in words), network_error. Never user text but the system's own reason.
base::Error socketError(QAbstractSocket::SocketError error, const QString& host, const QString& reason);
base::Error replyError(QNetworkReply::NetworkError error, const QString& host, const QString& reason);
base::Error tlsError(const QList<QSslError>& errors);

} // namespace cb::api
