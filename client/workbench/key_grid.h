#pragma once

#include "client/widgets/theme/themed.h"

#include <QtCore/QChar>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QWidget>

#include <optional>

class QKeyEvent;

namespace cb::workbench {

/// The twelve keys of a telephone: by the mouse, which takes the focus from nobody, and by the keyboard while one of
/// them has it. GUI thread.
class KeyGrid : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit KeyGrid(QWidget* parent = nullptr);

Q_SIGNALS:
    void pressed(QChar key); ///< 0–9 * #

protected:
    void restyle() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QGridLayout* m_grid;
};

/// The telephone's key that a key of the keyboard stands for.
std::optional<QChar> telephoneKey(const QKeyEvent& event);

} // namespace cb::workbench
