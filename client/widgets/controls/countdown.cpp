#include "client/widgets/controls/countdown.h"

#include "client/widgets/theme/paint.h"

#include <QPainter>
#include <QTimer>

namespace cb::widgets {

Countdown::Countdown(Shape shape, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_shape(shape)
    , m_tick(new QTimer(this)) {
    m_tick->setTimerType(Qt::PreciseTimer);
    connect(m_tick, &QTimer::timeout, this, &Countdown::tick);
    setSizePolicy(shape == Shape::Ring ? QSizePolicy::Fixed : QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Countdown::start(qint64 total, qint64 left) {
    m_total = qMax<qint64>(0, total);
    m_deadline = QDeadlineTimer(std::clamp<qint64>(left, 0, m_total));
    m_running = m_total > 0;
    run();
    update();
}

void Countdown::stop() {
    m_running = false;
    m_total = 0;
    m_tick->stop();
    update();
}

qint64 Countdown::left() const {
    return m_running ? m_deadline.remainingTime() : 0;
}

void Countdown::run() {
    if (!m_running)
        return;
    // One device pixel of the bar, or a tenth of a second, whichever is longer: no faster repaint could be seen.
    const int pixels = qMax(1, m_shape == Shape::Bar ? width() : 120);
    m_tick->start(look().reducedMotion ? 1000 : int(std::clamp<qint64>(m_total / pixels, 100, 1000)));
}

void Countdown::tick() {
    update();
    if (!m_deadline.hasExpired())
        return;
    m_tick->stop();
    m_running = false;
    Q_EMIT finished();
}

void Countdown::hideEvent(QHideEvent* event) {
    // Hidden it needs no repaint, only its end.
    if (m_running)
        m_tick->start(int(qMax<qint64>(1, m_deadline.remainingTime())));
    QWidget::hideEvent(event);
}

void Countdown::showEvent(QShowEvent* event) {
    run();
    QWidget::showEvent(event);
}

QSize Countdown::sizeHint() const {
    return m_shape == Shape::Ring ? QSize(look().px(32), look().px(32)) : QSize(look().px(80), look().px(4));
}

QSize Countdown::minimumSizeHint() const {
    return m_shape == Shape::Ring ? sizeHint() : QSize(look().px(16), look().px(4));
}

void Countdown::paintEvent(QPaintEvent*) {
    if (m_total <= 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& t = look().color;
    const qint64 rest = left();
    const double part = double(rest) / double(m_total);
    const QColor color = part < 1.0 / 6 ? t.busy : part < 1.0 / 3 ? t.wrapUp : t.accent;
    if (m_shape == Shape::Bar) {
        const QRectF all = rect();
        paintRounded(painter, all, all.height() / 2, t.border);
        if (part > 0)
            paintRounded(painter, QRectF(0, 0, qMax(all.height(), all.width() * part), all.height()), all.height() / 2,
                         color);
        return;
    }
    const qreal thick = look().px(3);
    const QRectF ring = QRectF(rect()).adjusted(thick / 2 + 1, thick / 2 + 1, -thick / 2 - 1, -thick / 2 - 1);
    painter.setPen(QPen(t.border, thick));
    painter.drawEllipse(ring);
    painter.setPen(QPen(color, thick, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, 90 * 16, int(part * 360 * 16));
    painter.setPen(t.text);
    painter.setFont(look().font(TextSize::Secondary, true));
    painter.drawText(rect(), Qt::AlignCenter, QString::number((rest + 999) / 1000));
}

} // namespace cb::widgets
