#include "client/widgets/controls/button.h"

#include "client/widgets/controls/badge.h"
#include "client/widgets/theme/paint.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionButton>
#include <QTimer>

namespace cb::widgets {

Button::Button(const QString& text, Kind kind, QWidget* parent)
    : Themed<QPushButton>(text, parent)
    , m_kind(kind) {
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    setCursor(Qt::ArrowCursor);
    Button::restyle();
}

Button::Button(const QString& text, Glyph glyph, Kind kind, QWidget* parent)
    : Button(text, kind, parent) {
    setGlyph(glyph);
}

void Button::setKind(Kind kind) {
    m_kind = kind;
    restyle();
    update();
}

void Button::setGlyph(std::optional<Glyph> glyph) {
    m_glyph = glyph;
    updateGeometry();
    update();
}

void Button::setBusy(bool busy) {
    if (m_busy == busy)
        return;
    m_busy = busy;
    if (busy && !look().reducedMotion) {
        if (m_spin == nullptr) {
            m_spin = new QTimer(this);
            m_spin->setInterval(50);
            connect(m_spin, &QTimer::timeout, this, [this] {
                m_angle = (m_angle + 24) % 360;
                update();
            });
        }
        m_spin->start();
    } else if (m_spin != nullptr) {
        m_spin->stop();
    }
    update();
}

void Button::setSmall(bool small) {
    m_small = small;
    updateGeometry();
}

void Button::restyle() {
    setFont(look().font(TextSize::Body, m_kind == Kind::Primary || m_kind == Kind::Danger));
}

QSize Button::sizeHint() const {
    const Look& l = look();
    int width = fontMetrics().size(Qt::TextShowMnemonic, text()).width() + l.grid(m_small ? 5 : 7);
    if (m_glyph)
        width += l.iconSize() + (text().isEmpty() ? 0 : l.grid(2)) - l.grid(1);
    if (menu() != nullptr)
        width += l.iconSize();
    const int least = m_kind == Kind::Ghost || m_small ? 0 : l.px(64);
    return {qMax(width, least), l.controlHeight(m_small)};
}

bool Button::hitButton(const QPoint& pos) const {
    return !m_busy && QPushButton::hitButton(pos);
}

void Button::keyPressEvent(QKeyEvent* event) {
    if (!m_busy) {
        if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !event->isAutoRepeat()) {
            click();
            return;
        }
        QPushButton::keyPressEvent(event);
    }
}

QColor Button::ink() const {
    const Tokens& t = look().color;
    if (!isEnabled())
        return palette().color(QPalette::Disabled, QPalette::ButtonText);
    switch (m_kind) {
    case Kind::Primary:
        return t.onAccent;
    case Kind::Danger:
        return t.onBusy;
    case Kind::Ghost:
        return t.accent;
    case Kind::Secondary:
        break;
    }
    return t.text;
}

void Button::paintGround(QPainter& painter) const {
    const Look& l = look();
    const Tokens& t = l.color;
    const bool filled = isEnabled() && (m_kind == Kind::Primary || m_kind == Kind::Danger);
    const QColor strong = m_kind == Kind::Danger ? t.busy : t.accent;
    const bool down = isDown() || isChecked();
    const bool hot = underMouse() && isEnabled() && !m_busy;
    if (filled) {
        const QColor ground = down  ? mix(strong, t.dark ? Qt::white : Qt::black, 0.22)
                              : hot ? mix(strong, t.dark ? Qt::white : Qt::black, 0.11)
                                    : strong;
        paintRounded(painter, rect(), l.radius(), ground);
    } else {
        if (m_kind != Kind::Ghost)
            paintRounded(painter, rect(), l.radius(), isEnabled() ? t.surface : t.bg,
                         isEnabled() ? t.control : t.border);
        if (isEnabled() && (down || hot))
            paintRounded(painter, rect(), l.radius(), down ? t.pressed : t.hover);
    }
    QStyleOptionButton option;
    initStyleOption(&option);
    if (wantsFocusRing(option))
        paintFocusRing(painter, rect(), l.radius(), l, filled);
}

void Button::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintGround(painter);
    const Look& l = look();
    const QColor color = ink();
    const QString shown = text();
    const int textWidth = fontMetrics().size(Qt::TextShowMnemonic, shown).width();
    const bool picture = m_glyph.has_value() || m_busy;
    const bool besides = m_glyph.has_value(); // a busy button without a glyph covers its text, so that it does not grow
    const int gap = shown.isEmpty() || !besides ? 0 : l.grid(2);
    const int drop = menu() != nullptr ? l.iconSize() : 0;
    const int whole = textWidth + gap + drop + (besides ? l.iconSize() : 0);
    int x = qMax(l.grid(1), (width() - whole) / 2);
    if (picture) {
        const QRectF box(besides ? x : (width() - l.iconSize()) / 2, 0, l.iconSize(), height());
        if (m_busy) {
            painter.save();
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.translate(box.center());
            painter.rotate(m_angle);
            paintGlyph(painter, QRectF(-box.width() / 2, -box.width() / 2, box.width(), box.width()),
                       Glyph::LoaderCircle, color, l.iconSize());
            painter.restore();
        } else {
            paintGlyph(painter, box, *m_glyph, color, l.iconSize());
        }
        if (besides)
            x += l.iconSize() + gap;
    }
    if (!m_busy || besides) {
        painter.setPen(color);
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic,
                         shown);
    }
    if (drop > 0)
        paintGlyph(painter, QRectF(x + textWidth + l.px(2), 0, drop, height()), Glyph::ChevronDown, color, l.px(14));
}

IconButton::IconButton(Glyph glyph, const QString& text, QWidget* parent)
    : Themed<QToolButton>(parent)
    , m_glyph(glyph)
    , m_label(text) {
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(QToolButton::InstantPopup);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    tell();
}

void IconButton::setGlyph(Glyph glyph) {
    m_glyph = glyph;
    update();
}

void IconButton::setLabel(const QString& text) {
    m_label = text;
    tell();
}

void IconButton::setKeys(const QKeySequence& keys) {
    setShortcut(keys);
    tell();
}

void IconButton::setDanger(bool danger) {
    m_danger = danger;
    update();
}

void IconButton::setLarge(bool large) {
    m_large = large;
    updateGeometry();
}

void IconButton::setBadge(int count) {
    m_badge = count;
    update();
}

void IconButton::tell() {
    setAccessibleName(m_label);
    const QString keys = shortcut().toString(QKeySequence::NativeText);
    setToolTip(keys.isEmpty() ? m_label : QStringLiteral("%1  %2").arg(m_label, keys));
}

QSize IconButton::sizeHint() const {
    const int side = look().controlHeight(!m_large);
    return {side, side};
}

void IconButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    const bool filled = m_danger && isEnabled();
    if (filled)
        paintRounded(painter, rect(), l.radius(), t.busy);
    if (isEnabled() && (isDown() || isChecked()))
        paintRounded(painter, rect(), l.radius(), t.pressed);
    else if (isEnabled() && underMouse())
        paintRounded(painter, rect(), l.radius(), filled ? t.pressed : t.hover);
    QColor color = isChecked() ? t.accent : t.muted;
    if (isEnabled() && underMouse() && !isChecked())
        color = t.text;
    if (filled)
        color = t.onBusy;
    if (!isEnabled())
        color = palette().color(QPalette::Disabled, QPalette::ButtonText);
    paintGlyph(painter, rect(), m_glyph, color, m_large ? l.largeIconSize() : l.iconSize());
    if (m_badge > 0)
        paintBadge(painter, QPointF(width(), 0), m_badge, l);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    if (wantsFocusRing(option))
        paintFocusRing(painter, rect(), l.radius(), l, filled);
}

} // namespace cb::widgets
