#pragma once

#include "shared/base/result.h"

#include <string>

/// What the operator's commands read and print.
namespace cb::app {

/// On stderr: the code, its parameters and the detail. Returns the exit code 1.
int tellError(const base::Error& error);

/// Nothing that a terminal would take for a command.
std::string shown(std::string text);

/// The first line of a file. Errors: bad_field (params.field = `option`).
base::Result<std::string> secretIn(const std::string& path, const char* option);

} // namespace cb::app
