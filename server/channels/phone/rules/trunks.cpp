#include "server/channels/phone/rules/trunks.h"

#include <algorithm>
#include <tuple>

namespace cb::phone {

namespace {

/// The networks a trunk's calls come from.
std::vector<net::Network> networksOf(const model::Trunk& trunk, const TrunkBook::Addresses& resolved) {
    auto texts = trunk.allow;
    if (texts.empty()) {
        texts.push_back(trunk.host);
        if (const auto it = resolved.find(trunk.id); it != resolved.end())
            texts.insert(texts.end(), it->second.begin(), it->second.end());
    }
    std::vector<net::Network> networks;
    for (const auto& text : texts)
        if (const auto network = net::parseNetwork(text))
            networks.push_back(*network);
    return networks;
}

} // namespace

TrunkBook::TrunkBook(std::vector<model::Trunk> trunks, const Addresses& resolved)
    : m_trunks(std::move(trunks)) {
    std::erase_if(m_trunks, [](const model::Trunk& trunk) { return trunk.deleted || !trunk.enabled; });
    std::sort(m_trunks.begin(), m_trunks.end(),
              [](const auto& a, const auto& b) { return std::tie(a.order, a.id) < std::tie(b.order, b.id); });
    for (std::size_t i = 0; i < m_trunks.size(); ++i) {
        const model::Trunk& trunk = m_trunks[i];
        for (const auto& network : networksOf(trunk, resolved))
            m_ways.push_back({network, i});
        if (net::parseAddress(trunk.host))
            m_targets[trunk.id] = {trunk.host};
        else if (const auto known = resolved.find(trunk.id); known != resolved.end())
            m_targets[trunk.id] = known->second;
    }
    std::stable_sort(m_ways.begin(), m_ways.end(),
                     [](const Way& a, const Way& b) { return a.from.prefix > b.from.prefix; });
}

const model::Trunk* TrunkBook::find(model::TrunkId id) const {
    const auto it = std::find_if(m_trunks.begin(), m_trunks.end(), [id](const auto& trunk) { return trunk.id == id; });
    return it == m_trunks.end() ? nullptr : &*it;
}

std::vector<std::string> TrunkBook::targets(model::TrunkId id) const {
    const auto it = m_targets.find(id);
    return it == m_targets.end() ? std::vector<std::string>{} : it->second;
}

CallLimits TrunkBook::limits(model::TrunkId id) const {
    const auto* trunk = find(id);
    return trunk == nullptr ? CallLimits{} : CallLimits{trunk->maxCalls, trunk->callsPerSecond};
}

std::optional<model::TrunkId> TrunkBook::callerOf(std::string_view address) const {
    const auto bytes = net::parseAddress(address.substr(0, address.find('%')));
    if (!bytes)
        return std::nullopt;
    const auto way = std::find_if(m_ways.begin(), m_ways.end(),
                                  [&](const Way& candidate) { return candidate.from.contains(*bytes); });
    return way == m_ways.end() ? std::nullopt : std::optional(m_trunks[way->trunk].id);
}

std::vector<model::TrunkId> TrunkBook::outboundOrder(const model::PhoneNumber& number) const {
    std::vector<model::TrunkId> order;
    if (number.released || number.type == model::CallType::In)
        return order;
    for (const auto& trunk : m_trunks)
        if (!number.trunk || number.trunk == trunk.id)
            order.push_back(trunk.id);
    return order;
}

} // namespace cb::phone
