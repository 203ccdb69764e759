#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/wire/admin.h"

/// Quick replies（快捷回复）, spec 2.4.
namespace cb::admin {

inline constexpr std::size_t kMaxReplyTitle = 40;   ///< characters
inline constexpr std::size_t kMaxReplyText = 2'000; ///< characters
inline constexpr std::size_t kMaxReplies = 500;     ///< of an instance

/// Errors: bad_field (title, text), too_many_quick_replies (rejected; params.limit).
base::Result<Change> newReply(const wire::QuickReplyDraft& wanted, model::QuickReplyId id, std::size_t have,
                              const Maker& maker);
base::Result<Change> saveReply(const model::QuickReply& stored, const wire::QuickReplyDraft& wanted);
Change deleteReply(const model::QuickReply& stored);

} // namespace cb::admin
