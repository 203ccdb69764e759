#include "client/widgets/theme/theme.h"
#include "tests/support/suite.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    const QTemporaryDir settings; // remembered sizes and emoji must not leave the test
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QApplication::setOrganizationName(QStringLiteral("cloudbell-test"));
    QApplication::setQuitOnLastWindowClosed(false);
    const cb::widgets::Theme theme;
    // Inside the event loop: Qt tells widgets of a new palette only while the application runs.
    QTimer::singleShot(0, &app, [&] { QApplication::exit(cb::test::runAll(argc, argv)); });
    return QApplication::exec();
}
