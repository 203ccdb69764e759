#include "client/widgets/overlay/image_viewer.h"

#include "client/widgets/controls/panels.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScreen>
#include <QTransform>

#include <cmath>

namespace cb::widgets {

namespace {
constexpr double kLeast = 0.05;
constexpr double kMostZoom = 16;
constexpr double kStep = 1.25;
} // namespace

ImageViewer::ImageViewer(const QImage& image, const QString& name, QWidget* parent)
    : Themed<QDialog>(parent)
    , m_image(image)
    , m_bar(new Ground(Ground::Kind::Surface, this))
    , m_name(new ElidedLabel(name, TextSize::Body, m_bar))
    , m_scale(new Label({}, TextSize::Secondary, m_bar))
    , m_centre(QRectF(image.rect()).center()) {
    setWindowTitle(name);
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(look().grid(4), look().grid(1), look().grid(2), look().grid(1));
    row->setSpacing(look().grid(1));
    row->addWidget(m_name, 1);
    row->addWidget(m_scale);
    m_scale->setTone(Tone::Muted);
    const auto add = [this, row](Glyph glyph, auto slot) {
        auto* button = new IconButton(glyph, {}, m_bar);
        connect(button, &QAbstractButton::clicked, this, slot);
        row->addWidget(button);
        m_buttons.push_back(button);
    };
    add(Glyph::ZoomOut, [this] { setZoom(zoom() / kStep, area().center()); });
    add(Glyph::ZoomIn, [this] { setZoom(zoom() * kStep, area().center()); });
    add(Glyph::Maximize2, [this] { fit(); });
    add(Glyph::RotateCw, [this] { turn(); });
    add(Glyph::Download, [this] { Q_EMIT saveRequested(); });
    m_buttons.back()->setKeys(QKeySequence::Save);
    const QSize room = screen()->availableSize() * 0.8;
    const QSize own = image.size() / devicePixelRatioF() + QSize(0, m_bar->sizeHint().height());
    resize(own.boundedTo(room).expandedTo({look().px(480), look().px(360)}));
    ImageViewer::retranslate();
    tell();
}

void ImageViewer::retranslate() {
    const QStringList names{tr("Smaller"), tr("Larger"), tr("Fit to window"), tr("Turn"), tr("Save picture")};
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setLabel(names[qsizetype(i)]);
}

QRectF ImageViewer::area() const {
    return QRectF(rect()).adjusted(0, m_bar->height(), 0, 0);
}

double ImageViewer::fitting() const {
    if (m_image.isNull())
        return 1;
    const double pixels = devicePixelRatioF();
    return qMin(1.0, qMin(area().width() * pixels / m_image.width(), area().height() * pixels / m_image.height()));
}

double ImageViewer::zoom() const {
    return m_zoom > 0 ? m_zoom : fitting();
}

void ImageViewer::setZoom(double zoom, const QPointF& about) {
    const double before = this->zoom() / devicePixelRatioF();
    const QPointF under = m_centre + (about - area().center()) / before;
    m_zoom = qBound(kLeast, zoom, kMostZoom);
    m_centre = under - (about - area().center()) / (m_zoom / devicePixelRatioF());
    clamp();
    tell();
}

void ImageViewer::fit() {
    m_zoom = 0;
    m_centre = QRectF(m_image.rect()).center();
    tell();
}

void ImageViewer::turn() {
    m_image = m_image.transformed(QTransform().rotate(90));
    fit();
}

void ImageViewer::clamp() {
    const QSizeF half = area().size() / (2 * zoom() / devicePixelRatioF());
    const auto bound = [](double v, double h, double size) {
        return h * 2 >= size ? size / 2 : qBound(h, v, size - h);
    };
    m_centre = {bound(m_centre.x(), half.width(), m_image.width()),
                bound(m_centre.y(), half.height(), m_image.height())};
}

void ImageViewer::tell() {
    m_scale->setText(
        QStringLiteral("%1 × %2 · %3 %").arg(m_image.width()).arg(m_image.height()).arg(std::lround(zoom() * 100)));
    update();
}

void ImageViewer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), look().color.sunken);
    const double scale = zoom() / devicePixelRatioF();
    painter.setClipRect(area());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, zoom() < 4);
    painter.translate(area().center());
    painter.scale(scale, scale);
    painter.translate(-m_centre);
    painter.drawImage(QPointF(0, 0), m_image);
}

void ImageViewer::resizeEvent(QResizeEvent* event) {
    m_bar->setGeometry(0, 0, width(), m_bar->sizeHint().height());
    clamp();
    tell();
    QDialog::resizeEvent(event);
}

void ImageViewer::wheelEvent(QWheelEvent* event) {
    setZoom(zoom() * std::pow(kStep, event->angleDelta().y() / 120.0), event->position());
}

void ImageViewer::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->position();
}

void ImageViewer::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_centre -= (event->position() - m_pressed) / (zoom() / devicePixelRatioF());
    m_pressed = event->position();
    clamp();
    update();
}

void ImageViewer::mouseDoubleClickEvent(QMouseEvent* event) {
    if (m_zoom > 0)
        fit();
    else
        setZoom(1, event->position());
}

void ImageViewer::keyPressEvent(QKeyEvent* event) {
    const double pan = 60 / (zoom() / devicePixelRatioF());
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setZoom(zoom() * kStep, area().center());
        return;
    case Qt::Key_Minus:
        setZoom(zoom() / kStep, area().center());
        return;
    case Qt::Key_0:
        fit();
        return;
    case Qt::Key_1:
        setZoom(1, area().center());
        return;
    case Qt::Key_R:
        turn();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int key = event->key();
        m_centre += QPointF(key == Qt::Key_Left    ? -pan
                            : key == Qt::Key_Right ? pan
                                                   : 0,
                            key == Qt::Key_Up     ? -pan
                            : key == Qt::Key_Down ? pan
                                                  : 0);
        clamp();
        update();
        return;
    }
    default:
        QDialog::keyPressEvent(event);
    }
}

} // namespace cb::widgets
