#pragma once

#include "client/state/calls.h"
#include "client/widgets/controls/label.h"
#include "client/widgets/overlay/floating.h"
#include "client/workbench/key_grid.h"

#include <QtCore/QPointer>

namespace cb::workbench {

/// Keys to be pressed in a call, for somebody's voice menu. Escape closes it; it goes with the call. GUI thread.
class KeyPad : public widgets::Floating {
    Q_OBJECT
public:
    KeyPad(state::Calls& calls, QWidget* anywhereInWindow);

    void toggle(const QWidget* anchor);

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void press(QChar key);
    void dismiss();

    state::Calls& m_calls;
    QPointer<QWidget> m_before; ///< had the focus
    widgets::ElidedLabel* m_pressed;
    KeyGrid* m_keys;
};

} // namespace cb::workbench
