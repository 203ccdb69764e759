#include "server/http/handlers.h"

#include "shared/wire/http.h"

#include <algorithm>
#include <unordered_map>

namespace cb::http {

namespace {

constexpr std::int64_t kMaxLimit = 200;
constexpr std::size_t kLookBack = 500; ///< a customer's newest sessions that are looked at for a right to see them

bool isTheirs(const model::Session& session, model::AgentId agent) {
    return session.agent == agent || session.lastAgent == agent;
}

} // namespace

base::Result<std::size_t> limitOf(const std::string& query) {
    auto limit = queryNumber(query, "limit", 50);
    if (!limit)
        return limit.error();
    if (*limit < 1 || *limit > kMaxLimit)
        return base::with(base::rejected("bad_field"), "field", "limit");
    return static_cast<std::size_t>(*limit);
}

base::Result<void> mayKnowCustomer(store::Reader& reader, const auth::Principal& who, model::CustomerId customer) {
    auto row = reader.customers().byId(customer);
    if (!row)
        return row.error();
    if (!*row || (*row)->instance != who.instance)
        return base::rejected("not_found");
    if (who.role == model::Role::Admin)
        return {};
    auto sessions = reader.sessions().ofCustomer(customer, {}, kLookBack);
    if (!sessions)
        return sessions.error();
    if (std::any_of(sessions->begin(), sessions->end(), [&](const auto& s) { return isTheirs(s, who.agent); }))
        return {};
    return base::rejected("forbidden");
}

base::Result<model::Session> visibleSession(store::Reader& reader, const auth::Principal& who, model::SessionId id) {
    auto session = reader.sessions().byId(id);
    if (!session)
        return session.error();
    if (!*session || (*session)->instance != who.instance)
        return base::rejected("not_found");
    if (who.role == model::Role::Admin || isTheirs(**session, who.agent))
        return **session;
    auto known = mayKnowCustomer(reader, who, (*session)->customer);
    if (!known)
        return known.error();
    return **session;
}

base::Result<store::Events::Page> pageOf(const std::string& query, bool notes) {
    store::Events::Page page;
    auto before = queryNumber(query, "before", 0);
    auto after = queryNumber(query, "after", 0);
    auto limit = limitOf(query);
    if (!before || !after)
        return before ? after.error() : before.error();
    if (!limit)
        return limit.error();
    if (*before != 0 && *after != 0)
        return base::with(base::rejected("bad_field", "before or after, not both"), "field", "after");
    page.before = *before;
    page.after = *after == 0 && !net::queryValue(query, "after").empty() ? -1 : *after; // 0: from the first one
    page.limit = *limit;
    page.notes = notes;
    return page;
}

Answer encodePage(store::Reader& reader, store::MessagePage page, bool forVisitor) {
    std::vector<model::AttachmentId> ids;
    for (const auto& message : page.messages)
        if (message.attachment)
            ids.push_back(message.attachment);
    auto attachments = reader.attachments().byIds(ids);
    if (!attachments)
        return attachments.error();
    base::Result<std::vector<model::Agent>> authors = std::vector<model::Agent>{};
    if (!forVisitor)
        authors = reader.directory().authorsOf(page.messages);
    if (!authors)
        return authors.error();
    wire::MessagePage out;
    out.more = page.more;
    for (auto& message : page.messages) {
        const auto it = std::find_if(attachments->begin(), attachments->end(),
                                     [&](const auto& row) { return row.id == message.attachment; });
        const auto author =
            std::find_if(authors->begin(), authors->end(), [&](const auto& row) { return row.id == message.agent; });
        wire::MessageView view{std::move(message), std::nullopt};
        if (author != authors->end()) {
            view.agentName = author->name;
            view.agentStaffNo = author->staffNo;
        }
        if (it != attachments->end())
            view.attachment = *it;
        out.messages.push_back(std::move(view));
    }
    return wire::encodeMessages(out, forVisitor ? wire::Audience::Visitor : wire::Audience::Agent);
}

Answer sessionMessages(Services& services, const Call& call) {
    auto page = pageOf(call.query, true);
    if (!page)
        return page.error();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto session = visibleSession(*reader, call.who, model::SessionId{call.id(0)});
    if (!session)
        return session.error();
    auto messages = reader->events().messages(session->id, *page);
    if (!messages)
        return messages.error();
    return encodePage(*reader, std::move(*messages), false);
}

Answer customerSessions(Services& services, const Call& call) {
    auto before = queryNumber(call.query, "before", 0);
    auto limit = limitOf(call.query);
    if (!before || !limit)
        return before ? limit.error() : before.error();
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    const model::CustomerId customer{call.id(0)};
    if (auto known = mayKnowCustomer(*reader, call.who, customer); !known)
        return known.error();
    auto rows = reader->sessions().ofCustomer(customer, model::SessionId{*before}, *limit + 1);
    if (!rows)
        return rows.error();
    wire::SessionPage out;
    out.more = rows->size() > *limit;
    if (out.more)
        rows->resize(*limit);
    std::vector<model::SessionId> ids;
    std::vector<model::AgentId> staff;
    for (const auto& row : *rows) {
        ids.push_back(row.id);
        staff.push_back(row.agent ? row.agent : row.lastAgent);
    }
    auto digests = reader->events().digests(ids);
    auto agents = reader->directory().agentsNamed(staff);
    auto groups = reader->directory().groups(call.who.instance);
    if (!digests || !agents || !groups)
        return !digests ? digests.error() : !agents ? agents.error() : groups.error();
    const auto named = [](const auto& list, auto id) {
        const auto it = std::find_if(list.begin(), list.end(), [&](const auto& row) { return row.id == id; });
        return it == list.end() ? std::string() : it->name;
    };
    for (const auto& row : *rows) {
        const auto digest =
            std::find_if(digests->begin(), digests->end(), [&](const auto& d) { return d.session == row.id; });
        out.sessions.push_back({row.id, row.mode, row.startedAt, row.endedAt,
                                named(*agents, row.agent ? row.agent : row.lastAgent), named(*groups, row.group),
                                row.endReason, digest == digests->end() ? std::string() : digest->text, row.wrapUp});
    }
    return wire::encodeBody(out);
}

Answer sessionOffers(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto session = visibleSession(*reader, call.who, model::SessionId{call.id(0)});
    if (!session)
        return session.error();
    auto offers = reader->sessions().offersOf(session->id);
    if (!offers)
        return offers.error();
    return wire::encodeBody(wire::OfferList{std::move(*offers)});
}

Answer quickReplies(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->directory().quickReplies(call.who.instance);
    if (!rows)
        return rows.error();
    return wire::encodeBody(wire::QuickReplyList{std::move(*rows)});
}

} // namespace cb::http
