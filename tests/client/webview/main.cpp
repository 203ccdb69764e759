#include "client/widgets/theme/theme.h"
#include "tests/support/suite.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

#include <unistd.h>

int main(int argc, char** argv) {
    // The engine: no sandbox for root, no graphics card; pages of this machine only.
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    qputenv("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --no-proxy-server");
    const QTemporaryDir folder; // what is remembered and downloaded must not leave the test
    qputenv("HOME", folder.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
    qputenv("XDG_DATA_HOME", folder.path().toUtf8());
    qputenv("XDG_CACHE_HOME", folder.path().toUtf8());
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication app(argc, argv);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QApplication::setOrganizationName(QStringLiteral("cloudbell-test"));
    QApplication::setQuitOnLastWindowClosed(false);
    const cb::widgets::Theme theme;
    QTimer::singleShot(0, &app, [&] { QApplication::exit(cb::test::runAll(argc, argv)); });
    return QApplication::exec();
}
