#include "tests/support/suite.h"

#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

#include <unistd.h>

int main(int argc, char** argv) {
    // The engine: no sandbox for root, no graphics card, microphones that are none.
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    qputenv("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --no-proxy-server --use-fake-device-for-media-stream");
    const QTemporaryDir folder;
    for (const auto* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        qputenv(name, folder.path().toUtf8());
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication app(argc, argv);
    QTimer::singleShot(0, &app, [&] { QApplication::exit(cb::test::runAll(argc, argv)); });
    return QApplication::exec();
}
