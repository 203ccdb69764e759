#pragma once

#include "shared/base/time_zone.h"

#include <string>
#include <string_view>
#include <vector>

/// Comma-separated values (RFC 4180) that a spreadsheet opens as they are: UTF-8 with a byte order mark, CR LF.
namespace cb::jobs {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Appends one row. A cell that a spreadsheet would take for a formula (it begins with = + - @, also in full width, TAB
/// or CR) gets an apostrophe in front: OWASP, "CSV injection".
void appendRow(std::string& out, const std::vector<std::string>& cells);

/// ISO 8601 with the zone's offset, to the second: 2026-11-22T20:53:36+08:00. Empty for the epoch, which is "never".
std::string isoTime(base::TimePoint time, const base::TimeZone& zone);

} // namespace cb::jobs
