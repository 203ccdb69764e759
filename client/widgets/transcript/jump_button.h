#pragma once

#include "client/widgets/theme/themed.h"

#include <QAbstractButton>

namespace cb::widgets {

/// The round arrow over the lower right corner of a transcript: back to the newest message, with the number of unseen
/// ones.
class JumpButton : public Themed<QAbstractButton> {
    Q_OBJECT
public:
    explicit JumpButton(QWidget* parent);
    void setCount(int count);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void retranslate() override;

private:
    int m_count = 0;
};

} // namespace cb::widgets
