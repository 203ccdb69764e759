#pragma once

#include "client/widgets/theme/themed.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace cb::widgets {

/// A padded column that scrolls up and down and never sideways, on the ground of whoever holds it: forms and details.
class ScrollColumn : public Themed<QScrollArea> {
    Q_OBJECT
public:
    explicit ScrollColumn(QWidget* parent = nullptr);
    QVBoxLayout* body() const { return m_body; }
    /// 16 px round it and 12 between, unless said otherwise (in steps of 4 px).
    void setSpace(int sides, int ends, int between);

protected:
    void restyle() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QVBoxLayout* m_body;
    int m_sides = 4;
    int m_ends = 4;
    int m_between = 3;
};

} // namespace cb::widgets
