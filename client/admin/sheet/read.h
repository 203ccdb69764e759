#pragma once

#include "shared/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cb::admin::sheet {

/// Cells as text, UTF-8, trimmed. Rows that are empty keep their place, so that row i is line i + 1 of the file; there
/// are none at the end. A row is as long as what stands in it.
using Rows = std::vector<std::vector<std::string>>;

inline constexpr std::size_t kMaxFile = 10 * 1024 * 1024;
inline constexpr std::size_t kMaxUnpacked = 48 * 1024 * 1024; ///< of one part of an .xlsx
inline constexpr std::size_t kMaxRows = 6'000;
inline constexpr std::size_t kMaxColumns = 64;
inline constexpr std::size_t kMaxCell = 1'000; ///< bytes; what is longer is cut at a character

/// The first sheet of an .xlsx, or a .csv (comma, semicolon or tab; quotes as RFC 4180). Told apart by content. Errors,
/// all rejected: sheet_empty, sheet_too_large, sheet_too_many_rows (params.limit), sheet_unreadable, sheet_old_format
/// (.xls).
base::Result<Rows> read(std::string_view bytes);

base::Result<Rows> readXlsx(std::string_view bytes);
base::Result<Rows> readCsv(std::string_view bytes);

/// As UTF-8: what is well-formed stays, without a byte order mark; UTF-16 with one is converted; anything else is taken
/// for GB18030. Error: sheet_unreadable.
base::Result<std::string> toUtf8(std::string_view bytes);

} // namespace cb::admin::sheet
