#include "server/jobs/erasure.h"

#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <chrono>
#include <thread>

namespace cb::jobs {

namespace {

constexpr std::size_t kRows = 200; ///< in one transaction: a few milliseconds
constexpr int kScrubs = 20;
constexpr std::chrono::milliseconds kBetweenScrubs{50};

} // namespace

base::Result<void> Erasure::finish(model::CustomerId customer, const Documents& documents) {
    const auto instance = instanceOf(customer);
    if (!instance)
        return instance.error();
    auto removed = m_index.remove(documents); // a failure of the index keeps no text alive
    model::SessionId after;
    for (bool done = false; !done;) {
        store::LostFiles files;
        model::SessionId next = after;
        auto step = store::runJob(m_writer, [&](store::Tables& tables) -> base::Result<void> {
            auto some = tables.eraseSome(customer, next, kRows, files);
            if (!some)
                return some.error();
            done = *some;
            return {};
        });
        if (!step)
            return step;
        after = next;
        m_attachments.removeFiles(files.attachments);
        deleteRecordings(files.recordings);
        if (m_filesGone && !files.attachments.empty())
            m_filesGone(files.attachments);
    }
    if (m_erased && *instance)
        m_erased(*instance);
    if (auto scrubbed = scrub(); !scrubbed)
        return scrubbed;
    return removed;
}

base::Result<model::InstanceId> Erasure::instanceOf(model::CustomerId customer) {
    auto reader = m_database.reader();
    if (!reader)
        return reader.error();
    auto row = reader->customers().byId(customer);
    if (!row)
        return row.error();
    return *row ? (*row)->instance : model::InstanceId{};
}

void Erasure::deleteRecordings(const std::vector<std::string>& recordings) {
    if (m_deleteRecordings && !recordings.empty())
        m_deleteRecordings(recordings);
}

base::Result<void> Erasure::scrub() {
    for (int i = 0; i < kScrubs; ++i) {
        auto empty = m_database.scrub();
        if (!empty)
            return empty.error();
        if (*empty)
            return {};
        std::this_thread::sleep_for(kBetweenScrubs);
    }
    return {}; // the log is emptied by the next checkpoint that finds no reader
}

base::Result<std::int64_t> Erasure::finishAll() {
    constexpr std::size_t kPage = 100;
    std::int64_t count = 0;
    for (;;) {
        std::vector<model::CustomerId> left;
        {
            auto reader = m_database.reader();
            if (!reader)
                return reader.error();
            auto erased = reader->customers().erased(kPage);
            if (!erased)
                return erased.error();
            left = std::move(*erased);
        }
        for (const auto customer : left) {
            if (auto finished = finish(customer, {}); !finished)
                return finished.error();
            ++count;
        }
        if (left.size() < kPage)
            return count;
    }
}

} // namespace cb::jobs
