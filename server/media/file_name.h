#pragma once

#include <string>
#include <string_view>

namespace cb::media {

/// A sender's file name made fit for display: last path component, valid UTF-8, no control characters, no characters
/// that turn the reading direction around, no leading or trailing dots and spaces, ≤ 120 characters with the extension
/// kept; "file" when nothing is left. Never used as a path.
std::string cleanFileName(std::string_view name);

/// Content-Disposition of a download (RFC 6266): an ASCII fallback and the UTF-8 name.
std::string contentDisposition(std::string_view cleanName);

} // namespace cb::media
