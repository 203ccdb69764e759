#include "client/widgets/overlay/dialog.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace cb::widgets {

Dialog::Dialog(const QString& title, QWidget* parent)
    : Themed<QDialog>(parent)
    , m_title(new Label(title, TextSize::Title, this))
    , m_body(new QVBoxLayout)
    , m_buttons(new QHBoxLayout) {
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addLayout(m_body, 1);
    column->addLayout(m_buttons);
    m_title->setWordWrap(true);
    m_buttons->addStretch(1);
    setModal(true);
    setHeading(title);
    Dialog::restyle();
}

void Dialog::setHeading(const QString& title) {
    m_title->setText(title);
    setWindowTitle(title);
}

void Dialog::restyle() {
    const Look& l = look();
    layout()->setContentsMargins(l.grid(5), l.grid(5), l.grid(5), l.grid(4));
    layout()->setSpacing(l.grid(4));
    m_body->setSpacing(l.grid(3));
    m_buttons->setSpacing(l.grid(2));
    setMinimumWidth(l.px(400));
}

void Dialog::retranslate() {
    if (m_cancel != nullptr)
        m_cancel->setText(tr("Cancel"));
}

Button* Dialog::addButton(const QString& text, Button::Kind kind) {
    auto* button = new Button(text, kind, this);
    m_buttons->addWidget(button);
    if (kind == Button::Kind::Primary)
        button->setDefault(true);
    return button;
}

Button* Dialog::addCancel() {
    m_cancel = addButton(tr("Cancel"), Button::Kind::Secondary);
    connect(m_cancel, &QAbstractButton::clicked, this, &QDialog::reject);
    return m_cancel;
}

void Dialog::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), look().color.surface);
}

/// A window's size hint does not know that wrapped text is higher when it is narrower.
void Dialog::showEvent(QShowEvent* event) {
    Themed<QDialog>::showEvent(event);
    layout()->activate();
    const int wide = qMax(width(), layout()->totalSizeHint().width());
    const int high = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wide) : 0;
    // What scrolls or zooms would like more than there is.
    const int most = parentWidget() != nullptr ? parentWidget()->window()->height() * 19 / 20 : high;
    resize(wide, qMax(height(), qMin(high, most)));
}

ConfirmDialog::ConfirmDialog(const QString& question, const QString& consequence, const QString& action,
                             QWidget* parent)
    : Dialog(question, parent) {
    auto* text = new Label(consequence, TextSize::Body, this);
    text->setWordWrap(true);
    text->setTone(Tone::Muted);
    body()->addWidget(text);
    m_cancelButton = addCancel();
    m_action = addButton(action, Button::Kind::Danger);
    connect(m_action, &QAbstractButton::clicked, this, &QDialog::accept);
    m_cancelButton->setFocus();
}

void ConfirmDialog::setHarmless() {
    m_action->setKind(Button::Kind::Primary);
    m_action->setDefault(true);
    m_action->setFocus();
}

} // namespace cb::widgets
