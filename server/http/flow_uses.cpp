#include "server/http/flow_uses.h"

namespace cb::http {

base::Result<admin::GroupUse> FlowUses::read(store::Reader& reader, model::InstanceId instance) {
    auto flows = all(reader, instance);
    if (!flows)
        return flows.error();
    admin::GroupUse use;
    for (const auto& [name, named] : *flows)
        for (const auto group : named.groups)
            use[group].push_back(name);
    return use;
}

base::Result<admin::AudioUse> FlowUses::readAudio(store::Reader& reader, model::InstanceId instance) {
    auto flows = all(reader, instance);
    if (!flows)
        return flows.error();
    admin::AudioUse use;
    for (const auto& [name, named] : *flows)
        for (const auto audio : named.audio)
            use[audio].push_back(name);
    return use;
}

base::Result<std::vector<std::pair<std::string, FlowUses::Known>>> FlowUses::all(store::Reader& reader,
                                                                                 model::InstanceId instance) {
    auto heads = reader.directory().flows(instance);
    if (!heads)
        return heads.error();
    std::vector<std::pair<std::string, Known>> flows;
    for (const auto& head : *heads) {
        if (!head.published || head.deleted)
            continue;
        auto named = namedBy(reader, head);
        if (!named)
            return named.error();
        flows.emplace_back(head.name, std::move(*named));
    }
    return flows;
}

base::Result<FlowUses::Known> FlowUses::namedBy(store::Reader& reader, const store::FlowRow& head) {
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.find(head.flow);
        if (known != m_known.end() && known->second.revision == head.revision)
            return known->second;
    }
    auto row = reader.directory().publishedFlow(head.flow);
    if (!row)
        return row.error();
    if (!*row)
        return Known{};
    Known named{head.revision, admin::groupsNamed((*row)->json), admin::audioNamed((*row)->json)};
    if ((*row)->revision == head.revision) {
        const std::lock_guard lock(m_mutex);
        m_known[head.flow] = named;
    }
    return named;
}

} // namespace cb::http
