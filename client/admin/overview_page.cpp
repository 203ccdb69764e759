#include "client/admin/overview_page.h"

#include "client/admin/charts/curve_chart.h"
#include "client/admin/charts/status_chart.h"
#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"

#include <QtCore/QLocale>
#include <QtGui/QShowEvent>

namespace cb::admin {

using widgets::Glyph;
using widgets::SectionHeader;
using widgets::TableCell;
using widgets::Tone;

namespace {

enum TileIndex { kOffered, kAnswered, kAbandoned, kWait, kHandle, kLevel, kTiles };
enum GroupColumn { kGroup, kMode, kWaiting, kLongest, kServing, kFree, kGroupOffered, kGroupLevel };
enum ChannelColumn { kName, kIn, kTaken, kLost, kMeanWait, kMeanHandle, kServiceLevel };

constexpr int kPanelsBeside = 760;
constexpr int kStatusWidth = 360;
constexpr int kMarkHours = 3;

QString number(int value) {
    return QLocale().toString(value);
}

TableCell count(int value) {
    return {number(value), value, {}, value == 0 ? Tone::Muted : Tone::Normal, {}};
}

TableCell duration(std::optional<base::Millis> value) {
    return {durationText(value), value ? qint64(value->count()) : -1, {}, value ? Tone::Normal : Tone::Muted, {}};
}

TableCell level(const model::DayTally& tally) {
    const auto share = model::serviceLevel(tally);
    return {levelText(share), share.value_or(-1), {}, share ? Tone::Normal : Tone::Muted, {}};
}

std::optional<base::Millis> longestWait(const model::GroupOverview& group, const QDateTime& serverNow) {
    if (group.waitsSince == base::TimePoint{})
        return std::nullopt;
    return std::max(bridge::toStd(serverNow) - group.waitsSince, base::Millis(0));
}

/// The hours of the instance's day at their quarters; where the clock is set back an hour has its first place.
std::vector<CurveChart::Mark> marksOf(const model::Overview& overview, const QTimeZone& zone, int quarters) {
    std::vector<CurveChart::Mark> marks;
    for (int quarter = 0; quarter < quarters; ++quarter) {
        const auto at = base::toUnixMillis(overview.dayFrom + quarter * model::Overview::kQuarter);
        const QTime clock = QDateTime::fromMSecsSinceEpoch(at, zone).time();
        const QString word = clock.toString(QStringLiteral("HH:mm"));
        const bool twice = std::any_of(marks.begin(), marks.end(), [&](const auto& mark) { return mark.word == word; });
        if (clock.minute() == 0 && clock.hour() % kMarkHours == 0 && !twice)
            marks.push_back({quarter, word});
    }
    return marks;
}

widgets::Card* cardOf(std::initializer_list<QWidget*> parts) {
    auto* card = new widgets::Card;
    for (auto* part : parts)
        card->body()->addWidget(part);
    return card;
}

} // namespace

OverviewPage::OverviewPage(const Context& context, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_context(context)
    , m_state(context.account.overview())
    , m_head(new widgets::PageHead)
    , m_strip(new widgets::Strip)
    , m_pages(new QStackedWidget)
    , m_wait(new widgets::EmptyState(Glyph::LoaderCircle, {}))
    , m_column(new widgets::ScrollColumn)
    , m_tiles(new TileRow(kTiles))
    , m_curveTitle(new SectionHeader({}))
    , m_curvePlace(new QStackedWidget)
    , m_quiet(new widgets::EmptyState(Glyph::ChartColumn, {}))
    , m_statusTitle(new SectionHeader({}))
    , m_statuses(new StatusList)
    , m_groupsTitle(new SectionHeader({}))
    , m_groups(new ShortTable)
    , m_channelsTitle(new SectionHeader({}))
    , m_channels(new ShortTable) {
    build();
    m_tick.setInterval(1'000);
    connect(&m_tick, &QTimer::timeout, m_groups->viewport(), qOverload<>(&QWidget::update));
    connect(&m_state, &state::Overview::changed, this, &OverviewPage::fill);
    connect(&m_state, &state::Overview::stateChanged, this, &OverviewPage::tellState);
    tellWords();
    tellState();
}

void OverviewPage::build() {
    for (auto* title : {m_curveTitle, m_statusTitle, m_groupsTitle, m_channelsTitle})
        title->setFlush();
    m_wait->button()->hide();
    m_quiet->button()->hide();
    m_curvePlace->addWidget(m_quiet);
    m_statusRow = new QHBoxLayout;
    m_statusRow->setSpacing(look().grid(4));
    m_statusRow->addWidget(m_statuses, 1);
    auto* curveCard = cardOf({m_curveTitle, m_curvePlace});
    auto* statusCard = cardOf({m_statusTitle});
    statusCard->body()->addLayout(m_statusRow);
    statusCard->body()->addStretch(1);
    m_panels = new QBoxLayout(QBoxLayout::LeftToRight);
    m_panels->setSpacing(look().grid(3));
    m_panels->addWidget(curveCard, 1);
    m_panels->addWidget(statusCard);
    m_column->setSpace(5, 4, 3);
    m_column->body()->addWidget(m_tiles);
    m_column->body()->addLayout(m_panels);
    m_column->body()->addWidget(cardOf({m_groupsTitle, m_groups}));
    m_column->body()->addWidget(cardOf({m_channelsTitle, m_channels}));
    m_column->body()->addStretch(1);
    m_groups->table().setColumns(
        {{QStringLiteral("group"), {}, 180},
         {QStringLiteral("mode"), {}, 96},
         {QStringLiteral("waiting"), {}, 88, true},
         {QStringLiteral("longest"), {}, 104, true},
         {QStringLiteral("serving"), {}, 96, true},
         {QStringLiteral("free"), {}, 112, true},
         {QStringLiteral("offered"), {}, 104, true},
         {QStringLiteral("level"), {}, 112, true}},
        [this](int row, int column) { return groupCell(row, column); },
        [this](int row) { return qint64(m_groupRows[std::size_t(row)].group.value); });
    m_groups->remember(m_context.store, QStringLiteral("overview-groups"));
    m_channels->table().setColumns(
        {{QStringLiteral("name"), {}, 220},
         {QStringLiteral("offered"), {}, 96, true},
         {QStringLiteral("answered"), {}, 96, true},
         {QStringLiteral("abandoned"), {}, 104, true},
         {QStringLiteral("wait"), {}, 120, true},
         {QStringLiteral("handle"), {}, 164, true},
         {QStringLiteral("level"), {}, 112, true}},
        [this](int row, int column) { return channelCell(row, column); },
        [this](int row) { return m_channelRows[std::size_t(row)].key; });
    m_channels->setSortable(false); // modes first
    m_channels->remember(m_context.store, QStringLiteral("overview-channels"));
    m_pages->addWidget(m_wait);
    m_pages->addWidget(m_column);
    m_strip->hide();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_head);
    whole->addWidget(m_strip);
    whole->addWidget(new widgets::Separator);
    whole->addWidget(m_pages, 1);
}

void OverviewPage::retranslate() {
    tellWords();
    tellState();
    if (m_state.isThere())
        fill();
}

void OverviewPage::tellWords() {
    m_quiet->setSentence(tr("No session has been offered to anybody today. The curve begins with the first one."));
    m_curveTitle->setTitle(tr("SESSIONS BY QUARTER OF AN HOUR"));
    m_statusTitle->setTitle(tr("AGENTS"));
    m_groupsTitle->setTitle(tr("SKILL GROUPS"));
    m_channelsTitle->setTitle(tr("TODAY BY MODE AND CHANNEL"));
    m_tiles->tile(kOffered)->setName(tr("Offered"));
    m_tiles->tile(kAnswered)->setName(tr("Answered"));
    m_tiles->tile(kAbandoned)->setName(tr("Abandoned"));
    m_tiles->tile(kWait)->setName(tr("Average wait"));
    m_tiles->tile(kHandle)->setName(tr("Average handle time"));
    m_tiles->tile(kLevel)->setName(tr("Service level"));
    m_groups->table().setTitles({tr("Group"), tr("Mode"), tr("Waiting"), tr("Longest wait"), tr("In service"),
                                 tr("Free / online"), tr("Offered today"), tr("Service level")});
    m_channels->table().setTitles({tr("Mode or channel"), tr("Offered"), tr("Answered"), tr("Abandoned"),
                                   tr("Average wait"), tr("Average handle time"), tr("Service level")});
    m_groups->setAccessibleName(tr("Skill groups"));
    m_channels->setAccessibleName(tr("Today by mode and channel"));
    if (m_curve != nullptr)
        m_curve->setNames({tr("Offered"), tr("Answered"), tr("Abandoned")});
}

void OverviewPage::tellState() {
    const auto& refusal = m_state.refusal();
    m_wait->setGlyph(refusal ? Glyph::TriangleAlert : Glyph::LoaderCircle);
    m_wait->setSentence(refusal
                            ? QStringLiteral("%1 (%2)").arg(bridge::errorText(*refusal), bridge::errorCode(*refusal))
                            : tr("Loading…"));
    m_pages->setCurrentIndex(m_state.isThere() ? 1 : 0);
    if (m_state.isThere() && !m_state.isLive() && isVisible())
        m_strip->tell(widgets::Strip::Grade::Warning,
                      tr("Nothing is heard from the server just now. These are the figures of before."));
    else
        m_strip->hide();
    if (!m_state.isThere())
        return m_head->tell(tr("Overview"), tr("What is going on now, and what became of today's sessions."));
    const auto from = base::toUnixMillis(m_state.value().dayFrom);
    const QDate day = QDateTime::fromMSecsSinceEpoch(from, m_state.zone()).date();
    m_head->tell(tr("Overview"),
                 tr("What is going on now, and what became of today's sessions. Today is %1 in %2.")
                     .arg(QLocale().toString(day, QLocale::LongFormat), bridge::toQt(m_state.value().timeZone)));
}

void OverviewPage::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    if (event->spontaneous())
        return;
    m_state.setWatched(true);
    m_tick.start();
    tellState();
    placePanels();
}

void OverviewPage::hideEvent(QHideEvent* event) {
    Ground::hideEvent(event);
    if (event->spontaneous())
        return;
    m_tick.stop();
    m_state.setWatched(false);
}

void OverviewPage::resizeEvent(QResizeEvent* event) {
    Ground::resizeEvent(event);
    placePanels();
}

void OverviewPage::placePanels() {
    const bool beside = width() >= look().px(kPanelsBeside);
    m_panels->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    auto* status = m_panels->itemAt(1)->widget();
    status->setMinimumWidth(beside ? look().px(kStatusWidth) : 0);
    status->setMaximumWidth(beside ? look().px(kStatusWidth) : QWIDGETSIZE_MAX);
}

// ---- figures

void OverviewPage::fill() {
    const model::Overview& now = m_state.value();
    fillTiles();
    fillCharts();
    m_statuses->setCounts(now.agents);
    if (now.groups != m_groupRows || m_groups->model()->rowCount() != int(now.groups.size())) {
        m_groupRows = now.groups;
        m_groups->showRows(int(m_groupRows.size()));
    }
    std::vector<ChannelRow> rows;
    for (const auto& mode : now.modes)
        rows.push_back({-1 - qint64(mode.mode), mode.mode, {}, mode.today});
    for (const auto& channel : now.channels)
        rows.push_back({channel.channel.value, {}, bridge::toQt(channel.name), channel.today});
    if (rows != m_channelRows) {
        m_channelRows = std::move(rows);
        m_channels->showRows(int(m_channelRows.size()));
    }
    m_channels->parentWidget()->setVisible(!m_channelRows.empty());
    tellState();
}

void OverviewPage::fillTiles() {
    const model::Overview& now = m_state.value();
    const model::DayTally total = totalOf(now);
    const auto share = [&](int part) {
        return total.offered > 0 ? tr("%1 of the offered").arg(levelText(double(part) / total.offered)) : QString();
    };
    int waiting = 0;
    for (const auto& group : now.groups)
        waiting += group.waiting;
    m_tiles->tile(kOffered)->setFigure(number(total.offered), tr("%1 waiting now").arg(number(waiting)));
    m_tiles->tile(kAnswered)->setFigure(number(total.answered), share(total.answered));
    m_tiles->tile(kAbandoned)
        ->setFigure(number(total.abandoned), tr("%1 within 5 seconds").arg(number(total.abandonedSoon)));
    m_tiles->tile(kWait)->setFigure(durationText(model::averageWait(total)), tr("until an agent answered"));
    m_tiles->tile(kHandle)->setFigure(durationText(model::averageHandleTime(total)), tr("answered to completed"));
    m_tiles->tile(kLevel)->setFigure(levelText(model::serviceLevel(total)),
                                     tr("answered within %1 s").arg(number(now.threshold)));
}

void OverviewPage::makeCharts() {
    if (m_curve != nullptr)
        return;
    m_curve = new CurveChart({CurveChart::Ink::Accent, CurveChart::Ink::Good, CurveChart::Ink::Bad});
    m_curvePlace->addWidget(m_curve);
    m_quiet->setMinimumHeight(m_curve->sizeHint().height());
    m_ring = new StatusChart(StatusList::tones());
    m_statusRow->insertWidget(0, m_ring);
    tellWords();
}

void OverviewPage::fillCharts() {
    makeCharts();
    const model::Overview& now = m_state.value();
    m_ring->setCounts(StatusList::countsOf(now.agents));
    const auto quarters = int((now.dayTo - now.dayFrom) / model::Overview::kQuarter);
    m_curve->setSpan(quarters, marksOf(now, m_state.zone(), quarters));
    m_curve->setValues({now.offered, now.answered, now.abandoned});
    m_curvePlace->setCurrentIndex(now.offered.empty() ? 0 : 1);
    const model::DayTally total = totalOf(now);
    m_curve->setAccessibleName(tr("Sessions by quarter of an hour"));
    m_curve->setAccessibleDescription(tr("Offered %1, answered %2, abandoned %3 so far today.")
                                          .arg(number(total.offered), number(total.answered), number(total.abandoned)));
}

TableCell OverviewPage::groupCell(int row, int column) const {
    const model::GroupOverview& group = m_groupRows[std::size_t(row)];
    switch (column) {
    case kGroup:
        return {bridge::toQt(group.name)};
    case kMode:
        return {bridge::word(group.mode)};
    case kWaiting:
        return count(group.waiting);
    case kLongest:
        return duration(longestWait(group, m_context.account.workbench().serverNow()));
    case kServing:
        return count(group.serving);
    case kFree:
        return {tr("%1 / %2").arg(number(group.free), number(group.online)),
                group.free,
                {},
                group.online == 0 ? Tone::Muted : Tone::Normal,
                {}};
    case kGroupOffered:
        return count(group.today.offered);
    default:
        return level(group.today);
    }
}

TableCell OverviewPage::channelCell(int row, int column) const {
    const ChannelRow& one = m_channelRows[std::size_t(row)];
    switch (column) {
    case kName:
        return {one.mode ? bridge::word(*one.mode) : one.name};
    case kIn:
        return count(one.today.offered);
    case kTaken:
        return count(one.today.answered);
    case kLost:
        return count(one.today.abandoned);
    case kMeanWait:
        return duration(model::averageWait(one.today));
    case kMeanHandle:
        return duration(model::averageHandleTime(one.today));
    default:
        return level(one.today);
    }
}

} // namespace cb::admin
