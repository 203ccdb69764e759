#pragma once

#include "client/widgets/overlay/floating.h"
#include "client/widgets/overlay/list_row.h"

#include <QPointer>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace cb::widgets {

class Label;

/// Ctrl+K: type a few letters, Enter. Rows are fixed when it opens; more may arrive while it is open (a search on the
/// server).
class CommandPalette : public Floating {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* anywhereInWindow);

    void open(std::vector<ListRow> rows, const QString& placeholder);
    /// Adds rows found elsewhere for the query in force.
    void addRows(const std::vector<ListRow>& rows);
    QString query() const;

Q_SIGNALS:
    void chosen(const QVariant& data);
    /// Each change of the text, for sources that search by themselves.
    void queryChanged(const QString& query);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void retranslate() override;

private:
    void filter();
    void place();
    void choose();
    void close();
    bool handleKey(int key);

    std::vector<ListRow> m_rows;
    QLineEdit* m_edit;
    QListView* m_view;
    QStandardItemModel* m_model;
    Label* m_nothing;
    QPointer<QWidget> m_focusBefore;
};

} // namespace cb::widgets
