#include "client/widgets/table/table_model.h"

#include <QDateTime>

namespace cb::widgets {

namespace {

/// "today, 14:02" says nothing to whoever opens a file tomorrow.
QString exactTime(const QDateTime& time) {
    const QDateTime local = time.toLocalTime();
    return local.isValid() ? local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate) : QString();
}

QString fileText(const TableCell& cell, bool number) {
    if (cell.sort.typeId() == QMetaType::QDateTime)
        return exactTime(cell.sort.toDateTime());
    return number && cell.sort.isValid() ? cell.sort.toString() : cell.text;
}

} // namespace

TableModel::TableModel(QObject* parent)
    : QAbstractTableModel(parent) {}

void TableModel::setColumns(std::vector<TableColumn> columns, CellOf cell, KeyOf key) {
    beginResetModel();
    m_columns = std::move(columns);
    m_cell = std::move(cell);
    m_key = std::move(key);
    endResetModel();
}

void TableModel::setTitles(const QStringList& titles) {
    for (std::size_t i = 0; i < m_columns.size() && qsizetype(i) < titles.size(); ++i)
        m_columns[i].title = titles[qsizetype(i)];
    if (!m_columns.empty())
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void TableModel::setRows(int count) {
    beginResetModel();
    m_rows = count;
    endResetModel();
}

void TableModel::appendRows(int count) {
    if (count <= 0)
        return;
    beginInsertRows({}, m_rows, m_rows + count - 1);
    m_rows += count;
    endInsertRows();
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows || !m_cell)
        return {};
    if (role == KeyRole)
        return m_key(index.row());
    const bool number = m_columns[std::size_t(index.column())].number;
    if (role == NumberRole)
        return number;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != SortRole && role != ToneRole && role != DotRole &&
        role != FileRole)
        return {};
    const TableCell cell = m_cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.tip;
    case SortRole:
        return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
    case ToneRole:
        return int(cell.tone);
    case FileRole:
        return fileText(cell, number);
    default:
        return cell.dot ? QVariant(int(*cell.dot)) : QVariant();
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount())
        return {};
    const auto& column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (column.number ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

void TableModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        m_more();
}

TableRows::TableRows(QObject* parent)
    : QSortFilterProxyModel(parent) {
    if (m_collator.locale() == QLocale::c()) // it compares bytes only
        m_collator.setLocale(QLocale(QLocale::English));
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setSortRole(TableModel::SortRole);
}

void TableRows::setPasses(Passes passes) {
    m_passes = std::move(passes);
    invalidateFilter();
}

bool TableRows::filterAcceptsRow(int row, const QModelIndex&) const {
    return !m_passes || m_passes(row);
}

bool TableRows::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(TableModel::SortRole);
    const QVariant b = right.data(TableModel::SortRole);
    if (a.typeId() == QMetaType::QString || b.typeId() == QMetaType::QString)
        return m_collator.compare(a.toString(), b.toString()) < 0;
    if (a.typeId() == QMetaType::QDateTime)
        return a.toDateTime() < b.toDateTime();
    return a.toDouble() < b.toDouble();
}

} // namespace cb::widgets
