#pragma once

#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"
#include "client/widgets/overlay/floating.h"

#include <QtCore/QLocale>
#include <QtCore/QPointer>

namespace cb::workbench {

/// The light question before a session is ended, at the button that asks it: Enter ends, Esc does not. Whoever came
/// here by mistake and types on gets their letters where they wanted them, and nothing has happened; with an input
/// method the first key only closes the question, a letter would not come to it any more. GUI thread.
class EndPrompt : public widgets::Floating {
    Q_OBJECT
public:
    explicit EndPrompt(QWidget* anywhereInWindow);

    void ask(const QWidget* anchor, const QString& customer);
    void placeAgain(); ///< the window's shape has changed
    void dismiss();    ///< the keyboard focus goes back to where it was

Q_SIGNALS:
    void confirmed();

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void confirm();
    void passOn(const QKeyEvent& event);

    QPointer<const QWidget> m_anchor;
    QPointer<QWidget> m_before; ///< had the focus
    QString m_customer;
    widgets::Label* m_question;
    widgets::Label* m_hint;
    widgets::Button* m_end;
    widgets::Button* m_cancel;
};

/// Whoever writes in this language (QInputMethod::locale) composes what they write from several keys.
bool composes(const QLocale& input);

} // namespace cb::workbench
