#pragma once

#include "client/admin/list_page.h"

namespace cb::admin {

/// Numbers（电话管理）: which IVR answers each. The operator of the server gives numbers and takes them back.
class NumbersPage : public ListPage {
    Q_OBJECT
public:
    explicit NumbersPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    widgets::TableCell cell(int row, int column) const;
    void open(int row);
    Form* makeForm(const wire::NumberRow& number);
    void store(const wire::NumberRow& number);
    void copy(const QString& text);
    QString instance() const;

    std::vector<wire::NumberRow> m_rows;
    widgets::SelectField* m_flow = nullptr; ///< of the form that is open
};

} // namespace cb::admin
