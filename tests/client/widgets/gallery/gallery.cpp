#include "client/widgets/theme/theme.h"
#include "tests/client/widgets/gallery/pages.h"
#include "tests/client/widgets/gallery/samples.h"

#include <QApplication>
#include <QDir>
#include <QLocale>
#include <QMenu>
#include <QScreen>
#include <QTextStream>
#include <QTimer>
#include <QTranslator>

#include <functional>
#include <memory>

using namespace cb;

namespace {

/// Lets the window system and the posted events settle, without waiting for time to pass.
void settle() {
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
}

void grab(QWidget* window, const QString& file) {
    settle();
    const QPixmap picture = window->screen()->grabWindow(window->winId());
    if (!(picture.isNull() ? window->grab() : picture).save(file))
        QTextStream(stderr) << "cannot write " << file << '\n';
}

using Make = std::function<QWidget*()>;

void shoot(const QString& folder, const QString& suffix) {
    const std::pair<const char*, Make> pages[] = {
        {"controls", gallery::controlsPage},   {"forms", gallery::formsPage},       {"standard", gallery::standardPage},
        {"workbench", gallery::workbenchPage}, {"confirm", gallery::confirmDialog}, {"viewer", gallery::imageViewer}};
    for (const auto& [name, make] : pages) {
        const std::unique_ptr<QWidget> window(make());
        window->show();
        window->activateWindow();
        grab(window.get(), QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), suffix));
    }
    for (const char* overlay : {"palette", "emoji", "quick", "shortcuts", "toasts", "menu"}) {
        const std::unique_ptr<QWidget> window(gallery::workbenchPage());
        window->show();
        window->activateWindow();
        settle();
        gallery::openOverlay(window.get(), QLatin1String(overlay));
        settle();
        if (QWidget* popup = QApplication::activePopupWidget()) {
            grab(popup, QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(overlay), suffix));
            popup->close();
            continue;
        }
        grab(window.get(), QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(overlay), suffix));
    }
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("cloudbell-gallery"));
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        QTextStream(stderr) << "usage: cloudbell-gallery FOLDER\n";
        return 2;
    }
#ifdef GALLERY_TRANSLATED
    Q_INIT_RESOURCE(translations);
#endif
    QDir().mkpath(arguments[1]);
    widgets::Theme theme;
    const QString scale = qEnvironmentVariable("QT_SCALE_FACTOR", QStringLiteral("1"));
    for (const bool chinese : {false, true}) {
        gallery::setChinese(chinese);
        QLocale::setDefault(chinese ? QLocale(QLocale::Chinese, QLocale::China)
                                    : QLocale(QLocale::English, QLocale::UnitedKingdom));
        QTranslator translator;
        if (chinese && translator.load(QStringLiteral(":/i18n/cloudbell_zh_CN.qm")))
            QCoreApplication::installTranslator(&translator);
        for (const auto mode : {widgets::Theme::Mode::Light, widgets::Theme::Mode::Dark}) {
            theme.setMode(mode);
            shoot(arguments[1],
                  QStringLiteral("%1-%2-%3")
                      .arg(mode == widgets::Theme::Mode::Light ? QStringLiteral("light") : QStringLiteral("dark"),
                           chinese ? QStringLiteral("zh") : QStringLiteral("en"), scale));
        }
    }
    return 0;
}
