#include "server/http/admin_handlers.h"

namespace cb::http {

Answer handleAdmin(Services& services, const Call& call) {
    switch (call.route.id) {
    case RouteId::GroupList:
        return groupList(services, call);
    case RouteId::GroupAdd:
        return groupAdd(services, call);
    case RouteId::GroupPut:
        return groupPut(services, call);
    case RouteId::GroupDelete:
        return groupDelete(services, call);
    case RouteId::GroupMembers:
        return groupMembers(services, call);
    case RouteId::AgentList:
        return agentList(services, call);
    case RouteId::AgentAdd:
        return agentAdd(services, call);
    case RouteId::AgentPut:
        return agentPut(services, call);
    case RouteId::AgentDelete:
        return agentDelete(services, call);
    case RouteId::AgentResetPassword:
        return agentResetPassword(services, call);
    case RouteId::AgentBulk:
        return agentBulk(services, call);
    case RouteId::ChannelList:
        return channelList(services, call);
    case RouteId::ChannelAdd:
        return channelAdd(services, call);
    case RouteId::ChannelPut:
        return channelPut(services, call);
    case RouteId::ChannelDelete:
        return channelDelete(services, call);
    case RouteId::ChannelFlow:
        return channelFlow(services, call);
    case RouteId::NumberList:
        return numberList(services, call);
    case RouteId::NumberFlow:
        return numberFlow(services, call);
    case RouteId::AudioList:
        return audioList(services, call);
    case RouteId::AudioPut:
        return audioPut(services, call);
    case RouteId::AudioDelete:
        return audioDelete(services, call);
    case RouteId::BlockedCustomers:
        return blockedCustomers(services, call);
    case RouteId::CustomerUnblock:
        return customerUnblock(services, call);
    case RouteId::SettingsGet:
        return settingsGet(services, call);
    case RouteId::SettingsPut:
        return settingsPut(services, call);
    case RouteId::QuickReplyAdd:
        return quickReplyAdd(services, call);
    case RouteId::QuickReplyPut:
        return quickReplyPut(services, call);
    case RouteId::QuickReplyDelete:
        return quickReplyDelete(services, call);
    case RouteId::ScreenPopList:
        return screenPopList(services, call);
    case RouteId::ScreenPopsPut:
        return screenPopsPut(services, call);
    case RouteId::FlowTests:
        return flowTests(services, call);
    case RouteId::SessionReplay:
        return sessionReplay(services, call);
    case RouteId::AuditPage:
        return auditPage(services, call);
    default:
        return base::fatal("internal", "not a JSON route");
    }
}

admin::Maker makerOf(Services& services, const Call& call) {
    return {call.who.instance, call.who.agent, services.clock.now()};
}

} // namespace cb::http
