#include "client/admin/overview_parts.h"

#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"

#include <QtCore/QLocale>
#include <QtGui/QResizeEvent>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHeaderView>

namespace cb::admin {

using widgets::StatusTone;
using widgets::TextSize;
using widgets::Tone;

namespace {

const QString kNone = QStringLiteral("–");
constexpr int kTileWidth = 148;
constexpr int kMostRows = 12;

constexpr model::AgentStatus kStatuses[] = {model::AgentStatus::Idle, model::AgentStatus::Busy,
                                            model::AgentStatus::WrapUp, model::AgentStatus::Break,
                                            model::AgentStatus::Offline};

} // namespace

QString durationText(std::optional<base::Millis> duration) {
    return duration ? widgets::formatElapsed(std::chrono::round<base::Seconds>(*duration).count()) : kNone;
}

QString levelText(std::optional<double> level) {
    const QLocale locale;
    return level ? locale.toString(qRound(*level * 100)) + locale.percent() : kNone;
}

model::DayTally totalOf(const model::Overview& overview) {
    model::DayTally total;
    for (const auto& mode : overview.modes)
        total += mode.today;
    return total;
}

// ---- Tile

Tile::Tile(QWidget* parent)
    : Card(parent)
    , m_name(new widgets::ElidedLabel({}, TextSize::Secondary))
    , m_figure(new widgets::ElidedLabel({}, TextSize::Head))
    , m_remark(new widgets::ElidedLabel({}, TextSize::Secondary)) {
    m_name->setTone(Tone::Muted);
    m_figure->setStrong(true);
    m_remark->setTone(Tone::Muted);
    for (QLabel* label : {static_cast<QLabel*>(m_name), static_cast<QLabel*>(m_figure), static_cast<QLabel*>(m_remark)})
        body()->addWidget(label);
    body()->setSpacing(look().grid(1));
}

void Tile::setName(const QString& name) {
    m_name->setText(name);
    tell();
}

void Tile::setFigure(const QString& figure, const QString& remark) {
    m_figure->setText(figure);
    m_remark->setText(remark);
    tell();
}

void Tile::tell() {
    setAccessibleName(QStringLiteral("%1: %2").arg(m_name->text(), m_figure->text()));
    setAccessibleDescription(m_remark->text());
}

// ---- TileRow

TileRow::TileRow(int tiles, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    for (int i = 0; i < tiles; ++i)
        m_tiles.push_back(new Tile(this));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    TileRow::restyle();
    place();
}

void TileRow::restyle() {
    m_grid->setSpacing(look().grid(3));
}

void TileRow::resizeEvent(QResizeEvent* event) {
    Themed<QWidget>::resizeEvent(event);
    place();
}

void TileRow::place() {
    const int all = int(m_tiles.size());
    const int columns = width() >= all * look().px(kTileWidth) ? all : (all + 1) / 2;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < all; ++i) {
        m_grid->addWidget(m_tiles[std::size_t(i)], i / columns, i % columns);
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
    }
    updateGeometry();
}

// ---- StatusList

StatusList::StatusList(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_values(std::size(kStatuses))
    , m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    int line = 0;
    for (const StatusTone tone : tones()) {
        m_words.push_back(new widgets::ElidedLabel);
        m_counts.push_back(new widgets::Label);
        m_counts.back()->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_counts.back()->setStrong(true);
        m_grid->addWidget(new widgets::StatusDot(tone), line, 0);
        m_grid->addWidget(m_words.back(), line, 1);
        m_grid->addWidget(m_counts.back(), line++, 2);
    }
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    StatusList::restyle();
    StatusList::retranslate();
    setCounts({});
}

void StatusList::restyle() {
    m_grid->setHorizontalSpacing(look().grid(2));
    m_grid->setVerticalSpacing(look().grid(2));
}

void StatusList::retranslate() {
    for (std::size_t i = 0; i < m_words.size(); ++i)
        m_words[i]->setText(bridge::word(kStatuses[i]));
}

std::vector<int> StatusList::countsOf(const model::AgentCounts& counts) {
    return {counts.idle, counts.busy, counts.wrapUp, counts.onBreak, counts.offline};
}

std::vector<StatusTone> StatusList::tones() {
    return {StatusTone::Idle, StatusTone::Busy, StatusTone::WrapUp, StatusTone::Break, StatusTone::Offline};
}

void StatusList::setCounts(const model::AgentCounts& counts) {
    m_values = countsOf(counts);
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        m_counts[i]->setText(QLocale().toString(m_values[i]));
}

// ---- ShortTable

ShortTable::ShortTable(QWidget* parent)
    : TableView(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShortTable::showRows(int rows) {
    const bool other = rows != table().rowCount();
    reload(rows);
    if (other)
        updateGeometry();
}

QSize ShortTable::sizeHint() const {
    const int rows = qBound(1, model()->rowCount(), kMostRows);
    return {look().px(400),
            horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 2 * frameWidth()};
}

} // namespace cb::admin
