#include "shared/wire/writer_p.h"

#include "shared/base/text.h"

#include <utility>

namespace cb::wire {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool isPlain(unsigned char c) {
    return c >= 0x20 && c != '"' && c != '\\';
}

void appendEscape(std::string& out, char c) {
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\r':
        out += "\\r";
        return;
    default:
        out += "\\u00";
        out += kHex[static_cast<unsigned char>(c) >> 4];
        out += kHex[static_cast<unsigned char>(c) & 15];
    }
}

/// Length of the well-formed sequence at the front, 0 when there is none.
std::size_t sequenceAt(std::string_view text) {
    for (std::size_t size = 1; size <= 4 && size <= text.size(); ++size)
        if (base::isUtf8(text.substr(0, size)))
            return size;
    return 0;
}

std::string repaired(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t size = sequenceAt(text);
        out += size == 0 ? kReplacement : text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

} // namespace

void appendString(std::string& out, std::string_view text) {
    std::string owned;
    if (!base::isUtf8(text)) {
        owned = repaired(text);
        text = owned;
    }
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isPlain(static_cast<unsigned char>(text[i])))
            continue;
        out.append(text.data() + from, i - from);
        appendEscape(out, text[i]);
        from = i + 1;
    }
    out.append(text.data() + from, text.size() - from);
    out += '"';
}

std::string writeEmptyFrame(FrameType type, std::uint64_t id, std::uint64_t re) {
    std::string out;
    Writer(out).objectOf([&](Writer& w) {
        w.field("t", frameName(type));
        w.maybe("id", id);
        w.maybe("re", re);
    });
    return out;
}

} // namespace cb::wire
