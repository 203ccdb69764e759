#pragma once

#include "server/store/readers.h"

#include <string>
#include <unordered_map>

namespace cb::http {

/// Names of agents by id, each looked up once. Lives no longer than its reader.
class AgentNames {
public:
    explicit AgentNames(store::Reader& reader)
        : m_reader(reader) {}

    /// Empty: nobody, or not known.
    std::string of(model::AgentId id) {
        if (!id)
            return {};
        const auto [place, isNew] = m_known.try_emplace(id);
        if (isNew)
            if (auto agent = m_reader.directory().agent(id); agent && *agent)
                place->second = (*agent)->name;
        return place->second;
    }

private:
    store::Reader& m_reader;
    std::unordered_map<model::AgentId, std::string> m_known;
};

} // namespace cb::http
