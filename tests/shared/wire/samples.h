#pragma once

#include "shared/base/result.h"

#include <functional>
#include <string>
#include <vector>

namespace cb::test {

/// One message of the protocol: its golden file's name, its text as the codec writes it, and a way to read text and
/// write what was read again, which must give the same text.
struct WireSample {
    std::string name;
    std::function<std::string()> encode;
    std::function<base::Result<std::string>(const std::string&)> recode;
};

/// One of every frame and body.
std::vector<WireSample> wireSamples();

} // namespace cb::test
