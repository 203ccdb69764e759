#include "client/workbench/end_prompt.h"

#include <QtGui/QInputMethod>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTextEdit>

namespace cb::workbench {

using widgets::Button;

EndPrompt::EndPrompt(QWidget* anywhereInWindow)
    : Floating(anywhereInWindow)
    , m_question(new widgets::Label)
    , m_hint(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_end(new Button({}, Button::Kind::Primary))
    , m_cancel(new Button({})) {
    setFocusPolicy(Qt::StrongFocus);
    m_question->setStrong(true);
    m_hint->setTone(widgets::Tone::Muted);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(look().grid(2));
    buttons->addWidget(m_hint, 1);
    for (Button* button : {m_cancel, m_end}) {
        button->setSmall(true);
        button->setFocusPolicy(Qt::NoFocus); // a space that was meant for the message presses nothing
        buttons->addWidget(button);
    }
    auto* column = new QVBoxLayout(this);
    const int pad = shadowMargin() + look().grid(3);
    column->setContentsMargins(pad, pad, pad, pad);
    column->setSpacing(look().grid(2));
    column->addWidget(m_question);
    column->addLayout(buttons);
    m_question->setWordWrap(true);
    connect(m_end, &Button::clicked, this, &EndPrompt::confirm);
    connect(m_cancel, &Button::clicked, this, &EndPrompt::dismiss);
    EndPrompt::retranslate();
}

void EndPrompt::retranslate() {
    m_question->setText(tr("End the session with %1?").arg(m_customer));
    m_hint->setText(tr("Enter: end · Esc: go on"));
    m_end->setText(tr("End"));
    m_cancel->setText(tr("Go on"));
    setAccessibleName(m_question->text());
    setAccessibleDescription(m_hint->text());
}

void EndPrompt::ask(const QWidget* anchor, const QString& customer) {
    if (isVisible())
        return;
    m_anchor = anchor;
    m_before = QApplication::focusWidget();
    m_customer = customer;
    retranslate();
    placeAgain();
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void EndPrompt::placeAgain() {
    if (!m_anchor)
        return;
    const int width = qMin(qMax(look().px(320), m_hint->sizeHint().width() + m_end->sizeHint().width() +
                                                    m_cancel->sizeHint().width() + look().grid(12)),
                           parentWidget()->width() - look().grid(4));
    const int margin = 2 * shadowMargin();
    placeAt(m_anchor, {width, layout()->heightForWidth(width + margin) - margin});
}

void EndPrompt::dismiss() {
    if (!isVisible())
        return;
    const QPointer<QWidget> before = hasFocus() ? m_before : nullptr;
    if (before)
        before->setFocus(Qt::OtherFocusReason);
    hide();
}

void EndPrompt::confirm() {
    dismiss();
    Q_EMIT confirmed();
}

bool composes(const QLocale& input) {
    switch (input.language()) {
    case QLocale::Chinese:
    case QLocale::Cantonese:
    case QLocale::Japanese:
    case QLocale::Korean:
    case QLocale::Vietnamese:
        return true;
    default:
        return false;
    }
}

/// The focus is back where it was; the key follows when one can write there. It has passed the input method by, in
/// which it would have been the first of several.
void EndPrompt::passOn(const QKeyEvent& event) {
    const QPointer<QWidget> before = m_before;
    dismiss();
    if (!qobject_cast<QTextEdit*>(before.data()) && !qobject_cast<QLineEdit*>(before.data()))
        return;
    if (composes(QGuiApplication::inputMethod()->locale()))
        return;
    QKeyEvent again(event.type(), event.key(), event.modifiers(), event.text());
    QApplication::sendEvent(before, &again);
}

void EndPrompt::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->isAutoRepeat() && event->modifiers().testFlag(Qt::ControlModifier) == false)
        confirm();
    else if (event->key() == Qt::Key_Escape)
        dismiss();
    else if (!enter && !event->text().isEmpty() && event->text().at(0).isPrint())
        passOn(*event);
    // The others are for nobody: this stands in front.
}

void EndPrompt::focusOutEvent(QFocusEvent* event) {
    Floating::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        hide();
}

} // namespace cb::workbench
