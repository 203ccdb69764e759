#include "client/workbench/reasons_dialog.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>

namespace cb::workbench {

ReasonsDialog::ReasonsDialog(state::AgentAccount& account, model::SessionId session, QWidget* parent)
    : Dialog({}, parent)
    , m_account(account)
    , m_state(new widgets::Label)
    , m_tree(new QTreeWidget)
    , m_close(addButton({}, widgets::Button::Kind::Primary)) {
    m_state->setTone(widgets::Tone::Muted);
    m_state->setWordWrap(true);
    m_tree->setColumnCount(4);
    m_tree->setMinimumSize(look().px(660), look().px(260));
    m_tree->setSelectionMode(QAbstractItemView::NoSelection);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int column = 1; column < 4; ++column)
        m_tree->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    body()->addWidget(m_state);
    body()->addWidget(m_tree);
    connect(m_close, &widgets::Button::clicked, this, &QDialog::accept);
    ReasonsDialog::retranslate();
    m_state->setText(tr("Loading…"));
    account.commands().offersOf(session, this, [this](const base::Result<wire::OfferList>& offers) {
        if (!offers)
            m_state->setText(bridge::errorText(offers.error()));
        else
            fill(*offers);
    });
}

void ReasonsDialog::retranslate() {
    Dialog::retranslate();
    setHeading(tr("Why this agent"));
    m_tree->setHeaderLabels({tr("Offer, candidates"), tr("Load"), tr("Idle for"), tr("Outcome")});
    m_tree->setAccessibleName(tr("Offers of this session"));
    m_close->setText(tr("Close"));
}

void ReasonsDialog::fill(const wire::OfferList& list) {
    m_state->setText(list.offers.empty() ? tr("This session was never offered to anybody.")
                                         : tr("Each time the session was offered, and who else could have had it."));
    const auto& workbench = m_account.workbench();
    const auto nameOf = [&workbench](model::AgentId agent) {
        const QString name = workbench.agentName(agent);
        return name.isEmpty() ? ReasonsDialog::tr("Agent %1").arg(agent.value) : name;
    };
    for (const auto& offer : list.offers) {
        auto* top = new QTreeWidgetItem(m_tree);
        const QString at = QLocale().toString(bridge::toQt(offer.at).toLocalTime(), QStringLiteral("HH:mm:ss"));
        top->setText(0, tr("%1, %2: %3").arg(at, nameOf(offer.agent), bridge::word(offer.rule)));
        top->setText(3, bridge::word(offer.outcome));
        for (const auto& candidate : offer.candidates) {
            auto* row = new QTreeWidgetItem(top);
            row->setText(0, nameOf(candidate.agent));
            row->setText(1, QLocale().toString(candidate.load));
            row->setText(2, widgets::formatElapsed(candidate.idleMillis / 1000));
            const bool chosen = candidate.agent == offer.agent;
            row->setText(3, chosen                                         ? tr("chosen")
                            : candidate.skipped == model::SkipReason::None ? tr("next in order")
                                                                           : bridge::word(candidate.skipped));
        }
        const int more = offer.candidatesTotal - int(offer.candidates.size());
        if (more > 0)
            (new QTreeWidgetItem(top))->setText(0, tr("and %n more", nullptr, more));
        top->setExpanded(true);
    }
}

} // namespace cb::workbench
