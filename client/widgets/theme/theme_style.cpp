#include "client/widgets/theme/theme_style.h"

#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/paint.h"
#include "client/widgets/theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTextEdit>
#include <QToolButton>

namespace cb::widgets {

ThemeStyle::ThemeStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {
    m_look.body = m_look.secondary = m_look.title = m_look.head = QFont();
}

void ThemeStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    const bool hovers = qobject_cast<QAbstractButton*>(widget) != nullptr ||
                        qobject_cast<QComboBox*>(widget) != nullptr || qobject_cast<QLineEdit*>(widget) != nullptr ||
                        widget->inherits("QScrollBar") || widget->inherits("QTabBar") ||
                        widget->inherits("QHeaderView");
    if (hovers)
        widget->setAttribute(Qt::WA_Hover);
    if (auto* header = qobject_cast<QHeaderView*>(widget);
        header != nullptr && header->orientation() == Qt::Horizontal) {
        header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        header->setHighlightSections(false);
    }
    if (auto* edit = qobject_cast<QTextEdit*>(widget))
        edit->viewport()->setAutoFillBackground(false); // the frame paints the ground with its round corners
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (widget->inherits("QComboBoxPrivateContainer") || qobject_cast<QMenu*>(widget) != nullptr)
        widget->setAttribute(Qt::WA_TranslucentBackground, false);
}

QIcon ThemeStyle::standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const {
    switch (icon) {
    case SP_LineEditClearButton:
        return glyphIcon(Glyph::X);
    case SP_MessageBoxInformation:
        return glyphIcon(Glyph::Info);
    case SP_MessageBoxWarning:
        return glyphIcon(Glyph::TriangleAlert);
    case SP_MessageBoxCritical:
        return glyphIcon(Glyph::OctagonX);
    case SP_MessageBoxQuestion:
        return glyphIcon(Glyph::CircleHelp);
    default:
        return QProxyStyle::standardIcon(icon, option, widget);
    }
}

QPalette ThemeStyle::standardPalette() const {
    return paletteOf(m_look.color);
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
    case PM_ToolBarIconSize:
        return m_look.iconSize();
    case PM_ScrollBarExtent:
        return m_look.px(10);
    case PM_ScrollBarSliderMin:
        return m_look.px(32);
    case PM_SplitterWidth:
        return 5;
    case PM_DefaultFrameWidth:
    case PM_MenuPanelWidth:
    case PM_ToolTipLabelFrameWidth:
        return metric == PM_ToolTipLabelFrameWidth ? m_look.px(6) : 1;
    case PM_MenuVMargin:
    case PM_MenuHMargin:
        return m_look.grid(1);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return m_look.px(16);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return m_look.grid(2);
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return m_look.grid(3);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_TabBarTabHSpace:
        return m_look.grid(6);
    case PM_TabBarTabVSpace:
        return m_look.grid(4);
    case PM_FocusFrameHMargin:
        return m_look.px(7); // the margin of table cells, in line with the headers
    case PM_HeaderMarkSize:
        return m_look.px(14);
    case PM_HeaderMargin:
        return m_look.grid(2);
    case PM_TextCursorWidth:
        return m_look.px(1);
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return m_look.px(16);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* result) const {
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_UnderlineShortcut:
    case SH_ScrollBar_ContextMenu:
        return 0;
    case SH_ComboBox_PopupFrameStyle:
        return int(QFrame::NoFrame) | int(QFrame::Plain);
    case SH_Widget_Animate:
        return m_look.reducedMotion ? 0 : 1;
    case SH_Widget_Animation_Duration:
        return m_look.motion(120);
    case SH_Menu_MouseTracking:
    case SH_ComboBox_ListMouseTracking:
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_Header_ArrowAlignment:
        return Qt::AlignRight | Qt::AlignVCenter;
    case SH_FormLayoutLabelAlignment:
        return Qt::AlignLeft | Qt::AlignVCenter;
    case SH_FormLayoutFieldGrowthPolicy:
        return QFormLayout::ExpandingFieldsGrow;
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                   const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {qMax(size.width() + m_look.grid(7), m_look.px(64)), m_look.controlHeight()};
    case CT_LineEdit:
    case CT_SpinBox:
        return {result.width() + m_look.grid(3), m_look.controlHeight()};
    case CT_ComboBox:
        return {size.width() + m_look.grid(11), m_look.controlHeight()};
    case CT_ToolButton:
        return result.expandedTo({m_look.controlHeight(true), m_look.controlHeight(true)});
    case CT_CheckBox:
    case CT_RadioButton:
        return result.expandedTo({0, m_look.px(24)});
    case CT_ItemViewItem:
        return result.expandedTo({0, m_look.controlHeight(true)});
    case CT_HeaderSection:
        return {result.width() + m_look.grid(2), m_look.controlHeight()};
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            if (item->menuItemType == QStyleOptionMenuItem::Separator)
                return {result.width(), m_look.grid(2) + 1};
            const bool shortcut = item->text.contains(u'\t');
            return {size.width() + m_look.grid(shortcut ? 16 : 14), m_look.controlHeight(true)};
        }
        return result;
    default:
        return result;
    }
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    if (element == SE_HeaderArrow) {
        const int side = m_look.px(14);
        return visualRect(
            option->direction, option->rect,
            QRect(option->rect.right() - side - m_look.grid(1), option->rect.center().y() - side / 2, side, side));
    }
    if (element == SE_HeaderLabel)
        return option->rect.adjusted(m_look.grid(2), 0, -m_look.px(18), 0);
    if (element == SE_LineEditContents) {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame != nullptr && frame->lineWidth > 0)
            return option->rect.adjusted(m_look.grid(2), 1, -m_look.grid(2), -1);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                 const QWidget* widget) const {
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visualRect(option->direction, option->rect, option->rect.adjusted(m_look.px(10), 1, -m_look.px(28), -1));
    if (control == CC_ComboBox && part == SC_ComboBoxListBoxPopup)
        return option->rect.adjusted(0, m_look.px(2), 0, m_look.px(2));
    if (control == CC_SpinBox) {
        const QRect& r = option->rect;
        const int buttons = m_look.px(22);
        const int half = r.height() / 2;
        const QRect column(r.right() - buttons, r.top() + 2, buttons - 1, r.height() - 4);
        switch (part) {
        case SC_SpinBoxEditField:
            return visualRect(option->direction, r, r.adjusted(m_look.grid(2), 1, -buttons - 1, -1));
        case SC_SpinBoxUp:
            return visualRect(option->direction, r,
                              QRect(column.topLeft(), QPoint(column.right(), r.top() + half - 1)));
        case SC_SpinBoxDown:
            return visualRect(option->direction, r, QRect(QPoint(column.left(), r.top() + half), column.bottomRight()));
        default:
            return r;
        }
    }
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (control != CC_ScrollBar || bar == nullptr)
        return QProxyStyle::subControlRect(control, option, part, widget);

    // No arrow buttons: the groove is the whole bar.
    const bool horizontal = bar->orientation == Qt::Horizontal;
    const int length = horizontal ? bar->rect.width() : bar->rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int slider = length;
    if (range > 0)
        slider = qBound(m_look.px(32), int(qint64(length) * bar->pageStep / (range + bar->pageStep)), length);
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
    const auto along = [&](int from, int extent) {
        return horizontal ? QRect(bar->rect.x() + from, bar->rect.y(), extent, bar->rect.height())
                          : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), extent);
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSlider:
        return along(start, slider);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + slider, length - start - slider);
    default:
        return {};
    }
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    const Tokens& t = m_look.color;
    switch (element) {
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            paintFocusRing(*painter, option->rect, m_look.px(4), m_look);
        return;
    case PE_PanelButtonCommand:
        drawButtonPanel(option, painter, widget);
        return;
    case PE_PanelButtonTool:
        drawToolButtonPanel(option, painter);
        return;
    case PE_PanelLineEdit:
        drawField(option, painter, widget);
        return;
    case PE_FrameLineEdit:
    case PE_FrameDefaultButton:
    case PE_FrameStatusBarItem:
    case PE_FrameButtonBevel:
    case PE_PanelMenuBar:
    case PE_IndicatorToolBarSeparator:
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget:
        return;
    case PE_Frame: {
        // A scrolling text field has the outline of a field; every other frame is a hairline.
        const bool focused = option->state & State_HasFocus;
        if (widget == nullptr || !widget->inherits("QTextEdit")) {
            paintRounded(*painter, option->rect, 0, {}, t.border);
            return;
        }
        const bool enabled = option->state & State_Enabled;
        const bool wrong = widget->property("invalid").toBool();
        paintRounded(*painter, option->rect, m_look.radius(), enabled ? t.surface : t.bg, wrong ? t.busy : t.control);
        if (focused)
            paintFocusRing(*painter, option->rect, m_look.radius(), m_look);
        return;
    }
    case PE_FrameGroupBox:
        paintRounded(*painter, option->rect.adjusted(0, QFontMetrics(m_look.body).height() + m_look.grid(1), 0, 0),
                     m_look.cardRadius(), {}, t.border);
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            paintGlyph(*painter, option->rect,
                       header->sortIndicator == QStyleOptionHeader::SortUp ? Glyph::ChevronUp : Glyph::ChevronDown,
                       t.muted, m_look.px(14));
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            paintGlyph(*painter, option->rect, option->state & State_Open ? Glyph::ChevronDown : Glyph::ChevronRight,
                       t.muted, m_look.px(14));
        return;
    case PE_FrameMenu:
        paintRounded(*painter, option->rect, 0, {}, t.border);
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, t.surface);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, option->palette.toolTipBase());
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckMark(option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        drawCheckMark(option, painter, true);
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
        if (item != nullptr && item->backgroundBrush.style() != Qt::NoBrush)
            painter->fillRect(option->rect, item->backgroundBrush);
        if (option->state & State_Selected)
            painter->fillRect(option->rect, t.selection);
        else if ((option->state & State_MouseOver) && (option->state & State_Enabled))
            painter->fillRect(option->rect, t.hover);
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const {
    switch (element) {
    case CE_MenuItem:
        drawMenuItem(option, painter);
        return;
    case CE_MenuEmptyArea:
        painter->fillRect(option->rect, m_look.color.surface);
        return;
    case CE_PushButtonLabel: // of Qt's own dialogs; ours paint themselves
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton) &&
            button->state.testFlag(State_Enabled)) {
            QStyleOptionButton primary = *button;
            primary.palette.setColor(QPalette::ButtonText, m_look.color.onAccent);
            return QProxyStyle::drawControl(element, &primary, painter, widget);
        }
        break;
    case CE_TabBarTabShape:
        drawTab(option, painter);
        return;
    case CE_Header: // Qt's own asks the style underneath for the label's place and cuts the descenders
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawHeaderSection(option, painter);
            QStyleOptionHeaderV2 part; // what a header view hands over
            if (const auto* whole = qstyleoption_cast<const QStyleOptionHeaderV2*>(option))
                part = *whole;
            else
                static_cast<QStyleOptionHeader&>(part) = *header;
            part.rect = subElementRect(SE_HeaderLabel, header, widget);
            QProxyStyle::drawControl(CE_HeaderLabel, &part, painter, widget);
            part.rect = subElementRect(SE_HeaderArrow, header, widget);
            if (header->sortIndicator != QStyleOptionHeader::None)
                drawPrimitive(PE_IndicatorHeaderArrow, &part, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeaderSection(option, painter);
        return;
    case CE_ProgressBarGroove:
        paintRounded(*painter, option->rect, option->rect.height() / 2.0, m_look.color.border);
        return;
    case CE_ProgressBarContents:
        drawProgress(option, painter);
        return;
    case CE_Splitter: {
        const bool hot = option->state & (State_MouseOver | State_Sunken);
        const QRect r = option->rect;
        const QColor color = hot ? m_look.color.accent : m_look.color.border;
        // Splitters report the direction in which their parts lie.
        if (option->state & State_Horizontal)
            painter->fillRect(QRect(r.center().x(), r.top(), hot ? 2 : 1, r.height()), color);
        else
            painter->fillRect(QRect(r.left(), r.center().y(), r.width(), hot ? 2 : 1), color);
        return;
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                    const QWidget* widget) const {
    switch (control) {
    case CC_ComboBox:
        drawComboBox(option, painter);
        return;
    case CC_SpinBox:
        drawSpinBox(option, painter, widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(option, painter);
        return;
    case CC_Slider:
        drawSlider(option, painter, widget);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace cb::widgets
