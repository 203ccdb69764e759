#include "shared/wire/frame.h"

#include <limits>
#include <optional>

namespace cb::wire {

namespace {

/// True when brackets outside of strings nest at most `limit` deep. A look at the bytes before parsing, so that hostile
/// text costs no memory.
bool depthWithin(std::string_view text, int limit) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > limit)
                return false;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return true;
}

base::Result<nlohmann::json> parseBounded(std::string_view text, int depth) {
    if (!depthWithin(text, depth))
        return base::rejected("bad_json", "nested too deep");
    auto value = nlohmann::json::parse(text, nullptr, false);
    if (value.is_discarded())
        return base::rejected("bad_json", "not JSON");
    return value;
}

/// A positive integer, or 0 when absent; nullopt when it is something else.
std::optional<std::uint64_t> number(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end())
        return 0;
    if (!found->is_number_unsigned())
        return std::nullopt;
    const auto value = found->get<std::uint64_t>();
    if (value == 0 || value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    return value;
}

} // namespace

base::Result<Frame> parseFrame(std::string_view text, Limits limits) {
    if (text.size() > limits.bytes)
        return base::rejected("frame_too_large");
    auto parsed = parseBounded(text, limits.depth);
    if (!parsed)
        return parsed.error();
    nlohmann::json& object = *parsed;
    if (!object.is_object())
        return base::rejected("bad_frame", "not an object");
    const auto type = object.find("t");
    if (type == object.end() || !type->is_string())
        return base::rejected("bad_frame", "no t");
    Frame frame;
    frame.type = frameType(type->get_ref<const std::string&>());
    const auto id = number(object, "id");
    const auto re = number(object, "re");
    if (!id || !re)
        return base::rejected("bad_frame", "id and re are positive integers");
    frame.id = *id;
    frame.re = *re;
    const auto d = object.find("d");
    if (d != object.end()) {
        if (!d->is_object())
            return base::rejected("bad_frame", "d is an object");
        frame.d = std::move(*d);
    }
    return frame;
}

base::Result<nlohmann::json> parseJson(std::string_view text, Limits limits) {
    if (text.size() > limits.bytes)
        return base::rejected("body_too_large");
    return parseBounded(text, limits.depth);
}

} // namespace cb::wire
