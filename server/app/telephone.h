#pragma once

#include "server/app/options.h"
#include "server/desk/effects.h"
#include "shared/base/result.h"

#include <functional>
#include <memory>
#include <string>

namespace cb::base {
class WorkerPool;
}
namespace cb::store {
class Database;
}

namespace cb::app {

/// The telephone as the server has it: the engine, what it says, and the trunks and numbers as the database has them.
/// Without --sip there is none: every call of its methods does nothing.
class Telephone {
public:
    /// `lookups` and `database` outlive it; `toDesk` from any thread.
    Telephone(const Options& options, store::Database& database, base::WorkerPool& lookups,
              std::function<bool(desk::Command)> toDesk);
    ~Telephone();

    /// Opens the ports; trunks, numbers and the sounds of published IVRs follow. Errors: phone_failed.
    base::Result<void> start();
    void stop();

    /// Trunks, numbers and sounds anew, by a worker: names are looked up, which may take long. Once a minute, and when
    /// the operator left word.
    void reload();

    /// What the desk wants done with calls. Any thread.
    void deliver(std::vector<desk::CallEffect> effects);

    std::string metrics() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::app
