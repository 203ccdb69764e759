#pragma once

#include "client/admin/list_page.h"

#include <QtWidgets/QComboBox>

namespace cb::admin {

/// What admins did: page by page as one scrolls, of one admin or one kind of thing; a row opens to before and after.
class AuditPage : public ListPage {
    Q_OBJECT
public:
    explicit AuditPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    void tellWords();
    void fillFilters();
    void ask();
    void show();
    widgets::TableCell cell(int row, int column) const;
    void open(int row);
    QString targetText(const wire::AuditEntry& entry) const;

    QComboBox* m_who;
    QComboBox* m_what;
};

} // namespace cb::admin
