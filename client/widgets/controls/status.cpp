#include "client/widgets/controls/status.h"

#include "client/widgets/controls/format.h"
#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/paint.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QTimer>

namespace cb::widgets {

QColor statusColor(StatusTone tone, const Tokens& t) {
    switch (tone) {
    case StatusTone::Idle:
        return t.idle;
    case StatusTone::Busy:
        return t.busy;
    case StatusTone::WrapUp:
        return t.wrapUp;
    case StatusTone::Break:
        return t.onBreak;
    case StatusTone::Offline:
        break;
    }
    return t.offline;
}

StatusDot::StatusDot(StatusTone tone, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_tone(tone) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusDot::setStatusTone(StatusTone tone) {
    m_tone = tone;
    update();
}

QSize StatusDot::sizeHint() const {
    return {look().px(10), look().px(16)};
}

void StatusDot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const qreal side = look().px(8);
    paintRounded(painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side), side / 2,
                 statusColor(m_tone, look().color));
}

StatusPill::StatusPill(QWidget* parent)
    : Themed<QAbstractButton>(parent)
    , m_tick(new QTimer(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_tick->setInterval(1000);
    connect(m_tick, &QTimer::timeout, this, [this] {
        // The width changes when a digit is added, not every second.
        if (sizeHint() != size())
            updateGeometry();
        update();
    });
    connect(this, &QAbstractButton::clicked, this, &StatusPill::open);
    StatusPill::restyle();
}

void StatusPill::setStatus(StatusTone tone, const QString& word, const QDateTime& since) {
    m_tone = tone;
    m_word = word;
    m_since = since;
    tell();
}

void StatusPill::setPending(const QString& text) {
    m_pending = text;
    tell();
}

void StatusPill::setPerson(const QString& name) {
    m_person = name;
    tell();
}

void StatusPill::setMenu(QMenu* menu) {
    m_menu = menu;
}

void StatusPill::tell() {
    QStringList parts{m_word, m_pending, m_person};
    parts.removeAll(QString());
    setAccessibleName(parts.join(QStringLiteral(", ")));
    setToolTip(m_pending);
    updateGeometry();
    update();
}

void StatusPill::restyle() {
    setFont(look().font(TextSize::Body));
}

QString StatusPill::elapsed() const {
    return m_since.isValid() ? formatElapsed(m_since.secsTo(QDateTime::currentDateTimeUtc())) : QString();
}

QSize StatusPill::sizeHint() const {
    const Look& l = look();
    const QFontMetrics strong(l.font(TextSize::Body, true));
    const QFontMetrics plain(l.font(TextSize::Body));
    const QFontMetrics small(l.font(TextSize::Secondary));
    int width = l.grid(3) + l.px(8) + l.grid(2) + strong.horizontalAdvance(m_word);
    if (m_since.isValid())
        width += l.grid(2) + tabularWidth(plain, elapsed());
    if (!m_pending.isEmpty())
        width += l.grid(2) + small.horizontalAdvance(m_pending);
    if (!m_person.isEmpty())
        width += l.grid(4) + 1 + plain.horizontalAdvance(m_person);
    return {width + l.grid(1) + l.iconSize() + l.grid(2), l.controlHeight(true)};
}

void StatusPill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    const qreal radius = height() / 2.0;
    const bool open = m_menu != nullptr && m_menu->isVisible();
    paintRounded(painter, rect(), radius, t.surface, t.border);
    if (isDown() || open || underMouse())
        paintRounded(painter, rect(), radius, isDown() || open ? t.pressed : t.hover);

    qreal x = l.grid(3);
    const qreal dot = l.px(8);
    paintRounded(painter, QRectF(x, (height() - dot) / 2, dot, dot), dot / 2, statusColor(m_tone, t));
    x += dot + l.grid(2);
    const auto text = [&](const QString& string, TextSize size, bool strong, const QColor& color,
                          bool tabular = false) {
        painter.setFont(l.font(size, strong));
        painter.setPen(color);
        const QRectF box(x, 0, width() - x, height());
        if (tabular)
            paintTabular(painter, box, string);
        else
            painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, string);
        x += tabular ? tabularWidth(painter.fontMetrics(), string) : painter.fontMetrics().horizontalAdvance(string);
    };
    text(m_word, TextSize::Body, true, statusColor(m_tone, t));
    if (m_since.isValid()) {
        x += l.grid(2);
        text(elapsed(), TextSize::Body, false, t.muted, true);
    }
    if (!m_pending.isEmpty()) {
        x += l.grid(2);
        text(m_pending, TextSize::Secondary, false, t.muted);
    }
    if (!m_person.isEmpty()) {
        x += l.grid(2);
        painter.fillRect(QRectF(x, height() * 0.28, 1, height() * 0.44), t.border);
        x += 1 + l.grid(2);
        text(m_person, TextSize::Body, false, t.text);
    }
    paintGlyph(painter, QRectF(x + l.grid(1), 0, l.iconSize(), height()), Glyph::ChevronDown, t.muted, l.px(14));
    QStyleOption option;
    option.initFrom(this);
    if (wantsFocusRing(option))
        paintFocusRing(painter, rect(), radius, l);
}

void StatusPill::open() {
    if (m_menu == nullptr)
        return;
    const QSize size = m_menu->sizeHint();
    const QPoint at = mapToGlobal(QPoint(qMin(0, width() - size.width()), height() + look().grid(1)));
    m_menu->popup(at);
}

void StatusPill::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        open();
    else
        QAbstractButton::keyPressEvent(event);
}

void StatusPill::showEvent(QShowEvent* event) {
    m_tick->start();
    QAbstractButton::showEvent(event);
}

void StatusPill::hideEvent(QHideEvent* event) {
    m_tick->stop();
    QAbstractButton::hideEvent(event);
}

} // namespace cb::widgets
