#include "client/workbench/key_pad.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

KeyPad::KeyPad(state::Calls& calls, QWidget* anywhereInWindow)
    : Floating(anywhereInWindow)
    , m_calls(calls)
    , m_pressed(new widgets::ElidedLabel({}, widgets::TextSize::Title))
    , m_keys(new KeyGrid) {
    setFocusPolicy(Qt::StrongFocus);
    m_pressed->setElideMode(Qt::ElideLeft); // the latest are seen
    m_pressed->setAlignment(Qt::AlignCenter);
    m_pressed->setMinimumHeight(look().controlHeight());
    auto* column = new QVBoxLayout(this);
    const int pad = shadowMargin() + look().grid(3);
    column->setContentsMargins(pad, pad, pad, pad);
    column->setSpacing(look().grid(2));
    column->addWidget(m_pressed);
    column->addWidget(m_keys);
    connect(m_keys, &KeyGrid::pressed, this, &KeyPad::press);
    connect(&calls, &state::Calls::changed, this, [this] {
        if (!state::isOn(m_calls.phase()))
            dismiss();
    });
    KeyPad::retranslate();
}

void KeyPad::retranslate() {
    setAccessibleName(tr("Keypad"));
}

void KeyPad::toggle(const QWidget* anchor) {
    if (isVisible())
        return dismiss();
    m_before = QApplication::focusWidget();
    m_pressed->clear();
    const int margin = 2 * shadowMargin();
    placeAt(anchor, layout()->sizeHint() - QSize(margin, margin));
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void KeyPad::dismiss() {
    if (!isVisible())
        return;
    const bool inside = hasFocus() || isAncestorOf(QApplication::focusWidget());
    hide();
    if (inside && m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

void KeyPad::press(QChar key) {
    m_calls.pressKey(key);
    m_pressed->setText(m_pressed->text() + key);
}

void KeyPad::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        return dismiss();
    if (const auto key = telephoneKey(*event))
        press(*key);
    // The others are for nobody: this stands in front.
}

} // namespace cb::workbench
