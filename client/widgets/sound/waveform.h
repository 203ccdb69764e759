#pragma once

#include "client/widgets/sound/pcm.h"
#include "client/widgets/theme/themed.h"

#include <QAbstractSlider>

namespace cb::widgets {

/// A sound drawn by how loud it is, with a line where it is heard: a slider over its time in milliseconds. A click or a
/// drag goes there, arrow keys and Home and End, too. Of two channels one is above, the other below.
class Waveform : public Themed<QAbstractSlider> {
    Q_OBJECT
public:
    explicit Waveform(QWidget* parent = nullptr);

    void setSound(const Pcm& pcm);
    /// Where it is heard; nothing is told of it.
    void setPosition(qint64 millis);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sought(qint64 millis); ///< by the user

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    int millisAt(int x) const;

    Peaks m_peaks;
};

} // namespace cb::widgets
