#pragma once

#include "server/store/readers.h"
#include "shared/base/time_zone.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cb::jobs {

/// A column of an export, and what stands above it.
struct Column {
    std::string name;
    std::string title;
    std::unordered_map<std::string, std::string>
        words{}; ///< what stands for a code; one without a word stands for itself
};

/// Every column there is, in the usual order.
const std::vector<std::string_view>& recordColumns();

/// Cells of service records. Names of channels, groups, agents and flows are as they were when it was made.
class RecordTable {
public:
    static base::Result<RecordTable> make(store::Reader& reader, model::InstanceId instance,
                                          std::vector<Column> columns);

    std::vector<std::string> head() const;
    /// One row per session.
    base::Result<std::vector<std::vector<std::string>>> rows(store::Reader& reader,
                                                             const std::vector<model::Session>& sessions) const;

private:
    /// Rows that the cells of one session name; an empty one where there is none.
    struct Named {
        const model::Customer& customer;
        const model::Channel& channel;
        const model::Agent& agent;
        const model::Agent& lastAgent;
        const model::Call& call;
    };
    static std::string callCell(std::string_view column, const model::Call& call);
    std::string cell(std::string_view column, const model::Session& row, const Named& named) const;

    std::vector<Column> m_columns;
    base::TimeZone m_zone;
    std::unordered_map<model::ChannelId, model::Channel> m_channels;
    std::unordered_map<model::GroupId, std::string> m_groups;
    std::unordered_map<model::AgentId, model::Agent> m_agents;
    std::unordered_map<model::FlowId, std::string> m_flows;
};

} // namespace cb::jobs
