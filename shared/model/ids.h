#pragma once

#include "shared/base/id.h"

namespace cb::model {

using InstanceId = base::Id<struct InstanceTag>; ///< the SDKAppID: ten digits from 1400000001 (spec 0)
using AgentId = base::Id<struct AgentTag>;       ///< an agent or admin of one instance
using GroupId = base::Id<struct GroupTag>;       ///< skill group
using FlowId = base::Id<struct FlowTag>;         ///< session flow or IVR
using ChannelId = base::Id<struct ChannelTag>;   ///< website, kiosk, WeChat account, …
using CustomerId = base::Id<struct CustomerTag>; ///< who the company talks to; a visitor is a customer of a web channel
using SessionId = base::Id<struct SessionTag>;   ///< one conversation
using OfferId = base::Id<struct OfferTag>;       ///< one ringing of one agent
using AttachmentId = base::Id<struct AttachmentTag>; ///< picture or file kept by the server
using QuickReplyId = base::Id<struct QuickReplyTag>;
using TrunkId = base::Id<struct TrunkTag>; ///< way to the telephone network; the operator's
using AudioId = base::Id<struct AudioTag>; ///< uploaded sound of one instance

/// Position in an instance's event table: starts at 1, strictly rising, one sequence per instance (spec 7).
using Seq = std::int64_t;

constexpr std::int64_t kFirstInstance = 1'400'000'001;

} // namespace cb::model
