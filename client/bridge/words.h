#pragma once

#include "shared/model/agent.h"
#include "shared/model/channel.h"
#include "shared/model/event.h"
#include "shared/model/offer.h"
#include "shared/model/session.h"

#include <QtCore/QString>

#include <string_view>

namespace cb::bridge {

/// The user's words for enumerators, in the program's present language. GUI thread.
QString word(model::AgentStatus status);
QString word(model::Mode mode);
QString word(model::ChannelKind kind);
QString word(model::SessionState state);
QString word(model::Role role);
QString word(model::SkipReason reason);
QString word(model::OfferRule rule);
QString word(model::OfferOutcome outcome);

/// Whole sentences.
QString sentence(model::EndReason reason);
QString sentence(model::ReturnReason reason);
/// Why the status is what it is; empty when the agent chose it or it follows from load.
QString sentence(model::StatusReason reason);
/// How a phone call ended (model::Call::cause); empty: nothing that one has to be told.
QString callCause(std::string_view cause);

} // namespace cb::bridge
