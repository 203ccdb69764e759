#include "client/app/program.h"
#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/platform/single_instance.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QSettings>
#include <QtGui/QIcon>
#include <QtWidgets/QApplication>

#include <cstdio>

namespace {

cb::app::StartOptions readOptions(const QCoreApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Cloudbell, the desktop program of the call centre"));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption email(QStringLiteral("email"), QStringLiteral("Fill in this e-mail address."),
                                   QStringLiteral("ADDRESS"));
    const QCommandLineOption folder(
        QStringLiteral("folder"),
        QStringLiteral("Keep this program's files here. The program runs once per folder: with "
                       "another one, another account can be used beside the first."),
        QStringLiteral("DIR"));
    const QCommandLineOption caFile(QStringLiteral("ca-file"),
                                    QStringLiteral("Also trust the issuers in this file (PEM)."),
                                    QStringLiteral("FILE"));
    parser.addOptions({email, folder, caFile});
    parser.addPositionalArgument(QStringLiteral("address"),
                                 QStringLiteral("The sign-in address, https://host/online/1400000001, or a number to "
                                                "call, tel:+8675512345678"),
                                 QStringLiteral("[address]"));
    parser.process(application);
    cb::app::StartOptions options;
    options.address = parser.positionalArguments().value(0);
    options.email = parser.value(email);
    options.folder = parser.value(folder);
    options.caFile = parser.value(caFile);
    options.password = qEnvironmentVariable("CLOUDBELL_PASSWORD");
    qunsetenv("CLOUDBELL_PASSWORD");
    return options;
}

const QString kAddress = QStringLiteral("address");
const QString kEmail = QStringLiteral("email");

int complain(const cb::base::Error& error) {
    std::fprintf(stderr, "%s\n", qPrintable(cb::bridge::errorText(error)));
    return 1;
}

/// A second start: the window that is open takes over.
int yield(cb::platform::SingleInstance& instance, const cb::app::StartOptions& options) {
    if (instance.handOver({{kAddress, options.address}, {kEmail, options.email}}))
        return 0;
    return complain(cb::base::with(cb::base::rejected("already_open"), "file", cb::bridge::toStd(instance.lockPath())));
}

} // namespace

int main(int argc, char** argv) {
    // Web pages arrive later as a plugin; without this, set before the application exists, loading it crashes.
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Cloudbell"));
    QApplication::setApplicationName(QStringLiteral("Cloudbell"));
    QApplication::setApplicationVersion(QStringLiteral(CLOUDBELL_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("cloudbell"));
    Q_INIT_RESOURCE(translations);
    Q_INIT_RESOURCE(logo);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/logo/cloudbell.svg")));
    const auto options = readOptions(application);
    const auto folder = cb::app::Program::folderOf(options);
    if (!folder)
        return complain(folder.error());
    if (!options.folder.isEmpty()) { // a folder of one's own has its own preferences
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, *folder + QStringLiteral("/preferences"));
    }
    cb::platform::SingleInstance instance(*folder);
    if (!instance.claim())
        return yield(instance, options);
    auto program = cb::app::Program::make(options);
    if (!program)
        return complain(program.error());
    auto& window = (*program)->window();
    QObject::connect(&instance, &cb::platform::SingleInstance::startedAgain, &window,
                     [&window](const QJsonObject& words) {
                         window.wanted(words.value(kAddress).toString(), words.value(kEmail).toString());
                     });
    window.show();
    return QApplication::exec();
}
