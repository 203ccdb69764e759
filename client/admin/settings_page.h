#pragma once

#include "client/admin/form.h"
#include "client/admin/page.h"
#include "client/widgets/controls/scroll_column.h"
#include "client/widgets/table/table_page.h"

#include <QtWidgets/QStackedWidget>

namespace cb::admin {

/// One part of the instance's settings: of a mode, or of all. The server takes them as a whole, so the others go along
/// as they were read last.
class SettingsPage : public widgets::Ground, public Page {
    Q_OBJECT
public:
    enum class Part { Chat, AllMedia, Phone, Routing };

    SettingsPage(const Context& context, Part part, QWidget* parent = nullptr);

    bool isEdited() const override { return m_form != nullptr && m_form->isEdited(); }
    void leave(std::function<void()> go) override;

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void retranslate() override;

private:
    void refresh();
    void build();
    void buildText();
    void buildPhone();
    void buildRouting();
    /// A number that counts only while something is on.
    NumberField* bound(QCheckBox* check, NumberField* number);
    void save();
    void tellButtons();

    Context m_context;
    Part m_part;
    widgets::PageHead* m_head;
    widgets::Strip* m_strip;
    QStackedWidget* m_pages;
    widgets::EmptyState* m_wait;
    widgets::ScrollColumn* m_column;
    widgets::Button* m_discard;
    widgets::Button* m_save;
    Form* m_form = nullptr;
    /// What the fields say, put into the settings.
    std::function<void(model::InstanceSettings&)> m_read;
};

} // namespace cb::admin
