#pragma once

#include "client/widgets/controls/button.h"
#include "client/widgets/table/state_store.h"
#include "client/widgets/table/table_model.h"

#include <QTableView>
#include <QTimer>

namespace cb::widgets {

/// What can be done with a row: a button at its right end under the pointer, an entry of its context menu, and perhaps
/// a key.
struct RowAction {
    QString id;
    Glyph glyph = Glyph::Pencil;
    QString text;
    QKeySequence keys;                      ///< while the table has the focus
    std::function<bool(int sourceRow)> can; ///< empty: always
};

/// Rows with our look: only what is seen is painted, a click on a title sorts, widths and order of the columns are
/// remembered. Enter and a double click open a row.
class TableView : public Themed<QTableView> {
    Q_OBJECT
public:
    explicit TableView(QWidget* parent = nullptr);

    TableModel& table() { return *m_table; }
    TableRows& rows() { return *m_rows; }
    /// After the columns are set.
    void remember(const StateStore& store, const QString& key);
    void setActions(std::vector<RowAction> actions);
    void setSortable(bool sortable);

    int currentRow() const; ///< in the source; -1: none
    void selectKey(const QVariant& key);
    /// The rows that pass, in the order shown, columns as they stand: as a file has them.
    std::vector<QStringList> texts() const;
    QStringList titles() const;
    int hoveredRow() const { return m_hovered; }
    /// Sets the number of rows and keeps the selection and the place.
    void reload(int rows);

Q_SIGNALS:
    void opened(int sourceRow);
    void actionTriggered(const QString& id, int sourceRow);
    void selectionMoved();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    bool viewportEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void restyle() override;

private:
    class Buttons;
    void hover(int row);
    void placeButtons();
    void save();
    std::vector<int> columnOrder() const;
    bool can(const RowAction& action, int sourceRow) const { return !action.can || action.can(sourceRow); }

    TableModel* m_table;
    TableRows* m_rows;
    Buttons* m_buttons;
    std::vector<RowAction> m_actions;
    StateStore m_store;
    QString m_key;
    QTimer m_saving;
    QVariant m_currentKey; ///< kept: the rows behind the index may be others by the time it is asked for
    int m_hovered = -1;
};

} // namespace cb::widgets
