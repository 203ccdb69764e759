#include "shared/flow/upgrade_p.h"

#include "shared/flow/json.h"

namespace cb::flow {

namespace {

base::Error badSchema(std::string_view detail) {
    return base::with(base::rejected("flow_bad_schema", detail), "at", "schema");
}

} // namespace

const std::vector<Upgrade>& upgrades() {
    // Schema 1 is the first: nothing to upgrade from.
    static const std::vector<Upgrade> table;
    return table;
}

base::Result<void> upgrade(nlohmann::json& document, const std::vector<Upgrade>& table, int target) {
    const auto field = document.find("schema");
    if (field == document.end() || !field->is_number_integer())
        return badSchema("no schema number");
    const auto written = field->get<std::int64_t>();
    if (field->is_number_unsigned() ? field->get<std::uint64_t>() > static_cast<std::uint64_t>(target)
                                    : written > target)
        return base::with(base::rejected("flow_newer_schema"), "at", "schema");
    if (written < 1)
        return badSchema("schemas start at 1");
    for (int schema = static_cast<int>(written); schema < target; ++schema) {
        const auto index = static_cast<std::size_t>(schema - 1);
        if (index >= table.size() || table[index].from != schema)
            return badSchema("no upgrade from this schema");
        table[index].apply(document);
        document["schema"] = schema + 1;
    }
    return {};
}

} // namespace cb::flow
