#include "client/widgets/sound/waveform.h"

#include "client/widgets/theme/paint.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyleOption>
#include <QWheelEvent>

#include <algorithm>
#include <limits>

namespace cb::widgets {

namespace {

constexpr int kPieces = 1'024; ///< finer than any bar is wide
constexpr int kStepMillis = 2'000;
constexpr int kPageMillis = 10'000;

/// The loudest of the pieces that one column of `columns` stands for.
float loudest(const std::vector<float>& peaks, int column, int columns) {
    const auto first = std::size_t(column) * peaks.size() / std::size_t(columns);
    const auto end = std::max(first + 1, std::size_t(column + 1) * peaks.size() / std::size_t(columns));
    return *std::max_element(peaks.begin() + std::ptrdiff_t(first),
                             peaks.begin() + std::ptrdiff_t(std::min(end, peaks.size())));
}

} // namespace

Waveform::Waveform(QWidget* parent)
    : Themed<QAbstractSlider>(parent) {
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSingleStep(kStepMillis);
    setPageStep(kPageMillis);
    setTracking(false); // a drag goes there when it ends
    setRange(0, 0);
    connect(this, &QAbstractSlider::actionTriggered, this, [this] { Q_EMIT sought(sliderPosition()); });
}

void Waveform::setSound(const Pcm& pcm) {
    m_peaks = peaksOf(pcm, kPieces);
    setRange(0, int(std::min<qint64>(pcm.millis(), std::numeric_limits<int>::max())));
    setValue(0);
    update();
}

void Waveform::setPosition(qint64 millis) {
    if (!isSliderDown())
        setValue(int(std::min<qint64>(millis, maximum())));
}

QSize Waveform::sizeHint() const {
    return {look().px(220), look().controlHeight()};
}

QSize Waveform::minimumSizeHint() const {
    return {look().px(60), look().controlHeight()};
}

int Waveform::millisAt(int x) const {
    return width() <= 1 ? 0 : int(std::clamp<qint64>(qint64(x) * maximum() / (width() - 1), 0, maximum()));
}

void Waveform::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    const int middle = height() / 2;
    const int heard = maximum() > 0 ? int(qint64(sliderPosition()) * width() / maximum()) : 0;
    painter.fillRect(QRect(0, middle, width(), 1), t.border);
    const int bar = qMax(1, l.px(2));
    const int columns = qMax(1, width() / (bar + 1));
    for (int column = 0; column < columns && !m_peaks.upper.empty(); ++column) {
        const int x = column * (bar + 1);
        const int above = qMax(1, int(loudest(m_peaks.upper, column, columns) * float(middle - 1)));
        const int below = qMax(1, int(loudest(m_peaks.lower, column, columns) * float(middle - 1)));
        painter.fillRect(QRect(x, middle - above, bar, above + below), x < heard ? t.accent : t.control);
    }
    if (maximum() > 0)
        painter.fillRect(QRect(qMin(heard, width() - bar), 0, bar, height()), t.accent);
    QStyleOption option;
    option.initFrom(this);
    if (wantsFocusRing(option))
        paintFocusRing(painter, rect(), l.radius(), l);
}

void Waveform::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || maximum() == 0)
        return event->ignore();
    setSliderDown(true);
    setSliderPosition(millisAt(int(event->position().x())));
    update();
}

void Waveform::mouseMoveEvent(QMouseEvent* event) {
    if (!isSliderDown())
        return event->ignore();
    setSliderPosition(millisAt(int(event->position().x())));
    update();
}

void Waveform::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !isSliderDown())
        return event->ignore();
    setSliderDown(false);
}

/// The page is scrolled, not the sound.
void Waveform::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace cb::widgets
