#include "client/admin/charts/status_chart.h"

#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <QtCharts/QPieSeries>
#include <QtCharts/QPieSlice>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QGraphicsLayout>

#include <numeric>

namespace cb::admin {

namespace {
constexpr int kSide = 144;
} // namespace

StatusChart::StatusChart(const std::vector<widgets::StatusTone>& tones, QWidget* parent)
    : Themed<QChartView>(new QChart, parent)
    , m_tones(tones)
    , m_ring(new QPieSeries(this)) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({0, 0, 0, 0});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    m_ring->setHoleSize(0.62);
    m_ring->setPieSize(0.96);
    for (std::size_t i = 0; i < m_tones.size(); ++i)
        m_ring->append(QString(), 0);
    m_ring->append(QString(), 1); // the empty ring of nobody
    chart()->addSeries(m_ring);
    StatusChart::restyle();
}

QSize StatusChart::sizeHint() const {
    return {look().px(kSide), look().px(kSide)};
}

void StatusChart::setCounts(const std::vector<int>& counts) {
    if (counts == m_counts)
        return;
    m_counts = counts;
    const auto slices = m_ring->slices();
    for (std::size_t i = 0; i < m_tones.size() && i < counts.size(); ++i)
        slices[qsizetype(i)]->setValue(counts[i]);
    slices.last()->setValue(std::accumulate(counts.begin(), counts.end(), 0) == 0 ? 1 : 0);
}

void StatusChart::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

void StatusChart::restyle() {
    const auto& t = look().color;
    const auto slices = m_ring->slices();
    for (std::size_t i = 0; i < m_tones.size(); ++i) {
        slices[qsizetype(i)]->setBrush(widgets::statusColor(m_tones[i], t));
        slices[qsizetype(i)]->setPen(QPen(t.surface, look().px(1)));
    }
    slices.last()->setBrush(t.border);
    slices.last()->setPen(Qt::NoPen);
    updateGeometry();
}

} // namespace cb::admin
