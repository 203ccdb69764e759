#include "tests/client/platform/private_bus.h"
#include "tests/support/suite.h"

#include <QApplication>

cb::test::PrivateBus* g_bus = nullptr;

int main(int argc, char** argv) {
    cb::test::PrivateBus bus; // before QApplication: it connects at once
    g_bus = &bus;
    Q_INIT_RESOURCE(translations);
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    return cb::test::runAll(argc, argv);
}
