#pragma once

#include "server/store/batch.h"
#include "server/store/database.h"
#include "server/store/writer.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <string>
#include <vector>

namespace cb::app {

/// Takes ids from the database; the first failure is kept and everything after it is 0.
class IdSource {
public:
    explicit IdSource(store::Database& database)
        : m_database(database) {}
    std::int64_t take(store::IdKind kind, std::int64_t count = 1);
    const base::Result<void>& state() const { return m_state; }

private:
    store::Database& m_database;
    base::Result<void> m_state;
};

/// Stores a new instance with its agents and their passwords, all or nothing, before any desk knows it.
base::Result<void> storeInstance(store::Writer& writer, const store::Batch& rows,
                                 const std::vector<store::Credential>& credentials);

struct NewInstance {
    model::InstanceId instance;
    std::string password; ///< of the admin, to be changed at the first sign-in
};

/// What an instance is made of.
struct InstanceWish {
    std::string name;
    std::string adminName; ///< empty: "Admin"
    std::string adminEmail;
    std::string timeZone; ///< IANA name
};

/// An instance with one admin. Errors: bad_field (name, email, time_zone: not one that this system knows), overloaded,
/// storage_unavailable.
base::Result<NewInstance> addInstance(store::Database& database, store::Writer& writer, const base::Clock& clock,
                                      const InstanceWish& wish);

} // namespace cb::app
