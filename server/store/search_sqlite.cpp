#include "server/store/pool_p.h"
#include "server/store/search_p.h"
#include "server/store/statements_p.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace cb::store {

namespace {

constexpr std::int64_t kPartBits = 18; ///< sessions of one part: 262,144
constexpr int kTermDigits = 8;         ///< of 5 bits

std::int64_t partOf(model::SessionId session) {
    return session.value >> kPartBits;
}

std::string tableOf(std::int64_t part) {
    return "terms_" + std::to_string(part);
}

/// 40 bits of it, which are enough for a filter; letters and digits, which FTS5 takes for one word.
void appendTerm(std::string& text, SearchTerm term) {
    static constexpr char kDigits[] = "abcdefghijklmnopqrstuvwxyz234567";
    if (!text.empty())
        text += ' ';
    for (int i = 0; i < kTermDigits; ++i, term >>= 5)
        text += kDigits[term & 31];
}

std::string textOf(std::span<const SearchTerm> terms) {
    std::string text;
    text.reserve(terms.size() * (kTermDigits + 1));
    for (const SearchTerm term : terms)
        appendTerm(text, term);
    return text;
}

/// What is written after a failure of the machine can be lost, documents and position together: they are made again.
void prepareFile(Connection& c) {
    std::string mode;
    Query(c, "PRAGMA journal_mode = WAL").into(mode).next();
    c.run("PRAGMA synchronous=NORMAL");
    c.run("PRAGMA wal_autocheckpoint=2000");
    c.run("PRAGMA cache_size=-8000");
    c.run("PRAGMA secure_delete=OFF"); // there is no text in it
    c.beginWrite();
    c.run(
        "CREATE TABLE IF NOT EXISTS meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID");
    c.run("CREATE TABLE IF NOT EXISTS position (instance INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL) STRICT");
    c.run("CREATE TABLE IF NOT EXISTS part (number INTEGER NOT NULL PRIMARY KEY) STRICT");
    Query version(c, "INSERT INTO meta (name, value) VALUES ('version', :v) ON CONFLICT (name) DO NOTHING");
    version.bind(std::string_view(std::to_string(kSearchVersion))).run();
    Query key(c, "INSERT INTO meta (name, value) VALUES ('key', :k) ON CONFLICT (name) DO NOTHING");
    key.bind(std::string_view(keyText(randomSearchKey()))).run();
    c.commit();
}

std::string metaOf(Connection& c, std::string_view name) {
    std::string value;
    Query(c, "SELECT value FROM meta WHERE name = :n").into(value).bind(name).next();
    return value;
}

class SqliteSearch final : public SearchIndex {
public:
    SqliteSearch(const DatabaseOptions& options, std::unique_ptr<Connection> connection)
        : m_path(options.where)
        , m_writer(std::move(connection))
        , m_readers(options)
        , m_key(parseKey(metaOf(*m_writer, "key"))) {
        for (const std::int64_t part : parts(*m_writer))
            m_parts.insert(part);
    }

    Key key() const override { return m_key; }

    base::Result<std::map<model::InstanceId, model::Seq>> positions() override {
        return m_readers.with([](Connection& c) {
            std::map<model::InstanceId, model::Seq> found;
            std::int64_t instance = 0;
            model::Seq seq = 0;
            Query query(c, "SELECT instance, seq FROM position");
            query.into(instance).into(seq);
            while (query.next())
                found[model::InstanceId(instance)] = seq;
            return found;
        });
    }

    base::Result<void> add(const SearchBatch& batch) override {
        return write([&](Connection& c) {
            const auto order = sorted(batch.documents);
            for (std::size_t at = 0; at < order.size();)
                at = addPart(c, order, at);
            for (const auto& [instance, seq] : batch.positions) {
                Query put(c, "INSERT INTO position (instance, seq) VALUES (:i, :s) ON CONFLICT (instance) DO UPDATE "
                             "SET seq = excluded.seq");
                put.bind(instance.value).bind(seq).run();
            }
        });
    }

    base::Result<void> remove(std::span<const SearchDocument> documents) override {
        return write([&](Connection& c) {
            for (const SearchDocument& document : documents) {
                const std::int64_t part = partOf(document.session);
                if (document.terms.empty() || m_parts.count(part) == 0)
                    continue;
                const std::string table = tableOf(part);
                Query query(c, fmt::format("INSERT INTO {0} ({0}, rowid, terms) VALUES ('delete', :r, :t)", table));
                query.bind(document.session.value).bind(std::string_view(textOf(document.terms))).run();
            }
        });
    }

    base::Result<void> dropBefore(model::SessionId oldest) override {
        return write([&](Connection& c) {
            while (!m_parts.empty() && *m_parts.begin() < partOf(oldest))
                drop(c, *m_parts.begin());
        });
    }

    base::Result<void> clear() override {
        return write([&](Connection& c) {
            while (!m_parts.empty())
                drop(c, *m_parts.begin());
            c.run("DELETE FROM position");
        });
    }

    base::Result<std::vector<model::SessionId>> find(std::span<const SearchTerm> all, model::SessionId from,
                                                     model::SessionId before, std::size_t limit) override {
        return m_readers.with([&](Connection& c) {
            std::vector<model::SessionId> found;
            if (all.empty())
                return found;
            const std::string terms = textOf(all);
            c.needSnapshot();
            for (const std::int64_t part : parts(c)) {
                if (found.size() >= limit || part < partOf(from))
                    break;
                if (part > partOf(model::SessionId(before.value - 1)))
                    continue;
                const std::string table = tableOf(part);
                std::int64_t id = 0;
                Query query(c, fmt::format("SELECT rowid FROM {0} WHERE {0} MATCH :t AND rowid >= :f AND rowid < :b "
                                           "ORDER BY rowid DESC LIMIT :n",
                                           table));
                query.into(id).bind(std::string_view(terms)).bind(from.value).bind(before.value);
                query.bind(static_cast<std::int64_t>(limit - found.size()));
                while (query.next())
                    found.emplace_back(id);
            }
            c.rollback();
            return found;
        });
    }

    std::uint64_t bytes() const override {
        std::uint64_t sum = 0;
        for (const char* suffix : {"", "-wal"}) {
            std::error_code error;
            const auto size = std::filesystem::file_size(m_path + suffix, error);
            sum += error ? 0 : size;
        }
        return sum;
    }

private:
    /// Newest first.
    static std::vector<std::int64_t> parts(Connection& c) {
        std::vector<std::int64_t> found;
        std::int64_t number = 0;
        Query query(c, "SELECT number FROM part ORDER BY number DESC");
        query.into(number);
        while (query.next())
            found.push_back(number);
        return found;
    }

    template <class Work>
    base::Result<void> write(Work work) {
        const std::lock_guard lock(m_mutex); // held while it is written: one connection, few who write
        const std::set<std::int64_t> before = m_parts;
        auto done = guarded(*m_writer, [&] {
            m_writer->beginWrite();
            work(*m_writer);
            m_writer->commit();
        });
        if (!done) {
            m_writer->rollback();
            m_parts = before;
        }
        return done;
    }

    using Order = std::vector<const SearchDocument*>;
    /// FTS5 wants rowids to rise within a transaction, else it writes a segment for each step back.
    static Order sorted(const std::vector<SearchDocument>& documents) {
        Order order;
        for (const SearchDocument& document : documents)
            if (!document.terms.empty())
                order.push_back(&document);
        std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->session < b->session; });
        return order;
    }

    /// Those of one part, from `at` on; returns where the next part begins. A session comes again when it says more:
    /// its terms are then those of all its rows, which is how an index without positions and content reads them.
    std::size_t addPart(Connection& c, const Order& order, std::size_t at) {
        const std::int64_t part = partOf(order[at]->session);
        if (m_parts.insert(part).second) {
            c.run("CREATE VIRTUAL TABLE " + tableOf(part) +
                  " USING fts5(terms, content='', detail=none, columnsize=0, tokenize='ascii')");
            Query(c, "INSERT INTO part (number) VALUES (:n)").bind(part).run();
        }
        Prepared insert(c, "INSERT INTO " + tableOf(part) + " (rowid, terms) VALUES (:r, :t)", parameters("it"));
        for (; at < order.size() && partOf(order[at]->session) == part; ++at)
            insert.set(0, order[at]->session.value).set(1, textOf(order[at]->terms)).run();
        return at;
    }

    void drop(Connection& c, std::int64_t part) {
        c.run("DROP TABLE " + tableOf(part));
        Query(c, "DELETE FROM part WHERE number = :n").bind(part).run();
        m_parts.erase(part);
    }

    const std::string m_path;
    std::mutex m_mutex; ///< of the writing connection and what follows
    std::unique_ptr<Connection> m_writer;
    std::set<std::int64_t> m_parts;
    SearchReaders m_readers;
    const Key m_key;
};

std::string fileOf(const std::string& database) {
    return database + ".search";
}

void removeFiles(const std::string& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(path + suffix, ignored);
}

base::Result<std::unique_ptr<SearchIndex>> attempt(const DatabaseOptions& options) {
    auto connection = connect(options, Connection::Use::Write);
    if (!connection)
        return connection.error();
    Connection& c = **connection;
    auto made = guarded(c, [&]() -> std::unique_ptr<SearchIndex> {
        prepareFile(c);
        if (metaOf(c, "version") != std::to_string(kSearchVersion))
            throw Failure(base::fatal("not_a_database", "a search index of another version"));
        return std::make_unique<SqliteSearch>(options, std::move(*connection));
    });
    return made;
}

} // namespace

void SearchIndex::discard(const std::string& database) {
    removeFiles(fileOf(database));
}

base::Result<std::unique_ptr<SearchIndex>> openSqliteSearch(const DatabaseOptions& options) {
    DatabaseOptions own = options;
    own.where = fileOf(options.where);
    auto opened = attempt(own);
    if (opened)
        return opened;
    removeFiles(own.where);
    return attempt(own);
}

} // namespace cb::store
