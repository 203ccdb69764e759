#pragma once

#include "client/state/workbench_state.h"

namespace cb::state {

/// One function per user action. Each asks the server and, when it said yes, changes the state; what the server refused
/// is told by failed() and, where a view wants to stand at its own button, by `then`. GUI thread.
class Commands : public QObject {
    Q_OBJECT
public:
    using Then = std::function<void(const base::Result<void>&)>;

    Commands(WorkbenchState& workbench, WorkbenchState::Sources sources, QObject* parent = nullptr);

    // ---- status
    void goOnline(Then then = {}); ///< also ends a break
    void takeBreak(Then then = {});
    void goOffline(Then then = {});
    void cancelPending(Then then = {});

    // ---- offers
    void answer(model::OfferId offer, Then then = {});
    void decline(model::OfferId offer, Then then = {});

    // ---- conversation. Sending is told at once: ok means "on this disk, will be sent"; the ticks tell the rest. A
    // file that is empty, too large or cannot be read stands in the transcript as failed, with its reason, until
    // discarded.
    base::Result<void> send(model::SessionId session, const QString& text); ///< also removes the draft
    base::Result<void> sendPicture(model::SessionId session, const QString& path);
    /// From the clipboard. Encoded beside the GUI thread: `then` is told a moment later.
    void sendPicture(model::SessionId session, const QImage& image, Then then);
    base::Result<void> sendFile(model::SessionId session, const QString& path);
    void retry(model::SessionId session, int row); ///< a failed row of its transcript
    void discard(model::SessionId session, int row);
    void typing(model::SessionId session, bool on); ///< as often as liked; sent at most every three seconds
    void end(model::SessionId session, Then then = {});
    void complete(model::SessionId session, const QString& category, const QString& note, Then then = {});
    void transferToGroup(model::SessionId session, model::GroupId group, const QString& note, Then then = {});
    void transferToAgent(model::SessionId session, model::AgentId agent, const QString& note, Then then = {});

    // ---- telephone
    void hold(model::SessionId session, bool on, Then then = {});
    void afterCall(model::AfterCall next, Then then = {}); ///< 继续接听, 话后整理, 结束话后整理
    /// `line`: ours to call from; 0 = the first one. When it is there the session is on the floor.
    void dial(const QString& number, model::ChannelId line, Then then = {});
    void forward(model::SessionId session, const QString& number, Then then = {}); ///< to a number outside

    // ---- customer
    void updateCustomer(model::CustomerId customer, const QString& name, const QString& notes, Then then = {});
    void block(model::CustomerId customer, bool blocked, Then then = {});

    /// The attachment's file on this disk, downloaded when needed. nullptr when it was here.
    api::Transfer* fetch(const model::Attachment& attachment, QObject* context,
                         std::function<void(base::Result<QString>)> then);
    /// Why this agent, every time (spec 6).
    void offersOf(model::SessionId session, QObject* context, std::function<void(base::Result<wire::OfferList>)> then);
    /// The customer's session before this one; nothing when there is none, or nobody can say.
    void lastContact(model::CustomerId customer, model::SessionId session, QObject* context,
                     std::function<void(const std::optional<wire::SessionSummary>&)> then);

Q_SIGNALS:
    /// An action was refused or could not be done: show bridge::errorText(error). Not sent for actions that were given
    /// a `then`.
    void failed(const cb::base::Error& error);

private:
    void setStatus(model::AgentStatus status, Then then);
    void ask(const wire::AgentRequest& request, Then then, std::function<void()> done = {});
    void tell(const Then& then, const base::Result<void>& result);
    base::Result<void> leaveFailed(model::SessionId session, const QString& path, const base::Error& error);
    base::Result<void> sendBytes(model::SessionId session, model::AttachmentKind kind, const QString& name,
                                 const QByteArray& bytes);

    WorkbenchState& m_workbench;
    WorkbenchState::Sources m_sources;
    std::map<model::SessionId, qint64> m_typingSent; ///< when, milliseconds of a steady clock
};

} // namespace cb::state
