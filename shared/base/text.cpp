#include "shared/base/text.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace cb::base {

namespace {

constexpr utf8proc_int32_t kMalformed = -1;

/// The code point at `at`, moving `at` past it; kMalformed moves by one byte.
utf8proc_int32_t take(std::string_view text, std::size_t& at) {
    utf8proc_int32_t point = kMalformed;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
    const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (size <= 0) {
        ++at;
        return kMalformed;
    }
    at += static_cast<std::size_t>(size);
    return point;
}

bool isSpace(utf8proc_int32_t c) {
    if (c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85)
        return true;
    if (c < 0x80)
        return false;
    const auto category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

} // namespace

bool isUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80)
            ++at;
        else if (take(text, at) == kMalformed)
            return false;
    }
    return true;
}

std::size_t length(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); ++count)
        take(utf8, at);
    return count;
}

std::string trimmed(std::string_view utf8) {
    std::size_t first = utf8.size();
    std::size_t last = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t start = at;
        if (isSpace(take(utf8, at)))
            continue;
        if (first == utf8.size())
            first = start;
        last = at;
    }
    return first >= last ? std::string() : std::string(utf8.substr(first, last - first));
}

std::string keywordForm(std::string_view utf8) {
    std::string text = trimmed(utf8);
    utf8proc_uint8_t* mapped = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                        UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
    if (size < 0)
        return text;
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    return trimmed({reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)});
}

std::string_view prefix(std::string_view utf8, std::size_t count) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < count && at < utf8.size(); ++i)
        take(utf8, at);
    return utf8.substr(0, at);
}

bool hasControl(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const auto c = take(utf8, at);
        if (c == '\t' || c == '\n')
            continue;
        if (c != kMalformed && (c < 0x20 || (c >= 0x7F && c < 0xA0)))
            return true;
    }
    return false;
}

} // namespace cb::base
