#include "server/http/flow_uses.h"

namespace cb::http {

base::Result<admin::GroupUse> FlowUses::read(store::Reader& reader, model::InstanceId instance) {
    auto flows = reader.directory().flows(instance);
    if (!flows)
        return flows.error();
    admin::GroupUse use;
    for (const auto& head : *flows) {
        if (!head.published || head.deleted)
            continue;
        auto groups = groupsOf(reader, head);
        if (!groups)
            return groups.error();
        for (const auto group : *groups)
            use[group].push_back(head.name);
    }
    return use;
}

base::Result<std::vector<model::GroupId>> FlowUses::groupsOf(store::Reader& reader, const store::FlowRow& head) {
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.find(head.flow);
        if (known != m_known.end() && known->second.revision == head.revision)
            return known->second.groups;
    }
    auto row = reader.directory().publishedFlow(head.flow);
    if (!row)
        return row.error();
    if (!*row)
        return std::vector<model::GroupId>{};
    auto groups = admin::groupsNamed((*row)->json);
    if ((*row)->revision == head.revision) {
        const std::lock_guard lock(m_mutex);
        m_known[head.flow] = {head.revision, groups};
    }
    return groups;
}

} // namespace cb::http
