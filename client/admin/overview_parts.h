#pragma once

#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/status.h"
#include "client/widgets/table/table_view.h"
#include "shared/model/overview.h"

#include <QtCore/QTimeZone>

#include <optional>

class QGridLayout;

/// The pieces of the overview, and how its figures are written.
namespace cb::admin {

/// "4:12"; a dash when there is none.
QString durationText(std::optional<base::Millis> duration);
/// "87%"; a dash when there is none.
QString levelText(std::optional<double> level);
model::DayTally totalOf(const model::Overview& overview);

/// One figure with its name above and a remark below.
class Tile : public widgets::Card {
    Q_OBJECT
public:
    explicit Tile(QWidget* parent = nullptr);
    void setName(const QString& name);
    void setFigure(const QString& figure, const QString& remark = {});
    QString figure() const { return m_figure->text(); }

private:
    void tell();
    widgets::ElidedLabel* m_name;
    widgets::ElidedLabel* m_figure;
    widgets::ElidedLabel* m_remark;
};

/// Tiles beside each other, in one row or two.
class TileRow : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit TileRow(int tiles, QWidget* parent = nullptr);
    Tile* tile(int index) const { return m_tiles[std::size_t(index)]; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void restyle() override;

private:
    void place();
    std::vector<Tile*> m_tiles;
    QGridLayout* m_grid;
    int m_columns = 0;
};

/// Agents by status: dot, word, count.
class StatusList : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit StatusList(QWidget* parent = nullptr);
    void setCounts(const model::AgentCounts& counts);
    /// In the order of the lines.
    static std::vector<int> countsOf(const model::AgentCounts& counts);
    static std::vector<widgets::StatusTone> tones();
    int count(int line) const { return m_values[std::size_t(line)]; }

protected:
    void restyle() override;
    void retranslate() override;

private:
    std::vector<widgets::ElidedLabel*> m_words;
    std::vector<widgets::Label*> m_counts;
    std::vector<int> m_values;
    QGridLayout* m_grid;
};

/// A table as high as its rows, up to a dozen; then it scrolls by itself.
class ShortTable : public widgets::TableView {
    Q_OBJECT
public:
    explicit ShortTable(QWidget* parent = nullptr);
    void showRows(int rows);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }
};

} // namespace cb::admin
