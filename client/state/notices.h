#pragma once

#include "client/state/wrap_ups.h"

#include <deque>

namespace cb::state {

/// Something the agent must not miss.
struct Notice {
    enum class Kind {
        MissedOffer,    ///< an offer rang out, so they are on a break; ends with the break, not before
        TransferFailed, ///< a session they passed to a colleague did not arrive there
        WrapUpLost,     ///< what they typed about a session did not become part of it
    };
    Kind kind = Kind::MissedOffer;
    int id = 0; ///< for dismiss()
    QDateTime at;
    model::SessionId session;      ///< TransferFailed: ends when it is theirs again
    wire::TransferFailed transfer; ///< TransferFailed
    LostWrapUp wrapUp;             ///< WrapUpLost

    bool operator==(const Notice&) const = default;
};

/// The notices that stand until they have been seen; of wrap-ups also over the end of the program. GUI thread.
class Notices : public QObject {
    Q_OBJECT
public:
    Notices(WorkbenchState& workbench, WrapUps& wrapUps, QObject* parent = nullptr);

    /// The missed offer first, the others in their order.
    std::vector<Notice> all() const;
    void dismiss(int id);

    static constexpr std::size_t kMost = 20; ///< of failed transfers; then the oldest goes

Q_SIGNALS:
    void changed();

private:
    void addTransfer(model::SessionId session, const wire::TransferFailed& failed);
    void forgetTransfer(model::SessionId session);
    void takeLost();

    WorkbenchState& m_workbench;
    WrapUps& m_wrapUps;
    std::deque<Notice> m_standing;
    int m_lastId = 0;
};

} // namespace cb::state
