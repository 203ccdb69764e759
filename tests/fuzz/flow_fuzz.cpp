#include "shared/flow/json.h"
#include "shared/flow/validate.h"

#include <cstdlib>

/// Any bytes: a Result, never a crash; what was read is written and read back equal, and can be validated.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cb;
    const auto graph = flow::parseJson({reinterpret_cast<const char*>(data), size});
    if (!graph)
        return 0;
    const auto again = flow::parseJson(flow::toJson(*graph));
    // Only a text beyond the bound of the whole document may fail to come back.
    if (again ? !(*again == *graph) : again.error().code != "flow_too_large")
        std::abort();
    static const flow::ValidationContext context{{{flow::GroupId{1}, flow::Mode::Chat}}, {flow::AudioId{1}}};
    for (const auto& problem : flow::validate(*graph, context))
        if (problem.code.empty())
            std::abort();
    return 0;
}
