#pragma once

#include "client/admin/list_page.h"

namespace cb::admin {

/// Quick replies（快捷回复）: texts that agents put in with "/".
class RepliesPage : public ListPage {
    Q_OBJECT
public:
    explicit RepliesPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    void open(int row); ///< -1: a new one
    void store(model::QuickReplyId id);
    void askDelete(int row);

    std::vector<model::QuickReply> m_rows;
    widgets::TextField* m_title = nullptr; ///< of the form that is open
    widgets::TextArea* m_text = nullptr;
};

} // namespace cb::admin
