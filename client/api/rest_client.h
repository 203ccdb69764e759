#pragma once

#include "client/api/endpoint.h"
#include "client/api/transfer.h"
#include "shared/wire/http.h"

#include <QtCore/QByteArray>
#include <QtNetwork/QNetworkAccessManager>

#include <functional>

class QIODevice;
class QSaveFile;

namespace cb::wire {
struct ScreenPopForm;
}

namespace cb::api {

/// What an answer of the server may be: larger than what the server takes.
wire::Limits answerLimits();

/// The HTTP side of docs/protocol.md 6. Every callback is called once, unless its context is gone first. Errors are the
/// server's own, or those of network_error.h, or `bad_answer` for what cannot be understood. GUI thread.
class RestClient : public QObject {
    Q_OBJECT
public:
    template <class T>
    using Then = std::function<void(base::Result<T>)>;

    /// `network` must outlive this.
    RestClient(QNetworkAccessManager& network, Endpoint endpoint, QObject* parent = nullptr);

    const Endpoint& endpoint() const { return m_endpoint; }
    void setToken(const QString& token) { m_token = token; }
    const QString& token() const { return m_token; }

    void signIn(const wire::SignIn& signIn, QObject* context, Then<wire::SignedIn> then);
    void changePassword(const wire::PasswordChange& change, QObject* context, Then<wire::NewToken> then);
    void forgotPassword(const wire::PasswordForgot& forgot, QObject* context, Then<void> then);
    void signOut(QObject* context, Then<void> then);
    void me(QObject* context, Then<wire::MeAnswer> then);

    /// Which messages: before or after a seq (0 = not limited); neither: the newest.
    struct Range {
        model::Seq before = 0;
        model::Seq after = 0;
        int limit = 50; ///< ≤ 200
    };
    void messages(model::SessionId session, Range range, QObject* context, Then<wire::MessagePage> then);
    /// Sessions of a customer that started before the one named (0 = the newest).
    void customerSessions(model::CustomerId customer, model::SessionId before, int limit, QObject* context,
                          Then<wire::SessionPage> then);
    void offers(model::SessionId session, QObject* context, Then<wire::OfferList> then);
    void quickReplies(QObject* context, Then<wire::QuickReplyList> then);
    void screenPops(QObject* context, Then<wire::ScreenPopForm> then);

    /// `file` is read from its beginning and kept until the end; the transfer lives until its answer.
    Transfer* upload(model::SessionId session, model::AttachmentKind kind, const QString& name,
                     std::unique_ptr<QIODevice> file, QObject* context, Then<model::Attachment> then);
    /// The whole file, at most `limit` bytes.
    Transfer* download(model::AttachmentId attachment, qint64 limit, QObject* context, Then<QByteArray> then);

    /// Whatever stands at `path`, at most `limit` bytes of it.
    Transfer* fetch(const QString& path, qint64 limit, QObject* context, Then<QByteArray> then);
    /// `file` to `path`, as in upload(); the answer's body.
    Transfer* send(const QString& path, std::unique_ptr<QIODevice> file, QObject* context, Then<QByteArray> then);

    /// Whatever stands at `path`, of any size, into `file`, which is open: what stood there before stays until all of
    /// it is here. Errors: file_unwritable.
    Transfer* downloadTo(const QString& path, std::unique_ptr<QSaveFile> file, QObject* context, Then<void> then);

    /// Any other JSON request (flows, administration). `verb`: GET, POST, PUT, DELETE; `path` after the host.
    void call(const QByteArray& verb, const QString& path, const QByteArray& body, QObject* context,
              Then<QByteArray> then);

Q_SIGNALS:
    /// An answer said bad_token: the sign-in is over.
    void tokenRefused();

private:
    QNetworkRequest requestFor(const QString& path, const QString& query = {}) const;
    void watch(QNetworkReply* reply, QObject* context, Then<QByteArray> then);
    base::Result<QByteArray> outcome(QNetworkReply* reply);
    template <class Body>
    void ask(const QByteArray& verb, const QString& path, const QString& query, const std::string& body,
             QObject* context, Then<Body> then);

    QNetworkAccessManager& m_network;
    Endpoint m_endpoint;
    QString m_token;
};

} // namespace cb::api
