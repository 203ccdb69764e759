#include "client/widgets/theme/theme.h"
#include "tests/client/platform/private_bus.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

bool g_hasBus = false;

/// As tests/client/widgets/main.cpp, on a session bus of our own.
int main(int argc, char** argv) {
    const cb::test::PrivateBus bus; // before QApplication: it connects at once
    g_hasBus = bus.isRunning();
    QApplication app(argc, argv);
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QApplication::setOrganizationName(QStringLiteral("cloudbell-test"));
    QApplication::setQuitOnLastWindowClosed(false);
    const cb::widgets::Theme theme;
    // Inside the event loop: Qt tells widgets of a new palette only while the application runs.
    QTimer::singleShot(0, &app, [&] { QApplication::exit(cb::test::runAll(argc, argv)); });
    return QApplication::exec();
}
