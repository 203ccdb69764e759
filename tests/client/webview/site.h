#pragma once

#include <QtCore/QMap>
#include <QtCore/QPointer>
#include <QtCore/QStringList>
#include <QtCore/QUrl>
#include <QtNetwork/QSslServer>
#include <QtNetwork/QSslSocket>

namespace cb::test {

/// A web site of somebody else's, on loopback: pages by path, and what was asked for.
class Site {
public:
    explicit Site(const QSslConfiguration* tls = nullptr) {
        if (tls != nullptr)
            m_server.setSslConfiguration(*tls);
        m_tls = tls != nullptr;
        const auto take = [this] {
            while (auto* socket = server().nextPendingConnection())
                serve(socket);
        };
        QObject::connect(&m_plain, &QTcpServer::newConnection, &m_plain, take);
        QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, take); // the handshake is over
        server().listen(QHostAddress::LocalHost);
    }

    QUrl url(const QString& path) const {
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                        .arg(m_tls ? QStringLiteral("https") : QStringLiteral("http"))
                        .arg(m_tls ? m_server.serverPort() : m_plain.serverPort())
                        .arg(path));
    }

    QMap<QString, QByteArray> pages; ///< by path without the query; a head may stand before an empty line
    QStringList asked;               ///< path and query

private:
    QTcpServer& server() { return m_tls ? m_server : m_plain; }
    void serve(QTcpSocket* socket) {
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            const QByteArray head = socket->peek(8192);
            if (!head.contains("\r\n\r\n"))
                return;
            socket->readAll();
            const QString target = QString::fromLatin1(head.split(' ').value(1));
            asked << target;
            const QByteArray page = pages.value(target.section(u'?', 0, 0));
            const auto cut = page.indexOf("\n\n");
            const bool own = page.startsWith("HTTP/1.1 ");
            const QByteArray body = own ? page.mid(cut + 2) : page;
            const QByteArray status = own ? page.left(cut).replace('\n', "\r\n")
                                      : page.isNull()
                                          ? QByteArray("HTTP/1.1 404 Not Found")
                                          : QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8");
            socket->write(status + "\r\nContent-Length: " + QByteArray::number(body.size()) +
                          "\r\nConnection: close\r\n\r\n" + body);
            socket->disconnectFromHost();
        });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

    QSslServer m_server;
    QTcpServer m_plain;
    bool m_tls = false;
};

} // namespace cb::test
