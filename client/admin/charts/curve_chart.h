#pragma once

#include "client/widgets/theme/themed.h"

#include <QtCharts/QChartView>

#include <vector>

class QCategoryAxis;
class QLineSeries;
class QValueAxis;

namespace cb::admin {

/// Curves of counts over one length of time, which has marks with words. Each curve has its own stroke beside its
/// colour.
class CurveChart : public widgets::Themed<QChartView> {
    Q_OBJECT
public:
    enum class Ink { Accent, Good, Bad };

    explicit CurveChart(const std::vector<Ink>& curves, QWidget* parent = nullptr);

    struct Mark {
        int at = 0;
        QString word;
        bool operator==(const Mark&) const = default;
    };
    /// The axis goes from 0 to `length`, whatever the curves have so far.
    void setSpan(int length, const std::vector<Mark>& marks);
    void setNames(const QStringList& names);
    /// One vector for each curve; equal ones are left as they are.
    void setValues(const std::vector<std::vector<int>>& values);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void restyle() override;
    void wheelEvent(QWheelEvent* event) override; ///< is the page's
    void resizeEvent(QResizeEvent* event) override;

private:
    void showMarks();

    std::vector<Ink> m_inks;
    std::vector<QLineSeries*> m_curves;
    std::vector<std::vector<int>> m_values;
    std::vector<Mark> m_marks;
    int m_everyMark = 0; ///< that is shown; 0 = none yet
    QCategoryAxis* m_span;
    QValueAxis* m_counts;
};

/// The end of an axis of whole numbers with four steps that has room for `most`.
int axisEnd(int most);

} // namespace cb::admin
