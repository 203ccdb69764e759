#include "client/widgets/compose/attachment_bar.h"

#include "client/widgets/controls/button.h"
#include "client/widgets/controls/format.h"
#include "client/widgets/theme/paint.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>

namespace cb::widgets {

class AttachmentChip : public Themed<QWidget> {
    Q_OBJECT
public:
    AttachmentChip(QString key, QString name, qint64 bytes, const QImage& thumbnail, QWidget* parent)
        : Themed<QWidget>(parent)
        , m_key(std::move(key))
        , m_name(std::move(name))
        , m_bytes(bytes)
        , m_thumbnail(thumbnail)
        , m_close(new IconButton(Glyph::X, {}, this)) {
        connect(m_close, &QAbstractButton::clicked, this, [this] { Q_EMIT closed(m_key); });
        AttachmentChip::retranslate();
    }

    const QString& key() const { return m_key; }
    void setProgress(int percent) {
        m_progress = percent;
        update();
    }
    void setError(const QString& sentence) {
        m_error = sentence;
        m_progress = -1;
        setToolTip(sentence);
        setAccessibleDescription(sentence);
        update();
    }
    QSize sizeHint() const override {
        const Look& l = look();
        const int text = qMin(QFontMetrics(l.body).horizontalAdvance(m_name), l.px(140));
        return {l.grid(2) + l.px(32) + l.grid(2) + qMax(text, l.px(72)) + l.grid(1) + l.px(24), l.px(44)};
    }

Q_SIGNALS:
    void closed(const QString& key);

protected:
    void retranslate() override {
        setAccessibleName(m_name);
        m_close->setLabel(tr("Remove %1").arg(m_name));
    }
    void resizeEvent(QResizeEvent*) override {
        const int side = look().px(20);
        m_close->setGeometry(width() - side - look().px(4), look().px(4), side, side);
    }
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Look& l = look();
        const Tokens& t = l.color;
        paintRounded(painter, rect(), l.radius(), t.surface, m_error.isEmpty() ? t.border : t.busy);
        const QRect box(l.grid(2), (height() - l.px(32)) / 2, l.px(32), l.px(32));
        if (m_thumbnail.isNull()) {
            paintRounded(painter, box, l.px(4), t.sunken);
            paintGlyph(painter, box, Glyph::FileText, t.muted, l.iconSize());
        } else {
            QPainterPath clip;
            clip.addRoundedRect(box, l.px(4), l.px(4));
            painter.save();
            painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
            painter.setClipPath(clip);
            const QSize cover = m_thumbnail.size().scaled(box.size(), Qt::KeepAspectRatioByExpanding);
            painter.drawImage(QRect(box.center() - QPoint(cover.width() / 2, cover.height() / 2), cover), m_thumbnail);
            painter.restore();
        }
        const int left = box.right() + 1 + l.grid(2);
        const int room = width() - left - l.px(26);
        const QFontMetrics body(l.body);
        const QFontMetrics small(l.secondary);
        const int top = (height() - body.height() - small.height()) / 2;
        painter.setFont(l.body);
        painter.setPen(t.text);
        painter.drawText(QRect(left, top, room, body.height()), Qt::AlignVCenter,
                         body.elidedText(m_name, Qt::ElideMiddle, room));
        painter.setFont(l.secondary);
        painter.setPen(m_error.isEmpty() ? t.muted : t.busy);
        const QString second = !m_error.isEmpty() ? m_error : m_bytes < 0 ? QString() : formatBytes(m_bytes);
        painter.drawText(QRect(left, top + body.height(), width() - left - l.grid(2), small.height()), Qt::AlignVCenter,
                         small.elidedText(second, Qt::ElideRight, width() - left - l.grid(2)));
        if (m_progress >= 0)
            paintRounded(painter, QRectF(1, height() - 3, (width() - 2) * m_progress / 100.0, 2), 1, t.accent);
    }

private:
    QString m_key;
    QString m_name;
    QString m_error;
    qint64 m_bytes;
    QImage m_thumbnail;
    int m_progress = -1;
    IconButton* m_close;
};

AttachmentBar::AttachmentBar(QWidget* parent)
    : Themed<QWidget>(parent) {
    hide();
}

AttachmentChip* AttachmentBar::find(const QString& key) const {
    for (AttachmentChip* chip : m_chips)
        if (chip->key() == key)
            return chip;
    return nullptr;
}

void AttachmentBar::add(const QString& key, const QString& name, qint64 bytes, const QImage& thumbnail) {
    const QImage small = thumbnail.isNull()
                             ? thumbnail
                             : thumbnail.scaled(96, 96, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    auto* chip = new AttachmentChip(key, name, bytes, small, this);
    connect(chip, &AttachmentChip::closed, this, &AttachmentBar::removeRequested);
    m_chips.push_back(chip);
    chip->show();
    show();
    place();
    Q_EMIT changed();
}

void AttachmentBar::setProgress(const QString& key, int percent) {
    if (AttachmentChip* chip = find(key))
        chip->setProgress(percent);
}

void AttachmentBar::setError(const QString& key, const QString& sentence) {
    if (AttachmentChip* chip = find(key))
        chip->setError(sentence);
}

void AttachmentBar::remove(const QString& key) {
    AttachmentChip* chip = find(key);
    if (chip == nullptr)
        return;
    std::erase(m_chips, chip);
    chip->hide();
    chip->deleteLater(); // its own cross may be calling
    setVisible(!m_chips.empty());
    place();
    Q_EMIT changed();
}

void AttachmentBar::clear() {
    for (AttachmentChip* chip : m_chips)
        chip->deleteLater();
    m_chips.clear();
    hide();
    Q_EMIT changed();
}

QStringList AttachmentBar::keys() const {
    QStringList keys;
    for (const AttachmentChip* chip : m_chips)
        keys << chip->key();
    return keys;
}

void AttachmentBar::place() {
    const Look& l = look();
    int x = 0;
    int y = 0;
    int rowHeight = 0;
    for (AttachmentChip* chip : m_chips) {
        const QSize size = chip->sizeHint();
        if (x > 0 && x + size.width() > width()) {
            x = 0;
            y += rowHeight + l.grid(1);
        }
        chip->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + l.grid(2);
        rowHeight = size.height();
    }
    setFixedHeight(qMax(1, y + rowHeight));
}

void AttachmentBar::resizeEvent(QResizeEvent*) {
    place();
}

void AttachmentBar::restyle() {
    place();
}

} // namespace cb::widgets

#include "attachment_bar.moc"
