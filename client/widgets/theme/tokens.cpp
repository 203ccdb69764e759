#include "client/widgets/theme/tokens.h"

#include <cmath>

namespace cb::widgets {

namespace {

QColor translucent(QColor color, int alpha) {
    color.setAlpha(alpha);
    return color;
}

void derive(Tokens& t) {
    t.control = mix(t.border, t.muted, t.dark ? 0.20 : 0.25);
    t.hover = translucent(t.text, t.dark ? 18 : 14);
    t.pressed = translucent(t.text, t.dark ? 34 : 28);
    t.selection = mix(t.surface, t.accent, t.dark ? 0.17 : 0.14);
    t.customerBubble = t.surface;
    t.agentBubble = mix(t.surface, t.accent, t.dark ? 0.17 : 0.12);
    t.flowBubble = mix(t.sunken, t.text, t.dark ? 0.07 : 0.045);
    t.shadow = QColor(0, 0, 0, t.dark ? 120 : 42);
}

} // namespace

Tokens lightTokens() {
    Tokens t;
    t.bg = QColor(0xF6F7F9);
    t.surface = QColor(0xFFFFFF);
    t.sunken = QColor(0xEEF0F3);
    t.border = QColor(0xD9DDE3);
    t.text = QColor(0x1B1F24);
    t.muted = QColor(0x5B6470);
    t.accent = QColor(0x0B6E6E);
    t.onAccent = QColor(0xFFFFFF);
    t.idle = QColor(0x15743D);
    t.busy = QColor(0xC4342B);
    t.wrapUp = QColor(0x8F5B00);
    t.onBreak = QColor(0x6B4BC8);
    t.offline = QColor(0x626A76);
    t.onBusy = QColor(0xFFFFFF);
    derive(t);
    return t;
}

Tokens darkTokens() {
    Tokens t;
    t.dark = true;
    t.bg = QColor(0x15181C);
    t.surface = QColor(0x1D2126);
    t.sunken = QColor(0x111417);
    t.border = QColor(0x343A42);
    t.text = QColor(0xE7EAEE);
    t.muted = QColor(0x9DA6B2);
    t.accent = QColor(0x4CC2BD);
    t.onAccent = QColor(0x0C1517);
    t.idle = QColor(0x57C785);
    t.busy = QColor(0xFF7B72);
    t.wrapUp = QColor(0xE3A73C);
    t.onBreak = QColor(0xA99BF5);
    t.offline = QColor(0x8A939F);
    t.onBusy = QColor(0x1A0B0A);
    derive(t);
    return t;
}

QColor mix(const QColor& under, const QColor& over, double ratio) {
    const auto channel = [ratio](int a, int b) { return int(std::lround(a + (b - a) * ratio)); };
    return QColor(channel(under.red(), over.red()), channel(under.green(), over.green()),
                  channel(under.blue(), over.blue()));
}

double contrast(const QColor& a, const QColor& b) {
    const auto luminance = [](const QColor& c) {
        const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
    };
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace cb::widgets
