#pragma once

#include <string>

namespace cb::test {

/// Writes a self-signed certificate for `name`, valid from and until so many seconds from now, and its key as PEM
/// files.
bool makeCertificate(const std::string& name, const std::string& certificate, const std::string& key, long from = -3600,
                     long until = 2 * 86'400);

} // namespace cb::test
