#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cb::phone {

// By libphonenumber's tables. Any thread; some 10 µs each. Regions are two capital letters of ISO 3166 ("CN"); one that
// is not known, or "", reads only numbers with their country code.

/// The number a text means, "+8675512345678" (ITU-T E.164): pasted with blanks, brackets, dashes, words around it,
/// full-width digits, the marks that programs put around numbers; with 00 or the region's own prefix for abroad; as
/// tel: or sip: address. Of a length that its country has, whether given out or not: tables grow old. China's
/// five- to eight-digit service numbers that begin with 95 count. An extension is left out.
std::optional<std::string> e164(std::string_view text, std::string_view region);

/// How somebody in `region` reads it: "0755 1234 5678" at home, "+86 755 1234 5678" elsewhere. What is not a number
/// comes back as it is.
std::string shown(std::string_view e164, std::string_view region);

/// Where it belongs: a city, a province or a country, in the language of `locale` ("zh_CN", "en"); "" = not known.
std::string regionOf(std::string_view e164, std::string_view locale);

/// The region of a time zone: "Asia/Shanghai" → "CN". "" for what belongs to none (UTC) or is not known.
std::string regionOfZone(const std::string& zone);

} // namespace cb::phone
