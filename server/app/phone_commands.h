#pragma once

#include "server/app/options.h"

namespace CLI {
class App;
}
namespace cb::store {
class Database;
}

namespace cb::app {

/// `trunk`, `number` and `audio` with what stands below them.
void addPhoneCommands(CLI::App& app, Options& options);

/// Command::Phone; exit codes as runCommand. Leaves word for a running server.
int runPhoneCommand(const Options& options, store::Database& database);

} // namespace cb::app
