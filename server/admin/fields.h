#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the texts of forms have in common. Pure; any thread.
namespace cb::admin {

/// `bad_field` (rejected) with params field and why.
base::Error badField(std::string_view field, std::string_view why);
/// `bad_field`, why out_of_range, with params min and max.
base::Error outOfRange(std::string_view field, std::int64_t least, std::int64_t most);

enum class Need { Required, Optional };

/// One line of text, trimmed already: empty when it is good, else "required", "too_long" or "bad_text" (control
/// characters, line breaks).
std::string_view lineTrouble(const std::string& line, std::size_t mostCharacters, Need need = Need::Required);
/// Trimmed, when there is no trouble. Errors: bad_field.
base::Result<std::string> checkedLine(std::string_view field, const std::string& text, std::size_t mostCharacters,
                                      Need need = Need::Required);

/// An address as mail servers take it without special extensions: ASCII, at most 254 characters, a domain with a dot.
bool isEmail(std::string_view text);
/// Digits with blanks, hyphens, brackets and a leading plus; 5 to 20 digits.
bool isMobile(std::string_view text);
/// A host name (RFC 1123) or an IPv4 address: labels of letters, digits and hyphens; at most 253 characters.
bool isHostName(std::string_view text);

/// A Change's target: "flow 7 Night".
std::string targetOf(std::string_view kind, std::int64_t id, std::string_view name);

inline constexpr std::size_t kMostNamed = 5; ///< in the reason of a refusal
/// The error with what stands in the way: the first kMostNamed names as "A, B" in `param`, and how many there are
/// beyond them in `more`, where there are.
base::Error naming(base::Error error, std::string_view param, const std::vector<std::string>& names);

/// "A, B, C"; of more than `most` only the first ones, with how many there are: "A, B, … (17)".
std::string listed(const std::vector<std::string>& names, std::size_t most = 20);

} // namespace cb::admin
