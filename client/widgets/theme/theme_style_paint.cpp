#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/paint.h"
#include "client/widgets/theme/theme_style.h"

#include <QAbstractSpinBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QWidget>

namespace cb::widgets {

namespace {

/// Hover and pressed as a veil over whatever lies under it.
void paintVeil(QPainter& painter, const QRectF& rect, qreal radius, const QStyleOption& option, const Tokens& t) {
    if (!option.state.testFlag(QStyle::State_Enabled))
        return;
    if (option.state & (QStyle::State_Sunken | QStyle::State_On))
        paintRounded(painter, rect, radius, t.pressed);
    else if (option.state & QStyle::State_MouseOver)
        paintRounded(painter, rect, radius, t.hover);
}

} // namespace

void ThemeStyle::drawButtonPanel(const QStyleOption* option, QPainter* painter, const QWidget*) const {
    const Tokens& t = m_look.color;
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool primary = enabled && button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton);
    const QRectF rect = option->rect;
    if (primary)
        paintRounded(*painter, rect, m_look.radius(), t.accent);
    else
        paintRounded(*painter, rect, m_look.radius(), enabled ? t.surface : t.bg, enabled ? t.control : t.border);
    paintVeil(*painter, rect, m_look.radius(), *option, t);
    if (wantsFocusRing(*option))
        paintFocusRing(*painter, rect, m_look.radius(), m_look, primary);
}

void ThemeStyle::drawToolButtonPanel(const QStyleOption* option, QPainter* painter) const {
    paintVeil(*painter, option->rect, m_look.radius(), *option, m_look.color);
    if (wantsFocusRing(*option))
        paintFocusRing(*painter, option->rect, m_look.radius(), m_look);
}

void ThemeStyle::drawField(const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (frame == nullptr || frame->lineWidth <= 0)
        return; // a frameless field lies in somebody else's panel
    const Tokens& t = m_look.color;
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool wrong = widget != nullptr && widget->property("invalid").toBool();
    paintRounded(*painter, option->rect, m_look.radius(), enabled ? t.surface : t.bg, wrong ? t.busy : t.control);
    if (option->state & State_HasFocus)
        paintFocusRing(*painter, option->rect, m_look.radius(), m_look);
}

void ThemeStyle::drawCheckMark(const QStyleOption* option, QPainter* painter, bool round) const {
    const Tokens& t = m_look.color;
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool on = option->state & (State_On | State_NoChange);
    const QRectF rect = option->rect;
    const qreal radius = round ? rect.height() / 2 : m_look.px(4);
    const QColor ground = !enabled ? t.bg : on ? t.accent : t.surface;
    const QColor mark = enabled ? t.onAccent : t.muted;
    paintRounded(*painter, rect, radius, ground, !enabled ? t.border : on ? t.accent : t.muted);
    if (!on && enabled && (option->state & State_MouseOver))
        paintRounded(*painter, rect, radius, t.hover);
    if (!on)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mark);
        painter->drawEllipse(rect.center(), rect.width() * 0.2, rect.width() * 0.2);
    } else {
        painter->setPen(QPen(mark, m_look.scale * 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const auto at = [&rect](qreal x, qreal y) {
            return QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y);
        };
        if (option->state & State_NoChange)
            painter->drawLine(at(0.28, 0.5), at(0.72, 0.5));
        else
            painter->drawPolyline(QPolygonF({at(0.25, 0.52), at(0.43, 0.7), at(0.76, 0.32)}));
    }
    painter->restore();
}

void ThemeStyle::drawMenuItem(const QStyleOption* option, QPainter* painter) const {
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    if (item == nullptr)
        return;
    const Tokens& t = m_look.color;
    const QRect rect = option->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), t.border);
        return;
    }
    const bool enabled = option->state.testFlag(State_Enabled);
    if (enabled && option->state.testFlag(State_Selected))
        paintRounded(*painter, rect, m_look.px(4), t.selection);
    const QColor color = enabled ? t.text : option->palette.color(QPalette::Disabled, QPalette::Text);

    const int mark = m_look.iconSize();
    const QRect markRect(rect.left() + m_look.grid(2), rect.top(), mark, rect.height());
    if (item->checked)
        paintGlyph(*painter, markRect, Glyph::Check, color, mark);
    else if (!item->icon.isNull())
        item->icon.paint(painter, markRect, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);

    painter->save();
    painter->setFont(item->font);
    painter->setPen(color);
    const QRect textRect = rect.adjusted(m_look.grid(2) + mark + m_look.grid(2), 0, -m_look.grid(4), 0);
    const QStringList parts = item->text.split(u'\t');
    constexpr int kFlags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextHideMnemonic;
    painter->drawText(textRect, kFlags | Qt::AlignLeft, parts.value(0));
    if (parts.size() > 1) {
        painter->setPen(enabled ? t.muted : color);
        painter->setFont(m_look.secondary);
        painter->drawText(textRect, kFlags | Qt::AlignRight, parts.value(1));
    }
    painter->restore();
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        paintGlyph(*painter, QRect(rect.right() - m_look.px(20), rect.top(), mark, rect.height()), Glyph::ChevronRight,
                   color, m_look.px(14));
}

void ThemeStyle::drawTab(const QStyleOption* option, QPainter* painter) const {
    const Tokens& t = m_look.color;
    const QRect rect = option->rect;
    const bool selected = option->state.testFlag(State_Selected);
    if (!selected && (option->state & State_MouseOver))
        paintRounded(*painter, rect.adjusted(2, 4, -2, -4), m_look.radius(), t.hover);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.border);
    if (selected)
        painter->fillRect(QRect(rect.left() + m_look.grid(2), rect.bottom() - 1, rect.width() - m_look.grid(4), 2),
                          t.accent);
}

void ThemeStyle::drawHeaderSection(const QStyleOption* option, QPainter* painter) const {
    const Tokens& t = m_look.color;
    const QRect rect = option->rect;
    painter->fillRect(rect, t.surface);
    if ((option->state & State_MouseOver) && (option->state & State_Enabled))
        painter->fillRect(rect, t.hover);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.border);
}

void ThemeStyle::drawProgress(const QStyleOption* option, QPainter* painter) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    if (bar == nullptr || bar->maximum <= bar->minimum)
        return;
    const double part = double(bar->progress - bar->minimum) / (bar->maximum - bar->minimum);
    QRectF rect = option->rect;
    rect.setWidth(qMax(rect.height(), rect.width() * qBound(0.0, part, 1.0)));
    if (part > 0)
        paintRounded(*painter, rect, rect.height() / 2, m_look.color.accent);
}

void ThemeStyle::drawComboBox(const QStyleOptionComplex* option, QPainter* painter) const {
    const Tokens& t = m_look.color;
    const bool enabled = option->state.testFlag(State_Enabled);
    paintRounded(*painter, option->rect, m_look.radius(), enabled ? t.surface : t.bg, enabled ? t.control : t.border);
    paintVeil(*painter, option->rect, m_look.radius(), *option, t);
    if (option->state & State_HasFocus)
        paintFocusRing(*painter, option->rect, m_look.radius(), m_look);
    const QRect arrow(option->rect.right() - m_look.px(26), option->rect.top(), m_look.px(22), option->rect.height());
    paintGlyph(*painter, arrow, Glyph::ChevronDown, enabled ? t.muted : t.border, m_look.iconSize());
}

void ThemeStyle::drawSpinBox(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    if (spin == nullptr)
        return;
    const Tokens& t = m_look.color;
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool wrong = widget != nullptr && widget->property("invalid").toBool();
    paintRounded(*painter, option->rect, m_look.radius(), enabled ? t.surface : t.bg, wrong ? t.busy : t.control);
    if (option->state & State_HasFocus)
        paintFocusRing(*painter, option->rect, m_look.radius(), m_look);
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    for (const bool up : {true, false}) {
        const SubControl part = up ? SC_SpinBoxUp : SC_SpinBoxDown;
        const QRect rect = proxy()->subControlRect(CC_SpinBox, option, part, widget);
        const bool can = enabled && spin->stepEnabled.testFlag(up ? QAbstractSpinBox::StepUpEnabled
                                                                  : QAbstractSpinBox::StepDownEnabled);
        const bool active = can && option->activeSubControls == part;
        if (active)
            paintRounded(*painter, rect, m_look.px(3), option->state & State_Sunken ? t.pressed : t.hover);
        paintGlyph(*painter, rect, up ? Glyph::ChevronUp : Glyph::ChevronDown, can ? t.muted : t.border, m_look.px(12));
    }
}

void ThemeStyle::drawScrollBar(const QStyleOptionComplex* option, QPainter* painter) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (bar == nullptr || bar->maximum <= bar->minimum)
        return;
    const Tokens& t = m_look.color;
    const QRectF slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr);
    const bool hot = option->state & (State_MouseOver | State_Sunken);
    QColor color = t.muted;
    color.setAlpha(option->state & State_Sunken ? 200 : hot ? 160 : 96);
    const qreal inset = hot ? 2 : 3;
    const QRectF thumb = slider.adjusted(inset, inset, -inset, -inset);
    paintRounded(*painter, thumb, qMin(thumb.width(), thumb.height()) / 2, color);
}

void ThemeStyle::drawSlider(const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const {
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (slider == nullptr)
        return;
    const Tokens& t = m_look.color;
    const bool enabled = option->state.testFlag(State_Enabled);
    const QRectF handle = proxy()->subControlRect(CC_Slider, option, SC_SliderHandle, widget);
    const bool horizontal = slider->orientation == Qt::Horizontal;
    QRectF groove = option->rect;
    const qreal thick = m_look.px(4);
    groove = horizontal ? QRectF(groove.left(), groove.center().y() - thick / 2, groove.width(), thick)
                        : QRectF(groove.center().x() - thick / 2, groove.top(), thick, groove.height());
    paintRounded(*painter, groove, thick / 2, t.control);
    QRectF done = groove;
    if (horizontal)
        done.setRight(handle.center().x());
    else
        done.setTop(handle.center().y());
    paintRounded(*painter, done, thick / 2, enabled ? t.accent : t.muted);
    paintRounded(*painter, handle, handle.height() / 2, enabled ? t.surface : t.bg, enabled ? t.accent : t.control);
    if (wantsFocusRing(*option))
        paintFocusRing(*painter, handle, handle.height() / 2, m_look);
}

} // namespace cb::widgets
