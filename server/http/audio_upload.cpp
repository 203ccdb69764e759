#include "server/http/audio_upload.h"

#include "server/admin/audio_rules.h"
#include "server/http/config_turn.h"
#include "shared/wire/admin.h"

#include <algorithm>

namespace cb::http {

namespace {

constexpr int kMostRunning = 8; ///< uploads; each may hold its whole limit in memory

base::Result<std::string> plannedName(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->telephone().audio(call.who.instance);
    if (!rows)
        return rows.error();
    const auto have = std::count_if(rows->begin(), rows->end(), [](const auto& row) { return !row.deleted; });
    return admin::mayUpload(net::queryValue(call.query, "name"), static_cast<std::size_t>(have));
}

} // namespace

base::Result<std::shared_ptr<AudioSink>> AudioSink::begin(Services& services, AudioPools pools, Call call,
                                                          Answered answered) {
    auto name = plannedName(services, call);
    if (!name)
        return name.error();
    if (services.audioUploads.load() >= kMostRunning)
        return base::retry("overloaded", "uploads");
    return std::shared_ptr<AudioSink>(
        new AudioSink(services, pools, std::move(call), std::move(*name), std::move(answered)));
}

AudioSink::AudioSink(Services& services, AudioPools pools, Call call, std::string name, Answered answered)
    : m_services(services)
    , m_pools(pools)
    , m_call(std::move(call))
    , m_name(std::move(name))
    , m_answered(std::move(answered)) {
    ++m_services.audioUploads;
}

AudioSink::~AudioSink() {
    --m_services.audioUploads;
}

void AudioSink::write(std::string piece, std::function<void(bool)> done) {
    m_bytes += piece;
    done(true);
}

void AudioSink::finish(net::Respond respond) {
    const bool taken = m_pools.files.post([self = shared_from_this(), respond] {
        auto row = self->m_services.audio.take(self->m_call.who.instance, self->m_name, self->m_bytes);
        std::string().swap(self->m_bytes);
        if (!row)
            return respond(self->m_answered(row.error()));
        self->m_row = std::move(*row);
        const bool stored = self->m_pools.changes.post([self, respond] { respond(self->m_answered(self->keep())); });
        if (stored)
            return;
        self->m_services.audio.removeFiles(self->m_row.id);
        respond(self->m_answered(base::retry("overloaded", "changes")));
    });
    if (!taken)
        respond(m_answered(base::retry("overloaded", "uploads")));
}

/// The row with its audit entry. What may still be committed though nobody knows keeps its files: those without a row
/// go some day, see AudioShelf::removeStrays.
Answer AudioSink::keep() {
    auto turn = ConfigTurn::begin(m_services, m_call);
    auto done = turn ? turn->commit(admin::newAudio(m_row)) : base::Result<void>(turn.error());
    if (!done) {
        if (!turn || done.error().grade != base::Grade::Retry)
            m_services.audio.removeFiles(m_row.id);
        return done.error();
    }
    return wire::encodeBody(wire::AudioRow{
        m_row.id, m_row.name, m_row.state, m_row.format, m_row.bytes, m_row.millis, m_row.createdAt, {}});
}

} // namespace cb::http
