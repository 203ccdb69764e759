#pragma once

#include "shared/base/error.h"

#include <QtCore/QUrl>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslError>

namespace cb::api {

/// What the network says, as the project's errors: host_not_found, refused, timeout, cancelled, those of tlsError,
/// tls_failed, network_error. Never user text but the system's own reason. `server`: its address; params.host is the
/// name, params.server the name with the port that was tried.
base::Error socketError(QAbstractSocket::SocketError error, const QUrl& server, const QString& reason);
base::Error replyError(QNetworkReply::NetworkError error, const QUrl& server, const QString& reason);
/// Nothing came in time.
base::Error timeoutError(const QUrl& server);
/// The server is there and answers requests, but no WebSocket came of it: something in between does not let it through,
/// or another program listens there. Code upgrade_refused.
base::Error upgradeError(const QUrl& server, const QString& reason);
/// The first thing to mend of a certificate that was not accepted: tls_expired, tls_not_yet_valid, tls_untrusted
/// (nobody known vouches for it), tls_wrong_host, tls_failed (anything else). params.host; the system's words in
/// detail.
base::Error tlsError(const QList<QSslError>& errors, const QString& host);
/// Nothing was sent because the server could not prove who it is.
bool isTlsError(const base::Error& error);

} // namespace cb::api
