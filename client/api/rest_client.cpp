#include "client/api/rest_client.h"

#include "client/api/network_error.h"
#include "client/bridge/convert.h"
#include "shared/model/names.h"
#include "shared/wire/admin.h"

#include <QtCore/QIODevice>
#include <QtCore/QPointer>
#include <QtCore/QSaveFile>
#include <QtCore/QUrlQuery>

#include <algorithm>

namespace cb::api {

namespace {

constexpr int kTimeoutMillis = 30'000; ///< without a byte in either direction
constexpr qint64 kMaxAnswer = 16 * 1024 * 1024;
constexpr qint64 kMaxFile = qint64(64) * 1024 * 1024 * 1024; ///< straight to the disk
constexpr int kAnswerDepth = 20;                             ///< flows and their tests nest deeper than other bodies
constexpr const char* kTlsCode = "cb_tls_code";
constexpr const char* kTlsDetail = "cb_tls_detail";

/// A callback that is not called any more once its context is gone.
template <class T>
RestClient::Then<T> guarded(QObject* context, RestClient::Then<T> then) {
    return [guard = QPointer<QObject>(context), has = context != nullptr, then = std::move(then)](base::Result<T> r) {
        if (then && (!has || guard))
            then(std::move(r));
    };
}

} // namespace

wire::Limits answerLimits() {
    return {static_cast<std::size_t>(kMaxAnswer), kAnswerDepth};
}

RestClient::RestClient(QNetworkAccessManager& network, Endpoint endpoint, QObject* parent)
    : QObject(parent)
    , m_network(network)
    , m_endpoint(std::move(endpoint)) {}

QNetworkRequest RestClient::requestFor(const QString& path, const QString& query) const {
    QNetworkRequest request(m_endpoint.rest(path, query));
    request.setTransferTimeout(kTimeoutMillis);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("cloudbell/" CLOUDBELL_VERSION));
    // A redirect would carry the token to wherever it points.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.toUtf8());
    return request;
}

void RestClient::watch(QNetworkReply* reply, QObject* context, Then<QByteArray> then) {
    reply->setReadBufferSize(0);
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater); // also when we are gone by then
    connect(reply, &QNetworkReply::sslErrors, this, [this, reply](const QList<QSslError>& errors) {
        const auto error = tlsError(errors, m_endpoint.base.host());
        reply->setProperty(kTlsCode, bridge::toQt(error.code));
        reply->setProperty(kTlsDetail, bridge::toQt(error.detail));
    });
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 done, qint64) {
        const auto limit = reply->property("cb_limit").toLongLong();
        if (done > (limit > 0 ? limit : kMaxAnswer))
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, then = guarded<QByteArray>(context, std::move(then))] {
        auto result = outcome(reply);
        if (!result && result.error().code == "bad_token")
            Q_EMIT tokenRefused();
        then(std::move(result));
    });
}

base::Result<QByteArray> RestClient::outcome(QNetworkReply* reply) {
    if (const auto* transfer = reply->findChild<Transfer*>(); transfer != nullptr && transfer->isCancelled())
        return base::rejected("cancelled");
    if (const auto code = reply->property(kTlsCode).toString(); !code.isEmpty())
        return base::with(base::rejected(bridge::toStd(code), bridge::toStd(reply->property(kTlsDetail).toString())),
                          "host", bridge::toStd(m_endpoint.base.host()));
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 200 && status < 300 && reply->error() == QNetworkReply::NoError)
        return reply->readAll();
    if (status >= 400) {
        const auto body = reply->readAll();
        auto error = wire::decodeErrorBody(bridge::view(body));
        if (error.code == "bad_json" || error.code == "bad_frame") // a proxy's page, not our server's word
            return base::with(status >= 500 ? base::retry("bad_answer") : base::rejected("bad_answer"), "status",
                              std::to_string(status));
        return error;
    }
    if (status >= 300)
        return base::with(base::rejected("bad_answer"), "status", std::to_string(status));
    return replyError(reply->error(), m_endpoint.base, reply->errorString());
}

template <class Body>
void RestClient::ask(const QByteArray& verb, const QString& path, const QString& query, const std::string& body,
                     QObject* context, Then<Body> then) {
    auto request = requestFor(path, query);
    if (!body.empty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    auto* reply = m_network.sendCustomRequest(request, verb, QByteArray::fromStdString(body));
    watch(reply, context, [then = std::move(then)](base::Result<QByteArray> answer) {
        if (!answer)
            return then(answer.error());
        auto decoded = wire::decodeBody<Body>(bridge::view(*answer), answerLimits());
        then(decoded ? std::move(decoded) : base::Result<Body>(base::rejected("bad_answer", decoded.error().code)));
    });
}

void RestClient::signIn(const wire::SignIn& signIn, QObject* context, Then<wire::SignedIn> then) {
    ask("POST", QStringLiteral("/api/v1/sign-in"), {}, wire::encodeBody(signIn), context, std::move(then));
}

void RestClient::changePassword(const wire::PasswordChange& change, QObject* context, Then<wire::NewToken> then) {
    ask("POST", QStringLiteral("/api/v1/password"), {}, wire::encodeBody(change), context, std::move(then));
}

void RestClient::forgotPassword(const wire::PasswordForgot& forgot, QObject* context, Then<void> then) {
    call("POST", QStringLiteral("/api/v1/password/forgot"), QByteArray::fromStdString(wire::encodeBody(forgot)),
         context, [then = std::move(then)](const base::Result<QByteArray>& answer) {
             if (then)
                 then(answer ? base::Result<void>() : answer.error());
         });
}

void RestClient::signOut(QObject* context, Then<void> then) {
    call("POST", QStringLiteral("/api/v1/sign-out"), {}, context,
         [then = std::move(then)](const base::Result<QByteArray>& answer) {
             if (then)
                 then(answer ? base::Result<void>() : answer.error());
         });
}

void RestClient::me(QObject* context, Then<wire::MeAnswer> then) {
    ask("GET", QStringLiteral("/api/v1/me"), {}, {}, context, std::move(then));
}

void RestClient::messages(model::SessionId session, Range range, QObject* context, Then<wire::MessagePage> then) {
    QUrlQuery query;
    if (range.before > 0)
        query.addQueryItem(QStringLiteral("before"), QString::number(range.before));
    if (range.after > 0)
        query.addQueryItem(QStringLiteral("after"), QString::number(range.after));
    query.addQueryItem(QStringLiteral("limit"), QString::number(std::clamp(range.limit, 1, 200)));
    ask("GET", QStringLiteral("/api/v1/sessions/%1/messages").arg(session.value), query.query(), {}, context,
        std::move(then));
}

void RestClient::customerSessions(model::CustomerId customer, model::SessionId before, int limit, QObject* context,
                                  Then<wire::SessionPage> then) {
    QUrlQuery query;
    if (before)
        query.addQueryItem(QStringLiteral("before"), QString::number(before.value));
    query.addQueryItem(QStringLiteral("limit"), QString::number(std::clamp(limit, 1, 200)));
    ask("GET", QStringLiteral("/api/v1/customers/%1/sessions").arg(customer.value), query.query(), {}, context,
        std::move(then));
}

void RestClient::offers(model::SessionId session, QObject* context, Then<wire::OfferList> then) {
    ask("GET", QStringLiteral("/api/v1/sessions/%1/offers").arg(session.value), {}, {}, context, std::move(then));
}

void RestClient::quickReplies(QObject* context, Then<wire::QuickReplyList> then) {
    ask("GET", QStringLiteral("/api/v1/quick-replies"), {}, {}, context, std::move(then));
}

void RestClient::screenPops(QObject* context, Then<wire::ScreenPopForm> then) {
    ask("GET", QStringLiteral("/api/v1/screen-pops"), {}, {}, context, std::move(then));
}

Transfer* RestClient::upload(model::SessionId session, model::AttachmentKind kind, const QString& name,
                             std::unique_ptr<QIODevice> file, QObject* context, Then<model::Attachment> then) {
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("session"), QString::number(session.value));
    query.addQueryItem(QStringLiteral("kind"), bridge::toQt(model::name(kind)));
    query.addQueryItem(QStringLiteral("name"), QString::fromUtf8(QUrl::toPercentEncoding(name)));
    auto request = requestFor(QStringLiteral("/api/v1/attachments"), query.query(QUrl::FullyEncoded));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/octet-stream"));
    auto* reply = m_network.post(request, file.get());
    file.release()->setParent(reply);
    auto* transfer = new Transfer(reply);
    watch(reply, context,
          [then = guarded<model::Attachment>(context, std::move(then))](base::Result<QByteArray> answer) {
              if (!answer)
                  return then(answer.error());
              auto decoded = wire::decodeBody<wire::AttachmentAnswer>(bridge::view(*answer), answerLimits());
              then(decoded ? base::Result<model::Attachment>(std::move(decoded->attachment))
                           : base::Result<model::Attachment>(base::rejected("bad_answer")));
          });
    return transfer;
}

Transfer* RestClient::download(model::AttachmentId attachment, qint64 limit, QObject* context, Then<QByteArray> then) {
    return fetch(QStringLiteral("/api/v1/attachments/%1").arg(attachment.value), limit, context, std::move(then));
}

Transfer* RestClient::fetch(const QString& path, qint64 limit, QObject* context, Then<QByteArray> then) {
    const auto parts = path.split(QLatin1Char('?'));
    auto* reply = m_network.get(requestFor(parts.value(0), parts.value(1)));
    reply->setProperty("cb_limit", limit);
    auto* transfer = new Transfer(reply);
    watch(reply, context, std::move(then));
    return transfer;
}

Transfer* RestClient::send(const QString& path, std::unique_ptr<QIODevice> file, QObject* context,
                           Then<QByteArray> then) {
    const auto parts = path.split(QLatin1Char('?'));
    auto request = requestFor(parts.value(0), parts.value(1));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/octet-stream"));
    auto* reply = m_network.post(request, file.get());
    file.release()->setParent(reply);
    auto* transfer = new Transfer(reply);
    watch(reply, context, std::move(then));
    return transfer;
}

Transfer* RestClient::downloadTo(const QString& path, std::unique_ptr<QSaveFile> file, QObject* context,
                                 Then<void> then) {
    auto* reply = m_network.get(requestFor(path));
    reply->setProperty("cb_limit", kMaxFile);
    auto* target = file.release();
    target->setParent(reply);
    auto* transfer = new Transfer(reply);
    connect(reply, &QNetworkReply::readyRead, target, [reply, target] {
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status < 200 || status >= 300)
            return; // the words of a refusal are for outcome()
        if (target->write(reply->readAll()) < 0)
            reply->abort();
    });
    watch(reply, context, [target, then = std::move(then)](const base::Result<QByteArray>& rest) {
        const auto unwritable = [target] {
            return base::with(base::rejected("file_unwritable"), "reason", bridge::toStd(target->errorString()));
        };
        if (target->error() != QFileDevice::NoError)
            return then(unwritable());
        if (!rest)
            return then(rest.error());
        if (target->write(*rest) != rest->size() || !target->commit())
            return then(unwritable());
        then({});
    });
    return transfer;
}

void RestClient::call(const QByteArray& verb, const QString& path, const QByteArray& body, QObject* context,
                      Then<QByteArray> then) {
    const auto parts = path.split(QLatin1Char('?'));
    auto request = requestFor(parts.value(0), parts.value(1));
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    watch(m_network.sendCustomRequest(request, verb, body), context, std::move(then));
}

} // namespace cb::api
