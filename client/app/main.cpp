#include "client/app/program.h"
#include "client/bridge/error_text.h"

#include <QtCore/QCommandLineParser>
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
    const QCommandLineOption folder(QStringLiteral("folder"), QStringLiteral("Keep this program's files here."),
                                    QStringLiteral("DIR"));
    const QCommandLineOption caFile(QStringLiteral("ca-file"),
                                    QStringLiteral("Also trust the issuers in this file (PEM)."),
                                    QStringLiteral("FILE"));
    parser.addOptions({email, folder, caFile});
    parser.addPositionalArgument(QStringLiteral("address"),
                                 QStringLiteral("The sign-in address, https://host/online/1400000001"),
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
    auto program = cb::app::Program::make(options);
    if (!program) {
        const QString sentence = cb::bridge::errorText(program.error());
        std::fprintf(stderr, "%s\n", qPrintable(sentence));
        return 1;
    }
    (*program)->window().show();
    return QApplication::exec();
}
