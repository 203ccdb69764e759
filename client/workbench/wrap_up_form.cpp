#include "client/workbench/wrap_up_form.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"

#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

using widgets::Button;
using widgets::Label;

namespace {

constexpr qint64 kSendBeforeEnd = 2; ///< seconds: what is typed goes out before the server completes without it

} // namespace

WrapUpForm::WrapUpForm(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_account(account)
    , m_title(new Label({}, widgets::TextSize::Title))
    , m_countdown(new Label({}, widgets::TextSize::Secondary))
    , m_category(new widgets::SelectField({}))
    , m_note(new widgets::TextArea({}, 2))
    , m_complete(new Button({}, widgets::Glyph::Check, Button::Kind::Primary)) {
    m_title->setStrong(true);
    m_countdown->setTone(widgets::Tone::Muted);
    m_category->box()->setEditable(true);
    m_category->box()->setInsertPolicy(QComboBox::NoInsert);
    for (widgets::Field* field : std::initializer_list<widgets::Field*>{m_category, m_note})
        field->setLineKept(false);
    auto* head = new QHBoxLayout;
    head->setSpacing(look().grid(3));
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_countdown);
    head->addWidget(m_complete);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(look().grid(3));
    fields->addWidget(m_category, 2, Qt::AlignTop);
    fields->addWidget(m_note, 5, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look().grid(4), look().grid(3), look().grid(4), look().grid(3));
    column->setSpacing(look().grid(2));
    column->addLayout(head);
    column->addLayout(fields);
    setTabOrder(m_category->box(), m_note->edit());
    setTabOrder(m_note->edit(), m_complete);
    connect(m_complete, &Button::clicked, this, &WrapUpForm::complete);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &WrapUpForm::tick);
    WrapUpForm::retranslate();
}

void WrapUpForm::retranslate() {
    const QString typed = m_category->box()->currentText();
    m_category->box()->clear();
    m_category->box()->addItems(
        {QString(), tr("Question"), tr("Order"), tr("Complaint"), tr("Technical fault"), tr("Other")});
    m_category->box()->setCurrentText(typed);
    m_category->setLabel(tr("Category"));
    m_note->setLabel(tr("Note"));
    m_complete->setText(tr("Complete"));
    m_complete->setToolTip(tr("Complete (Ctrl+Enter)"));
    tick();
}

void WrapUpForm::show(const state::SessionItem& item) {
    if (m_session != item.id()) {
        keep();
        m_session = item.id();
        const Typed& typed = m_typed[m_session];
        m_category->box()->setCurrentText(typed.category);
        m_note->setText(typed.note);
    }
    m_endedAt = bridge::toQt(item.view.session.endedAt);
    m_title->setText(bridge::sentence(item.view.session.endReason));
    m_tick.start();
    tick();
}

void WrapUpForm::keep() {
    if (m_session)
        m_typed[m_session] = {m_category->box()->currentText(), m_note->text()};
    // Those that are completed are of no use any more.
    std::erase_if(m_typed, [this](const auto& entry) {
        return entry.first != m_session && !m_account.workbench().sessions()->find(entry.first);
    });
}

void WrapUpForm::tick() {
    const int total = m_account.workbench().settings().wrapUpSeconds;
    if (!m_session || !m_endedAt.isValid() || total <= 0)
        return m_countdown->clear();
    const qint64 left = qMax<qint64>(0, total - m_endedAt.secsTo(m_account.workbench().serverNow()));
    m_countdown->setText(tr("Completes itself in %1").arg(widgets::formatElapsed(left)));
    const bool typed = !m_category->box()->currentText().isEmpty() || !m_note->text().isEmpty();
    if (left <= kSendBeforeEnd && typed && isVisible() && !m_complete->isBusy())
        complete();
}

void WrapUpForm::complete() {
    if (!m_session || m_complete->isBusy())
        return;
    m_complete->setBusy(true);
    const auto session = m_session;
    m_account.commands().complete(session, m_category->box()->currentText().trimmed(), m_note->text().trimmed(),
                                  [this, session](const base::Result<void>& done) {
                                      m_complete->setBusy(false);
                                      if (!done)
                                          return Q_EMIT m_account.commands().failed(done.error());
                                      m_typed.erase(session);
                                      if (m_session == session)
                                          m_session = {};
                                  });
}

void WrapUpForm::focusFirst() {
    m_category->box()->setFocus();
}

void WrapUpForm::hideEvent(QHideEvent* event) {
    keep();
    m_tick.stop();
    Ground::hideEvent(event);
}

} // namespace cb::workbench
