#include "client/platform/single_instance.h"
#include "tests/client/platform/private_bus.h"
#include "tests/support/suite.h"

#include <QApplication>

#include <cstdio>

cb::test::PrivateBus* g_bus = nullptr;

namespace {

/// A program of its own that is the first over a folder, until it is killed.
int claim(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    cb::platform::SingleInstance instance(QString::fromLocal8Bit(argv[2]));
    std::puts(instance.claim() ? "first" : "second");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && qstrcmp(argv[1], "--claim") == 0)
        return claim(argc, argv);
    cb::test::PrivateBus bus; // before QApplication: it connects at once
    g_bus = &bus;
    Q_INIT_RESOURCE(translations);
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    return cb::test::runAll(argc, argv);
}
