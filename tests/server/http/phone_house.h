#pragma once

#include "tests/support/suite.h" // first, for moc

#include "server/media/sound/pcm.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "tests/server/app/house.h"

#include <filesystem>
#include <fstream>

namespace cb::test {

/// A wav file of so many milliseconds.
inline std::string toneFile(int millis = 500) {
    sound::Pcm pcm;
    for (int i = 0; i < millis * sound::kRate / 1'000; ++i)
        pcm.samples.push_back(static_cast<std::int16_t>((i % 80 - 40) * 100));
    return sound::wavOf(pcm);
}

/// Beside the running server: a number, and a call of agent 1 that was recorded, as a telephone leaves them.
struct PhoneHouse : House {
    PhoneHouse() {
        if (trouble.empty())
            trouble = addPhone();
    }

    static constexpr const char* kNumber = "+8675512345678";
    std::int64_t line = 0;   ///< the number's channel
    std::int64_t phoned = 0; ///< the session of the call
    std::int64_t audio = 0;  ///< uploaded
    std::string recording = toneFile(2'000);

    Reply uploadAudio(const std::string& name, const std::string& bytes, const std::string& token = {}) const {
        auto headers = bearer(token.empty() ? admin : token);
        headers["Content-Type"] = "application/octet-stream";
        return ask(port(), "POST", "/api/v1/audio?name=" + name, bytes, headers);
    }
    /// An IVR that plays `sound`; its id, 0 when something is refused.
    std::int64_t newIvr(const std::string& name, const Json& sound, bool published) const {
        const Json graph{
            {"schema", 1},
            {"mode", "phone"},
            {"nodes",
             {{{"id", 1}, {"type", "start"}},
              {{"id", 2}, {"type", "play"}, {"label", "Welcome"}, {"sound", sound}},
              {{"id", 3}, {"type", "call_end"}}}},
            {"edges", {{{"from", 1}, {"port", "next"}, {"to", 2}}, {{"from", 2}, {"port", "next"}, {"to", 3}}}}};
        const auto added = call("POST", "/api/v1/flows", {{"name", name}, {"mode", "phone"}, {"graph", graph}});
        const auto id = added.status == 200 ? added.json().value("id", std::int64_t(0)) : 0;
        if (!published || id == 0)
            return id;
        const auto done = call("POST", "/api/v1/flows/" + std::to_string(id) + "/publish", {{"revision", 1}});
        return done.status == 200 ? id : 0;
    }

private:
    std::string addPhone() {
        const auto me = callAs(agent1, "GET", "/api/v1/me").json();
        const model::AgentId agentId{me["me"].value("id", std::int64_t(0))};
        store::DatabaseOptions where;
        where.where = demo.data() + "/cloudbell.db";
        auto database = store::Database::open(where);
        if (!database)
            return "database: " + database.error().code;
        store::Writer writer(**database, 16);
        const auto next = [&](store::IdKind kind) { return (*database)->reserveIds(kind, 1).valueOr(0); };
        line = next(store::IdKind::Channel);
        phoned = next(store::IdKind::Session);
        const auto rows = rowsOf(agentId, model::CustomerId{next(store::IdKind::Customer)});
        if (auto done = store::runJob(writer, [&](store::Tables& tables) { return tables.apply(rows); }); !done)
            return "rows: " + done.error().code + ' ' + done.error().detail;
        std::filesystem::create_directories(demo.data() + "/recordings");
        std::ofstream(demo.data() + "/recordings/call.wav", std::ios::binary) << recording;
        const auto uploaded = uploadAudio("Welcome", toneFile());
        if (uploaded.status != 200)
            return "audio: " + uploaded.body;
        audio = uploaded.json().value("id", std::int64_t(0));
        return {};
    }

    store::Batch rowsOf(model::AgentId agentId, model::CustomerId customerId) const {
        const model::InstanceId instance{kDemoInstance};
        const auto at = base::SystemClock().now();
        store::Batch rows;
        model::Channel channel;
        channel.id = model::ChannelId{line};
        channel.instance = instance;
        channel.kind = model::ChannelKind::Phone;
        channel.name = kNumber;
        rows.channels.push_back(channel);
        rows.phoneNumbers.push_back({channel.id, instance, kNumber, model::CallType::Both, {}, false});
        model::Customer caller;
        caller.id = customerId;
        caller.instance = instance;
        caller.channel = channel.id;
        caller.externalId = "+8613800000000";
        rows.customers.push_back(caller);
        model::Session past;
        past.id = model::SessionId{phoned};
        past.instance = instance;
        past.mode = model::Mode::Phone;
        past.channel = channel.id;
        past.customer = caller.id;
        past.state = model::SessionState::Completed;
        past.agent = agentId;
        past.startedAt = past.answeredAt = past.endedAt = past.completedAt = at;
        rows.sessions.push_back(past);
        model::Call row;
        row.session = past.id;
        row.instance = instance;
        row.caller = caller.externalId;
        row.callee = kNumber;
        row.startedAt = row.connectedAt = row.talkFrom = row.endedAt = at;
        row.talkMillis = 65'400;
        row.cause = "hung_up";
        row.recording = "call.wav";
        rows.calls.push_back(row);
        return rows;
    }
};

} // namespace cb::test
