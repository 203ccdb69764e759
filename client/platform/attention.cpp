#include "client/platform/attention.h"

#include <QApplication>
#include <QWidget>

namespace cb::platform {

void demandAttention(QWidget* window) {
    if (!window->isActiveWindow())
        QApplication::alert(window, 0);
}

void bringToFront(QWidget* window) {
    if (window->isMinimized())
        window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
}

} // namespace cb::platform
