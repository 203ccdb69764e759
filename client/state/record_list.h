#pragma once

#include "client/api/records_client.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <optional>
#include <vector>

namespace cb::state {

/// Service records that pass some filters, newest first, a window at a time. The server bounds the work on one page,
/// not its rows: pages are asked for until the window is full. Answers to an earlier question are dropped. Nothing is
/// asked by itself. GUI thread.
class RecordList : public QObject {
    Q_OBJECT
public:
    static constexpr int kWindow = 60; ///< rows that fill any screen

    /// `pause`: how long nobody has to have typed before showSoon() asks.
    explicit RecordList(api::RecordsClient& client, QObject* parent = nullptr, base::Millis pause = base::Millis(300));

    const std::vector<wire::Record>& rows() const { return m_rows; }
    const wire::RecordFilters& filters() const { return m_filters; }
    bool hasMore() const { return m_next.value != 0; }
    bool isLoading() const { return m_loading; }
    bool isThere() const { return m_there; }
    /// How many there are in all; nothing when the server was not asked for it (a search) or did not say.
    std::optional<std::int64_t> count() const { return m_count; }
    bool hasUncounted() const { return m_uncounted; } ///< there are more than count()
    /// Of the first window; nothing after a good one.
    const std::optional<base::Error>& error() const { return m_error; }

    void show(const wire::RecordFilters& filters);
    void showSoon(const wire::RecordFilters& filters); ///< after a short pause: while somebody types
    void reload() { show(m_filters); }
    void loadOlder(); ///< one window more; nothing while one is under way or there is none
    void rest();      ///< nobody looks: the page under way is the last one

Q_SIGNALS:
    void reset();                              ///< other rows are here, or could not be had
    void appended(int count);                  ///< further ones are
    void failed(const cb::base::Error& error); ///< further ones could not be had; loadOlder() tries again
    void loadingChanged();

private:
    void ask();
    void take(wire::RecordPage page);
    void fail(const base::Error& error);
    void setLoading(bool loading);

    api::RecordsClient& m_client;
    wire::RecordFilters m_filters;
    wire::RecordFilters m_wished; ///< until the pause is over
    QTimer m_pause;
    std::vector<wire::Record> m_rows;
    model::SessionId m_next; ///< where the next page begins; 0: no further one
    std::size_t m_wanted = 0;
    bool m_fresh = false; ///< the rows are still those of the question before
    bool m_loading = false;
    bool m_there = false;
    std::optional<std::int64_t> m_count;
    bool m_uncounted = false;
    std::optional<base::Error> m_error;
    std::uint64_t m_generation = 0;
};

} // namespace cb::state
