#include "server/desk/storage.h"

#include "server/desk/day.h"

#include <set>
#include <utility>

namespace cb::desk {

namespace {

/// Moves the value of a Result into `target`; the error, if it is one.
template <class T>
std::optional<base::Error> into(T& target, base::Result<T> result) {
    if (!result)
        return result.error();
    target = std::move(*result);
    return std::nullopt;
}

/// With their documents: what new sessions will start with, and what the open ones run on. A version that is not there
/// is left out: its sessions end as failed.
std::optional<base::Error> loadVersions(store::Directory directory, Recovered& out) {
    std::set<std::pair<model::FlowId, int>> wanted;
    for (const store::FlowRow& flow : out.flows)
        if (flow.published && flow.version > 0)
            wanted.emplace(flow.flow, flow.version);
    for (const model::Session& session : out.sessions)
        wanted.emplace(session.flow, session.flowVersion);
    for (const auto& [flow, version] : wanted) {
        auto row = directory.flow(flow, version);
        if (!row)
            return row.error();
        if (*row)
            out.versions.push_back(std::move(**row));
    }
    return std::nullopt;
}

std::optional<base::Error> loadSessions(store::Reader& reader, model::InstanceId id, Recovered& out) {
    auto sessions = reader.sessions();
    auto events = reader.events();
    if (auto error = into(out.sessions, sessions.open(id)))
        return error;
    if (auto error = into(out.presences, sessions.presences(id)))
        return error;
    if (auto error = into(out.ringing, sessions.ringing(id)))
        return error;
    if (auto error = into(out.calls, reader.calls().ofOpen(id)))
        return error;
    if (auto error = into(out.customers, reader.customers().ofOpen(id)))
        return error;
    if (auto error = into(out.uuids, events.uuidsOfOpen(id)))
        return error;
    if (auto error = into(out.digests, events.digestsOfOpen(id)))
        return error;
    // A session that stood in its flow for hours before it was offered was started earlier.
    if (auto error = into(out.completed, reader.records().recent(id, Day::kKept + std::chrono::hours(24))))
        return error;
    return into(out.newestSeq, events.newestSeq(id));
}

std::optional<base::Error> loadDirectory(store::Reader& reader, model::InstanceId id, Recovered& out) {
    auto directory = reader.directory();
    std::optional<model::Instance> instance;
    if (auto error = into(instance, directory.instance(id)))
        return error;
    if (!instance)
        return base::rejected("instance_unknown");
    out.instance = std::move(*instance);
    if (auto zone = base::TimeZone::load(out.instance.timeZone))
        out.zone = std::move(*zone);
    if (auto error = into(out.groups, directory.groups(id)))
        return error;
    if (auto error = into(out.agents, directory.agents(id)))
        return error;
    if (auto error = into(out.channels, directory.channels(id)))
        return error;
    if (auto error = into(out.numbers, reader.telephone().numbers(id)))
        return error;
    return into(out.flows, directory.flows(id));
}

} // namespace

bool StoreStorage::submit(std::uint64_t epoch, store::Batch batch, store::Writer::Done done) {
    return m_writer.submit(epoch, std::move(batch), std::move(done));
}

base::Result<std::vector<model::InstanceId>> StoreStorage::instances() {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->directory().instances();
    if (!rows)
        return rows.error();
    std::vector<model::InstanceId> ids;
    for (const model::Instance& row : *rows)
        ids.push_back(row.id);
    return ids;
}

base::Result<Recovered> StoreStorage::load(model::InstanceId instance) {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    Recovered out;
    if (auto error = loadDirectory(*reader, instance, out))
        return *error;
    if (auto error = loadSessions(*reader, instance, out))
        return *error;
    if (auto error = loadVersions(reader->directory(), out))
        return *error;
    return out;
}

base::Result<std::int64_t> StoreStorage::reserveIds(store::IdKind kind, std::int64_t count) {
    return m_database.reserveIds(kind, count);
}

} // namespace cb::desk
