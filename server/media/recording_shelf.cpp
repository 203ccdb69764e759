#include "server/media/recording_shelf.h"

#include "server/media/sound/recorder.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace cb::media {

namespace {

constexpr std::size_t kRecordingsAtOnce = 500;

/// "12.wav" is of session 12; other files are somebody else's.
std::optional<model::SessionId> sessionOf(const std::string& file) {
    std::int64_t number = 0;
    const auto [stop, bad] = std::from_chars(file.data(), file.data() + file.size(), number);
    const bool good = bad == std::errc{} && number > 0 && file == sound::Recorder::fileOf(number);
    return good && stop != file.data() ? std::optional(model::SessionId{number}) : std::nullopt;
}

} // namespace

RecordingShelf::RecordingShelf(std::string folder, store::Database& database, store::Writer& writer)
    : m_folder(std::move(folder))
    , m_database(database)
    , m_writer(writer) {}

base::Result<RecordingShelf::Found> RecordingShelf::prepare() const {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (!error)
        ::chmod(m_folder.c_str(), 0700);
    Found found;
    std::vector<model::SessionId> sessions;
    const auto putSome = [&]() -> base::Result<void> {
        auto done = putRight(sessions, found);
        sessions.clear();
        return done;
    };
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end; it.increment(error)) {
        if (const auto session = sessionOf(it->path().filename().string()))
            sessions.push_back(*session);
        if (sessions.size() < kRecordingsAtOnce)
            continue;
        if (auto done = putSome(); !done)
            return done.error();
    }
    if (error)
        return base::retry("storage_unavailable", m_folder + ": " + error.message());
    if (auto done = putSome(); !done)
        return done.error();
    return found;
}

base::Result<void> RecordingShelf::putRight(const std::vector<model::SessionId>& sessions, Found& found) const {
    if (sessions.empty())
        return {};
    std::vector<model::Call> unnamed;
    std::vector<std::string> strays;
    {
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        auto rows = reader->calls().bySessions(sessions);
        if (!rows)
            return rows.error();
        std::map<model::SessionId, model::Call> calls;
        for (model::Call& row : *rows)
            calls[row.session] = std::move(row);
        for (const model::SessionId session : sessions) {
            const auto call = calls.find(session);
            if (call == calls.end()) {
                strays.push_back(sound::Recorder::fileOf(session.value));
            } else if (call->second.recording.empty()) {
                unnamed.push_back(call->second);
                unnamed.back().recording = sound::Recorder::fileOf(session.value);
            }
        }
    }
    if (!unnamed.empty()) {
        auto named = store::runJob(m_writer, [&unnamed](store::Tables& tables) -> base::Result<void> {
            for (const model::Call& row : unnamed)
                if (auto put = tables.put(row); !put)
                    return put;
            return {};
        });
        if (!named)
            return named;
        found.named += static_cast<std::int64_t>(unnamed.size());
    }
    if (strays.empty())
        return {};
    // Numbers this database has not given out yet: it is older than they are (a snapshot was put back).
    const auto next = m_database.reserveIds(store::IdKind::Session, 1);
    if (!next)
        return next.error();
    std::vector<std::string> gone;
    for (const std::string& file : strays)
        if (sessionOf(file)->value < *next)
            gone.push_back(file);
    remove(gone);
    found.removed += static_cast<std::int64_t>(gone.size());
    return {};
}

void RecordingShelf::remove(const std::vector<std::string>& files) const {
    for (const std::string& file : files)
        if (sessionOf(file))
            ::unlink((m_folder + '/' + file).c_str());
}

} // namespace cb::media
