#pragma once

#include "server/admin/group_rules.h"
#include "server/store/database.h"

#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace cb::http {

/// Which published flows name which groups. A flow's graph is read again only when the flow has changed. Any thread.
class FlowUses {
public:
    base::Result<admin::GroupUse> read(store::Reader& reader, model::InstanceId instance);

private:
    struct Known {
        std::int64_t revision = 0;
        std::vector<model::GroupId> groups;
    };
    base::Result<std::vector<model::GroupId>> groupsOf(store::Reader& reader, const store::FlowRow& head);

    std::mutex m_mutex; ///< never held while the database works
    std::unordered_map<model::FlowId, Known> m_known;
};

} // namespace cb::http
