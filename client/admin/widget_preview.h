#pragma once

#include "client/widgets/theme/themed.h"

#include <QtGui/QColor>
#include <QtWidgets/QWidget>

namespace cb::admin {

/// The customer's chat panel and bubble, drawn in a channel's colour. On a light page, whatever our own theme is.
class WidgetPreview : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit WidgetPreview(QWidget* parent = nullptr);

    void setFace(const QString& name, const QColor& colour);
    QSize sizeHint() const override { return {look().px(280), look().px(216)}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void retranslate() override;

private:
    QString m_name;
    QColor m_colour;
};

} // namespace cb::admin
