#pragma once

#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/scroll_column.h"

#include <functional>

namespace cb::widgets {

/// The panel at a page's right edge for details and editing. Escape closes it, Ctrl+S saves; what was edited is never
/// lost without a question.
class Drawer : public Ground {
    Q_OBJECT
public:
    explicit Drawer(QWidget* parent = nullptr);

    /// Shows `form` (owned from here on; the one before goes) and gives its first field the focus. `save` is the
    /// button's text; empty: there is nothing to save.
    void open(const QString& title, QWidget* form, const QString& save = {});
    QWidget* form() const { return m_form; }
    bool isOpen() const { return m_form != nullptr; }

    void setEdited(bool edited);
    bool isEdited() const { return m_edited; }
    void setBusy(bool busy); ///< while it is being saved
    /// What the server refused, in words, and its code in small print; empty takes it away.
    void setRefusal(const QString& sentence, const QString& code = {});

    /// Does `go` when nothing would be lost or the user says so; the drawer is closed then. Nothing while it is saved.
    void leave(std::function<void()> go = {});
    void close(); ///< without a question

Q_SIGNALS:
    void saveWanted();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void retranslate() override;
    void restyle() override;

private:
    Label* m_title;
    IconButton* m_close;
    ScrollColumn* m_column;
    QWidget* m_form = nullptr;
    Label* m_refusal;
    Label* m_code;
    QWidget* m_foot;
    Button* m_cancel;
    Button* m_save;
    bool m_edited = false;
};

} // namespace cb::widgets
