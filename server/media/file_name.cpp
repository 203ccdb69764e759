#include "server/media/file_name.h"

#include "shared/base/text.h"

#include <array>

namespace cb::media {

namespace {

constexpr std::size_t kMaxName = 120;

/// Length of the character at `at`, in well-formed UTF-8.
std::size_t characterBytes(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return std::min(size, text.size() - at);
}

bool turnsDirection(std::string_view character) {
    static constexpr std::array<std::string_view, 12> kMarks{"\u200E", "\u200F", "\u061C", "\u202A",
                                                             "\u202B", "\u202C", "\u202D", "\u202E",
                                                             "\u2066", "\u2067", "\u2068", "\u2069"};
    for (const auto mark : kMarks)
        if (character == mark)
            return true;
    return false;
}

std::string withoutUnfit(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size();) {
        const auto character = name.substr(i, characterBytes(name, i));
        i += character.size();
        const auto first = static_cast<unsigned char>(character[0]);
        const bool control =
            first < 0x20 || first == 0x7F ||
            (first == 0xC2 && character.size() == 2 && static_cast<unsigned char>(character[1]) < 0xA0);
        if (!control && !turnsDirection(character))
            out += character;
    }
    return out;
}

} // namespace

std::string cleanFileName(std::string_view name) {
    if (!base::isUtf8(name))
        return "file";
    const auto slash = name.find_last_of("/\\");
    std::string out = withoutUnfit(slash == std::string_view::npos ? name : name.substr(slash + 1));
    const auto first = out.find_first_not_of(". ");
    if (first == std::string::npos)
        return "file";
    out = out.substr(first, out.find_last_not_of(". ") - first + 1);
    if (base::length(out) <= kMaxName)
        return out;
    const auto dot = out.rfind('.');
    const std::string extension = dot != std::string::npos && out.size() - dot <= 16 ? out.substr(dot) : std::string();
    std::string stem(base::prefix(out, kMaxName - base::length(extension)));
    stem.erase(stem.find_last_not_of(". ") + 1); // the cut may have laid one bare; the first character is neither
    return stem + extension;
}

std::string contentDisposition(std::string_view cleanName) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string ascii;
    std::string encoded;
    for (const char c : cleanName) {
        const auto byte = static_cast<unsigned char>(c);
        ascii += byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\' || c == '%' ? '_' : c;
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                           c == '-' || c == '_';
        if (plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += kHex[byte >> 4];
            encoded += kHex[byte & 15];
        }
    }
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
}

} // namespace cb::media
