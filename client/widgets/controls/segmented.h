#pragma once

#include "client/widgets/theme/themed.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace cb::widgets {

/// Tabs in one row, of which one is chosen. Left, Right, Home and End move; a count may stand beside a text.
class Segmented : public Themed<QWidget> {
    Q_OBJECT
public:
    enum class Shape { Pills, Underlined };

    explicit Segmented(Shape shape = Shape::Underlined, QWidget* parent = nullptr);

    int addSegment(const QString& text);
    void setSegmentText(int index, const QString& text);
    void setSegmentCount(int index, int count);
    void setSegmentShown(int index, bool shown);
    int current() const { return m_current; }
    void setCurrent(int index);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Segment {
        QString text;
        int count = 0;
        bool shown = true;
    };
    int widthOf(const Segment& segment) const;
    QRect rectOf(int index) const;
    int at(const QPoint& pos) const;
    void paintSegment(QPainter& painter, int index) const;
    void step(int from, int by);

    std::vector<Segment> m_segments;
    Shape m_shape;
    int m_current = 0;
    int m_hovered = -1;
};

} // namespace cb::widgets
