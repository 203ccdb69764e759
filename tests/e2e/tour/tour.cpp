#include "client/widgets/theme/theme.h"
#include "tests/e2e/tour/bench.h"
#include "tests/e2e/tour/scenes.h"
#include "tests/e2e/tour/stage.h"

#include <QtCore/QDir>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>

#include <cstdio>

namespace {

using namespace cb;

/// No attempt to connect again by itself: the strip counts down from the same number.
api::SessionOptions calmSession() {
    auto options = test::quickSession();
    options.backoff.delays = {base::Millis(20'000)};
    options.backoff.afterGoodbye = base::Millis(20'000);
    return options;
}

struct Variant {
    widgets::Theme::Mode mode;
    const char* theme;
    const char* language;
};

bool render(const tour::Scene& scene, const Variant& variant, const QString& file) {
    tour::Stage stage(calmSession());
    stage.desk.preferences.setLanguage(QLatin1String(variant.language));
    scene.play(stage);
    const QImage image = stage.picture();
    if (!image.save(file, "PNG", 70))
        stage.fail(QStringLiteral("cannot be written"));
    for (const auto& trouble : stage.troubles())
        std::fprintf(stderr, "%s: %s\n", qPrintable(QFileInfo(file).fileName()), qPrintable(trouble));
    return !stage.failed();
}

int renderAll(widgets::Theme& theme, const QString& folder, const QString& only) {
    const int percent = qRound(qEnvironmentVariable("QT_SCALE_FACTOR", QStringLiteral("1")).toDouble() * 100);
    int failed = 0;
    for (const Variant& variant :
         {Variant{widgets::Theme::Mode::Light, "light", "en"}, Variant{widgets::Theme::Mode::Light, "light", "zh_CN"},
          Variant{widgets::Theme::Mode::Dark, "dark", "en"}, Variant{widgets::Theme::Mode::Dark, "dark", "zh_CN"}}) {
        theme.setMode(variant.mode);
        for (const auto& scene : tour::scenes()) {
            if (!only.isEmpty() && only != QLatin1String(scene.name))
                continue;
            const QString name = QStringLiteral("%1-%2-%3-%4.png")
                                     .arg(QLatin1String(scene.name), QLatin1String(variant.theme),
                                          QLatin1String(variant.language), QString::number(percent));
            failed += render(scene, variant, QDir(folder).filePath(name)) ? 0 : 1;
        }
    }
    return failed;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QTemporaryDir settings;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QApplication::setOrganizationName(QStringLiteral("cloudbell-tour"));
    QApplication::setQuitOnLastWindowClosed(false);
    Q_INIT_RESOURCE(logo);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/logo/cloudbell.svg")));
    QApplication::setCursorFlashTime(0);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: cloudbell-tour FOLDER [PAGE] | --bench\n");
        return 2;
    }
    widgets::Theme theme;
    theme.setReducedMotion(true);
    int result = 0;
    // Inside the event loop: Qt tells widgets of a new palette only while the application runs.
    QTimer::singleShot(0, &application, [&] {
        if (arguments[1] == QLatin1String("--bench"))
            result = tour::bench();
        else if (!QDir().mkpath(arguments[1]))
            result = 2;
        else
            result = renderAll(theme, arguments[1], arguments.value(2)) == 0 ? 0 : 1;
        QApplication::quit();
    });
    QApplication::exec();
    return result;
}
