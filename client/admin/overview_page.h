#pragma once

#include "client/admin/overview_parts.h"
#include "client/admin/page.h"
#include "client/widgets/controls/scroll_column.h"
#include "client/widgets/table/table_page.h"

#include <QtCore/QTimer>
#include <QtWidgets/QStackedWidget>

namespace cb::admin {

class CurveChart;
class StatusChart;

/// The overview（数据概览）: what is going on now and what became of today's sessions. Told by the server while the
/// page is seen (state::Overview); charts are made with the first figures.
class OverviewPage : public widgets::Ground {
    Q_OBJECT
public:
    explicit OverviewPage(const Context& context, QWidget* parent = nullptr);

    TileRow* tiles() const { return m_tiles; }
    StatusList* statuses() const { return m_statuses; }
    ShortTable* groups() const { return m_groups; }
    ShortTable* channels() const { return m_channels; }
    CurveChart* curve() const { return m_curve; } ///< nullptr before the first figures

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void retranslate() override;

private:
    void build();
    void tellWords();
    void tellState();
    void fill();
    void fillTiles();
    void fillCharts();
    void makeCharts();
    void placePanels();
    widgets::TableCell groupCell(int row, int column) const;
    widgets::TableCell channelCell(int row, int column) const;

    Context m_context;
    state::Overview& m_state;
    widgets::PageHead* m_head;
    widgets::Strip* m_strip;
    QStackedWidget* m_pages;
    widgets::EmptyState* m_wait;
    widgets::ScrollColumn* m_column;
    TileRow* m_tiles;
    QBoxLayout* m_panels = nullptr; ///< curve and agents: beside each other when there is room
    widgets::SectionHeader* m_curveTitle;
    QStackedWidget* m_curvePlace;
    widgets::EmptyState* m_quiet; ///< in the place of the curve before the first session of the day
    CurveChart* m_curve = nullptr;
    widgets::SectionHeader* m_statusTitle;
    QHBoxLayout* m_statusRow = nullptr;
    StatusChart* m_ring = nullptr;
    StatusList* m_statuses;
    widgets::SectionHeader* m_groupsTitle;
    ShortTable* m_groups;
    widgets::SectionHeader* m_channelsTitle;
    ShortTable* m_channels;
    QTimer m_tick; ///< waits grow while nothing happens
    std::vector<model::GroupOverview> m_groupRows;
    struct ChannelRow {
        qint64 key = 0;
        std::optional<model::Mode> mode; ///< a mode's sum; else a channel
        QString name;
        model::DayTally today;
        bool operator==(const ChannelRow&) const = default;
    };
    std::vector<ChannelRow> m_channelRows;
};

} // namespace cb::admin
