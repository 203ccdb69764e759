#pragma once

#include "client/admin/list_page.h"

namespace cb::admin {

/// The skill groups（技能组）of one mode.
class GroupsPage : public ListPage {
    Q_OBJECT
public:
    GroupsPage(const Context& context, model::Mode mode, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    widgets::TableCell cell(int row, int column) const;
    void open(int row); ///< -1: a new one
    Form* makeForm(const wire::GroupRow& group);
    void store();
    void storeMembers(const QString& said);
    void askDelete(int row);

    model::Mode m_mode;
    std::vector<wire::GroupRow> m_rows;
    wire::GroupRow m_group;               ///< of the form that is open, as the server has it
    widgets::TextField* m_name = nullptr; ///< likewise
    NumberField* m_limit = nullptr;
    QCheckBox* m_record = nullptr;
    widgets::TickList* m_members = nullptr;
};

} // namespace cb::admin
