#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/wire/admin.h"

#include <span>

/// Screen pops（来电弹屏）, spec 2.4.
namespace cb::admin {

inline constexpr std::size_t kMaxPopName = 40;   ///< characters
inline constexpr std::size_t kMaxPopUrl = 2'000; ///< characters

/// The whole list, in the order shown. Errors: too_many_screen_pops (rejected; params.limit), bad_field (pops[n].name,
/// pops[n].url; why also bad_url and unknown_placeholder, the latter with params.placeholder).
base::Result<Change> saveScreenPops(std::span<const model::ScreenPop> stored, const wire::ScreenPopForm& wanted,
                                    const model::Instance& instance);

} // namespace cb::admin
