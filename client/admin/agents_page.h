#pragma once

#include "client/admin/list_page.h"

#include <QtWidgets/QComboBox>

namespace cb::admin {

/// Agents and admins（客服管理）.
class AgentsPage : public ListPage {
    Q_OBJECT
public:
    explicit AgentsPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    void tellHead();
    bool isMailed() const; ///< letters leave by themselves
    void fillFilters();
    void filter();
    widgets::TableCell cell(int row, int column) const;
    QString groupNames(const std::vector<model::GroupId>& groups) const;
    std::vector<widgets::TickList::Row> groupRows(const std::vector<model::GroupId>& ticked) const;
    void open(int row); ///< -1: a new one
    Form* makeForm(const model::Agent& agent);
    void store(const model::Agent& agent);
    void askReset(int row);
    void askDelete(int row);
    void openBulk();

    QComboBox* m_group;
    QComboBox* m_role;
    widgets::Button* m_bulk;
    std::vector<wire::AgentRow> m_rows;
    std::map<model::GroupId, wire::GroupRow> m_groups;
    // Of the form that is open; those that are fixed are nullptr for somebody who exists.
    widgets::TextField* m_name = nullptr;
    widgets::TextField* m_staffNo = nullptr;
    widgets::TextField* m_email = nullptr;
    widgets::TextField* m_nickname = nullptr;
    widgets::TextField* m_mobile = nullptr;
    widgets::SelectField* m_newRole = nullptr;
    widgets::TickList* m_ticks = nullptr;
};

} // namespace cb::admin
