#pragma once

#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"

#include <QDialog>

class QHBoxLayout;
class QVBoxLayout;

namespace cb::widgets {

/// A small modal window: title, contents, buttons at the lower right. For short creation and for confirmation of loss
/// only.
class Dialog : public Themed<QDialog> {
    Q_OBJECT
public:
    explicit Dialog(const QString& title, QWidget* parent);

    QVBoxLayout* body() const { return m_body; }
    /// Left to right; the first Primary or Danger one is what Enter does, unless setSafe() says otherwise.
    Button* addButton(const QString& text, Button::Kind kind);
    Button* addCancel();
    void setHeading(const QString& title);

protected:
    void retranslate() override;
    void restyle() override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    Label* m_title;
    QVBoxLayout* m_body;
    QHBoxLayout* m_buttons;
    Button* m_cancel = nullptr;
};

/// Asks before something is lost. Cancel has the focus; Escape and closing mean cancel. Open with open(); accepted() is
/// the yes.
class ConfirmDialog : public Dialog {
    Q_OBJECT
public:
    ConfirmDialog(const QString& question, const QString& consequence, const QString& action, QWidget* parent);
    /// For questions where nothing is lost: a Primary button that has the focus.
    void setHarmless();
    Button* actionButton() const { return m_action; }

private:
    Button* m_action;
    Button* m_cancelButton;
};

} // namespace cb::widgets
