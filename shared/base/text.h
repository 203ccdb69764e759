#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cb::base {

/// True when the bytes are well-formed UTF-8 (no surrogates, no overlong forms, ≤ U+10FFFF).
bool isUtf8(std::string_view text);

/// Characters as a user counts them for length limits: Unicode code points; a full-width character counts 1 (spec 2.2).
/// Malformed input counts each bad byte as 1.
std::size_t length(std::string_view utf8);

/// Without leading and trailing white space (Unicode White_Space).
std::string trimmed(std::string_view utf8);

/// The form in which flow keywords are compared (spec 5): trimmed, NFKC case-folded, so that case, full width and half
/// width do not matter. Malformed input is only trimmed.
std::string keywordForm(std::string_view utf8);

/// The first `count` characters.
std::string_view prefix(std::string_view utf8, std::size_t count);

/// True when the text has a control character other than tab and line feed.
bool hasControl(std::string_view utf8);

} // namespace cb::base
