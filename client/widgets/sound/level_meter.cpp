#include "client/widgets/sound/level_meter.h"

#include "client/widgets/theme/paint.h"

#include <QPainter>

#include <algorithm>

namespace cb::widgets {

namespace {

constexpr double kFall = 0.8;  ///< of what was seen before
constexpr double kHigh = 0.95; ///< from here on it is too loud

} // namespace

LevelMeter::LevelMeter(QWidget* parent)
    : Themed<QWidget>(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LevelMeter::setLevel(double level) {
    m_level = std::clamp(std::max(level, m_level * kFall), 0.0, 1.0);
    update();
}

void LevelMeter::clear() {
    m_level = 0;
    update();
}

QSize LevelMeter::sizeHint() const {
    return {look().px(160), look().px(8)};
}

QSize LevelMeter::minimumSizeHint() const {
    return {look().px(40), look().px(8)};
}

void LevelMeter::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    const Tokens& t = look().color;
    const qreal radius = height() / 2.0;
    paintRounded(painter, rect(), radius, t.sunken, t.border);
    const int reached = int(m_level * width());
    if (reached > height())
        paintRounded(painter, QRect(0, 0, reached, height()), radius, m_level >= kHigh ? t.wrapUp : t.accent);
}

} // namespace cb::widgets
