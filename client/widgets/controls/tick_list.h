#pragma once

#include "client/widgets/controls/field.h"

#include <QVariant>

#include <vector>

class QListView;
class QStandardItemModel;
class QSortFilterProxyModel;

namespace cb::widgets {

/// Some of many: a search field over rows with a tick each. Space ticks the row with the focus, a click anywhere in a
/// row does, too.
class TickList : public Themed<QWidget> {
    Q_OBJECT
public:
    struct Row {
        QString title;
        QString subtitle; ///< after it, muted; searched, too
        QVariant key;
        bool ticked = false;
    };

    explicit TickList(const QString& name, QWidget* parent = nullptr);

    void setRows(const std::vector<Row>& rows);
    std::vector<QVariant> ticked() const;
    SearchField* search() const { return m_search; }
    /// Said below when there are no rows at all.
    void setNothing(const QString& sentence);

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;
    void restyle() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void toggle(const QModelIndex& index);
    void tell();

    QString m_nothing;
    SearchField* m_search;
    QListView* m_view;
    Label* m_count;
    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_rows;
};

} // namespace cb::widgets
