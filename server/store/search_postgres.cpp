#include "server/store/pool_p.h"
#include "server/store/search_p.h"
#include "server/store/statements_p.h"

#include <optional>

namespace cb::store {

namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE search_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE search_position (instance BIGINT NOT NULL PRIMARY KEY, seq BIGINT NOT NULL)",
    "CREATE TABLE search_session (session BIGINT NOT NULL PRIMARY KEY, terms BIGINT[] NOT NULL)",
    "CREATE INDEX search_session_terms ON search_session USING gin (terms)",
};

std::string arrayOf(std::span<const SearchTerm> terms) {
    std::string text = "{";
    for (const SearchTerm term : terms) {
        text += text.size() == 1 ? "" : ",";
        text += std::to_string(static_cast<std::int64_t>(term));
    }
    return text + "}";
}

std::string meta(Connection& c, std::string_view name) {
    std::string value;
    Query(c, "SELECT value FROM search_meta WHERE name = :n").into(value).bind(name).next();
    return value;
}

bool exists(Connection& c) {
    return c.number("SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = "
                    "'search_meta'") != 0;
}

void prepare(Connection& c) {
    // Lost together with its position, and made again.
    c.run("SET synchronous_commit = off");
    c.beginWrite();
    if (exists(c) && meta(c, "version") != std::to_string(kSearchVersion))
        c.run("DROP TABLE search_meta, search_position, search_session");
    if (!exists(c)) {
        for (const std::string_view table : kTables)
            c.run(std::string(table));
        Query put(c, "INSERT INTO search_meta (name, value) VALUES ('version', :v), ('key', :k)");
        put.bind(std::string_view(std::to_string(kSearchVersion)));
        put.bind(std::string_view(keyText(randomSearchKey()))).run();
    }
    c.commit();
}

class PostgresSearch final : public SearchIndex {
public:
    PostgresSearch(const DatabaseOptions& options, std::unique_ptr<Connection> connection)
        : m_options(options)
        , m_writer(std::move(connection))
        , m_readers(options)
        , m_key(parseKey(meta(*m_writer, "key"))) {}

    Key key() const override { return m_key; }

    base::Result<std::map<model::InstanceId, model::Seq>> positions() override {
        return m_readers.with([](Connection& c) {
            std::map<model::InstanceId, model::Seq> found;
            std::int64_t instance = 0;
            model::Seq seq = 0;
            Query query(c, "SELECT instance, seq FROM search_position");
            query.into(instance).into(seq);
            while (query.next())
                found[model::InstanceId(instance)] = seq;
            return found;
        });
    }

    base::Result<void> add(const SearchBatch& batch) override {
        return write([&](Connection& c) {
            Prepared put(
                c,
                "INSERT INTO search_session (session, terms) VALUES (:s, CAST(:t AS BIGINT[])) ON CONFLICT "
                "(session) DO UPDATE SET terms = ARRAY(SELECT DISTINCT u.t FROM unnest(search_session.terms || "
                "excluded.terms) AS u (t))",
                parameters("it"));
            for (const SearchDocument& document : batch.documents)
                if (!document.terms.empty())
                    put.set(0, document.session.value).set(1, arrayOf(document.terms)).run();
            for (const auto& [instance, seq] : batch.positions) {
                Query position(c, "INSERT INTO search_position (instance, seq) VALUES (:i, :s) ON CONFLICT (instance) "
                                  "DO UPDATE SET seq = excluded.seq");
                position.bind(instance.value).bind(seq).run();
            }
        });
    }

    base::Result<void> remove(std::span<const SearchDocument> documents) override {
        return write([&](Connection& c) {
            Prepared update(c,
                            "UPDATE search_session SET terms = ARRAY(SELECT u.t FROM unnest(terms) AS u (t) WHERE "
                            "u.t <> ALL (CAST(:t AS BIGINT[]))) WHERE session = :s",
                            parameters("ti"));
            for (const SearchDocument& document : documents)
                if (!document.terms.empty())
                    update.set(0, arrayOf(document.terms)).set(1, document.session.value).run();
        });
    }

    base::Result<void> dropBefore(model::SessionId oldest) override {
        return write(
            [&](Connection& c) { Query(c, "DELETE FROM search_session WHERE session < :s").bind(oldest.value).run(); });
    }

    base::Result<void> clear() override {
        return write([](Connection& c) { c.run("TRUNCATE search_session, search_position"); });
    }

    base::Result<std::vector<model::SessionId>> find(std::span<const SearchTerm> all, model::SessionId from,
                                                     model::SessionId before, std::size_t limit) override {
        return m_readers.with([&](Connection& c) {
            std::vector<model::SessionId> found;
            if (all.empty())
                return found;
            std::int64_t id = 0;
            Query query(c, "SELECT session FROM search_session WHERE terms @> CAST(:t AS BIGINT[]) AND session >= :f "
                           "AND session < :b ORDER BY session DESC LIMIT :n");
            query.into(id).bind(std::string_view(arrayOf(all))).bind(from.value).bind(before.value);
            query.bind(static_cast<std::int64_t>(limit));
            while (query.next())
                found.emplace_back(id);
            return found;
        });
    }

    std::uint64_t bytes() const override { return 0; }

private:
    template <class Work>
    base::Result<void> write(Work work) {
        const std::lock_guard lock(m_mutex); // held while it is written: one connection, few who write
        if (!m_writer) {
            auto opened = connect(m_options, Connection::Use::Write);
            if (!opened)
                return opened.error();
            m_writer = std::move(*opened);
        }
        auto done = guarded(*m_writer, [&] {
            m_writer->beginWrite();
            m_writer->run("SET LOCAL synchronous_commit = off");
            work(*m_writer);
            m_writer->commit();
        });
        if (!done)
            m_writer.reset(); // the next one gets a new connection: this one may be broken
        return done;
    }

    const DatabaseOptions m_options;
    std::mutex m_mutex; ///< of the writing connection
    std::unique_ptr<Connection> m_writer;
    SearchReaders m_readers;
    const Key m_key;
};

} // namespace

base::Result<std::unique_ptr<SearchIndex>> openPostgresSearch(const DatabaseOptions& options) {
    auto connection = connect(options, Connection::Use::Write);
    if (!connection)
        return connection.error();
    Connection& c = **connection;
    return guarded(c, [&]() -> std::unique_ptr<SearchIndex> {
        prepare(c);
        return std::make_unique<PostgresSearch>(options, std::move(*connection));
    });
}

} // namespace cb::store
