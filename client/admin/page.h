#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/table/state_store.h"

#include <functional>

namespace cb::admin {

/// The places of the left tree, in the product's order.
enum class Place {
    Overview,
    Websites,
    Blocked,
    ChatGroups,
    ChatFlows,
    ChatSettings,
    AllMediaGroups,
    AllMediaFlows,
    AllMediaSettings,
    PhoneGroups,
    PhoneFlows,
    PhoneAudio,
    PhoneNumbers,
    PhoneSettings,
    ScreenPops,
    QuickReplies,
    Routing,
    Agents,
    Audit
};
inline constexpr int kPlaces = int(Place::Audit) + 1;

/// What every page is given.
struct Context {
    state::AgentAccount& account;
    widgets::StateStore store; ///< for columns
    std::function<void(widgets::Strip::Grade grade, const QString& sentence)> tell;

    state::AdminState& admin() const { return account.admin(); }
};

/// What a page is beside being a widget. One that holds edits says so and asks before they are lost.
class Page {
public:
    virtual ~Page() = default;
    virtual bool isEdited() const { return false; }
    /// Does `go` when nothing would be lost or the user says so.
    virtual void leave(std::function<void()> go) { go(); }
};

} // namespace cb::admin
