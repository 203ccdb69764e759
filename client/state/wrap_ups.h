#pragma once

#include "client/state/commands.h"

#include <optional>
#include <set>

namespace cb::state {

/// What the agent types into the wrap-up forms. It is on this disk half a second after it was typed, and goes to the
/// server by itself shortly before the server completes the session without it. When that does not succeed — no
/// connection, the program was away — it is not thrown away but told by lost(). GUI thread.
class WrapUps : public QObject {
    Q_OBJECT
public:
    WrapUps(WorkbenchState& workbench, Commands& commands, sync::AccountStore& store, QObject* parent = nullptr);
    ~WrapUps() override;

    model::WrapUpForm typed(model::SessionId session) const; ///< empty: nothing
    void setTyped(model::SessionId session, const model::WrapUpForm& form);
    /// Sends what is typed. `then` as in Commands.
    void complete(model::SessionId session, Commands::Then then = {});
    bool isCompleting(model::SessionId session) const { return m_sending.contains(session); }
    /// Until the server completes it; nothing when it does not, or the session is not in wrap-up.
    std::optional<base::Millis> left(model::SessionId session) const;

    /// Before its end a form with something in it is sent this long.
    static constexpr base::Millis kSendBeforeEnd{2'000};

    void flush(); ///< what is not on the disk yet

Q_SIGNALS:
    /// The session was completed and this did not become part of it.
    void lost(const QString& customer, const cb::model::WrapUpForm& form);

private:
    struct Typed {
        model::WrapUpForm form;
        QString customer;
    };

    void read();
    void write();
    void plan();
    void sendDue();
    void sweep();
    void answered(model::SessionId session, const base::Result<void>& done);

    WorkbenchState& m_workbench;
    Commands& m_commands;
    sync::AccountStore& m_store;
    std::map<model::SessionId, Typed> m_typed;
    std::set<model::SessionId> m_sending;
    QTimer m_due;
    QTimer m_sweep; ///< later in the turn: the list may be in the middle of a change
    QTimer m_write;
};

} // namespace cb::state
