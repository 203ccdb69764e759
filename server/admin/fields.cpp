#include "server/admin/fields.h"

#include "shared/base/text.h"

#include <algorithm>

namespace cb::admin {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Letters, digits and what RFC 5322 allows in an atom.
bool isAtom(char c) {
    return isLetter(c) || isDigit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool isLabel(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
}

/// No part between dots is empty, and all are as `good` wants them.
template <class Good>
bool isDotted(std::string_view text, Good good) {
    for (;;) {
        const auto dot = text.find('.');
        if (!good(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

} // namespace

base::Error badField(std::string_view field, std::string_view why) {
    return base::with(base::with(base::rejected("bad_field"), "field", std::string(field)), "why", std::string(why));
}

base::Error outOfRange(std::string_view field, std::int64_t least, std::int64_t most) {
    return base::with(base::with(badField(field, "out_of_range"), "min", std::to_string(least)), "max",
                      std::to_string(most));
}

std::string_view lineTrouble(const std::string& line, std::size_t mostCharacters, Need need) {
    if (line.empty())
        return need == Need::Required ? "required" : "";
    if (base::length(line) > mostCharacters)
        return "too_long";
    const bool broken = line.find_first_of("\n\t") != std::string::npos;
    return broken || !base::isUtf8(line) || base::hasControl(line) ? "bad_text" : "";
}

base::Result<std::string> checkedLine(std::string_view field, const std::string& text, std::size_t mostCharacters,
                                      Need need) {
    auto line = base::trimmed(text);
    if (const auto why = lineTrouble(line, mostCharacters, need); !why.empty())
        return badField(field, why);
    return line;
}

bool isEmail(std::string_view text) {
    const auto at = text.rfind('@');
    if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64 || text.front() == '-')
        return false;
    const auto domain = text.substr(at + 1);
    const auto isWord = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), isAtom);
    };
    return isDotted(text.substr(0, at), isWord) && isHostName(domain) && domain.find('.') != std::string_view::npos;
}

bool isMobile(std::string_view text) {
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    const auto digits = std::count_if(text.begin(), text.end(), isDigit);
    const bool clean = std::all_of(text.begin(), text.end(), [](char c) {
        return isDigit(c) || std::string_view(" -()").find(c) != std::string_view::npos;
    });
    return clean && digits >= 5 && digits <= 20 && text.size() <= 30;
}

bool isHostName(std::string_view text) {
    return text.size() <= 253 && isDotted(text, isLabel);
}

std::string targetOf(std::string_view kind, std::int64_t id, std::string_view name) {
    std::string text = std::string(kind) + ' ' + std::to_string(id);
    return name.empty() ? text : text + ' ' + std::string(name);
}

base::Error naming(base::Error error, std::string_view param, const std::vector<std::string>& names) {
    std::string said;
    for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i)
        said += (said.empty() ? "" : ", ") + names[i];
    error = base::with(std::move(error), std::string(param), std::move(said));
    return names.size() <= kMostNamed ? error
                                      : base::with(std::move(error), "more", std::to_string(names.size() - kMostNamed));
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < most; ++i)
        out += (out.empty() ? "" : ", ") + names[i];
    if (names.size() > most)
        out += ", … (" + std::to_string(names.size()) + ")";
    return out;
}

} // namespace cb::admin
