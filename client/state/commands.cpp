#include "client/state/commands.h"

#include "client/bridge/convert.h"
#include "client/state/beside.h"

#include <QtCore/QBuffer>
#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtGui/QImageReader>

namespace cb::state {

namespace {

constexpr qint64 kTypingEveryMillis = 3'000;

base::Result<QByteArray> contentOf(const QString& path, qint64 limit) {
    QFile file(path);
    if (file.size() > limit)
        return base::with(base::rejected("file_too_large"), "limit", std::to_string(limit));
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return base::with(base::rejected("file_unreadable"), "reason", bridge::toStd(file.errorString()));
    if (file.size() == 0)
        return base::rejected("file_empty");
    return file.readAll();
}

/// The kinds that the server takes, by content.
bool isPicture(const QByteArray& bytes) {
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const auto format = reader.format();
    const bool known = format == "png" || format == "jpeg" || format == "gif" || format == "webp";
    return known && reader.size().isValid();
}

/// Empty when it cannot be.
QByteArray encoded(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return !image.isNull() && image.save(&buffer, "PNG") ? bytes : QByteArray();
}

} // namespace

Commands::Commands(WorkbenchState& workbench, WorkbenchState::Sources sources, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_sources(sources) {}

void Commands::tell(const Then& then, const base::Result<void>& result) {
    if (then)
        then(result);
    else if (!result)
        Q_EMIT failed(result.error());
}

void Commands::ask(const wire::AgentRequest& request, Then then, std::function<void()> done) {
    m_sources.session.request(request, this,
                              [this, then = std::move(then), done = std::move(done)](const base::Result<void>& answer) {
                                  if (answer && done)
                                      done();
                                  tell(then, answer);
                              });
}

// ---- status ------------------------------------------------------------------------------------------------------

void Commands::setStatus(model::AgentStatus status, Then then) {
    m_sources.session.setStatus(status, this, [this, then = std::move(then)](base::Result<model::Presence> answer) {
        if (answer)
            m_workbench.applyPresence(*answer);
        tell(then, answer ? base::Result<void>() : answer.error());
    });
}

void Commands::goOnline(Then then) {
    setStatus(model::AgentStatus::Idle, std::move(then));
}

void Commands::takeBreak(Then then) {
    setStatus(model::AgentStatus::Break, std::move(then));
}

void Commands::goOffline(Then then) {
    setStatus(model::AgentStatus::Offline, std::move(then));
}

void Commands::cancelPending(Then then) {
    m_sources.session.cancelStatus(this, [this, then = std::move(then)](base::Result<model::Presence> answer) {
        if (answer)
            m_workbench.applyPresence(*answer);
        tell(then, answer ? base::Result<void>() : answer.error());
    });
}

// ---- offers ------------------------------------------------------------------------------------------------------

void Commands::answer(model::OfferId offer, Then then) {
    m_sources.session.answer(offer, this,
                             [this, offer, then = std::move(then)](base::Result<model::SessionView> answer) {
                                 if (answer)
                                     m_workbench.applySession(*answer);
                                 else if (answer.error().code == "offer_gone")
                                     m_workbench.applyOfferGone(offer);
                                 tell(then, answer ? base::Result<void>() : answer.error());
                             });
}

void Commands::decline(model::OfferId offer, Then then) {
    m_workbench.noteDeclined(offer);
    ask(wire::DeclineOffer{offer}, std::move(then), [this, offer] { m_workbench.applyOfferGone(offer); });
}

// ---- conversation ------------------------------------------------------------------------------------------------

base::Result<void> Commands::send(model::SessionId session, const QString& text) {
    const auto added = m_sources.outbox.addText(session, text);
    if (!added)
        return added.error(); // the draft stays
    m_typingSent.erase(session);
    m_workbench.setDraft(session, {});
    m_workbench.flush();
    return {};
}

base::Result<void> Commands::sendBytes(model::SessionId session, model::AttachmentKind kind, const QString& name,
                                       const QByteArray& bytes) {
    const bool picture = kind == model::AttachmentKind::Picture;
    if (picture && !isPicture(bytes))
        return base::rejected("not_a_picture");
    const auto& settings = m_workbench.settings();
    const auto added =
        m_sources.outbox.addFile(session, kind, name, bytes, picture ? settings.pictureBytes : settings.fileBytes);
    return added ? base::Result<void>() : added.error();
}

base::Result<void> Commands::leaveFailed(model::SessionId session, const QString& path, const base::Error& error) {
    const auto left = m_sources.outbox.addRefused(session, QFileInfo(path).fileName(), error);
    return left ? base::Result<void>() : error;
}

base::Result<void> Commands::sendPicture(model::SessionId session, const QString& path) {
    const auto bytes = contentOf(path, m_workbench.settings().pictureBytes);
    if (!bytes)
        return leaveFailed(session, path, bytes.error());
    return sendBytes(session, model::AttachmentKind::Picture, QFileInfo(path).fileName(), *bytes);
}

void Commands::sendPicture(model::SessionId session, const QImage& image, Then then) {
    const auto send = [this, session, then = std::move(then)](const QByteArray& bytes) {
        const auto name =
            QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")) + QStringLiteral(".png");
        tell(then, sendBytes(session, model::AttachmentKind::Picture, name, bytes));
    };
    beside(
        this, [image] { return encoded(image); }, send);
}

base::Result<void> Commands::sendFile(model::SessionId session, const QString& path) {
    const auto bytes = contentOf(path, m_workbench.settings().fileBytes);
    if (!bytes)
        return leaveFailed(session, path, bytes.error());
    return sendBytes(session, model::AttachmentKind::File, QFileInfo(path).fileName(), *bytes);
}

void Commands::retry(model::SessionId session, int row) {
    m_sources.outbox.retry(m_workbench.transcript(session)->waiting(row));
}

void Commands::discard(model::SessionId session, int row) {
    m_sources.outbox.discard(m_workbench.transcript(session)->waiting(row));
}

void Commands::typing(model::SessionId session, bool on) {
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto last = m_typingSent.find(session);
    if (!on) {
        if (last == m_typingSent.end())
            return;
        m_typingSent.erase(last);
    } else if (last != m_typingSent.end() && std::abs(now - last->second) < kTypingEveryMillis) {
        return;
    } else {
        m_typingSent[session] = now;
    }
    m_sources.session.post(wire::Typing{session, on});
}

void Commands::end(model::SessionId session, Then then) {
    ask(wire::EndSession{session}, std::move(then));
}

void Commands::complete(model::SessionId session, const QString& category, const QString& note, Then then) {
    ask(wire::CompleteSession{session, {bridge::toStd(category), bridge::toStd(note)}}, std::move(then),
        [this, session] {
            m_workbench.setDraft(session, {});
            m_workbench.applyCompleted(session);
        });
}

void Commands::transferToGroup(model::SessionId session, model::GroupId group, const QString& note, Then then) {
    ask(wire::TransferSession{session, group, {}, bridge::toStd(note)}, std::move(then));
}

void Commands::transferToAgent(model::SessionId session, model::AgentId agent, const QString& note, Then then) {
    ask(wire::TransferSession{session, {}, agent, bridge::toStd(note)}, std::move(then));
}

// ---- telephone ---------------------------------------------------------------------------------------------------

void Commands::hold(model::SessionId session, bool on, Then then) {
    ask(wire::HoldCall{session, on}, std::move(then));
}

void Commands::afterCall(model::AfterCall next, Then then) {
    m_sources.session.afterCall(next, this, [this, then = std::move(then)](base::Result<model::Presence> answer) {
        if (answer)
            m_workbench.applyPresence(*answer);
        tell(then, answer ? base::Result<void>() : answer.error());
    });
}

void Commands::dial(const QString& number, model::ChannelId line, Then then) {
    m_sources.session.dial({bridge::toStd(number), line}, this,
                           [this, then = std::move(then)](base::Result<model::SessionView> answer) {
                               if (answer)
                                   m_workbench.applySession(*answer);
                               tell(then, answer ? base::Result<void>() : answer.error());
                           });
}

void Commands::forward(model::SessionId session, const QString& number, Then then) {
    ask(wire::ForwardCall{session, bridge::toStd(number)}, std::move(then));
}

// ---- customer ----------------------------------------------------------------------------------------------------

void Commands::updateCustomer(model::CustomerId customer, const QString& name, const QString& notes, Then then) {
    ask(wire::UpdateCustomer{customer, bridge::toStd(name), bridge::toStd(notes)}, std::move(then),
        [this, customer, name, notes] { m_workbench.applyCustomer(customer, name, notes); });
}

void Commands::block(model::CustomerId customer, bool blocked, Then then) {
    ask(wire::BlockCustomer{customer, blocked}, std::move(then));
}

api::Transfer* Commands::fetch(const model::Attachment& attachment, QObject* context,
                               std::function<void(base::Result<QString>)> then) {
    return m_sources.files.fetch(attachment, context, std::move(then));
}

void Commands::offersOf(model::SessionId session, QObject* context,
                        std::function<void(base::Result<wire::OfferList>)> then) {
    m_sources.rest.offers(session, context, std::move(then));
}

void Commands::lastContact(model::CustomerId customer, model::SessionId session, QObject* context,
                           std::function<void(const std::optional<wire::SessionSummary>&)> then) {
    m_sources.rest.customerSessions(
        customer, session, 1, context, [then = std::move(then)](const base::Result<wire::SessionPage>& page) {
            then(page && !page->sessions.empty() ? std::optional(page->sessions.front()) : std::nullopt);
        });
}

} // namespace cb::state
