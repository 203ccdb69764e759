#include "client/records/filter_bar.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"
#include "client/records/record_words.h"
#include "shared/model/names.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDateEdit>

#include <array>

namespace cb::records {

namespace {

enum Period { Today, Yesterday, Week, Month, Own };

constexpr int kMostSearched = 200; ///< characters; the server takes no more
constexpr int kLetters = 9;        ///< that are seen of what is chosen in a box, at least
constexpr int kFewLetters = 7;
const QString kState = QStringLiteral("state/");
const QString kReason = QStringLiteral("reason/");
const QString kAnswered = QStringLiteral("answered/");
const QString kDirection = QStringLiteral("direction/");
const QString kRecorded = QStringLiteral("recorded/");
constexpr int kLeastDigits = 3; ///< of what is a part of a number, not a word
constexpr int kMostDigits = 30; ///< the server takes no more

constexpr std::array kStates{model::SessionState::Flow, model::SessionState::Queued, model::SessionState::Offered,
                             model::SessionState::Open, model::SessionState::WrapUp, model::SessionState::Completed};
constexpr std::array kReasons{model::EndReason::AgentEnded,     model::EndReason::CustomerLeft,
                              model::EndReason::CustomerSilent, model::EndReason::FlowEnded,
                              model::EndReason::Abandoned,      model::EndReason::Failed};
constexpr std::array kCallReasons{model::EndReason::AgentEnded, model::EndReason::HungUp,
                                  model::EndReason::FlowEnded,  model::EndReason::Abandoned,
                                  model::EndReason::MediaLost,  model::EndReason::ServerRestarted,
                                  model::EndReason::Failed};

/// The digits of what is written as numbers are: "+86 755 1234", "(010) 65-43". Empty when it is none.
QString digitsIn(const QString& text) {
    QString digits;
    for (const QChar c : text) {
        if (c.digitValue() >= 0)
            digits += QChar(u'0' + c.digitValue());
        else if (!c.isSpace() && !QStringLiteral("+-()（）./").contains(c))
            return {};
    }
    const bool some = digits.size() >= kLeastDigits && digits.size() <= kMostDigits;
    return some && digits.count(QChar(u'0')) < digits.size() ? digits : QString();
}

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
    m_call = addBox();
    m_call->hide();
    fillPeriods();
    m_period->setCurrentIndex(Week);
    connect(m_search, &QLineEdit::textChanged, this, &FilterBar::typed);
    connect(m_search, &QLineEdit::returnPressed, this, &FilterBar::changed);
    connect(m_period, &QComboBox::currentIndexChanged, this, [this](int period) {
        m_from->setVisible(period == Own);
        m_to->setVisible(period == Own);
        Q_EMIT changed();
    });
    for (QComboBox* box : {m_group, m_agent, m_state, m_call})
        connect(box, &QComboBox::currentIndexChanged, this, &FilterBar::changed);
    FilterBar::retranslate();
    FilterBar::restyle();
}

QComboBox* FilterBar::addBox() {
    auto* box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kLetters);
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
    tellSearch();
    m_period->setAccessibleName(tr("Time"));
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    m_from->setToolTip(tr("From"));
    m_to->setToolTip(tr("To"));
    m_group->setAccessibleName(tr("Skill group"));
    m_agent->setAccessibleName(tr("Agent"));
    m_state->setAccessibleName(tr("State"));
    m_call->setAccessibleName(tr("Calls"));
    fillPeriods();
    fillStates();
    fillCalls();
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
    const auto addReasons = [this](const auto& reasons) {
        for (const auto reason : reasons)
            m_state->addItem(bridge::sentence(reason), kReason + bridge::toQt(model::name(reason)));
    };
    if (m_mode == model::Mode::Phone)
        addReasons(kCallReasons);
    else
        addReasons(kReasons);
    m_state->setCurrentIndex(chosen.isValid() ? std::max(0, m_state->findData(chosen)) : 0);
}

void FilterBar::fillCalls() {
    const QSignalBlocker quiet(m_call);
    const int chosen = std::max(0, m_call->currentIndex());
    m_call->clear();
    m_call->addItem(tr("All calls"));
    for (const auto direction : {model::CallDirection::In, model::CallDirection::Out})
        m_call->addItem(RecordWords::direction(direction), kDirection + bridge::toQt(model::name(direction)));
    m_call->addItem(tr("With a recording"), kRecorded + QStringLiteral("true"));
    m_call->setCurrentIndex(chosen);
}

void FilterBar::tellSearch() {
    const QString text =
        m_mode == model::Mode::Phone ? tr("Search numbers and names") : tr("Search messages and names");
    m_search->setPlaceholderText(text);
    m_search->setAccessibleName(text);
}

void FilterBar::setMode(model::Mode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    const bool phone = mode == model::Mode::Phone;
    m_call->setVisible(phone);
    if (!phone) {
        const QSignalBlocker quiet(m_call);
        m_call->setCurrentIndex(0);
    }
    for (QComboBox* box : {m_period, m_group, m_agent, m_state, m_call})
        box->setMinimumContentsLength(phone ? kFewLetters : kLetters); // there is one more of them
    fillStates();
    tellSearch();
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
    const QString text = m_search->text().trimmed();
    const QString digits = mode == model::Mode::Phone ? digitsIn(text) : QString();
    if (digits.isEmpty())
        filters.text = bridge::toStd(text);
    else
        filters.number = bridge::toStd(digits);
    const QString call = mode == model::Mode::Phone ? m_call->currentData().toString() : QString();
    if (call.startsWith(kDirection))
        filters.direction = model::parse<model::CallDirection>(bridge::toStd(call.section(QLatin1Char('/'), 1)));
    else if (call.startsWith(kRecorded))
        filters.recorded = true;
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
           m_state->currentIndex() > 0 || m_call->currentIndex() > 0;
}

void FilterBar::clear() {
    {
        const QSignalBlocker quietSearch(m_search);
        const QSignalBlocker quietGroup(m_group);
        const QSignalBlocker quietAgent(m_agent);
        const QSignalBlocker quietState(m_state);
        const QSignalBlocker quietCall(m_call);
        m_search->clear();
        for (QComboBox* box : {m_group, m_agent, m_state, m_call})
            box->setCurrentIndex(0);
    }
    Q_EMIT changed();
}

} // namespace cb::records
