#include "server/admin/screen_pop_rules.h"

#include "server/admin/fields.h"
#include "shared/base/text.h"

#include <algorithm>

namespace cb::admin {

namespace {

std::string described(std::span<const model::ScreenPop> pops) {
    std::string out;
    for (const auto& pop : pops)
        out += (out.empty() ? "" : "; ") + pop.name + " " + pop.url + (pop.enabled ? "" : " (off)");
    return out;
}

/// Digits only, or nothing: what may stand behind a host's colon.
bool isPort(std::string_view text) {
    return text.size() <= 5 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Host name, IPv4 or [IPv6], and a port. No user, no placeholder: where a page comes from must not depend on a
/// customer.
bool isAuthority(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find(']');
        if (end == std::string_view::npos || end < 3)
            return false;
        const auto inside = text.substr(1, end - 1);
        const bool good = inside.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
        const auto rest = text.substr(end + 1);
        return good && (rest.empty() || (rest.front() == ':' && isPort(rest.substr(1))));
    }
    const auto colon = text.find(':');
    return isHostName(text.substr(0, colon)) && (colon == std::string_view::npos || isPort(text.substr(colon + 1)));
}

bool isUrl(std::string_view url) {
    const auto end = url.find("://");
    if (end == std::string_view::npos)
        return false;
    std::string scheme(url.substr(0, end));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (scheme != "http" && scheme != "https")
        return false;
    const auto rest = url.substr(end + 3);
    return isAuthority(rest.substr(0, rest.find_first_of("/?#"))) &&
           url.find_first_of(" \"<>\\^`") == std::string_view::npos;
}

/// The first placeholder that nobody will fill; empty = none.
std::string unknownPlaceholder(std::string_view url) {
    for (auto at = url.find("${"); at != std::string_view::npos; at = url.find("${", at + 2)) {
        const auto end = url.find('}', at);
        const auto name = url.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
        if (end == std::string_view::npos || std::find(model::kPopPlaceholders.begin(), model::kPopPlaceholders.end(),
                                                       name) == model::kPopPlaceholders.end())
            return std::string(base::prefix(url.substr(at), 40));
    }
    return {};
}

base::Result<model::ScreenPop> checked(const model::ScreenPop& pop, std::size_t index) {
    const auto at = "pops[" + std::to_string(index) + "].";
    auto name = checkedLine(at + "name", pop.name, kMaxPopName);
    if (!name)
        return name.error();
    auto url = checkedLine(at + "url", pop.url, kMaxPopUrl);
    if (!url)
        return url.error();
    if (!isUrl(*url))
        return badField(at + "url", "bad_url");
    if (auto unknown = unknownPlaceholder(*url); !unknown.empty())
        return base::with(badField(at + "url", "unknown_placeholder"), "placeholder", std::move(unknown));
    return model::ScreenPop{*name, *url, pop.enabled};
}

} // namespace

base::Result<Change> saveScreenPops(std::span<const model::ScreenPop> stored, const wire::ScreenPopForm& wanted,
                                    const model::Instance& instance) {
    if (wanted.pops.size() > model::kMaxScreenPops)
        return base::with(base::rejected("too_many_screen_pops"), "limit", std::to_string(model::kMaxScreenPops));
    store::ScreenPopList list{instance.id, {}};
    for (std::size_t i = 0; i < wanted.pops.size(); ++i) {
        auto pop = checked(wanted.pops[i], i);
        if (!pop)
            return pop.error();
        list.pops.push_back(std::move(*pop));
    }
    Change change;
    change.action = "screen_pops.save";
    change.target = targetOf("instance", instance.id.value, instance.name);
    change.before = described(stored);
    change.after = described(list.pops);
    change.rows.screenPops.push_back(std::move(list));
    return change;
}

} // namespace cb::admin
