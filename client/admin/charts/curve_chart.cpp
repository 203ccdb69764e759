#include "client/admin/charts/curve_chart.h"

#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLegend>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QGraphicsLayout>

#include <algorithm>

namespace cb::admin {

namespace {

constexpr int kHeight = 240;
constexpr int kSteps = 4;
constexpr int kMarkWidth = 56; ///< px for one word under the span

QColor colorOf(CurveChart::Ink ink, const widgets::Tokens& tokens) {
    switch (ink) {
    case CurveChart::Ink::Accent:
        return tokens.accent;
    case CurveChart::Ink::Good:
        return tokens.idle;
    case CurveChart::Ink::Bad:
        return tokens.busy;
    }
    return tokens.text;
}

} // namespace

int axisEnd(int most) {
    constexpr int kLargest = 400'000'000;
    for (int step = 1; step < kLargest; step *= 10)
        for (const int times : {1, 2, 5})
            if (most <= step * times * kSteps)
                return step * times * kSteps;
    return kLargest;
}

CurveChart::CurveChart(const std::vector<Ink>& curves, QWidget* parent)
    : Themed<QChartView>(new QChart, parent)
    , m_inks(curves)
    , m_values(curves.size())
    , m_span(new QCategoryAxis(this))
    , m_counts(new QValueAxis(this)) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    chart()->setBackgroundVisible(false);
    chart()->setMargins({0, 0, 0, 0});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(m_span, Qt::AlignBottom);
    chart()->addAxis(m_counts, Qt::AlignLeft);
    m_span->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_counts->setLabelFormat(QStringLiteral("%d"));
    m_counts->setTickCount(kSteps + 1);
    m_counts->setRange(0, kSteps);
    for (std::size_t i = 0; i < curves.size(); ++i) {
        auto* line = new QLineSeries(this);
        chart()->addSeries(line);
        line->attachAxis(m_span);
        line->attachAxis(m_counts);
        m_curves.push_back(line);
    }
    CurveChart::restyle();
}

QSize CurveChart::sizeHint() const {
    return {look().px(480), look().px(kHeight)};
}

QSize CurveChart::minimumSizeHint() const {
    return {look().px(240), look().px(kHeight)};
}

void CurveChart::setSpan(int length, const std::vector<Mark>& marks) {
    if (marks != m_marks) {
        m_marks = marks;
        m_everyMark = 0;
        showMarks();
    }
    m_span->setRange(0, std::max(1, length));
}

/// As many as have room.
void CurveChart::showMarks() {
    const int room = std::max(1, width() / look().px(kMarkWidth));
    const int every = std::max(1, (int(m_marks.size()) + room - 1) / room);
    if (every == m_everyMark)
        return;
    m_everyMark = every;
    for (const QString& word : m_span->categoriesLabels())
        m_span->remove(word);
    m_span->setStartValue(-1); // a category begins before its mark; the first mark is at 0
    for (std::size_t i = 0; i < m_marks.size(); i += std::size_t(every))
        m_span->append(m_marks[i].word, m_marks[i].at);
}

void CurveChart::resizeEvent(QResizeEvent* event) {
    Themed<QChartView>::resizeEvent(event);
    showMarks();
}

void CurveChart::setNames(const QStringList& names) {
    for (std::size_t i = 0; i < m_curves.size(); ++i)
        m_curves[i]->setName(names.value(int(i)));
}

void CurveChart::setValues(const std::vector<std::vector<int>>& values) {
    int most = 0;
    for (std::size_t i = 0; i < m_curves.size() && i < values.size(); ++i) {
        for (const int value : values[i])
            most = std::max(most, value);
        if (values[i] == m_values[i])
            continue;
        m_values[i] = values[i];
        QList<QPointF> points;
        points.reserve(qsizetype(values[i].size()));
        for (std::size_t at = 0; at < values[i].size(); ++at)
            points.append({double(at) + 0.5, double(values[i][at])}); // in the middle of its time
        m_curves[i]->replace(points);
    }
    m_counts->setRange(0, axisEnd(most));
}

void CurveChart::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

void CurveChart::restyle() {
    const auto& l = look();
    const auto& t = l.color;
    constexpr Qt::PenStyle kStrokes[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine};
    for (std::size_t i = 0; i < m_curves.size(); ++i)
        m_curves[i]->setPen(QPen(colorOf(m_inks[i], t), l.px(2), kStrokes[i % std::size(kStrokes)], Qt::RoundCap));
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_span), static_cast<QAbstractAxis*>(m_counts)}) {
        axis->setLabelsFont(l.secondary);
        axis->setLabelsColor(t.muted);
        axis->setLinePen(QPen(t.border, 1));
        axis->setGridLinePen(QPen(t.border, 1));
    }
    m_span->setGridLineVisible(false);
    m_counts->setLineVisible(false);
    chart()->legend()->setAlignment(Qt::AlignTop);
    chart()->legend()->setFont(l.secondary);
    chart()->legend()->setLabelColor(t.text);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
}

} // namespace cb::admin
