#pragma once

#include "server/desk/commands.h"

#include <chrono>
#include <future>
#include <memory>

namespace cb::desk {

/// Hands the desk a command that answers, and waits for the answer. `kept` lives until the desk has answered, also when
/// nobody waits for it any more. Any thread but the desk's. Errors: the desk's; overloaded and storage_unavailable
/// (retry) when its queue is full or it does not answer within 30 s.
template <class Kind>
base::Result<void> ask(const std::function<bool(Command)>& toDesk, Kind command, std::shared_ptr<void> kept = {}) {
    constexpr std::chrono::seconds kPatience{30};
    auto promise = std::make_shared<std::promise<base::Result<void>>>(); // shared with the desk's callback
    auto answer = promise->get_future();
    command.done = [promise, kept = std::move(kept)](base::Result<void> result) {
        promise->set_value(std::move(result));
    };
    if (!toDesk(std::move(command)))
        return base::retry("overloaded", "the desk's queue is full");
    if (answer.wait_for(kPatience) != std::future_status::ready)
        return base::retry("storage_unavailable", "the desk did not answer");
    return answer.get();
}

} // namespace cb::desk
