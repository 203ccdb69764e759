#include "client/state/record_list.h"

#include <iterator>

namespace cb::state {

RecordList::RecordList(api::RecordsClient& client, QObject* parent, base::Millis pause)
    : QObject(parent)
    , m_client(client) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(static_cast<int>(pause.count()));
    connect(&m_pause, &QTimer::timeout, this, [this] { show(m_wished); });
}

void RecordList::show(const wire::RecordFilters& filters) {
    m_pause.stop();
    m_filters = filters;
    ++m_generation;
    m_fresh = true;
    m_next = {};
    m_wanted = kWindow;
    m_count.reset();
    m_uncounted = false;
    m_error.reset();
    setLoading(true);
    ask();
}

void RecordList::showSoon(const wire::RecordFilters& filters) {
    m_wished = filters;
    m_pause.start();
}

void RecordList::loadOlder() {
    if (m_loading || !hasMore())
        return;
    m_wanted = m_rows.size() + kWindow;
    setLoading(true);
    ask();
}

void RecordList::rest() {
    m_pause.stop();
    m_wanted = 0;
}

void RecordList::ask() {
    const bool searches = !m_filters.text.empty() || !m_filters.customer.empty();
    const bool first = m_next.value == 0;
    m_client.records(m_filters, {m_next, kWindow, first && !searches}, this,
                     [this, generation = m_generation](base::Result<wire::RecordPage> page) {
                         if (generation != m_generation)
                             return;
                         if (page)
                             take(std::move(*page));
                         else
                             fail(page.error());
                     });
}

void RecordList::take(wire::RecordPage page) {
    m_there = true;
    if (page.count) {
        m_count = page.count;
        m_uncounted = page.countMore;
    }
    // A page that does not lead further down would be asked for without end.
    const bool further = page.next.value > 0 && (m_next.value == 0 || page.next < m_next);
    m_next = further ? page.next : model::SessionId{};
    const std::size_t had = m_fresh ? 0 : m_rows.size();
    const bool goesOn = hasMore() && had + page.records.size() < m_wanted;
    const int count = static_cast<int>(page.records.size());
    const auto generation = m_generation; // who is told may ask for something else
    if (!goesOn)
        setLoading(false);
    if (m_fresh && (count > 0 || !goesOn)) {
        m_fresh = false;
        m_rows = std::move(page.records);
        Q_EMIT reset();
    } else if (count > 0) {
        std::move(page.records.begin(), page.records.end(), std::back_inserter(m_rows));
        Q_EMIT appended(count);
    } else if (!goesOn) {
        Q_EMIT appended(0); // whether there is more is known now
    }
    if (!goesOn || generation != m_generation)
        return;
    if ((m_fresh ? 0 : m_rows.size()) < m_wanted)
        ask();
    else
        setLoading(false); // nobody looks any more
}

void RecordList::fail(const base::Error& error) {
    setLoading(false);
    if (!m_fresh)
        return void(Q_EMIT failed(error));
    m_error = error;
    Q_EMIT reset();
}

void RecordList::setLoading(bool loading) {
    if (m_loading == loading)
        return;
    m_loading = loading;
    Q_EMIT loadingChanged();
}

} // namespace cb::state
