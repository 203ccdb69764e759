#include "server/http/handlers.h"

#include "server/auth/token.h"
#include "server/http/admin_handlers.h"

#include <charconv>

namespace cb::http {

namespace {

/// The credentials of an Authorization header of this scheme; empty when it is another.
std::string_view credentials(const net::Head& head, std::string_view scheme) {
    auto value = head.header("Authorization");
    if (value.size() <= scheme.size() || value.substr(0, scheme.size()) != scheme || value[scheme.size()] != ' ')
        return {};
    return value.substr(scheme.size() + 1);
}

base::Result<void> admitAgent(Services& services, const net::Head& head, Call& call) {
    auto principal = services.accounts.check(credentials(head, "Bearer"));
    if (!principal)
        return principal.error();
    if (principal->mustChangePassword && call.route.access != Access::AgentFresh)
        return base::rejected("password_change_required");
    if (call.route.access == Access::Admin && principal->role != model::Role::Admin)
        return base::rejected("forbidden");
    call.who = std::move(*principal);
    return {};
}

base::Result<void> admitToChannel(Services& services, const net::Head& head, Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto channel = reader->directory().channelByKey(call.values.at(0));
    if (!channel)
        return channel.error();
    if (!*channel)
        return base::rejected("channel_unknown");
    const auto origin = head.header("Origin");
    if (!origin.empty() && !services.originAllowed(origin, (*channel)->domain))
        return base::rejected("origin_not_allowed");
    call.channel = **channel;
    if (call.route.access != Access::Visitor)
        return (*channel)->deleted ? base::Result<void>{base::rejected("channel_unknown")} : base::Result<void>{};
    const auto token = credentials(head, "Visitor");
    if (!auth::isToken(token))
        return base::rejected("bad_token");
    auto customer = reader->customers().byExternalId(call.channel->id, auth::tokenHash(token));
    if (!customer)
        return customer.error();
    if (*customer && (*customer)->blocked)
        return base::rejected("blocked");
    call.customer = std::move(*customer);
    return {};
}

} // namespace

std::int64_t Call::id(std::size_t index) const {
    std::int64_t value = 0;
    const std::string& text = values.at(index);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

base::Result<Call> admit(Services& services, const Route& route, std::vector<std::string> values, const net::Head& head,
                         const net::Peer& peer) {
    Call call{route, std::move(values), std::string(head.query()), {}, peer.address, {}, std::nullopt, std::nullopt};
    base::Result<void> admitted;
    if (route.cors)
        admitted = admitToChannel(services, head, call);
    else if (route.access != Access::Anyone)
        admitted = admitAgent(services, head, call);
    if (!admitted)
        return admitted.error();
    return call;
}

Answer handle(Services& services, const Call& call) {
    switch (call.route.id) {
    case RouteId::SignIn:
        return signIn(services, call);
    case RouteId::Password:
        return changePassword(services, call);
    case RouteId::PasswordForgot:
        return forgotPassword(services, call);
    case RouteId::PasswordReset:
        return resetPassword(services, call);
    case RouteId::SignOut:
        return signOut(services, call);
    case RouteId::Me:
        return me(services, call);
    case RouteId::SessionMessages:
        return sessionMessages(services, call);
    case RouteId::CustomerSessions:
        return customerSessions(services, call);
    case RouteId::SessionOffers:
        return sessionOffers(services, call);
    case RouteId::QuickReplies:
        return quickReplies(services, call);
    case RouteId::FlowList:
        return flowList(services, call);
    case RouteId::FlowGet:
        return flowGet(services, call);
    case RouteId::FlowAdd:
        return flowAdd(services, call);
    case RouteId::FlowUnpublish:
        return flowUnpublish(services, call);
    case RouteId::FlowRestore:
        return flowRestore(services, call);
    case RouteId::FlowDelete:
        return flowDelete(services, call);
    case RouteId::FlowVersions:
        return flowVersions(services, call);
    case RouteId::FlowPut:
        return flowPut(services, call);
    case RouteId::FlowPublish:
        return flowPublish(services, call);
    case RouteId::RecordList:
        return recordList(services, call);
    case RouteId::RecordGet:
        return recordGet(services, call);
    case RouteId::CustomerErase:
        return customerErase(services, call);
    case RouteId::ExportAdd:
        return exportAdd(services, call);
    case RouteId::ExportList:
        return exportList(services, call);
    case RouteId::ExportGet:
        return exportGet(services, call);
    case RouteId::ExportCancel:
        return exportCancel(services, call);
    case RouteId::WidgetFace:
        return widgetFace(services, call);
    case RouteId::WidgetMessages:
        return widgetMessages(services, call);
    default:
        return handleAdmin(services, call);
    }
}

base::Result<std::int64_t> queryNumber(const std::string& query, std::string_view name, std::int64_t fallback) {
    const auto text = net::queryValue(query, name);
    if (text.empty())
        return fallback;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0)
        return base::with(base::rejected("bad_field"), "field", std::string(name));
    return value;
}

} // namespace cb::http
