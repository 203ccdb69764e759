#include "tests/support/net/crowd.h"
#include "tests/support/net/server_process.h"

#include <fmt/format.h>

namespace cb::test {

namespace {

struct Kept {
    std::string uuid;
    std::string side;
    std::string text;
};

/// All messages of a session as the server kept them, by seq.
std::map<std::int64_t, Kept> readSession(Ledger& ledger, std::int64_t session, std::uint16_t port,
                                         const std::string& token) {
    std::map<std::int64_t, Kept> kept;
    std::int64_t before = 0;
    for (bool more = true; more;) {
        const auto answer = http(port, "GET",
                                 fmt::format("/api/v1/sessions/{}/messages?limit=200{}", session,
                                             before > 0 ? fmt::format("&before={}", before) : ""),
                                 {}, {{"Authorization", "Bearer " + token}});
        const Json json = Json::parse(answer.body, nullptr, false);
        if (answer.status != 200 || json.is_discarded()) {
            ledger.fault(fmt::format("session {}: history answered {} {}", session, answer.status, answer.body));
            break;
        }
        for (const auto& message : json.value("messages", Json::array())) {
            const auto seq = message.value("seq", std::int64_t(0));
            if (!kept.emplace(seq,
                              Kept{message.value("uuid", ""), message.value("side", ""), message.value("text", "")})
                     .second)
                ledger.fault(fmt::format("session {}: seq {} listed twice", session, seq));
            before = before == 0 ? seq : std::min(before, seq);
        }
        more = json.value("more", false);
    }
    return kept;
}

void compareSenders(Ledger& ledger, std::int64_t session, const std::map<std::int64_t, Kept>& kept,
                    std::unordered_map<std::string, int>& times) {
    std::map<std::uint64_t, std::uint64_t> lastOrder;
    for (const auto& [seq, message] : kept) {
        if (message.side != "customer" && message.side != "agent")
            continue;
        ++times[message.uuid];
        const auto sent = ledger.sent.find(message.uuid);
        if (sent == ledger.sent.end()) {
            ledger.fault(fmt::format("session {}: seq {} was never sent by anybody", session, seq));
            continue;
        }
        if (sent->second.text != message.text)
            ledger.fault(fmt::format("session {}: seq {} has another text", session, seq));
        if (sent->second.seq != 0 && sent->second.seq != seq)
            ledger.fault(fmt::format("session {}: acknowledged as {}, kept as {}", session, sent->second.seq, seq));
        auto& last = lastOrder[sent->second.sender];
        if (sent->second.order <= last)
            ledger.fault(fmt::format("session {}: seq {} stands after a later message of its sender", session, seq));
        last = sent->second.order;
    }
}

void compareReceiver(Ledger& ledger, std::int64_t session, const std::map<std::int64_t, Kept>& kept,
                     const std::map<std::int64_t, std::string>& seen, const std::string& side) {
    for (const auto& [seq, uuid] : seen) {
        const auto found = kept.find(seq);
        if (found == kept.end() || found->second.uuid != uuid)
            ledger.fault(fmt::format("session {}: a receiver was told seq {}, which is not kept", session, seq));
    }
    if (seen.empty() || ledger.moved.count(session) != 0)
        return;
    if (side == "customer" && ledger.completedAway.count(session) != 0)
        return;
    for (const auto& [seq, message] : kept)
        if (message.side == side && seq > seen.begin()->first && seen.count(seq) == 0)
            ledger.fault(fmt::format("session {}: seq {} of the {} never reached the other side", session, seq, side));
}

/// As a visitor's page does after it was cut off while its session ended: reads what came after the last thing it saw.
void readOn(Ledger& ledger, std::int64_t session, const Ledger::Page& page, std::uint16_t port) {
    auto& seen = ledger.seenByVisitor[session];
    const std::int64_t last = seen.empty() ? 0 : seen.rbegin()->first;
    std::int64_t before = 0;
    for (bool more = true; more;) {
        const auto answer = http(port, "GET",
                                 fmt::format("/api/v1/widget/{}/messages?limit=200{}", page.channel,
                                             before > 0 ? fmt::format("&before={}", before) : ""),
                                 {}, {{"Authorization", "Visitor " + page.token}});
        const Json json = Json::parse(answer.body, nullptr, false);
        if (answer.status != 200 || json.is_discarded())
            return ledger.fault(
                fmt::format("session {}: the visitor's history answered {} {}", session, answer.status, answer.body));
        more = json.value("more", false);
        for (const auto& message : json.value("messages", Json::array())) {
            const auto seq = message.value("seq", std::int64_t(0));
            before = before == 0 ? seq : std::min(before, seq);
            if (seq > last && message.value("session", std::int64_t(0)) == session &&
                message.value("side", std::string()) == "agent")
                seen[seq] = message.value("uuid", std::string());
        }
        more = more && before > last;
    }
}

} // namespace

void verifyLedger(Ledger& ledger, std::uint16_t port, const std::string& adminToken) {
    std::unordered_map<std::string, int> times;
    for (const auto& [session, page] : ledger.endedAway)
        readOn(ledger, session, page, port);
    for (const auto session : ledger.sessions) {
        const auto kept = readSession(ledger, session, port, adminToken);
        compareSenders(ledger, session, kept, times);
        compareReceiver(ledger, session, kept, ledger.seenByVisitor[session], "agent");
        compareReceiver(ledger, session, kept, ledger.seenByAgent[session], "customer");
    }
    for (const auto& [uuid, sent] : ledger.sent) {
        const auto found = times.find(uuid);
        const int count = found == times.end() ? 0 : found->second;
        if (count > 1)
            ledger.fault(fmt::format("message {} is kept {} times", uuid, count));
        if (sent.seq != 0 && count == 0)
            ledger.fault(fmt::format("message {} was acknowledged as {} of session {} and is not kept", uuid, sent.seq,
                                     sent.session));
        if (sent.seq == 0 && !sent.unsure)
            ledger.fault(fmt::format("message {} was never acknowledged", uuid));
    }
}

} // namespace cb::test
