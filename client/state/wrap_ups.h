#pragma once

#include "client/state/commands.h"

#include <QtCore/QDeadlineTimer>

#include <deque>
#include <optional>

namespace cb::state {

/// What was typed about a session that was completed without it.
struct LostWrapUp {
    int id = 0; ///< for WrapUps::dismiss()
    QString customer;
    model::WrapUpForm form;
    QDateTime at;        ///< when it was found, by the server's clock
    bool unsure = false; ///< it was sent and the connection ended before the answer: the server may have it

    bool operator==(const LostWrapUp&) const = default;
};

/// What the agent types into the wrap-up forms. It is on this disk half a second after it was typed, and goes to the
/// server by itself shortly before the server completes the session without it. When that does not succeed — no
/// connection, the program was away, it was typed while an earlier state was on its way — it is not thrown away: it
/// stands in lost(), on this disk too, until it is dismissed. GUI thread.
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

    /// Oldest first.
    const std::deque<LostWrapUp>& lost() const { return m_lost; }
    void dismiss(int id);
    static constexpr std::size_t kMostLost = 500; ///< then the oldest goes

    /// How many texts there are in what an account's store keeps: typed ones and lost ones.
    static int countIn(sync::AccountStore& store);

    void flush(); ///< what is not on the disk yet

Q_SIGNALS:
    void lostChanged();

private:
    struct Typed {
        model::WrapUpForm form;
        QString customer;
        bool unsure = false; ///< sent, and nobody knows whether it arrived

        bool operator==(const Typed&) const = default;
    };

    void read();
    void write();
    void plan();
    void sendDue();
    void sweep();
    void answered(model::SessionId session, bool wasSent, const base::Result<void>& done);
    void addLost(Typed entry);

    WorkbenchState& m_workbench;
    Commands& m_commands;
    sync::AccountStore& m_store;
    std::map<model::SessionId, Typed> m_typed;
    std::map<model::SessionId, model::WrapUpForm> m_sending; ///< what is on its way
    std::deque<LostWrapUp> m_lost;
    int m_lastLost = 0;
    QDeadlineTimer m_pause; ///< after an attempt that failed
    QTimer m_due;
    QTimer m_sweep; ///< later in the turn: the list may be in the middle of a change
    QTimer m_write;
};

} // namespace cb::state
