#include "client/widgets/theme/theme.h"

#include "client/widgets/theme/theme_style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QToolTip>
#include <QWidget>

namespace cb::widgets {

namespace {

QFont sized(const QFont& base, double pixels) {
    QFont font = base;
    font.setPixelSize(qRound(pixels));
    font.setWeight(QFont::Normal);
    return font;
}

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent)
    , m_style(new ThemeStyle)
    , m_systemFont(QFontDatabase::systemFont(QFontDatabase::GeneralFont)) {
    m_systemDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    QStringList families = m_systemFont.families();
    families << QStringLiteral("Noto Sans CJK SC") << QStringLiteral("Microsoft YaHei UI")
             << QStringLiteral("PingFang SC") << QStringLiteral("Noto Color Emoji");
    families.removeDuplicates();
    m_systemFont.setFamilies(families);
    apply();
    QApplication::setStyle(m_style); // takes ownership
    apply();
}

void Theme::setMode(Mode mode) {
    if (m_mode == mode)
        return;
    m_mode = mode;
    apply();
}

void Theme::setSystemDark(bool dark) {
    if (m_systemDark == dark)
        return;
    m_systemDark = dark;
    if (m_mode == Mode::System)
        apply();
}

void Theme::setReducedMotion(bool reduced) {
    if (m_reducedMotion == reduced)
        return;
    m_reducedMotion = reduced;
    apply();
}

void Theme::setScale(double scale) {
    scale = qBound(1.0, scale, 2.0);
    if (qFuzzyCompare(m_scale, scale))
        return;
    m_scale = scale;
    apply();
}

bool Theme::isDark() const {
    return m_mode == Mode::Dark || (m_mode == Mode::System && m_systemDark);
}

const Look& Theme::look() const {
    return m_style->look();
}

void Theme::apply() {
    Look look;
    look.color = isDark() ? darkTokens() : lightTokens();
    look.scale = m_scale;
    look.reducedMotion = m_reducedMotion;
    look.body = sized(m_systemFont, 13 * m_scale);
    look.secondary = sized(m_systemFont, 12 * m_scale);
    look.title = sized(m_systemFont, 15 * m_scale);
    look.head = sized(m_systemFont, 20 * m_scale);
    m_style->setLook(look);
    if (QApplication::style() != m_style)
        return;
    QApplication::setFont(look.body);
    QToolTip::setFont(look.secondary);
    QApplication::setPalette(paletteOf(look.color));
    QToolTip::setPalette(paletteOf(look.color));
    // Palette and font alone do not tell a control that its sizes or its own colours have changed.
    QList<QPointer<QWidget>> widgets;
    for (QWidget* widget : QApplication::allWidgets())
        widgets.append(widget);
    for (const auto& widget : widgets) {
        if (!widget)
            continue;
        QEvent event(QEvent::StyleChange);
        QCoreApplication::sendEvent(widget, &event);
        if (widget)
            widget->update();
    }
    Q_EMIT changed();
}

QPalette paletteOf(const Tokens& t) {
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& color, const QColor& disabled) {
        palette.setColor(QPalette::Active, role, color);
        palette.setColor(QPalette::Inactive, role, color);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    const QColor faded = mix(t.surface, t.muted, 0.65);
    set(QPalette::Window, t.bg, t.bg);
    set(QPalette::WindowText, t.text, faded);
    set(QPalette::Base, t.surface, t.bg);
    set(QPalette::AlternateBase, t.bg, t.bg);
    set(QPalette::Text, t.text, faded);
    set(QPalette::PlaceholderText, t.muted, faded);
    set(QPalette::Button, t.surface, t.bg);
    set(QPalette::ButtonText, t.text, faded);
    set(QPalette::BrightText, t.busy, faded);
    set(QPalette::Highlight, t.selection, t.border);
    set(QPalette::HighlightedText, t.text, faded);
    set(QPalette::Link, t.accent, faded);
    set(QPalette::LinkVisited, t.accent, faded);
    set(QPalette::ToolTipBase, t.dark ? t.border : t.text, t.text);
    set(QPalette::ToolTipText, t.dark ? t.text : t.surface, t.surface);
    set(QPalette::Light, t.surface, t.surface);
    set(QPalette::Midlight, t.border, t.border);
    set(QPalette::Mid, t.border, t.border);
    set(QPalette::Dark, t.control, t.control);
    set(QPalette::Shadow, t.dark ? QColor(Qt::black) : t.control, t.control);
    return palette;
}

} // namespace cb::widgets
