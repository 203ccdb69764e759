#include "server/store/cells_p.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace cb::store {

namespace {

using Json = nlohmann::json;
using model::name;

/// The name in front says which detail it is; the kind of the event alone would not, for kinds to come.
Json toJson(const model::QueuedDetail& d) {
    return {{"queued", {{"group", d.group.value}, {"ahead", d.ahead}}}};
}
Json toJson(const model::OfferedDetail& d) {
    return {{"offered", {{"offer", d.offer.value}, {"group", d.group.value}}}};
}
Json toJson(const model::OfferClosedDetail& d) {
    return {{"offer_closed", {{"offer", d.offer.value}, {"outcome", name(d.outcome)}}}};
}
Json toJson(const model::AssignedDetail& d) {
    return {{"assigned", {{"group", d.group.value}}}};
}
Json toJson(const model::ReturnedDetail& d) {
    return {{"returned", {{"group", d.group.value}, {"reason", name(d.reason)}}}};
}
Json toJson(const model::TransferFailedDetail& d) {
    return {{"transfer_failed", {{"to", d.to.value}, {"group", d.group.value}, {"reason", name(d.reason)}}}};
}
Json toJson(const model::EndedDetail& d) {
    return {{"ended", {{"reason", name(d.reason)}}}};
}
Json toJson(const model::StatusDetail& d) {
    Json fields{{"status", name(d.status)}, {"reason", name(d.reason)}};
    if (d.hasPending || d.pending != model::AgentStatus::Offline)
        fields["pending"] = name(d.pending);
    if (d.hasPending)
        fields["has_pending"] = true;
    return {{"status", std::move(fields)}};
}
Json toJson(const model::AuditDetail& d) {
    Json fields = Json::object();
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty())
            fields[key] = value;
    };
    add("action", d.action);
    add("target", d.target);
    add("before", d.before);
    add("after", d.after);
    return {{"audit", std::move(fields)}};
}

std::int64_t numberIn(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string textIn(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

template <class E>
E nameIn(const Json& json, const char* key, E missing) {
    const std::string text = textIn(json, key);
    if (text.empty())
        return missing;
    const auto parsed = model::parse<E>(text);
    if (!parsed)
        throwBadRow(key, text);
    return *parsed;
}

model::EventDetail statusFrom(const Json& f) {
    model::StatusDetail d;
    d.status = nameIn(f, "status", d.status);
    d.reason = nameIn(f, "reason", d.reason);
    d.pending = nameIn(f, "pending", d.pending);
    d.hasPending = f.value("has_pending", false);
    return d;
}

model::EventDetail detailFrom(const std::string& kind, const Json& f) {
    const model::GroupId group(numberIn(f, "group"));
    const model::OfferId offer(numberIn(f, "offer"));
    if (kind == "queued")
        return model::QueuedDetail{group, static_cast<int>(numberIn(f, "ahead"))};
    if (kind == "offered")
        return model::OfferedDetail{offer, group};
    if (kind == "offer_closed")
        return model::OfferClosedDetail{offer, nameIn(f, "outcome", model::OfferOutcome::Answered)};
    if (kind == "assigned")
        return model::AssignedDetail{group};
    if (kind == "returned")
        return model::ReturnedDetail{group, nameIn(f, "reason", model::ReturnReason::AgentLost)};
    if (kind == "transfer_failed")
        return model::TransferFailedDetail{model::AgentId(numberIn(f, "to")), group,
                                           nameIn(f, "reason", model::ReturnReason::Declined)};
    if (kind == "ended")
        return model::EndedDetail{nameIn(f, "reason", model::EndReason::None)};
    if (kind == "status")
        return statusFrom(f);
    if (kind == "audit")
        return model::AuditDetail{textIn(f, "action"), textIn(f, "target"), textIn(f, "before"), textIn(f, "after")};
    return {}; // written by a newer version: nothing we could show
}

Json parsed(const char* column, const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        throwBadRow(column, text);
    return json;
}

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::uint64_t wordAt(const base::Uuid& uuid, std::size_t at) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i)
        word = word << 8 | uuid.bytes[at + i];
    return word;
}

} // namespace

void throwBadRow(const char* column, const std::string& value) {
    throw Failure(base::with(base::fatal("bad_row", value.substr(0, 80)), "column", column));
}

void encodeJson(const model::EventDetail& detail, std::string& text) {
    text = std::visit(
        [](const auto& d) {
            if constexpr (std::is_same_v<std::decay_t<decltype(d)>, std::monostate>)
                return std::string();
            else
                return dumped(toJson(d));
        },
        detail);
}

void decodeJson(const std::string& text, model::EventDetail& detail) {
    detail = std::monostate{};
    if (text.empty())
        return;
    const Json json = parsed("detail", text);
    if (json.is_object() && !json.empty() && json.begin()->is_object())
        detail = detailFrom(json.begin().key(), *json.begin());
}

void encodeJson(const std::vector<model::OfferCandidate>& candidates, std::string& text) {
    if (candidates.empty())
        return text.clear();
    Json list = Json::array();
    for (const auto& c : candidates)
        list.push_back({{"agent", c.agent.value},
                        {"load", c.load},
                        {"idle_ms", c.idleMillis},
                        {"calls_today", c.callsToday},
                        {"skipped", name(c.skipped)},
                        {"last_agent", c.lastAgent}});
    text = dumped(list);
}

void decodeJson(const std::string& text, std::vector<model::OfferCandidate>& candidates) {
    candidates.clear();
    if (text.empty())
        return;
    for (const Json& item : parsed("candidates", text)) {
        if (!item.is_object())
            throwBadRow("candidates", text);
        model::OfferCandidate c;
        c.agent = model::AgentId(numberIn(item, "agent"));
        c.load = static_cast<int>(numberIn(item, "load"));
        c.idleMillis = numberIn(item, "idle_ms");
        c.callsToday = static_cast<int>(numberIn(item, "calls_today"));
        c.skipped = nameIn(item, "skipped", model::SkipReason::None);
        c.lastAgent = item.value("last_agent", false);
        candidates.push_back(c);
    }
}

void encodeJson(const std::vector<std::string>& texts, std::string& text) {
    text = texts.empty() ? std::string() : dumped(Json(texts));
}

void decodeJson(const std::string& text, std::vector<std::string>& texts) {
    texts.clear();
    if (text.empty())
        return;
    for (const Json& item : parsed("texts", text)) {
        if (!item.is_string())
            throwBadRow("texts", text);
        texts.push_back(item.get<std::string>());
    }
}

std::int64_t uuidHigh(const base::Uuid& uuid) {
    return static_cast<std::int64_t>(wordAt(uuid, 0));
}

std::int64_t uuidLow(const base::Uuid& uuid) {
    return static_cast<std::int64_t>(wordAt(uuid, 8));
}

base::Uuid uuidOf(std::int64_t high, std::int64_t low) {
    base::Uuid uuid;
    for (std::size_t i = 0; i < 8; ++i) {
        uuid.bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(high) >> (56 - 8 * i));
        uuid.bytes[8 + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(low) >> (56 - 8 * i));
    }
    return uuid;
}

std::string placeholders(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i)
        list += (i == 0 ? ":s" : ", :s") + std::to_string(i);
    return list;
}

} // namespace cb::store
