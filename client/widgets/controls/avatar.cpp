#include "client/widgets/controls/avatar.h"

#include "client/widgets/controls/format.h"

#include <QPainter>

namespace cb::widgets {

QColor avatarColor(const QString& key, const Tokens& tokens) {
    // FNV-1a, not qHash: that one differs between runs.
    quint32 hash = 2166136261U;
    const QByteArray bytes = key.toUtf8();
    for (const char c : bytes)
        hash = (hash ^ quint8(c)) * 16777619U;
    const int hue = int(hash % 24) * 15;
    return tokens.dark ? QColor::fromHsl(hue, 70, 150) : QColor::fromHsl(hue, 105, 82);
}

void paintAvatar(QPainter& painter, const QRectF& rect, const QString& name, const QString& key, const Look& look) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(avatarColor(key.isEmpty() ? name : key, look.color));
    painter.drawEllipse(rect);
    QFont font = look.font(TextSize::Body, true);
    const QString initials = initialsOf(name);
    font.setPixelSize(qMax(8, int(rect.height() * (initials.size() > 1 ? 0.36 : 0.44))));
    painter.setFont(font);
    painter.setPen(look.color.dark ? look.color.onAccent : QColor(Qt::white));
    painter.drawText(rect, Qt::AlignCenter, initials);
    painter.restore();
}

Avatar::Avatar(int diameter, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_diameter(diameter) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Avatar::setPerson(const QString& name, const QString& key) {
    m_name = name;
    m_key = key;
    setAccessibleName(name);
    update();
}

QSize Avatar::sizeHint() const {
    return {look().px(m_diameter), look().px(m_diameter)};
}

void Avatar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintAvatar(painter, rect(), m_name, m_key, look());
}

} // namespace cb::widgets
