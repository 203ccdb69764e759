#pragma once

#include "client/admin/list_page.h"

#include <QtWidgets/QComboBox>

namespace cb::admin {

/// What admins did: page by page as one scrolls, of one admin or one kind of thing; a row opens to before and after. A
/// search looks through what is here and says how far that reaches; a file has everything up to kMostInFile.
class AuditPage : public ListPage {
    Q_OBJECT
public:
    static constexpr std::size_t kMostInFile = 50'000; ///< entries

    explicit AuditPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void collect(std::function<void(const QString& missing)> write) override;

private:
    void tellWords();
    void fillFilters();
    void ask();
    void show();
    void filter();
    void tellReach();
    void goOn();
    void giveUp();
    widgets::TableCell cell(int row, int column) const;
    void open(int row);
    QComboBox* m_who;
    QComboBox* m_what;
    std::function<void(const QString& missing)> m_write; ///< a file waits for older entries
};

} // namespace cb::admin
