#pragma once

#include "client/api/admin_client.h"
#include "client/floweditor/document/choices.h"
#include "client/floweditor/document/listener.h"

namespace cb::floweditor {

/// What flows of this instance may refer to.
Choices choicesOf(const wire::GroupList& groups, const wire::AudioList& audio);

/// Sounds from the server, as callers hear them. `client` outlives whoever fetches.
Listener::Fetch soundsFrom(api::AdminClient& client);

} // namespace cb::floweditor
