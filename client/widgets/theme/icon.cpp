#include "client/widgets/theme/icon.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

// Resources of a static library are registered by hand, outside any namespace.
static void registerIcons() {
    Q_INIT_RESOURCE(icons);
}

namespace cb::widgets {

namespace {

QByteArray drawing(Glyph glyph) {
    [[maybe_unused]] static const bool registered = (registerIcons(), true);
    QFile file(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(kGlyphNames[int(glyph)])));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Looks its colour up when painting, so one QIcon is right in every theme.
class GlyphEngine : public QIconEngine {
public:
    explicit GlyphEngine(Glyph glyph)
        : m_glyph(glyph) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        paintGlyph(*painter, rect, m_glyph, color(mode), qMin(rect.width(), rect.height()));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        return glyphPixmap(m_glyph, color(mode), qMin(size.width(), size.height()), 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        // Size is in device pixels here.
        return glyphPixmap(m_glyph, color(mode), int(std::lround(qMin(size.width(), size.height()) / scale)), scale);
    }
    QIconEngine* clone() const override { return new GlyphEngine(m_glyph); }

private:
    static QColor color(QIcon::Mode mode) {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QApplication::palette().color(group, QPalette::WindowText);
    }

    Glyph m_glyph;
};

} // namespace

QPixmap glyphPixmap(Glyph glyph, const QColor& color, int size, qreal devicePixelRatio) {
    const int pixels = int(std::lround(size * devicePixelRatio));
    const QString key = QStringLiteral("cb-glyph/%1/%2/%3").arg(int(glyph)).arg(color.rgba()).arg(pixels);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        QByteArray svg = drawing(glyph);
        svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        // The set is drawn for 24 px with strokes of 2; at 16 px that is 1.33, which is what the text's stems have.
        QSvgRenderer renderer(svg);
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setOpacity(color.alphaF());
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void paintGlyph(QPainter& painter, const QRectF& rect, Glyph glyph, const QColor& color, int size) {
    const qreal ratio = painter.device()->devicePixelRatio();
    const QPixmap pixmap = glyphPixmap(glyph, color, size, ratio);
    const auto snap = [ratio](qreal v) { return std::round(v * ratio) / ratio; };
    painter.drawPixmap(QPointF(snap(rect.center().x() - size / 2.0), snap(rect.center().y() - size / 2.0)), pixmap);
}

QIcon glyphIcon(Glyph glyph) {
    return QIcon(new GlyphEngine(glyph));
}

} // namespace cb::widgets
