#pragma once

#include "client/api/records_client.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

namespace cb::state {

/// One export from its order to the file. The server tells how far it is only when asked: that is done while it runs,
/// at growing intervals. GUI thread.
class ExportRun : public QObject {
    Q_OBJECT
public:
    enum class Stage {
        None,
        Running, ///< the server writes, or what was ordered has not been answered yet
        Ready,   ///< to be saved or discarded; error() when saving went wrong
        Saving,
        Failed ///< error() says why
    };
    Q_ENUM(Stage)

    explicit ExportRun(api::RecordsClient& client, QObject* parent = nullptr,
                       std::vector<base::Millis> intervals = {base::Millis(400), base::Millis(800), base::Millis(1'500),
                                                              base::Millis(3'000), base::Millis(6'000)});

    Stage stage() const { return m_stage; }
    const wire::ExportJob& job() const { return m_job; }
    const base::Error& error() const { return m_error; } ///< empty code: none
    bool isEnding() const { return m_ending; }           ///< cancel() is under way
    qint64 elapsedMillis() const { return m_since.isValid() ? m_since.elapsed() : 0; }
    int savedPercent() const { return m_saved; }

    /// Nothing while one is running or being saved; one that is ready is discarded.
    void start(const wire::NewExport& order);
    /// One that is running already: the answer `export_running` names it.
    void follow(std::int64_t job);
    /// Stops it, or discards its file; while it is being saved, stops that only.
    void cancel();
    void dismiss(); ///< a failed one
    /// When it is ready. The server's copy goes once ours is whole.
    void save(const QString& path);

Q_SIGNALS:
    void changed();
    void saved(const QString& path);

private:
    void set(Stage stage, const base::Error& error = {});
    void ask();
    void take(const base::Result<wire::ExportJob>& job);
    void ended(const base::Result<void>& answer);

    api::RecordsClient& m_client;
    std::vector<base::Millis> m_intervals;
    Stage m_stage = Stage::None;
    wire::ExportJob m_job;
    base::Error m_error;
    QElapsedTimer m_since;
    QTimer m_next;
    std::size_t m_asked = 0;
    bool m_ending = false;
    int m_saved = 0;
    QPointer<api::Transfer> m_transfer;
    std::uint64_t m_generation = 0; ///< answers about an earlier one are dropped
};

} // namespace cb::state
