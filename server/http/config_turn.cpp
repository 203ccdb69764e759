#include "server/http/config_turn.h"

#include "server/desk/ask.h"

#include <chrono>

namespace cb::http {

namespace {

constexpr std::chrono::seconds kPatience{30};

} // namespace

ConfigTurn::ConfigTurn(Services& services, const Call& call, std::shared_ptr<void> turn, store::Reader reader)
    : m_services(&services)
    , m_call(&call)
    , m_turn(std::move(turn))
    , m_reader(std::move(reader)) {}

base::Result<ConfigTurn> ConfigTurn::begin(Services& services, const Call& call) {
    auto turn = services.configTurns.take(kPatience);
    if (turn == nullptr)
        return base::retry("storage_unavailable", "the change before did not end");
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    return ConfigTurn(services, call, std::move(turn), std::move(*reader));
}

base::Result<void> ConfigTurn::commit(admin::Change change) {
    m_reader.reset(); // there are few, and this may take long
    desk::ChangeConfig command;
    command.instance = m_call->who.instance;
    command.by = m_call->who.agent;
    command.action = std::move(change.action);
    command.target = std::move(change.target);
    command.before = std::move(change.before);
    command.after = std::move(change.after);
    command.rows = std::move(change.rows);
    if (!m_services->toDesk(desk::LoadInstance{command.instance}))
        return base::retry("overloaded");
    return desk::ask(m_services->toDesk, std::move(command), std::move(m_turn));
}

} // namespace cb::http
