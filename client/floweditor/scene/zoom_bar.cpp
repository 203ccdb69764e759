#include "client/floweditor/scene/canvas.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/theme/paint.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>

namespace cb::floweditor {

using widgets::Glyph;
using widgets::IconButton;

ZoomBar::ZoomBar(Canvas& canvas)
    : QWidget(&canvas)
    , m_canvas(canvas)
    , m_out(new IconButton(Glyph::ZoomOut, {}))
    , m_in(new IconButton(Glyph::ZoomIn, {}))
    , m_all(new IconButton(Glyph::Maximize2, {}))
    , m_figure(new widgets::Button({}, widgets::Button::Kind::Ghost)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    static_cast<widgets::Button*>(m_figure)->setSmall(true);
    for (QAbstractButton* button : {m_out, m_figure, m_in, m_all}) {
        button->setFocusPolicy(Qt::NoFocus); // the keys + and − do the same
        row->addWidget(button);
    }
    m_figure->setFixedWidth(widgets::lookOf(this).px(64));
    connect(m_out, &QAbstractButton::clicked, this, [this] { m_canvas.zoomBy(0.8); });
    connect(m_in, &QAbstractButton::clicked, this, [this] { m_canvas.zoomBy(1.25); });
    connect(m_all, &QAbstractButton::clicked, this, [this] { m_canvas.fitAll(); });
    connect(m_figure, &QAbstractButton::clicked, this,
            [this] { m_canvas.setZoom(1, QRectF(m_canvas.viewport()->rect()).center()); });
    connect(&canvas, &Canvas::zoomChanged, this,
            [this](double zoom) { m_figure->setText(QStringLiteral("%1 %").arg(qRound(zoom * 100))); });
    m_figure->setText(QStringLiteral("100 %"));
    retranslate();
}

void ZoomBar::retranslate() {
    static_cast<IconButton*>(m_out)->setLabel(tr("Smaller (−)"));
    static_cast<IconButton*>(m_in)->setLabel(tr("Larger (+)"));
    static_cast<IconButton*>(m_all)->setLabel(tr("Show the whole flow (Ctrl+9)"));
    m_figure->setToolTip(tr("Back to 100 % (Ctrl+0)"));
}

void ZoomBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ZoomBar::paintEvent(QPaintEvent*) {
    const auto& look = widgets::lookOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    widgets::paintRounded(painter, rect(), look.radius(), look.color.surface, look.color.border);
}

} // namespace cb::floweditor
