#include "server/http/handlers.h"

#include "server/net/addresses.h"
#include "shared/wire/http.h"

#include <spdlog/spdlog.h>

namespace cb::http {

namespace {

/// Admins see who has not set a password yet. Who is not told reads it with the next change.
void tellInvited(Services& services, model::InstanceId instance) {
    (void)services.toDesk(desk::ListsChanged{instance});
}

} // namespace

Answer signIn(Services& services, const Call& call) {
    auto body = wire::decodeBody<wire::SignIn>(call.body);
    if (!body)
        return body.error();
    auto result = services.accounts.signIn(
        {body->instance, body->email, body->password, body->remember, body->device, net::limitKey(call.address)});
    if (!result) {
        spdlog::info("event=sign_in_refused instance={} address={} code={}", body->instance.value, call.address,
                     result.error().code);
        return result.error();
    }
    spdlog::info("event=signed_in instance={} agent={} address={}", body->instance.value, result->agent.id.value,
                 call.address);
    wire::SignedIn out;
    out.token = result->token;
    out.expiresAt = result->expiresAt;
    out.mustChangePassword = result->mustChangePassword;
    out.me = result->agent;
    out.instance = {result->instance.id, result->instance.name, result->instance.timeZone};
    return wire::encodeBody(out);
}

Answer changePassword(Services& services, const Call& call) {
    auto body = wire::decodeBody<wire::PasswordChange>(call.body);
    if (!body)
        return body.error();
    auto fresh = services.accounts.changePassword(call.who, body->old, body->fresh);
    if (!fresh)
        return fresh.error();
    spdlog::info("event=password_changed instance={} agent={}", call.who.instance.value, call.who.agent.value);
    if (call.who.mustChangePassword)
        tellInvited(services, call.who.instance);
    return wire::encodeBody(wire::NewToken{fresh->token, fresh->expiresAt});
}

/// The log does not say which account: whoever reads it need not know who forgets.
Answer forgotPassword(Services& services, const Call& call) {
    auto body = wire::decodeBody<wire::PasswordForgot>(call.body);
    if (!body)
        return body.error();
    auto asked = services.passwordReset.ask(body->instance, body->email, net::limitKey(call.address));
    if (!asked)
        return asked.error();
    spdlog::info("event=password_forgotten instance={} address={}", body->instance.value, call.address);
    return std::string();
}

Answer resetPassword(Services& services, const Call& call) {
    auto body = wire::decodeBody<wire::PasswordReset>(call.body);
    if (!body)
        return body.error();
    auto agent = services.passwordReset.reset(body->instance, body->token, body->fresh, net::limitKey(call.address));
    if (!agent) {
        spdlog::info("event=password_reset_refused instance={} address={} code={}", body->instance.value, call.address,
                     agent.error().code);
        return agent.error();
    }
    spdlog::info("event=password_reset instance={} agent={} address={}", body->instance.value, agent->value,
                 call.address);
    tellInvited(services, body->instance);
    return std::string();
}

Answer signOut(Services& services, const Call& call) {
    auto done = services.accounts.signOut(call.who);
    if (!done)
        return done.error();
    return std::string();
}

Answer me(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto agent = reader->directory().agent(call.who.agent);
    auto instance = reader->directory().instance(call.who.instance);
    if (!agent || !instance)
        return agent ? instance.error() : agent.error();
    if (!*agent || !*instance)
        return base::rejected("bad_token");
    return wire::encodeBody(wire::MeAnswer{
        **agent, {(*instance)->id, (*instance)->name, (*instance)->timeZone}, call.who.mustChangePassword});
}

} // namespace cb::http
