#pragma once

#include "client/widgets/theme/themed.h"

#include <QDialog>
#include <QImage>

namespace cb::widgets {

class IconButton;
class Label;

/// One picture, large: fits the window at first; wheel, + and - zoom about the pointer, 0 fits again, 1 is its own
/// size, drag moves, R turns, Ctrl+S saves, Escape closes.
class ImageViewer : public Themed<QDialog> {
    Q_OBJECT
public:
    ImageViewer(const QImage& image, const QString& name, QWidget* parent);

    double zoom() const;
    void setZoom(double zoom, const QPointF& about);
    void fit();

Q_SIGNALS:
    /// The user wants the picture as a file: the owner has the original bytes, this only pixels.
    void saveRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void retranslate() override;

private:
    QRectF area() const;
    double fitting() const;
    void clamp();
    void turn();
    void tell();

    QImage m_image;
    QWidget* m_bar;
    Label* m_name;
    Label* m_scale;
    std::vector<IconButton*> m_buttons;
    double m_zoom = 0; // 0: fits
    QPointF m_centre;  // of the view, in picture pixels
    QPointF m_pressed;
};

} // namespace cb::widgets
