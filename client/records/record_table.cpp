#include "client/records/record_table.h"

#include "client/bridge/error_text.h"

#include <QtCore/QLocale>

namespace cb::records {

using widgets::Glyph;

RecordTable::RecordTable(model::Mode mode, bool withAgent, api::RecordsClient& client, const widgets::StateStore& store,
                         std::function<QDateTime()> now, QWidget* parent)
    : DataTable(parent)
    , m_mode(mode)
    , m_columns(RecordWords::columns(mode, withAgent))
    , m_list(client)
    , m_now(std::move(now)) {
    table().setColumns(
        RecordWords::tableColumns(m_columns),
        [this](int row, int column) {
            const auto place = std::size_t(row);
            return place < m_list.rows().size()
                       ? RecordWords::cell(m_list.rows()[place], m_columns[std::size_t(column)], m_now())
                       : widgets::TableCell{};
        },
        [this](int row) {
            const auto place = std::size_t(row);
            return place < m_list.rows().size() ? QVariant(qint64(m_list.rows()[place].id.value)) : QVariant();
        });
    view().setSortable(false); // what is not here yet cannot be sorted: newest first, always
    view().remember(store, QStringLiteral("records-%1").arg(int(mode)));
    const auto open = [this](int row) {
        if (!m_showing && row >= 0 && std::size_t(row) < m_list.rows().size())
            Q_EMIT openWanted(m_list.rows()[std::size_t(row)]);
    };
    connect(&view(), &widgets::TableView::opened, this, open);
    connect(&view(), &widgets::TableView::selectionMoved, this, [this, open] { open(view().currentRow()); });
    connect(&view(), &QAbstractItemView::clicked, this, // also the row that is chosen already
            [this, open](const QModelIndex& index) { open(view().rows().mapToSource(index).row()); });
    connect(&m_list, &state::RecordList::reset, this, &RecordTable::show);
    connect(&m_list, &state::RecordList::appended, this, &RecordTable::append);
    connect(&m_list, &state::RecordList::loadingChanged, this, &RecordTable::countChanged);
    connect(&m_list, &state::RecordList::failed, this, [this](const base::Error& error) {
        m_troubled = true;
        showError(RecordWords::error(error), bridge::errorCode(error));
        Q_EMIT countChanged();
    });
    connect(this, &DataTable::retryWanted, this, [this] {
        if (m_list.isThere() && !m_list.error() && m_list.hasMore())
            m_list.loadOlder();
        else
            m_list.reload();
    });
    connect(this, &DataTable::makeWanted, this, &RecordTable::clearWanted);
    RecordTable::tellWords();
}

void RecordTable::retranslate() {
    DataTable::retranslate();
    tellWords();
}

void RecordTable::tellWords() {
    table().setTitles(RecordWords::titles(m_columns, m_mode));
    setFiltered(m_filtered);
    view().viewport()->update();
}

void RecordTable::setFiltered(bool filtered) {
    m_filtered = filtered;
    if (filtered)
        setEmpty(Glyph::Search, tr("No record fits what is chosen above."), tr("Clear the filters"));
    else
        setEmpty(Glyph::Archive,
                 tr("There are no records of this time. Each conversation has one as soon as it begins."));
}

void RecordTable::show() {
    if (m_list.error()) {
        showError(RecordWords::error(*m_list.error()), bridge::errorCode(*m_list.error()));
        Q_EMIT countChanged();
        return;
    }
    m_showing = true;
    m_troubled = false;
    setMore();
    showRows(int(m_list.rows().size()));
    m_showing = false;
    Q_EMIT countChanged();
}

void RecordTable::append(int count) {
    setMore();
    if (m_troubled) {
        m_troubled = false;
        showRows(int(m_list.rows().size()));
    } else {
        table().appendRows(count);
    }
    Q_EMIT countChanged();
}

void RecordTable::setMore() {
    table().setMore(m_list.hasMore() ? std::function<void()>([this] { m_list.loadOlder(); }) : nullptr);
}

QString RecordTable::countText() const {
    const QLocale locale;
    const auto shown = qint64(m_list.rows().size());
    if (m_list.isLoading())
        return shown > 0 && m_list.isThere() && m_list.hasMore() ? tr("Looking further back…") : tr("Loading…");
    if (m_list.error() || shown == 0)
        return {};
    if (m_list.count())
        return tr("%1 in all")
            .arg(locale.toString(qint64(*m_list.count())) + (m_list.hasUncounted() ? QStringLiteral("+") : QString()));
    return tr("%1 found").arg(locale.toString(shown) + (m_list.hasMore() ? QStringLiteral("+") : QString()));
}

} // namespace cb::records
