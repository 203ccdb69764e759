#include "client/widgets/controls/label.h"

#include "client/widgets/controls/format.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace cb::widgets {

Label::Label(const QString& text, TextSize size, QWidget* parent)
    : Themed<QLabel>(text, parent)
    , m_size(size)
    , m_strong(size == TextSize::Title || size == TextSize::Head) {
    setTextFormat(Qt::PlainText);
    Label::restyle();
}

void Label::setTextSize(TextSize size) {
    m_size = size;
    restyle();
}

void Label::setStrong(bool strong) {
    m_strong = strong;
    restyle();
}

void Label::setTone(Tone tone) {
    switch (tone) {
    case Tone::Normal:
        setForegroundRole(QPalette::WindowText);
        break;
    case Tone::Muted:
        setForegroundRole(QPalette::PlaceholderText);
        break;
    case Tone::Accent:
        setForegroundRole(QPalette::Link);
        break;
    case Tone::Danger:
        setForegroundRole(QPalette::BrightText);
        break;
    }
}

void Label::restyle() {
    setFont(look().font(m_size, m_strong));
}

ElidedLabel::ElidedLabel(const QString& text, TextSize size, QWidget* parent)
    : Label(text, size, parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
    m_mode = mode;
    update();
}

QSize ElidedLabel::minimumSizeHint() const {
    return {fontMetrics().horizontalAdvance(QStringLiteral("MM…")), fontMetrics().height()};
}

QSize ElidedLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height()};
}

bool ElidedLabel::isElided() const {
    return fontMetrics().horizontalAdvance(text()) > contentsRect().width();
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QString shown = fontMetrics().elidedText(text(), m_mode, contentsRect().width());
    painter.drawText(contentsRect(), int(alignment() | Qt::TextSingleLine), shown);
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided())
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tipOf(text()), this);
        return true;
    }
    return Label::event(event);
}

} // namespace cb::widgets
