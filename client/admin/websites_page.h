#pragma once

#include "client/admin/list_page.h"

namespace cb::admin {

class WidgetPreview;

/// Websites（桌面网站）whose visitors can write: domain, colour, which flow greets, the snippet.
class WebsitesPage : public ListPage {
    Q_OBJECT
public:
    explicit WebsitesPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    widgets::TableCell cell(int row, int column) const;
    void open(int row); ///< -1: a new one
    Form* makeForm(const model::Channel& channel);
    void addFlows(Form& form);
    void addSnippet(Form& form);
    void preview();
    void store();
    void link(const QString& said);
    void unlink(int row);
    void askDelete(int row);
    void copySnippet(const model::Channel& channel);
    QString snippet(const model::Channel& channel) const;
    const wire::FlowHead* flow(model::FlowId id) const;

    std::vector<model::Channel> m_rows;
    model::Channel m_channel; ///< of the form that is open, as the server has it
    widgets::TextField* m_name = nullptr;
    widgets::TextField* m_domain = nullptr;
    widgets::TextField* m_colour = nullptr;
    widgets::SelectField* m_flow = nullptr;
    WidgetPreview* m_preview = nullptr;
};

} // namespace cb::admin
