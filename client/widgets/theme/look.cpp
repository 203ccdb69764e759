#include "client/widgets/theme/look.h"

#include "client/widgets/theme/theme_style.h"

#include <QApplication>
#include <QFontMetrics>
#include <QWidget>

#include <cmath>

namespace cb::widgets {

int Look::px(double value) const {
    return int(std::lround(value * scale));
}

QFont Look::font(TextSize size, bool strong) const {
    QFont font = body;
    switch (size) {
    case TextSize::Body:
        break;
    case TextSize::Secondary:
        font = secondary;
        break;
    case TextSize::Title:
        font = title;
        break;
    case TextSize::Head:
        font = head;
        break;
    }
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

int Look::controlHeight(bool toolbar) const {
    return qMax(px(toolbar ? 28 : 32), QFontMetrics(body).height() + px(toolbar ? 6 : 10));
}

const Look& lookOf(const QWidget* widget) {
    const QStyle* style = widget != nullptr ? widget->style() : QApplication::style();
    if (const auto* ours = qobject_cast<const ThemeStyle*>(style))
        return ours->look();
    if (const auto* ours = qobject_cast<const ThemeStyle*>(QApplication::style()))
        return ours->look();
    // A program without a Theme (a test of one control): light, the application's font.
    static const Look plain = [] {
        Look look;
        look.body = look.secondary = look.title = look.head = QApplication::font();
        return look;
    }();
    return plain;
}

} // namespace cb::widgets
