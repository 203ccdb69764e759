#include "client/workbench/wrap_up_form.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"

namespace cb::workbench {

using widgets::Button;
using widgets::Label;

namespace {

constexpr int kWide = 560; ///< px: from here on the fields stand side by side

} // namespace

WrapUpForm::WrapUpForm(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_account(account)
    , m_title(new widgets::ElidedLabel({}, widgets::TextSize::Title))
    , m_countdown(new Label({}, widgets::TextSize::Secondary))
    , m_category(new widgets::SelectField({}))
    , m_note(new widgets::TextArea({}, 2))
    , m_complete(new Button({}, widgets::Glyph::Check, Button::Kind::Primary))
    , m_head(new QHBoxLayout)
    , m_fields(new QHBoxLayout)
    , m_column(new QVBoxLayout(this)) {
    m_title->setStrong(true);
    m_countdown->setTone(widgets::Tone::Muted);
    m_category->box()->setEditable(true);
    m_category->box()->setInsertPolicy(QComboBox::NoInsert);
    m_category->box()->setMinimumContentsLength(6);
    m_category->box()->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (widgets::Field* field : std::initializer_list<widgets::Field*>{m_category, m_note})
        field->setLineKept(false);
    layOut();
    setTabOrder(m_category->box(), m_note->edit());
    setTabOrder(m_note->edit(), m_complete);
    connect(m_complete, &Button::clicked, this, &WrapUpForm::complete);
    connect(m_category->box(), &QComboBox::currentTextChanged, this, &WrapUpForm::noteTyped);
    connect(m_note->edit(), &QTextEdit::textChanged, this, &WrapUpForm::noteTyped);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &WrapUpForm::tick);
    connect(&account.workbench(), &state::WorkbenchState::connectionChanged, this, &WrapUpForm::tick);
    WrapUpForm::retranslate();
}

void WrapUpForm::layOut() {
    m_head->setSpacing(look().grid(3));
    m_head->addWidget(m_title, 1);
    m_head->addWidget(m_complete);
    m_fields->setSpacing(look().grid(2));
    m_fields->addWidget(m_category, 2, Qt::AlignTop);
    m_fields->addWidget(m_note, 5, Qt::AlignTop);
    m_column->setContentsMargins(look().grid(4), look().grid(3), look().grid(4), look().grid(3));
    m_column->setSpacing(look().grid(2));
    m_column->addLayout(m_head);
    m_column->addLayout(m_fields);
    arrange();
}

void WrapUpForm::arrange() {
    const bool wide = width() >= look().px(kWide);
    m_fields->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    // With one direction only the column's whole width is the fields'.
    for (QWidget* field : std::initializer_list<QWidget*>{m_category, m_note})
        m_fields->setAlignment(field, wide ? Qt::AlignTop : Qt::Alignment());
    if (wide == (m_head->indexOf(m_countdown) >= 0) && m_countdown->parentWidget() != nullptr)
        return;
    m_head->removeWidget(m_countdown);
    m_column->removeWidget(m_countdown);
    if (wide)
        m_head->insertWidget(1, m_countdown);
    else
        m_column->insertWidget(1, m_countdown);
}

void WrapUpForm::resizeEvent(QResizeEvent* event) {
    Ground::resizeEvent(event);
    arrange();
}

void WrapUpForm::retranslate() {
    m_category->box()->blockSignals(true);
    const QString typed = m_category->box()->currentText();
    m_category->box()->clear();
    m_category->box()->addItems(
        {QString(), tr("Question"), tr("Order"), tr("Complaint"), tr("Technical fault"), tr("Other")});
    m_category->box()->setCurrentText(typed);
    m_category->box()->blockSignals(false);
    m_category->setLabel(tr("Category"));
    m_note->setLabel(tr("Note"));
    m_complete->setText(tr("Complete"));
    m_complete->setToolTip(tr("Complete (Ctrl+Enter)"));
    tick();
}

void WrapUpForm::show(const state::SessionItem& item) {
    const bool other = m_session != item.id();
    m_session = item.id();
    if (other)
        fill();
    m_complete->setBusy(m_account.wrapUps().isCompleting(m_session));
    const auto reason = item.view.session.endReason;
    const QString cause = item.view.call ? bridge::callCause(item.view.call->cause) : QString();
    m_title->setText(!cause.isEmpty()                         ? cause
                     : reason == model::EndReason::AgentEnded ? tr("You ended the session.")
                                                              : bridge::sentence(reason));
    tick();
}

void WrapUpForm::fill() {
    const auto typed = m_account.wrapUps().typed(m_session);
    m_filling = true;
    m_category->box()->setCurrentText(bridge::toQt(typed.category));
    m_note->setText(bridge::toQt(typed.note));
    m_filling = false;
}

void WrapUpForm::noteTyped() {
    if (m_filling || !m_session)
        return;
    m_account.wrapUps().setTyped(m_session,
                                 {bridge::toStd(m_category->box()->currentText()), bridge::toStd(m_note->text())});
    tick();
}

/// What will happen and when, as it is: with what is typed, without it, or not known because nobody hears us.
void WrapUpForm::tick() {
    const auto left = m_account.wrapUps().left(m_session);
    if (!left)
        return m_countdown->clear();
    const QString time = widgets::formatElapsed((left->count() + 999) / 1000);
    const bool typed = m_account.wrapUps().typed(m_session) != model::WrapUpForm{};
    const bool heard = m_account.workbench().connection() == state::WorkbenchState::Connection::Connected;
    m_countdown->setText(!heard  ? tr("Completes itself in %1, no connection").arg(time)
                         : typed ? tr("Kept and completed in %1").arg(time)
                                 : tr("Completes itself in %1").arg(time));
}

void WrapUpForm::complete() {
    if (!m_session || m_complete->isBusy())
        return;
    m_complete->setBusy(true);
    const auto session = m_session;
    m_account.wrapUps().complete(session, [this, session](const base::Result<void>& done) {
        if (m_session == session)
            m_complete->setBusy(false);
        if (!done)
            Q_EMIT m_account.commands().failed(done.error());
    });
}

void WrapUpForm::focusFirst() {
    m_category->box()->setFocus();
}

void WrapUpForm::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    m_tick.start();
    tick();
}

void WrapUpForm::hideEvent(QHideEvent* event) {
    m_tick.stop();
    Ground::hideEvent(event);
}

} // namespace cb::workbench
