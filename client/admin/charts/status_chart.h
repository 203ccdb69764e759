#pragma once

#include "client/widgets/controls/status.h"

#include <QtCharts/QChartView>

#include <vector>

class QPieSeries;

namespace cb::admin {

/// A ring of people by status. The words and numbers stand beside it.
class StatusChart : public widgets::Themed<QChartView> {
    Q_OBJECT
public:
    explicit StatusChart(const std::vector<widgets::StatusTone>& tones, QWidget* parent = nullptr);
    /// As many as tones.
    void setCounts(const std::vector<int>& counts);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void restyle() override;
    void wheelEvent(QWheelEvent* event) override; ///< is the page's

private:
    std::vector<widgets::StatusTone> m_tones;
    std::vector<int> m_counts;
    QPieSeries* m_ring;
};

} // namespace cb::admin
