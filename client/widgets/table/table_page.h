#pragma once

#include "client/widgets/controls/field.h"
#include "client/widgets/table/data_table.h"
#include "client/widgets/table/drawer.h"

namespace cb::widgets {

/// The head of a page: what it is, in one sentence what it is for, its main button.
class PageHead : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit PageHead(QWidget* parent = nullptr);
    /// An empty `action` leaves the button out.
    void tell(const QString& title, const QString& sentence, const QString& action = {});
    Button* button() const { return m_button; }
    void addButton(Button* button); ///< at the left of the main one

protected:
    void restyle() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    Label* m_title;
    Label* m_sentence;
    QHBoxLayout* m_buttons;
    Button* m_button;
};

/// Head, tool bar (search, filters, how many, export), table, and a drawer at its right edge.
class TablePage : public Ground {
    Q_OBJECT
public:
    explicit TablePage(QWidget* parent = nullptr);

    PageHead* head() const { return m_head; }
    DataTable* table() const { return m_table; }
    Drawer* drawer() const { return m_drawer; }
    SearchField* search() const { return m_search; }
    /// A filter beside the search field, with its accessible name.
    void addFilter(QWidget* filter);
    /// Above the table: what is wrong with all of it, or a hint.
    Strip* strip() const { return m_strip; }
    void setExportable(bool exportable) { m_export->setVisible(exportable); }
    void setSearchable(bool searchable) { m_search->setVisible(searchable); }
    /// What the file is called that the user is offered.
    void setFileName(const QString& name) { m_fileName = name; }
    /// The rows are only the newest ones of more: the count and the file say so.
    void setCut(bool cut);

Q_SIGNALS:
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void retranslate() override;
    void restyle() override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    /// Gets what belongs into a file and is not here yet, then calls `write` with what is to be said of the rest;
    /// empty: there is none.
    virtual void collect(std::function<void(const QString& missing)> write);

private:
    void tellCount();
    void exportRows();
    void writeRows(const QString& path, const QString& missing);

    PageHead* m_head;
    Strip* m_strip;
    QWidget* m_bar;
    QHBoxLayout* m_filters;
    SearchField* m_search;
    Label* m_count;
    IconButton* m_export;
    DataTable* m_table;
    Drawer* m_drawer;
    QString m_fileName;
    bool m_cut = false;
};

} // namespace cb::widgets
