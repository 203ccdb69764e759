#pragma once

#include "client/widgets/theme/themed.h"

#include <QWidget>

namespace cb::widgets {

/// How loud a microphone is just now: a bar that falls slowly.
class LevelMeter : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit LevelMeter(QWidget* parent = nullptr);

    void setLevel(double level); ///< 0 to 1; what was louder just now is still seen
    void clear();
    double level() const { return m_level; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_level = 0;
};

} // namespace cb::widgets
