#include "server/admin/channel_rules.h"

#include "server/admin/fields.h"
#include "server/admin/flow_rules.h"
#include "shared/base/text.h"
#include "shared/model/names.h"

#include <algorithm>

namespace cb::admin {

namespace {

constexpr std::string_view kAnyDomain = "*";

std::string target(const model::Channel& channel) {
    return targetOf("channel", channel.id.value, channel.name);
}

std::string described(const model::Channel& channel) {
    return channel.name + ", " + std::string(model::name(channel.kind)) +
           (channel.domain.empty() ? "" : ", " + channel.domain) +
           (channel.colour.empty() ? "" : ", " + channel.colour);
}

base::Error unavailable(model::ChannelKind kind) {
    return base::with(base::rejected("channel_kind_unavailable"), "kind", std::string(model::name(kind)));
}

std::string linkText(model::FlowId flow) {
    return flow ? "flow " + std::to_string(flow.value) : std::string();
}

bool isColour(const std::string& text) {
    return text.size() == 7 && text.front() == '#' &&
           text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

/// As browsers write it in an Origin: lower case, no dot at the end.
std::string hostForm(const std::string& text) {
    auto host = base::trimmed(text);
    for (char& c : host)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    if (!host.empty() && host.back() == '.')
        host.pop_back();
    return host;
}

base::Result<std::string> checkedDomain(const model::Channel& stored, const std::string& wanted) {
    const auto host = hostForm(wanted);
    if (stored.kind != model::ChannelKind::Website) {
        if (!host.empty())
            return badField("domain", "not_of_this_kind");
        return host;
    }
    if (host.empty())
        return badField("domain", "required");
    if (host != kAnyDomain && !isHostName(host))
        return badField("domain", "bad_domain");
    return host;
}

base::Result<void> apply(const wire::ChannelDraft& wanted, model::Channel& row) {
    auto name = checkedLine("name", wanted.name, kMaxChannelName);
    if (!name)
        return name.error();
    auto domain = checkedDomain(row, wanted.domain);
    if (!domain)
        return domain.error();
    if (!wanted.colour.empty() && !isColour(wanted.colour))
        return badField("colour", "bad_colour");
    row.name = *name;
    row.domain = *domain;
    row.colour = wanted.colour;
    return {};
}

} // namespace

base::Result<Change> newChannel(const wire::ChannelDraft& wanted, model::ChannelId id, std::string key,
                                std::size_t have, const Maker& maker) {
    if (wanted.kind != model::ChannelKind::Website && wanted.kind != model::ChannelKind::Kiosk)
        return unavailable(wanted.kind);
    if (have >= kMaxChannels)
        return base::with(base::rejected("too_many_channels"), "limit", std::to_string(kMaxChannels));
    model::Channel row;
    row.id = id;
    row.instance = maker.instance;
    row.kind = wanted.kind;
    row.key = std::move(key);
    if (auto good = apply(wanted, row); !good)
        return good.error();
    Change change;
    change.action = "channel.add";
    change.target = target(row);
    change.after = described(row);
    change.rows.channels.push_back(std::move(row));
    return change;
}

base::Result<void> mayChange(const model::Channel& stored) {
    return stored.kind == model::ChannelKind::Phone ? base::Result<void>(unavailable(stored.kind))
                                                    : base::Result<void>();
}

base::Result<Change> saveChannel(const model::Channel& stored, const wire::ChannelDraft& wanted) {
    if (auto may = mayChange(stored); !may)
        return may.error();
    if (wanted.kind != stored.kind)
        return badField("kind", "fixed");
    model::Channel row = stored;
    if (auto good = apply(wanted, row); !good)
        return good.error();
    Change change;
    change.action = "channel.save";
    change.target = target(stored);
    change.before = described(stored);
    change.after = described(row);
    change.rows.channels.push_back(std::move(row));
    return change;
}

Change deleteChannel(const model::Channel& stored) {
    Change change;
    change.action = "channel.delete";
    change.target = target(stored);
    change.before = described(stored);
    model::Channel row = stored;
    row.deleted = true;
    row.flow = {}; // which is not in use by it any more
    change.rows.channels.push_back(std::move(row));
    return change;
}

base::Result<Change> linkChannel(const model::Channel& stored, const store::FlowRow* flow) {
    if (flow != nullptr)
        if (auto may = mayLink(stored.kind, *flow); !may)
            return may.error();
    model::Channel row = stored;
    row.flow = flow != nullptr ? flow->flow : model::FlowId{};
    Change change;
    change.action = flow != nullptr ? "channel.link" : "channel.unlink";
    change.target = target(stored);
    change.before = linkText(stored.flow);
    change.after = flow != nullptr ? targetOf("flow", flow->flow.value, flow->name) : std::string();
    change.rows.channels.push_back(std::move(row));
    return change;
}

} // namespace cb::admin
