#pragma once

#include "client/widgets/theme/themed.h"

#include <QDeadlineTimer>
#include <QWidget>

class QTimer;

namespace cb::widgets {

/// How much of a limited time is left: a ring with the seconds in it, or a thin bar. Turns amber in the last third and
/// red in the last sixth. With less motion it moves once a second.
class Countdown : public Themed<QWidget> {
    Q_OBJECT
public:
    enum class Shape { Ring, Bar };

    explicit Countdown(Shape shape, QWidget* parent = nullptr);

    /// \p total is the whole time and \p left what remains now, in milliseconds. A total of 0 means no limit: nothing
    /// is painted.
    void start(qint64 total, qint64 left);
    void stop();
    qint64 left() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void finished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void tick();
    void run();

    Shape m_shape;
    qint64 m_total = 0;
    QDeadlineTimer m_deadline;
    QTimer* m_tick;
    bool m_running = false;
};

} // namespace cb::widgets
