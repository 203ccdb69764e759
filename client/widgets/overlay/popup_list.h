#pragma once

#include "client/widgets/overlay/floating.h"
#include "client/widgets/overlay/list_row.h"

class QListView;
class QStandardItem;
class QStandardItemModel;

namespace cb::widgets {

/// A short list over an editor that keeps the focus, as for “/” quick replies. The editor's owner passes its keys in.
class PopupList : public Floating {
    Q_OBJECT
public:
    explicit PopupList(QWidget* anchor);

    /// Replaces the rows; an empty list hides the popup. The first row is chosen.
    void setRows(const std::vector<ListRow>& rows);
    void popup();
    /// Up, Down, Page keys, Enter, Tab, Escape; false when the key is not for the list (or it is hidden).
    bool handleKey(const QKeyEvent& event);
    int count() const;

Q_SIGNALS:
    void chosen(const QVariant& data);
    void dismissed();

private:
    void step(int by);
    void choose();

    QWidget* m_anchor;
    QListView* m_view;
    QStandardItemModel* m_model;
};

/// The item that carries \p row.
QStandardItem* makeItem(const ListRow& row);

} // namespace cb::widgets
