#include "client/workbench/after_call_bar.h"

#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"

#include <QtCore/QPointer>

namespace cb::workbench {

using state::CallPhase;
using widgets::Button;

AfterCallBar::AfterCallBar(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_account(account)
    , m_ring(new widgets::Countdown(widgets::Countdown::Shape::Ring))
    , m_text(new widgets::Label)
    , m_time(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_notes(new Button({}))
    , m_goOn(new Button({}, widgets::Glyph::Check, Button::Kind::Primary)) {
    m_text->setStrong(true);
    m_time->setTone(widgets::Tone::Muted);
    for (widgets::Label* label : {m_text, m_time}) {
        label->setWordWrap(true);
        label->setMinimumWidth(1);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_text);
    words->addWidget(m_time);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(look().grid(4), look().grid(1), look().grid(3), look().grid(1));
    row->setSpacing(look().grid(2));
    row->addWidget(m_ring);
    row->addLayout(words, 1);
    row->addWidget(m_notes);
    row->addWidget(m_goOn);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(new widgets::Separator);
    connect(m_goOn, &Button::clicked, this, &AfterCallBar::goOn);
    connect(m_notes, &Button::clicked, this, &AfterCallBar::finishNotes);
    connect(&account.calls(), &state::Calls::changed, this, &AfterCallBar::tell);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &AfterCallBar::tellTime);
    AfterCallBar::retranslate();
}

void AfterCallBar::retranslate() {
    setAccessibleName(tr("After the call"));
    m_notes->setText(tr("Wrap-up"));
    m_notes->setToolTip(tr("Finish notes first, without being offered anything (Shift+F8)"));
    tell();
}

void AfterCallBar::tell() {
    const auto& calls = m_account.calls();
    const auto phase = calls.phase();
    const bool after = state::isAfter(phase);
    setVisible(after);
    if (!after) {
        for (Button* button : {m_notes, m_goOn})
            setBusy(button, false);
        m_tick.stop();
        m_ring->stop();
        return;
    }
    const bool notes = phase == CallPhase::WrapUp;
    const QString cause = bridge::callCause(calls.view().cause);
    m_text->setText(!cause.isEmpty() ? cause : tr("The call is over."));
    m_notes->setVisible(!notes);
    m_goOn->setText(notes ? tr("End wrap-up") : tr("Continue"));
    m_goOn->setToolTip(tr("Be ready for the next call (F8)"));
    const auto left = calls.recoveryLeft();
    m_ring->setVisible(left.has_value());
    if (left)
        m_ring->start(qint64(m_account.workbench().settings().phoneRecoverySeconds) * 1000, left->count());
    else
        m_ring->stop();
    m_tick.start();
    tellTime();
}

void AfterCallBar::tellTime() {
    const auto left = m_account.calls().recoveryLeft();
    const bool notes = m_account.calls().phase() == CallPhase::WrapUp;
    if (notes)
        m_time->setText(tr("In wrap-up: nothing is offered to you."));
    else if (left)
        m_time->setText(tr("Ready for the next call in %1").arg(widgets::formatElapsed((left->count() + 999) / 1000)));
    else
        m_time->setText(tr("Nothing is offered to you until you continue."));
}

void AfterCallBar::setBusy(Button* button, bool busy) {
    button->setBusy(busy);
    for (Button* other : {m_notes, m_goOn})
        other->setEnabled(!busy || other == button);
}

void AfterCallBar::goOn() {
    if (!isVisible() || m_goOn->isBusy() || m_notes->isBusy())
        return;
    setBusy(m_goOn, true);
    m_account.calls().goOn([this, here = QPointer(this)](const base::Result<void>& done) {
        if (here)
            setBusy(m_goOn, false);
        if (here && !done && done.error().code != "not_after_call") // the time was over first
            Q_EMIT m_account.commands().failed(done.error());
    });
}

void AfterCallBar::finishNotes() {
    if (!m_notes->isVisible() || m_goOn->isBusy() || m_notes->isBusy())
        return;
    setBusy(m_notes, true);
    m_account.calls().finishNotes([this, here = QPointer(this)](const base::Result<void>& done) {
        if (here)
            setBusy(m_notes, false);
        if (here && !done)
            Q_EMIT m_account.commands().failed(done.error());
    });
}

} // namespace cb::workbench
