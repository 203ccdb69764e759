#pragma once

#include "tests/support/suite.h" // first, for moc

#include "server/admin/change.h"
#include "shared/base/result.h"

#include <string>

/// What the tests of rules have in common.
namespace cb::test {

inline constexpr model::InstanceId kInstance{1'400'000'001};
inline const base::TimePoint kNow = base::fromUnixMillis(1'790'000'000'000);
inline const admin::Maker kMaker{kInstance, model::AgentId{1}, kNow};

/// The code of a refusal; "" = it was allowed.
template <class T>
std::string codeOf(const base::Result<T>& result) {
    return result ? std::string() : result.error().code;
}
/// "field: why" of a bad_field; the code of another.
template <class T>
std::string whyOf(const base::Result<T>& result) {
    if (result || result.error().code != "bad_field")
        return codeOf(result);
    const auto& params = result.error().params;
    const auto why = params.find("why");
    return params.at("field") + ": " + (why == params.end() ? std::string() : why->second);
}
template <class T>
std::string paramOf(const base::Result<T>& result, const std::string& name) {
    if (result)
        return {};
    const auto& params = result.error().params;
    const auto found = params.find(name);
    return found == params.end() ? std::string() : found->second;
}

} // namespace cb::test
