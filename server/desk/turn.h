#pragma once

#include "server/desk/effects.h"
#include "server/store/batch.h"
#include "shared/base/clock.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace cb::desk {

/// What handling some commands came to: what is to be stored, and what is to be told once it is, or at once.
struct Turn {
    base::TimePoint now{};
    store::Batch batch;
    Effects durable;   ///< leave, in order, after the batch is committed; never when it failed
    Effects transient; ///< leave at once
    std::vector<std::function<void(base::Result<void>)>> answers; ///< of ChangeConfig, called with the commit's result
    std::vector<model::InstanceId> touched; ///< whose live state is ahead of the disk until the commit
    bool outOfIds = false;                  ///< cannot be stored as it is: to be treated as a failed commit

    bool empty() const { return batch.empty() && durable.empty() && answers.empty() && !outOfIds; }

    void touch(model::InstanceId instance) {
        if (std::find(touched.begin(), touched.end(), instance) == touched.end())
            touched.push_back(instance);
    }
    void reply(Origin origin, Answer answer) {
        const bool wanted = origin.request != 0 || std::holds_alternative<base::Error>(answer) ||
                            std::holds_alternative<AgentWelcome>(answer) ||
                            std::holds_alternative<VisitorWelcome>(answer);
        if (wanted)
            durable.emplace_back(Reply{origin, std::move(answer)});
    }
};

} // namespace cb::desk
