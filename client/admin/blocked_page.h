#pragma once

#include "client/admin/list_page.h"

namespace cb::admin {

/// Visitors whom an agent has blocked, and the way back for them.
class BlockedPage : public ListPage {
    Q_OBJECT
public:
    explicit BlockedPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    void tellHead();
    widgets::TableCell cell(int row, int column) const;
    void askUnblock(int row);

    std::vector<wire::BlockedCustomer> m_rows;
};

} // namespace cb::admin
