#include "server/http/sound_routes.h"

#include "server/http/config_turn.h"
#include "server/http/file_part.h"
#include "shared/base/text.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace cb::http {

namespace {

using Told = std::function<void(base::Result<net::Response>)>;

constexpr std::size_t kMostSpoken = 1'000; ///< characters, as in a flow

/// Others' ears only with their token, and never from a cache.
net::Headers soundHeaders(const char* type) {
    return {{"Content-Type", type}, {"Cache-Control", "private, no-store"}};
}

/// As the telephone has it, at once or when the booth has made it.
void answerWith(Services& services, const sound::SoundKey& key, const net::Head& head, const Told& then) {
    services.booth.listen(key, [head, then](base::Result<std::string> wav) {
        if (wav)
            then(partOfBytes(std::move(*wav), soundHeaders("audio/wav"), head));
        else
            then(wav.error());
    });
}

base::Result<void> mayHearAudio(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto row = reader->telephone().audio(model::AudioId{call.id(0)});
    if (!row)
        return row.error();
    if (!*row || (*row)->instance != call.who.instance || (*row)->deleted)
        return base::rejected("not_found");
    return {};
}

base::Result<sound::SoundKey> spokenKey(Services& services, const Call& call) {
    sound::SoundKey key{0, net::queryValue(call.query, "text"), net::queryValue(call.query, "voice")};
    if (base::trimmed(key.text).empty() || base::length(key.text) > kMostSpoken)
        return base::with(base::rejected("bad_field"), "field", "text");
    const auto wait = services.spokenRate.take(call.who.agent, services.clock.now());
    if (wait > base::Millis{0})
        return base::with(base::retry("rate_limited"), "retry_ms", std::to_string(wait.count()));
    return key;
}

/// A recording that may be heard.
struct FoundRecording {
    std::string file;
    bool ofOthers = false; ///< an admin hears somebody else's call
};

base::Result<FoundRecording> findRecording(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    const model::SessionId id{call.id(0)};
    auto session = reader->sessions().byId(id);
    if (!session)
        return session.error();
    if (!*session || (*session)->instance != call.who.instance)
        return base::rejected("not_found");
    const bool theirs = (*session)->agent == call.who.agent || (*session)->lastAgent == call.who.agent;
    if (!theirs && call.who.role != model::Role::Admin)
        return base::rejected("forbidden");
    auto row = reader->calls().bySession(id);
    if (!row)
        return row.error();
    const auto& file = *row ? (*row)->recording : std::string();
    if (file.empty() || file.front() == '.' || file.find('/') != std::string::npos)
        return base::rejected("recording_unknown");
    if ((*row)->endedAt == base::TimePoint{})
        return base::conflict("recording_not_ready");
    return FoundRecording{file, !theirs};
}

base::Result<net::Response> recordingAnswer(Services& services, const std::string& file, const net::Head& head) {
    const auto path = services.recordings + '/' + file;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return base::rejected("recording_unknown", std::strerror(errno));
    return partOfFile(descriptor, soundHeaders(file.ends_with(".wav") ? "audio/wav" : "audio/ogg"), head);
}

base::Result<void> audited(Services& services, const Call& call) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    return turn->commit({{}, "recording.listen", "session " + std::to_string(call.id(0)), {}, {}});
}

void recording(Services& services, base::WorkerPool& changes, Call call, const net::Head& head, const Told& then) {
    auto found = findRecording(services, call);
    if (!found)
        return then(found.error());
    const model::SessionId session{call.id(0)};
    if (!found->ofOthers || services.heardLately.has(call.who.agent, session, services.clock.now()))
        return then(recordingAnswer(services, found->file, head));
    const bool taken = changes.post([&services, call = std::move(call), file = found->file, session, head, then] {
        if (auto done = audited(services, call); !done)
            return then(done.error());
        services.heardLately.note(call.who.agent, session, services.clock.now());
        then(recordingAnswer(services, file, head));
    });
    if (!taken)
        then(base::retry("overloaded", "changes"));
}

} // namespace

void hear(Services& services, base::WorkerPool& changes, Call call, const net::Head& head, const Told& then) {
    switch (call.route.id) {
    case RouteId::AudioPreview: {
        if (auto may = mayHearAudio(services, call); !may)
            return then(may.error());
        return answerWith(services, {call.id(0), {}, {}}, head, then);
    }
    case RouteId::Speech: {
        auto key = spokenKey(services, call);
        if (!key)
            return then(key.error());
        return answerWith(services, *key, head, then);
    }
    case RouteId::SessionRecording:
        return recording(services, changes, std::move(call), head, then);
    default:
        return then(base::fatal("internal", "not a sound route"));
    }
}

} // namespace cb::http
