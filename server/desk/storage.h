#pragma once

#include "server/desk/commands.h"
#include "server/store/batch.h"
#include "server/store/database.h"
#include "server/store/writer.h"
#include "shared/base/result.h"
#include "shared/base/time_zone.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace cb::desk {

/// Everything of one instance that lives in memory, as one snapshot of the disk.
struct Recovered {
    model::Instance instance;
    base::TimeZone zone; ///< of instance.timeZone; UTC when the system does not know it
    std::vector<model::Group> groups;
    std::vector<model::Agent> agents; ///< deleted ones too
    std::vector<model::Presence> presences;
    std::vector<model::Channel> channels; ///< deleted ones too: their sessions finish
    std::vector<model::PhoneNumber> numbers;
    std::vector<store::FlowRow> flows;    ///< newest version of each flow, without json
    std::vector<store::FlowRow> versions; ///< with json: newest of each published flow, and what open sessions run on
    std::vector<model::Customer> customers;
    std::vector<model::Session> sessions; ///< all that are not completed, by id
    std::vector<model::Offer> ringing;
    std::vector<model::Call> calls; ///< of sessions that are not completed
    /// Calls that are up, by their sessions: known to the floor, not to the disk.
    std::unordered_map<model::SessionId, CallId> liveCalls;
    std::vector<store::KnownUuid> uuids;
    std::vector<store::Digest> digests;
    /// Completed ones, of two days at least (Day::kKept) before the newest session.
    std::vector<store::SessionTimes> completed;
    model::Seq newestSeq = 0;
};

/// What the desk needs of the store. The real one is StoreStorage; tests put a failing one in its place.
class Storage {
public:
    virtual ~Storage() = default;
    /// As store::Writer::submit.
    virtual bool submit(std::uint64_t epoch, store::Batch batch, store::Writer::Done done) = 0;
    virtual base::Result<std::vector<model::InstanceId>> instances() = 0;
    virtual base::Result<Recovered> load(model::InstanceId instance) = 0;
    /// As store::Database::reserveIds.
    virtual base::Result<std::int64_t> reserveIds(store::IdKind kind, std::int64_t count) = 0;
};

/// Over the database and its writer.
class StoreStorage final : public Storage {
public:
    StoreStorage(store::Database& database, store::Writer& writer)
        : m_database(database)
        , m_writer(writer) {}

    bool submit(std::uint64_t epoch, store::Batch batch, store::Writer::Done done) override;
    base::Result<std::vector<model::InstanceId>> instances() override;
    base::Result<Recovered> load(model::InstanceId instance) override;
    base::Result<std::int64_t> reserveIds(store::IdKind kind, std::int64_t count) override;

private:
    store::Database& m_database;
    store::Writer& m_writer;
};

} // namespace cb::desk
