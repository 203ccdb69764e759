#pragma once

#include <string>
#include <vector>

namespace cb::test {

/// Texts that are no frame of docs/protocol.md, one way or another.
std::vector<std::string> brokenFrames();

} // namespace cb::test
