#pragma once

#include "shared/base/uuid.h"
#include "shared/wire/events.h"
#include "shared/wire/frame.h"
#include "shared/wire/requests.h"

#include <QtCore/QObject>
#include <QtNetwork/QNetworkRequest>
#include <QtWebSockets/QWebSocket>

#include <string>
#include <vector>

namespace cb::test {

/// A visitor of the demonstration's page.
class Visitor : public QObject {
public:
    Visitor(std::uint16_t port, const QString& token, const std::string& channel = "demo") {
        connect(&m_socket, &QWebSocket::connected, this, [this, token, channel] {
            wire::VisitorHello hello;
            hello.channel = channel;
            hello.token = token.toStdString();
            say(wire::encodeVisitorRequest(1, hello));
        });
        connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
            const auto frame = wire::parseFrame(text.toStdString(), {wire::kMaxServerFrame, wire::kMaxDepth});
            if (frame && frame->type == wire::FrameType::Welcome)
                welcomed = true;
            if (!frame || frame->type != wire::FrameType::Event)
                return;
            const auto event = wire::decodeVisitorEvent(frame->d);
            if (event && event->message)
                heard.push_back(event->message->message.text);
        });
        QNetworkRequest request(QUrl(QStringLiteral("ws://127.0.0.1:%1/ws/visitor").arg(port)));
        request.setRawHeader("Origin", QByteArray("http://127.0.0.1:") + QByteArray::number(port));
        m_socket.open(request);
    }
    void write(const std::string& text, std::uint64_t word) {
        wire::SendMessage message;
        message.uuid = base::uuidFrom(word, word);
        message.text = text;
        say(wire::encodeVisitorRequest(word, message));
    }
    bool welcomed = false;
    std::vector<std::string> heard;

private:
    void say(const std::string& text) { m_socket.sendTextMessage(QString::fromStdString(text)); }
    QWebSocket m_socket;
};

} // namespace cb::test
