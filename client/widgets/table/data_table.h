#pragma once

#include "client/widgets/controls/panels.h"
#include "client/widgets/table/table_view.h"

#include <QStackedWidget>

namespace cb::widgets {

/// A table with what stands in its place: nothing made yet, nothing found, being loaded, could not be loaded.
class DataTable : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit DataTable(QWidget* parent = nullptr);

    TableView& view() const { return *m_view; }
    TableModel& table() const { return m_view->table(); }
    /// What this is for, and the button that makes the first one (empty: none).
    void setEmpty(Glyph glyph, const QString& sentence, const QString& action = {});
    void setNothingFound(const QString& sentence);

    void showLoading(); ///< keeps rows that are there
    /// Keeps rows that are there, with the trouble above them. `code` is the small print.
    void showError(const QString& sentence, const QString& code);
    void showRows(int count);
    void setPasses(TableRows::Passes passes);
    int shown() const { return m_view->rows().rowCount(); }
    int total() const { return m_view->table().rowCount(); }

Q_SIGNALS:
    void makeWanted();  ///< the button of the empty state
    void retryWanted(); ///< the button beside the trouble
    void countsChanged();

protected:
    void retranslate() override;

private:
    void choose();

    QStackedWidget* m_pages;
    TableView* m_view;
    EmptyState* m_empty;
    EmptyState* m_nothing;
    EmptyState* m_loading;
    EmptyState* m_error;
    Strip* m_strip;
    QString m_nothingText;
    bool m_loaded = false;
    bool m_failed = false;
};

} // namespace cb::widgets
