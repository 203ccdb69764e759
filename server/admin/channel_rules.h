#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/wire/admin.h"

/// Ways in（渠道接入）, spec 2.1. Which flow may be linked: flow_rules.h.
namespace cb::admin {

inline constexpr std::size_t kMaxChannelName = 40; ///< characters
inline constexpr std::size_t kMaxChannels = 200;   ///< of an instance, deleted ones not counted

/// A website needs a domain ("*": any page, for trials), a kiosk has none; `key` is unguessable and made by the caller.
/// Errors: bad_field (name, domain, colour), channel_kind_unavailable (rejected; params.kind), too_many_channels
/// (rejected; params.limit).
base::Result<Change> newChannel(const wire::ChannelDraft& wanted, model::ChannelId id, std::string key,
                                std::size_t have, const Maker& maker);
/// A phone number is the operator's to name and to take back: channel_kind_unavailable (rejected; params.kind).
base::Result<void> mayChange(const model::Channel& stored);
/// Errors: those of mayChange, bad_field; its kind is fixed.
base::Result<Change> saveChannel(const model::Channel& stored, const wire::ChannelDraft& wanted);
/// Its sessions go on; whether new ones are let in is the desk's business.
Change deleteChannel(const model::Channel& stored);
/// nullptr: no flow any more. Errors: those of mayLink.
base::Result<Change> linkChannel(const model::Channel& stored, const store::FlowRow* flow);

} // namespace cb::admin
