#pragma once

#include "client/state/agent_account.h"
#include "client/webview/page_shelf.h"

namespace cb::workbench {

/// The screen pops（来电弹屏） of the sessions here: loaded when one rings, closed when it leaves the workbench. A page
/// keeps the address that it had when its session rang. GUI thread.
class SessionPages : public webview::PageShelf {
    Q_OBJECT
public:
    explicit SessionPages(state::AgentAccount& account, QWidget* parent = nullptr);

    /// False when it has no pages: nothing is shown then.
    bool showSession(model::SessionId session);
    /// The session that rings longest, while it has pages.
    model::SessionId ringing() const;

Q_SIGNALS:
    void rangOrLeft(); ///< ringing() may be another

private:
    void onSessions();
    void warmUpSoon();
    void addPagesOf(const state::SessionItem& item);

    state::AgentAccount& m_account;
    bool m_warm = false;
};

} // namespace cb::workbench
