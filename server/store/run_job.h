#pragma once

#include "server/store/writer.h"
#include "shared/base/result.h"

#include <future>
#include <memory>
#include <utility>

namespace cb::store {

/// Submits a job and waits for the commit. Errors: what the job returned, `overloaded` (the writer's queue is full),
/// `storage_unavailable`. Never from the writer's thread.
inline base::Result<void> runJob(Writer& writer, Writer::Job job) {
    auto promise = std::make_shared<std::promise<base::Result<void>>>(); // shared with the writer's callback
    auto answer = promise->get_future();
    if (!writer.submit(std::move(job), [promise](base::Result<void> result) { promise->set_value(std::move(result)); }))
        return base::retry("overloaded", "the writer's queue is full");
    return answer.get();
}

} // namespace cb::store
