#pragma once

#include "tests/support/suite.h" // first: moc 6.4 stumbles over <compare> unless Qt went before

#include "server/store/database.h"
#include "server/store/tables.h"
#include "server/store/writer.h"
#include "shared/base/random.h"
#include "tests/support/store/postgres_server.h"

#include <QtCore/QTemporaryDir>

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Rows to write and databases to write them to.
namespace cb::test {

inline constexpr model::InstanceId kInstance{model::kFirstInstance};

/// A fresh, empty database of one engine for one test.
class Place {
public:
    /// Neither skips nor fails by itself: that is CB_NEED's.
    explicit Place(store::Engine engine);

    store::DatabaseOptions options;
    QString missing; ///< the engine is not installed here
    QString trouble; ///< it is, and does not work

    std::unique_ptr<store::Database> open() const; ///< nullptr and a warning when it fails

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

/// Ends the test that has no place: an engine that is not installed is skipped, one that does not work is a failure.
#define CB_NEED(place)                                                                                                 \
    do {                                                                                                               \
        if (!(place).missing.isEmpty())                                                                                \
            QSKIP(qPrintable((place).missing));                                                                        \
        QVERIFY2((place).trouble.isEmpty(), qPrintable((place).trouble));                                              \
    } while (false)

/// The process's PostgreSQL, started when first asked for.
PostgresServer& postgres();
void forgetPostgres(); ///< at the end of main

/// Columns "engine": both.
void engineRows();

/// Waits for everything submitted; what was told, in order.
class Told {
public:
    store::Writer::Done done();
    const std::vector<base::Result<void>>& all() const { return m_all; }
    bool ok(std::size_t at) const { return m_all.at(at).ok(); }
    std::string code(std::size_t at) const { return ok(at) ? "" : m_all.at(at).error().code; }

private:
    std::vector<base::Result<void>> m_all;
};

/// One instance with two groups, two agents, a website, a published flow, a customer.
store::Batch people();
model::Session session(std::int64_t id, std::int64_t customer = 1);
model::Event message(std::int64_t seq, std::int64_t session, const std::string& text,
                     model::Side side = model::Side::Customer);
base::Uuid uuid(std::int64_t number);
base::TimePoint moment(std::int64_t ms);

/// Commits the batch, or says why not and returns false.
bool commit(store::Database& database, store::Batch batch);

/// Random but valid rows.
class Rows {
public:
    explicit Rows(std::uint64_t seed)
        : m_random(seed) {}
    std::string text(std::size_t longest);
    std::int64_t number();
    template <class E>
    E any(int count) {
        return static_cast<E>(m_random.below(static_cast<std::uint64_t>(count)));
    }
    bool coin() { return m_random.oneIn(2); }
    base::Random& random() { return m_random; }

    model::Instance instance(model::InstanceId id);
    model::Group group(std::int64_t id);
    model::Agent agent(std::int64_t id, int groups);
    model::Channel channel(std::int64_t id);
    model::Customer customer(std::int64_t id, std::int64_t channel);
    model::Session session(std::int64_t id, std::int64_t customer);
    model::Presence presence(std::int64_t agent);
    model::Offer offer(std::int64_t id, std::int64_t session);
    model::Event event(std::int64_t seq, std::int64_t session);
    model::EventDetail detail();

private:
    base::Random m_random;
};

} // namespace cb::test
