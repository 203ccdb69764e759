#include "client/widgets/table/drawer.h"

#include "client/widgets/overlay/dialog.h"

#include <QKeyEvent>
#include <QPainter>

namespace cb::widgets {

Drawer::Drawer(QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_title(new Label({}, TextSize::Title))
    , m_close(new IconButton(Glyph::X, {}))
    , m_column(new ScrollColumn)
    , m_refusal(new Label)
    , m_code(new Label({}, TextSize::Secondary))
    , m_foot(new QWidget)
    , m_cancel(new Button({}))
    , m_save(new Button({}, Button::Kind::Primary)) {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(look().grid(4), look().grid(3), look().grid(2), look().grid(2));
    head->addWidget(m_title, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(1);
    m_refusal->setTone(Tone::Danger);
    m_refusal->setWordWrap(true);
    m_refusal->setMinimumWidth(1);
    m_code->setTone(Tone::Muted);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* foot = new QVBoxLayout(m_foot);
    foot->setContentsMargins(look().grid(4), look().grid(2), look().grid(4), look().grid(3));
    foot->setSpacing(look().grid(1));
    foot->addWidget(m_refusal);
    foot->addWidget(m_code);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(look().grid(2));
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    foot->addLayout(buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_column, 1);
    column->addWidget(m_foot);
    m_column->setSpace(4, 2, 3);
    connect(m_close, &QAbstractButton::clicked, this, [this] { leave(); });
    connect(m_cancel, &QAbstractButton::clicked, this, [this] { leave(); });
    connect(m_save, &QAbstractButton::clicked, this, &Drawer::saveWanted);
    Drawer::restyle();
    Drawer::retranslate();
    setRefusal({});
    hide();
}

void Drawer::restyle() {
    setFixedWidth(look().px(360));
}

void Drawer::retranslate() {
    m_close->setLabel(tr("Close"));
    m_cancel->setText(m_save->isVisibleTo(m_foot) ? tr("Cancel") : tr("Close"));
}

void Drawer::open(const QString& title, QWidget* form, const QString& save) {
    delete m_form;
    m_form = form;
    m_title->setText(title);
    setAccessibleName(title);
    m_column->body()->addWidget(form);
    m_column->body()->setAlignment(form, {});
    m_save->setText(save);
    m_save->setVisible(!save.isEmpty());
    setBusy(false);
    setEdited(false);
    setRefusal({});
    retranslate();
    m_column->ensureVisible(0, 0);
    show();
    // The first thing that can be typed into or ticked.
    for (QWidget* next = form->nextInFocusChain(); next != form; next = next->nextInFocusChain())
        if (form->isAncestorOf(next) && (next->focusPolicy() & Qt::TabFocus) && next->isVisibleTo(form) &&
            next->isEnabled()) {
            next->setFocus(Qt::OtherFocusReason);
            return;
        }
    m_close->setFocus(Qt::OtherFocusReason);
}

void Drawer::setEdited(bool edited) {
    m_edited = edited;
    m_save->setEnabled(edited);
}

void Drawer::setBusy(bool busy) {
    m_save->setBusy(busy);
    m_cancel->setEnabled(!busy);
    m_close->setEnabled(!busy);
    if (m_form != nullptr)
        m_form->setEnabled(!busy);
}

void Drawer::setRefusal(const QString& sentence, const QString& code) {
    m_refusal->setText(sentence);
    m_refusal->setVisible(!sentence.isEmpty());
    m_code->setText(code);
    m_code->setVisible(!sentence.isEmpty() && !code.isEmpty());
}

void Drawer::leave(std::function<void()> go) {
    if (m_save->isBusy())
        return; // its answer belongs to this form
    const auto gone = [this, go = std::move(go)] {
        close();
        if (go)
            go();
    };
    if (!m_edited)
        return gone();
    auto* ask = new ConfirmDialog(tr("Discard the changes?"), tr("What you have changed here is not saved yet."),
                                  tr("Discard"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, gone);
    ask->open();
}

void Drawer::close() {
    if (m_form == nullptr)
        return;
    m_form->hide();
    m_form->deleteLater(); // its own button may have asked
    m_form = nullptr;
    setEdited(false);
    hide();
    Q_EMIT closed();
}

void Drawer::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        return leave();
    if (event->matches(QKeySequence::Save) && m_save->isVisible() && m_save->isEnabled() && !m_save->isBusy()) {
        Q_EMIT saveWanted();
        return;
    }
    Ground::keyPressEvent(event);
}

void Drawer::paintEvent(QPaintEvent* event) {
    Ground::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, 1, height()), look().color.border);
    if (m_foot->isVisible())
        painter.fillRect(QRect(0, m_foot->y(), width(), 1), look().color.border);
}

} // namespace cb::widgets
