#include "client/records/filter_bar.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"
#include "shared/model/names.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDateEdit>

#include <array>

namespace cb::records {

namespace {

enum Period { Today, Yesterday, Week, Month, Own };

constexpr int kMostSearched = 200; ///< characters; the server takes no more
const QString kState = QStringLiteral("state/");
const QString kReason = QStringLiteral("reason/");
const QString kAnswered = QStringLiteral("answered/");

constexpr std::array kStates{model::SessionState::Flow, model::SessionState::Queued, model::SessionState::Offered,
                             model::SessionState::Open, model::SessionState::WrapUp, model::SessionState::Completed};
constexpr std::array kReasons{model::EndReason::AgentEnded,     model::EndReason::CustomerLeft,
                              model::EndReason::CustomerSilent, model::EndReason::FlowEnded,
                              model::EndReason::Abandoned,      model::EndReason::Failed};

/// The same choices again, and what was chosen among them. False: that is gone, and all are chosen now.
[[nodiscard]] bool refill(QComboBox* box, const QString& all, const FilterBar::Choices& choices) {
    const QSignalBlocker quiet(box);
    const QVariant chosen = box->currentData();
    box->clear();
    box->addItem(all);
    for (const auto& [name, id] : choices)
        box->addItem(name, id);
    box->setCurrentIndex(chosen.isValid() ? std::max(0, box->findData(chosen)) : 0);
    return !chosen.isValid() || box->currentIndex() > 0;
}

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_row(new QHBoxLayout(this))
    , m_search(new widgets::SearchField({}))
    , m_period(nullptr)
    , m_from(new QDateEdit)
    , m_to(new QDateEdit) {
    m_search->setMaxLength(kMostSearched);
    m_row->addWidget(m_search, 1);
    m_period = addBox();
    for (QDateEdit* date : {m_from, m_to}) {
        date->setDate(QDate::currentDate());
        date->hide();
        m_row->addWidget(date);
        connect(date, &QDateEdit::dateChanged, this, &FilterBar::setDates);
    }
    m_group = addBox();
    m_agent = addBox();
    m_state = addBox();
    fillPeriods();
    m_period->setCurrentIndex(Week);
    connect(m_search, &QLineEdit::textChanged, this, &FilterBar::typed);
    connect(m_search, &QLineEdit::returnPressed, this, &FilterBar::changed);
    connect(m_period, &QComboBox::currentIndexChanged, this, [this](int period) {
        m_from->setVisible(period == Own);
        m_to->setVisible(period == Own);
        Q_EMIT changed();
    });
    for (QComboBox* box : {m_group, m_agent, m_state})
        connect(box, &QComboBox::currentIndexChanged, this, &FilterBar::changed);
    FilterBar::retranslate();
    FilterBar::restyle();
}

QComboBox* FilterBar::addBox() {
    auto* box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(9);
    m_row->addWidget(box);
    return box;
}

void FilterBar::restyle() {
    m_row->setContentsMargins(look().grid(5), look().grid(1), look().grid(5), look().grid(2));
    m_row->setSpacing(look().grid(2));
    m_search->setMinimumWidth(look().px(140));
    m_search->setMaximumWidth(look().px(360));
}

void FilterBar::retranslate() {
    m_search->setPlaceholderText(tr("Search messages and names"));
    m_search->setAccessibleName(tr("Search messages and names"));
    m_period->setAccessibleName(tr("Time"));
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    m_from->setToolTip(tr("From"));
    m_to->setToolTip(tr("To"));
    m_group->setAccessibleName(tr("Skill group"));
    m_agent->setAccessibleName(tr("Agent"));
    m_state->setAccessibleName(tr("State"));
    fillPeriods();
    fillStates();
    setGroups(m_groups);
    setAgents(m_agents);
}

void FilterBar::fillPeriods() {
    const QSignalBlocker quiet(m_period);
    const int chosen = m_period->currentIndex();
    m_period->clear();
    m_period->addItems({tr("Today"), tr("Yesterday"), tr("Last 7 days"), tr("Last 30 days"), tr("Own range")});
    m_period->setCurrentIndex(chosen);
}

void FilterBar::fillStates() {
    const QSignalBlocker quiet(m_state);
    const QVariant chosen = m_state->currentData();
    m_state->clear();
    m_state->addItem(tr("All states"));
    m_state->addItem(tr("Answered"), kAnswered + QStringLiteral("true"));
    m_state->addItem(tr("Not answered"), kAnswered + QStringLiteral("false"));
    m_state->insertSeparator(m_state->count());
    for (const auto state : kStates)
        m_state->addItem(bridge::word(state), kState + bridge::toQt(model::name(state)));
    m_state->insertSeparator(m_state->count());
    for (const auto reason : kReasons)
        m_state->addItem(bridge::sentence(reason), kReason + bridge::toQt(model::name(reason)));
    m_state->setCurrentIndex(chosen.isValid() ? std::max(0, m_state->findData(chosen)) : 0);
}

void FilterBar::setGroups(const Choices& groups) {
    m_groups = groups;
    const bool still = refill(m_group, tr("All groups"), m_groups);
    m_group->setVisible(m_groups.size() > 1);
    if (!still)
        Q_EMIT changed();
}

void FilterBar::setAgents(const Choices& agents) {
    m_agents = agents;
    if (!refill(m_agent, tr("All agents"), m_agents))
        Q_EMIT changed();
}

void FilterBar::setAgentShown(bool shown) {
    m_agent->setVisible(shown);
    if (!shown)
        m_agent->setCurrentIndex(0);
}

/// A range that ends before it begins is none: the other end goes along.
void FilterBar::setDates() {
    const bool first = sender() == m_from;
    if (m_from->date() > m_to->date()) {
        auto* other = first ? m_to : m_from;
        const QSignalBlocker quiet(other);
        other->setDate(first ? m_from->date() : m_to->date());
    }
    Q_EMIT typed(); // each arrow and each digit changes it
}

std::pair<QDate, QDate> FilterBar::days(const QDate& today) const {
    switch (m_period->currentIndex()) {
    case Today:
        return {today, today};
    case Yesterday:
        return {today.addDays(-1), today.addDays(-1)};
    case Month:
        return {today.addDays(-29), today};
    case Own:
        return {m_from->date(), m_to->date()};
    default:
        return {today.addDays(-6), today};
    }
}

wire::RecordFilters FilterBar::filters(model::Mode mode, const QDateTime& now) const {
    wire::RecordFilters filters;
    filters.mode = mode;
    const auto [first, last] = days(now.toLocalTime().date());
    filters.from = bridge::toStd(first.startOfDay());
    filters.to = bridge::toStd(last.addDays(1).startOfDay());
    filters.group = model::GroupId{m_group->currentData().toLongLong()};
    filters.agent = model::AgentId{m_agent->currentData().toLongLong()};
    filters.text = bridge::toStd(m_search->text().trimmed());
    const QString state = m_state->currentData().toString();
    const auto name = bridge::toStd(state.section(QLatin1Char('/'), 1));
    if (state.startsWith(kState))
        filters.state = model::parse<model::SessionState>(name);
    else if (state.startsWith(kReason))
        filters.endReason = model::parse<model::EndReason>(name);
    else if (state.startsWith(kAnswered))
        filters.answered = name == "true";
    return filters;
}

bool FilterBar::isFiltered() const {
    return !m_search->text().trimmed().isEmpty() || m_group->currentIndex() > 0 || m_agent->currentIndex() > 0 ||
           m_state->currentIndex() > 0;
}

void FilterBar::clear() {
    {
        const QSignalBlocker quietSearch(m_search);
        const QSignalBlocker quietGroup(m_group);
        const QSignalBlocker quietAgent(m_agent);
        const QSignalBlocker quietState(m_state);
        m_search->clear();
        for (QComboBox* box : {m_group, m_agent, m_state})
            box->setCurrentIndex(0);
    }
    Q_EMIT changed();
}

} // namespace cb::records
