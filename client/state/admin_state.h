#pragma once

#include "client/api/admin_client.h"
#include "client/state/audit_log.h"
#include "client/state/loaded.h"

#include <initializer_list>

namespace cb::state {

class WorkbenchState;

/// What admins see and change, each list as the server had it when a page asked. A change goes through client() with
/// after(): whatever it touched is told to be outdated, and pages that show it ask again. GUI thread.
class AdminState : public QObject {
    Q_OBJECT
public:
    template <class T>
    using Then = api::RestClient::Then<T>;

    AdminState(api::RestClient& rest, WorkbenchState& workbench, QObject* parent = nullptr);

    api::AdminClient& client() { return m_client; }
    WorkbenchState& workbench() { return m_workbench; }

    LoadedBody<wire::GroupList>& groups() { return m_groups; }
    LoadedBody<wire::AgentList>& agents() { return m_agents; }
    LoadedBody<wire::ChannelList>& channels() { return m_channels; }
    LoadedBody<wire::FlowList>& flows() { return m_flows; }
    LoadedBody<wire::BlockList>& blocked() { return m_blocked; }
    LoadedBody<wire::InstanceForm>& settings() { return m_settings; }
    LoadedBody<wire::QuickReplyList>& replies() { return m_replies; }
    LoadedBody<wire::ScreenPopForm>& pops() { return m_pops; }
    LoadedBody<wire::NumberList>& numbers() { return m_numbers; }
    LoadedBody<wire::AudioList>& audio() { return m_audio; }
    AuditLog& audit() { return m_audit; }

    /// Tells `then` and, when something may have changed — it did, or the server knows better than we —, the parts.
    template <class T>
    Then<T> after(std::initializer_list<Loaded*> parts, Then<T> then) {
        return [parts = std::vector<Loaded*>(parts), then = std::move(then)](base::Result<T> answer) {
            const bool touched = answer || answer.error().grade != base::Grade::Rejected;
            if (then)
                then(std::move(answer));
            for (auto* part : parts)
                if (touched)
                    part->setOutdated();
        };
    }

private:
    api::AdminClient m_client;
    WorkbenchState& m_workbench;
    LoadedBody<wire::GroupList> m_groups;
    LoadedBody<wire::AgentList> m_agents;
    LoadedBody<wire::ChannelList> m_channels;
    LoadedBody<wire::FlowList> m_flows;
    LoadedBody<wire::BlockList> m_blocked;
    LoadedBody<wire::InstanceForm> m_settings;
    LoadedBody<wire::QuickReplyList> m_replies;
    LoadedBody<wire::ScreenPopForm> m_pops;
    LoadedBody<wire::NumberList> m_numbers;
    LoadedBody<wire::AudioList> m_audio;
    AuditLog m_audit;
};

} // namespace cb::state
