#include "server/jobs/exports.h"

#include "server/jobs/csv.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cb::jobs {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPage = 500;            ///< records of one snapshot
constexpr std::size_t kWriteAt = 256 * 1'024; ///< bytes gathered before they are written

base::Error diskError(const char* what) {
    return base::retry("storage_unavailable", std::string(what) + ": " + std::strerror(errno));
}

/// A file that is written, and gone unless keep() was called.
class NewFile {
public:
    explicit NewFile(std::string path)
        : m_path(std::move(path))
        , m_descriptor(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
    ~NewFile() {
        if (m_descriptor < 0)
            return;
        ::close(m_descriptor);
        if (!m_kept)
            ::unlink(m_path.c_str());
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    bool isOpen() const { return m_descriptor >= 0; }
    void keep() { m_kept = true; }
    base::Result<void> write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return diskError("export");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

private:
    std::string m_path;
    int m_descriptor;
    bool m_kept = false;
};

} // namespace

std::string_view name(ExportStage stage) {
    switch (stage) {
    case ExportStage::Waiting:
        return "waiting";
    case ExportStage::Running:
        return "running";
    case ExportStage::Done:
        return "done";
    case ExportStage::Failed:
        return "failed";
    case ExportStage::Cancelled:
        return "cancelled";
    }
    return "";
}

struct Exports::Job {
    ExportOrder order;
    ExportState state; ///< under the mutex
    std::atomic<bool> cancelled{false};
    bool outdated = false; ///< under the mutex: cancelled because of an erasure

    bool over() const { return state.stage != ExportStage::Waiting && state.stage != ExportStage::Running; }
};

Exports::Exports(std::string folder, store::Database& database, store::SearchIndex& index, const base::Clock& clock,
                 Options options)
    : m_folder(std::move(folder))
    , m_database(database)
    , m_index(index)
    , m_clock(clock)
    , m_options(options)
    , m_pool("exports", 1, kWaiting) {}

Exports::~Exports() {
    stop();
}

std::string Exports::pathOf(std::int64_t id) const {
    return m_folder + '/' + std::to_string(id) + ".csv";
}

base::Result<void> Exports::prepare() {
    std::error_code error;
    fs::remove_all(m_folder, error);
    if (fs::create_directories(m_folder, error); error)
        return base::retry("storage_unavailable", error.message());
    fs::permissions(m_folder, fs::perms::owner_all, error);
    // Numbers of before a restart are not given again.
    const std::lock_guard lock(m_mutex);
    m_lastId = base::toUnixMillis(m_clock.now());
    return {};
}

base::Result<ExportState> Exports::reserve(ExportOrder order) {
    auto job = std::make_shared<Job>();
    job->order = std::move(order);
    const std::lock_guard lock(m_mutex);
    std::vector<std::int64_t> own;
    for (const auto& [id, other] : m_jobs) {
        if (other->order.by != job->order.by)
            continue;
        if (!other->over())
            return base::with(base::conflict("export_running"), "id", std::to_string(id));
        own.push_back(id);
    }
    if (m_stopping)
        return base::retry("overloaded", "exports");
    for (std::size_t i = 0; i + kPerPerson <= own.size(); ++i)
        drop(own[i]);
    if (m_jobs.size() >= kMostJobs) { // few of them wait or run
        const auto oldest =
            std::find_if(m_jobs.begin(), m_jobs.end(), [](const auto& entry) { return entry.second->over(); });
        if (oldest == m_jobs.end())
            return base::retry("overloaded", "exports");
        drop(oldest->first);
    }
    job->state.id = ++m_lastId;
    job->state.createdAt = m_clock.now();
    m_jobs.emplace(job->state.id, job);
    return job->state;
}

base::Result<ExportState> Exports::begin(model::AgentId by, std::int64_t id) {
    Shared job;
    ExportState state;
    {
        const std::lock_guard lock(m_mutex);
        job = find(by, id);
        if (job == nullptr)
            return base::rejected("not_found");
        state = job->state;
    }
    if (m_pool.post([this, job] { run(*job); }))
        return state;
    const std::lock_guard lock(m_mutex);
    m_jobs.erase(id);
    return base::retry("overloaded", "exports");
}

base::Result<ExportState> Exports::start(ExportOrder order) {
    const auto by = order.by;
    auto state = reserve(std::move(order));
    return state ? begin(by, state->id) : state;
}

void Exports::run(Job& job) {
    {
        const std::lock_guard lock(m_mutex);
        if (job.over()) // cancelled while it waited
            return;
        job.state.stage = ExportStage::Running;
    }
    auto written = write(job);
    const std::lock_guard lock(m_mutex);
    if (written && job.cancelled) { // at the last moment
        ::unlink(pathOf(job.state.id).c_str());
        written = base::rejected("cancelled");
    }
    if (written) {
        job.state.stage = ExportStage::Done;
        job.state.percent = 100;
    } else if (job.outdated) {
        job.state.stage = ExportStage::Failed;
        job.state.error = "customer_erased";
    } else if (written.error().code == "cancelled") {
        job.state.stage = ExportStage::Cancelled;
    } else {
        job.state.stage = ExportStage::Failed;
        job.state.error = written.error().code;
        spdlog::warn("event=export_failed id={} code={} detail=\"{}\"", job.state.id, written.error().code,
                     written.error().detail);
    }
}

base::Result<void> Exports::write(Job& job) {
    const ExportOrder& order = job.order;
    NewFile file(pathOf(job.state.id));
    if (!file.isOpen())
        return diskError("export");
    std::optional<RecordTable> table;
    std::string text(kByteOrderMark);
    std::int64_t bytes = 0;
    std::int64_t count = 0;
    model::SessionId newest;
    store::SessionRange range;
    for (model::SessionId before;;) {
        if (job.cancelled)
            return base::rejected("cancelled");
        if (const auto free = m_database.freeBytes();
            free && m_options.freeBytes > 0 && *free < static_cast<std::uint64_t>(m_options.freeBytes))
            return base::retry("storage_unavailable", "free space is below the floor");
        auto reader = m_database.reader();
        if (!reader)
            return reader.error();
        if (!table) {
            auto made = RecordTable::make(*reader, order.instance, order.columns);
            if (!made)
                return made.error();
            table = std::move(*made);
            appendRow(text, table->head());
            auto bounds = reader->records().range(order.query.filter);
            auto oldest = reader->records().oldest();
            if (!bounds || !oldest)
                return bounds ? oldest.error() : bounds.error();
            range = {std::max(bounds->first, *oldest), bounds->end};
        }
        auto page = search::findRecords(*reader, m_index, order.query, before, kPage);
        if (!page)
            return page.error();
        auto rows = table->rows(*reader, page->rows);
        if (!rows)
            return rows.error();
        for (const auto& row : *rows)
            appendRow(text, row);
        count += static_cast<std::int64_t>(rows->size());
        if (count > m_options.mostRows)
            return base::rejected("export_too_large");
        before = page->next;
        if (text.size() >= kWriteAt || !before) {
            if (auto written = file.write(text); !written)
                return written;
            bytes += static_cast<std::int64_t>(text.size());
            text.clear();
        }
        if (!newest && !page->rows.empty())
            newest = page->rows.front().id;
        const std::lock_guard lock(m_mutex);
        job.state.rows = count;
        job.state.bytes = bytes;
        const auto whole = newest.value - range.first.value + 1;
        if (before && newest && whole > 0)
            job.state.percent =
                static_cast<int>(std::clamp<std::int64_t>((newest.value - before.value) * 100 / whole, 0, 99));
        if (!before) {
            file.keep();
            return {};
        }
    }
}

Exports::Shared Exports::find(model::AgentId by, std::int64_t id) const {
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() || found->second->order.by != by ? nullptr : found->second;
}

base::Result<ExportState> Exports::state(model::AgentId by, std::int64_t id) const {
    const std::lock_guard lock(m_mutex);
    const auto job = find(by, id);
    return job == nullptr ? base::Result<ExportState>(base::rejected("not_found")) : job->state;
}

std::vector<ExportState> Exports::all(model::AgentId by) const {
    const std::lock_guard lock(m_mutex);
    std::vector<ExportState> states;
    for (const auto& [id, job] : m_jobs)
        if (job->order.by == by)
            states.push_back(job->state);
    std::reverse(states.begin(), states.end());
    return states;
}

base::Result<int> Exports::open(model::AgentId by, std::int64_t id) const {
    auto found = state(by, id);
    if (!found)
        return found.error();
    if (found->stage != ExportStage::Done)
        return base::conflict("export_not_ready");
    const int descriptor = ::open(pathOf(id).c_str(), O_RDONLY | O_CLOEXEC);
    return descriptor >= 0 ? base::Result<int>(descriptor) : base::Result<int>(base::rejected("not_found"));
}

base::Result<void> Exports::cancel(model::AgentId by, std::int64_t id) {
    const std::lock_guard lock(m_mutex);
    const auto job = find(by, id);
    if (job == nullptr)
        return base::rejected("not_found");
    job->cancelled = true;
    if (job->over())
        drop(id);
    else if (job->state.stage == ExportStage::Waiting)
        job->state.stage = ExportStage::Cancelled;
    return {};
}

void Exports::drop(std::int64_t id) {
    ::unlink(pathOf(id).c_str()); // a name, no disk work that lasts
    m_jobs.erase(id);
}

void Exports::forget(model::InstanceId instance) {
    const std::lock_guard lock(m_mutex);
    std::vector<std::int64_t> written;
    for (const auto& [id, job] : m_jobs) {
        if (job->order.instance != instance)
            continue;
        if (job->state.stage == ExportStage::Running)
            job->outdated = job->cancelled = true;
        else if (job->over())
            written.push_back(id);
    }
    for (const auto id : written)
        drop(id);
}

void Exports::sweep() {
    const auto before = m_clock.now() - kKeep;
    const std::lock_guard lock(m_mutex);
    std::vector<std::int64_t> old;
    for (const auto& [id, job] : m_jobs)
        if (job->over() && job->state.createdAt < before)
            old.push_back(id);
    for (const auto id : old)
        drop(id);
}

void Exports::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (const auto& [id, job] : m_jobs)
            job->cancelled = true;
    }
    m_pool.cancel();
}

} // namespace cb::jobs
