#include "client/workbench/session_panel.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/scroll_column.h"
#include "client/workbench/session_delegate.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>

#include <algorithm>

namespace cb::workbench {

using state::Section;
using state::SessionListModel;

namespace {

class SectionFilter final : public QSortFilterProxyModel {
public:
    SectionFilter(Section section, QAbstractItemModel* source, QObject* parent)
        : QSortFilterProxyModel(parent)
        , m_section(section) {
        setSourceModel(source);
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        return sourceModel()->index(row, 0, parent).data(SessionListModel::SectionRole).toInt() == int(m_section);
    }

private:
    Section m_section;
};

model::SessionId idOf(const QModelIndex& index) {
    return model::SessionId{index.data(SessionListModel::SessionIdRole).toLongLong()};
}

} // namespace

SessionPanel::SessionPanel(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_account(account)
    , m_ringing(new widgets::SectionHeader({}))
    , m_cardColumn(new QVBoxLayout)
    , m_open(makePart(Section::Open))
    , m_wrapUp(makePart(Section::WrapUp))
    , m_empty(new widgets::EmptyState(widgets::Glyph::Inbox, {})) {
    m_cardColumn->setContentsMargins(look().grid(2), 0, look().grid(2), look().grid(2));
    m_cardColumn->setSpacing(look().grid(2));
    auto* scroll = new widgets::ScrollColumn;
    scroll->setSpace(0, 1, 0);
    auto* column = scroll->body();
    column->addWidget(m_ringing);
    column->addLayout(m_cardColumn);
    for (const Part* part : {&m_open, &m_wrapUp}) {
        column->addWidget(part->header);
        column->addWidget(part->view);
    }
    column->addWidget(m_empty, 1);
    connect(m_empty, &widgets::EmptyState::triggered, this, [this] { m_account.commands().goOnline(); });
    column->addStretch();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);

    auto* sessions = account.workbench().sessions();
    connect(sessions, &QAbstractItemModel::rowsInserted, this, &SessionPanel::onModel);
    connect(sessions, &QAbstractItemModel::rowsRemoved, this, &SessionPanel::onModel);
    connect(sessions, &QAbstractItemModel::rowsMoved, this, &SessionPanel::onModel);
    connect(sessions, &QAbstractItemModel::modelReset, this, &SessionPanel::onModel);
    connect(sessions, &QAbstractItemModel::dataChanged, this, &SessionPanel::onModel);
    connect(&account.workbench(), &state::WorkbenchState::presenceChanged, this, &SessionPanel::syncParts);
    connect(&account.workbench(), &state::WorkbenchState::sessionAssigned, this, [this](model::SessionId session) {
        const auto* item = m_account.workbench().sessions()->find(session);
        const bool calledOut = item && item->view.call && item->view.call->direction == model::CallDirection::Out;
        if (m_answering || !m_current || calledOut)
            setCurrent(session);
        if (m_answering)
            Q_EMIT opened(session);
        m_answering = false;
    });
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &SessionPanel::tick);
    retranslate();
    onModel();
}

SessionPanel::Part SessionPanel::makePart(Section section) {
    Part part;
    part.header = new widgets::SectionHeader({});
    part.rows = new SectionFilter(section, m_account.workbench().sessions(), this);
    part.view = new QListView;
    part.view->setModel(part.rows);
    part.view->setItemDelegate(new SessionDelegate([this] { return m_account.workbench().serverNow(); }, part.view));
    part.view->setFrameShape(QFrame::NoFrame);
    part.view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    part.view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    part.view->setMouseTracking(true);
    part.view->viewport()->setAutoFillBackground(false);
    part.view->setUniformItemSizes(true);
    connect(part.view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this, view = part.view](const QModelIndex& index) {
                if (index.isValid() && view->hasFocus())
                    setCurrent(idOf(index));
            });
    connect(part.view, &QListView::clicked, this, [this](const QModelIndex& index) {
        setCurrent(idOf(index));
        Q_EMIT opened(m_current);
    });
    connect(part.view, &QListView::activated, this, [this](const QModelIndex& index) {
        setCurrent(idOf(index));
        Q_EMIT opened(m_current);
    });
    return part;
}

void SessionPanel::retranslate() {
    m_ringing->setTitle(tr("RINGING"));
    m_open.view->setAccessibleName(tr("Open sessions"));
    m_wrapUp.header->setTitle(tr("WRAP-UP"));
    m_wrapUp.view->setAccessibleName(tr("Sessions in wrap-up"));
    syncParts();
}

void SessionPanel::onModel() {
    syncCards();
    syncParts();
    // Nobody else's conversation takes its place: what is being typed must not go to another customer.
    if (m_current && !m_account.workbench().sessions()->find(m_current))
        setCurrent({});
    showSelection();
}

void SessionPanel::syncCards() {
    auto* sessions = m_account.workbench().sessions();
    const QDateTime now = m_account.workbench().serverNow();
    std::map<model::OfferId, OfferCard*> keep;
    for (int row = 0; row < sessions->rowCount(); ++row) {
        const auto& item = sessions->at(row);
        if (item.section != Section::Ringing)
            continue;
        OfferCard*& card = keep[item.offer];
        const auto known = m_cards.find(item.offer);
        if (known != m_cards.end()) {
            card = known->second;
            m_cards.erase(known);
            continue;
        }
        card = new OfferCard;
        card->show(item, now);
        if (item.view.session.mode == model::Mode::Phone)
            tellLastContact(card, item.view);
        connect(card, &OfferCard::answered, this, [this, card] { answer(card); });
        connect(card, &OfferCard::declined, this, [this, card] { m_account.commands().decline(card->offer()); });
        m_cardColumn->addWidget(card);
    }
    for (const auto& [offer, card] : m_cards) {
        card->hide();
        card->deleteLater();
    }
    m_cards = std::move(keep);
    m_ringing->setVisible(!m_cards.empty());
    m_ringing->setCount(int(m_cards.size()));
}

/// Whoever calls again is greeted otherwise than a stranger.
void SessionPanel::tellLastContact(OfferCard* card, const model::SessionView& view) {
    m_account.commands().lastContact(
        view.session.customer, view.session.id, card, [card](const std::optional<wire::SessionSummary>& last) {
            if (!last)
                return;
            QStringList what{bridge::word(last->mode), bridge::toQt(last->agentName),
                             bridge::toQt(last->wrapUp.category)};
            what.removeAll({});
            const QString when = QLocale().toString(bridge::toQt(last->startedAt).toLocalTime(), QLocale::ShortFormat);
            card->setLastContact(tr("Last contact %1: %2").arg(when, what.join(QStringLiteral(" · "))));
        });
}

void SessionPanel::syncParts() {
    const auto& workbench = m_account.workbench();
    const int open = m_open.rows->rowCount();
    const int ended = m_wrapUp.rows->rowCount();
    int limit = 0;
    for (const auto& group : workbench.groups())
        if (group.member && group.group.mode == model::Mode::Chat)
            limit = std::max(limit, group.group.limit);
    m_open.header->setTitle(limit > 0 ? tr("OPEN (%1 of %2)").arg(open).arg(limit) : tr("OPEN (%1)").arg(open));
    m_wrapUp.header->setCount(ended);
    for (const Part* part : {&m_open, &m_wrapUp}) {
        const int rows = part->rows->rowCount();
        const int height = rows > 0 ? part->view->sizeHintForRow(0) * rows + 2 : 0;
        part->view->setFixedHeight(height);
        part->view->setVisible(rows > 0);
        part->header->setVisible(rows > 0);
    }
    m_empty->setVisible(open == 0 && ended == 0 && m_cards.empty());
    const bool offline = workbench.presence().status == model::AgentStatus::Offline;
    const bool away = workbench.presence().status == model::AgentStatus::Break;
    m_empty->setSentence(offline ? tr("You are offline: no sessions are offered to you.")
                         : away  ? tr("You are on a break: no sessions are offered to you.")
                                 : tr("No sessions yet. New customers ring here."));
    m_empty->button()->setText(away ? tr("End break") : tr("Go online"));
    m_empty->button()->setVisible(offline || away);
    m_empty->button()->setEnabled(workbench.connection() == state::WorkbenchState::Connection::Connected);
    if (open + ended + int(m_cards.size()) > 0 && !m_tick.isActive())
        m_tick.start();
    else if (open + ended + int(m_cards.size()) == 0)
        m_tick.stop();
}

void SessionPanel::tick() {
    const QDateTime now = m_account.workbench().serverNow();
    for (const auto& [offer, card] : m_cards)
        card->tick(now);
    m_open.view->viewport()->update();
}

std::vector<model::SessionId> SessionPanel::order() const {
    std::vector<model::SessionId> ids;
    for (const Part* part : {&m_open, &m_wrapUp})
        for (int row = 0; row < part->rows->rowCount(); ++row)
            ids.push_back(idOf(part->rows->index(row, 0)));
    return ids;
}

void SessionPanel::setCurrent(model::SessionId session) {
    const auto known = order();
    if (session == m_current || (session && std::find(known.begin(), known.end(), session) == known.end()))
        return;
    m_current = session;
    showSelection();
    Q_EMIT currentChanged(session);
}

void SessionPanel::showSelection() {
    for (const Part* part : {&m_open, &m_wrapUp}) {
        auto* selection = part->view->selectionModel();
        const QSignalBlocker quiet(selection);
        QModelIndex found;
        for (int row = 0; row < part->rows->rowCount() && !found.isValid(); ++row)
            if (m_current && idOf(part->rows->index(row, 0)) == m_current)
                found = part->rows->index(row, 0);
        if (found.isValid())
            selection->setCurrentIndex(found, QItemSelectionModel::ClearAndSelect);
        else
            selection->clear();
        part->view->viewport()->update();
    }
}

void SessionPanel::step(int by) {
    const auto ids = order();
    if (ids.empty())
        return;
    const auto at = std::find(ids.begin(), ids.end(), m_current);
    const int count = int(ids.size());
    const int from = at == ids.end() ? (by > 0 ? -1 : 0) : int(at - ids.begin());
    setCurrent(ids[std::size_t((from + by + count) % count)]);
    Q_EMIT opened(m_current);
}

void SessionPanel::answer(OfferCard* card) {
    if (card->isBusy())
        return;
    card->setBusy(true);
    m_answering = true;
    const QPointer<OfferCard> alive(card);
    m_account.commands().answer(card->offer(), [this, alive](const base::Result<void>& done) {
        if (alive)
            alive->setBusy(false);
        if (done)
            return;
        m_answering = false;
        Q_EMIT m_account.commands().failed(done.error());
    });
}

OfferCard* SessionPanel::firstCard() const {
    const auto* sessions = m_account.workbench().sessions();
    if (m_cards.empty() || sessions->rowCount() == 0)
        return nullptr;
    const auto card = m_cards.find(sessions->at(0).offer); // ringing rows come first, the longest at the head
    return card == m_cards.end() ? nullptr : card->second;
}

void SessionPanel::answerFirst() {
    if (auto* card = firstCard())
        answer(card);
}

void SessionPanel::declineFirst() {
    if (const auto* card = firstCard(); card && !card->isBusy())
        m_account.commands().decline(card->offer());
}

void SessionPanel::focusOffer(model::OfferId offer) {
    const auto card = m_cards.find(offer);
    if (card != m_cards.end())
        card->second->setFocus(Qt::ShortcutFocusReason);
}

} // namespace cb::workbench
