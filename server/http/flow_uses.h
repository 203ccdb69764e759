#pragma once

#include "server/admin/audio_rules.h"
#include "server/admin/group_rules.h"
#include "server/store/database.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cb::http {

/// Which published flows name which groups and which audio. A flow's graph is read again only when the flow has
/// changed. Any thread.
class FlowUses {
public:
    base::Result<admin::GroupUse> read(store::Reader& reader, model::InstanceId instance);
    base::Result<admin::AudioUse> readAudio(store::Reader& reader, model::InstanceId instance);

private:
    struct Known {
        std::int64_t revision = 0;
        std::vector<model::GroupId> groups;
        std::vector<model::AudioId> audio;
    };
    /// The published ones, each with its name.
    base::Result<std::vector<std::pair<std::string, Known>>> all(store::Reader& reader, model::InstanceId instance);
    base::Result<Known> namedBy(store::Reader& reader, const store::FlowRow& head);

    std::mutex m_mutex; ///< never held while the database works
    std::unordered_map<model::FlowId, Known> m_known;
};

} // namespace cb::http
