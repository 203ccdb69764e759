#pragma once

#include "server/app/options.h"

namespace cb::app {

/// Carries out an operator's command; prints to stdout, mistakes to stderr. Returns the exit code: 0 done, 1 failed,
/// 3 check found something.
int runCommand(const Options& options);

/// Where the database of these options is.
std::string databaseOf(const Options& options);

} // namespace cb::app
