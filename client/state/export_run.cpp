#include "client/state/export_run.h"

#include "client/bridge/convert.h"

#include <QtCore/QSaveFile>

#include <algorithm>

namespace cb::state {

ExportRun::ExportRun(api::RecordsClient& client, QObject* parent, std::vector<base::Millis> intervals)
    : QObject(parent)
    , m_client(client)
    , m_intervals(std::move(intervals)) {
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ExportRun::ask);
}

void ExportRun::set(Stage stage, const base::Error& error) {
    m_stage = stage;
    m_error = error;
    Q_EMIT changed();
}

void ExportRun::start(const wire::NewExport& order) {
    if (m_stage == Stage::Running || m_stage == Stage::Saving)
        return;
    if (m_stage == Stage::Ready)
        m_client.cancelExport(m_job.id, nullptr, {});
    ++m_generation;
    m_job = {};
    m_asked = 0;
    m_ending = false;
    m_since.start();
    set(Stage::Running);
    m_client.startExport(order, this, [this, generation = m_generation](const base::Result<wire::ExportJob>& job) {
        if (generation == m_generation)
            take(job);
    });
}

void ExportRun::follow(std::int64_t job) {
    if (m_stage == Stage::Running || m_stage == Stage::Saving)
        return;
    ++m_generation;
    m_job = {};
    m_job.id = job;
    m_asked = 0;
    m_ending = false;
    m_since.start();
    set(Stage::Running);
    ask();
}

void ExportRun::ask() {
    ++m_asked;
    m_client.exportJob(m_job.id, this, [this, generation = m_generation](const base::Result<wire::ExportJob>& job) {
        if (generation == m_generation)
            take(job);
    });
}

void ExportRun::take(const base::Result<wire::ExportJob>& job) {
    const auto later = [this] {
        m_next.start(static_cast<int>(m_intervals[std::min(m_asked, m_intervals.size() - 1)].count()));
    };
    if (!job) {
        // Asking again does no harm; whether an order without an answer was heard is not known, so it counts as none.
        if (m_job.id != 0 && job.error().grade == base::Grade::Retry)
            return later();
        const bool unwanted = m_ending;
        m_ending = false;
        return unwanted ? set(Stage::None) : set(Stage::Failed, job.error());
    }
    m_job = *job;
    if (m_ending && m_asked == 0)
        return cancel(); // it was wished before the job had a number
    if (m_job.state == "done")
        return set(Stage::Ready);
    if (m_job.state == "failed")
        return set(Stage::Failed, base::rejected(m_job.error.empty() ? "internal" : m_job.error));
    if (m_job.state == "cancelled")
        return set(Stage::None);
    later();
    Q_EMIT changed();
}

void ExportRun::cancel() {
    if (m_stage == Stage::Saving) {
        if (m_transfer)
            m_transfer->cancel();
        return;
    }
    if (m_stage != Stage::Running && m_stage != Stage::Ready)
        return;
    m_ending = true;
    m_next.stop();
    Q_EMIT changed();
    if (m_job.id == 0)
        return;
    const auto generation = ++m_generation;
    m_client.cancelExport(m_job.id, this, [this, generation](const base::Result<void>& answer) {
        if (generation == m_generation)
            ended(answer);
    });
}

void ExportRun::ended(const base::Result<void>& answer) {
    m_ending = false;
    if (answer || answer.error().code == "not_found")
        return set(Stage::None);
    set(Stage::Failed, answer.error());
}

void ExportRun::dismiss() {
    if (m_stage == Stage::Failed)
        set(Stage::None);
}

void ExportRun::save(const QString& path) {
    if (m_stage != Stage::Ready || m_ending)
        return;
    auto file = std::make_unique<QSaveFile>(path);
    if (!file->open(QIODevice::WriteOnly))
        return set(Stage::Ready,
                   base::with(base::rejected("file_unwritable"), "reason", bridge::toStd(file->errorString())));
    m_saved = 0;
    set(Stage::Saving);
    m_transfer = m_client.saveExport(m_job.id, std::move(file), this, [this, path](const base::Result<void>& answer) {
        if (!answer)
            return set(answer.error().code == "not_found" ? Stage::Failed : Stage::Ready, answer.error());
        m_client.cancelExport(m_job.id, nullptr, {}); // nobody else needs it there
        set(Stage::None);
        Q_EMIT saved(path);
    });
    connect(m_transfer, &api::Transfer::progressed, this, [this](int percent) {
        m_saved = percent;
        Q_EMIT changed();
    });
}

} // namespace cb::state
