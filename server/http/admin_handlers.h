#pragma once

#include "server/admin/change.h"
#include "server/http/handlers.h"

namespace cb::http {

/// Carries out a route for admins (or what hangs on them, as the list of screen pops). Blocks.
Answer handleAdmin(Services& services, const Call& call);

admin::Maker makerOf(Services& services, const Call& call);

// One file each.
Answer groupList(Services& services, const Call& call);
Answer groupAdd(Services& services, const Call& call);
Answer groupPut(Services& services, const Call& call);
Answer groupDelete(Services& services, const Call& call);
Answer groupMembers(Services& services, const Call& call);
Answer agentList(Services& services, const Call& call);
Answer agentAdd(Services& services, const Call& call);
Answer agentPut(Services& services, const Call& call);
Answer agentDelete(Services& services, const Call& call);
Answer agentResetPassword(Services& services, const Call& call);
Answer agentBulk(Services& services, const Call& call);
Answer channelList(Services& services, const Call& call);
Answer channelAdd(Services& services, const Call& call);
Answer channelPut(Services& services, const Call& call);
Answer channelDelete(Services& services, const Call& call);
Answer channelFlow(Services& services, const Call& call);
Answer numberList(Services& services, const Call& call);
Answer numberFlow(Services& services, const Call& call);
Answer audioList(Services& services, const Call& call);
Answer audioPut(Services& services, const Call& call);
Answer audioDelete(Services& services, const Call& call);
Answer blockedCustomers(Services& services, const Call& call);
Answer customerUnblock(Services& services, const Call& call);
Answer settingsGet(Services& services, const Call& call);
Answer settingsPut(Services& services, const Call& call);
Answer quickReplyAdd(Services& services, const Call& call);
Answer quickReplyPut(Services& services, const Call& call);
Answer quickReplyDelete(Services& services, const Call& call);
Answer screenPopList(Services& services, const Call& call);
Answer screenPopsPut(Services& services, const Call& call);
Answer flowTests(Services& services, const Call& call);
Answer sessionReplay(Services& services, const Call& call);
Answer auditPage(Services& services, const Call& call);

} // namespace cb::http
