#pragma once

#include "client/widgets/controls/label.h"
#include "client/widgets/controls/status.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QSortFilterProxyModel>
#include <QVariant>

#include <functional>
#include <optional>
#include <vector>

namespace cb::widgets {

/// What stands in one cell.
struct TableCell {
    QString text{};
    QVariant sort{}; ///< number or QDateTime; invalid: the text is compared. A file gets a time from here, too
    QString tip{};   ///< on hover; empty: the text, when it is cut off
    Tone tone = Tone::Normal;
    std::optional<StatusTone> dot{}; ///< in front of the text
};

struct TableColumn {
    QString id; ///< stable: widths and order are remembered by it
    QString title;
    int width = 160; ///< design pixels, the first time
    bool number = false;
};

/// Rows that somebody else holds, as a table: nothing is copied, a cell is asked for when it is painted.
class TableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        SortRole = Qt::UserRole + 1,
        KeyRole,
        ToneRole,
        DotRole,
        NumberRole,
        FileRole ///< what stands in a file: times as ISO 8601 with their offset, plain numbers, else the text
    };

    using CellOf = std::function<TableCell(int row, int column)>;
    using KeyOf = std::function<QVariant(int row)>;

    explicit TableModel(QObject* parent = nullptr);

    /// `key` names a row over reloads: the selection stays with it.
    void setColumns(std::vector<TableColumn> columns, CellOf cell, KeyOf key);
    const std::vector<TableColumn>& columns() const { return m_columns; }
    void setTitles(const QStringList& titles); ///< in another language
    void setRows(int count);                   ///< all anew
    void appendRows(int count);                ///< at the end
    /// What comes when somebody scrolls to the end; empty: there is no more.
    void setMore(std::function<void()> fetch) { m_more = std::move(fetch); }

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override { return !parent.isValid() && m_more; }
    void fetchMore(const QModelIndex& parent) override;

private:
    std::vector<TableColumn> m_columns;
    CellOf m_cell;
    KeyOf m_key;
    std::function<void()> m_more;
    int m_rows = 0;
};

/// The rows that pass, in the order asked for: numbers and times by value, texts as people sort them (2 before 10).
class TableRows : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using Passes = std::function<bool(int sourceRow)>;

    explicit TableRows(QObject* parent = nullptr);
    void setPasses(Passes passes);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    Passes m_passes;
    QCollator m_collator;
};

} // namespace cb::widgets
