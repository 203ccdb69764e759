#include "client/webview/engine_loader.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QPluginLoader>

namespace cb::webview {

namespace {

/// CLOUDBELL_WEB_PLUGIN (a file), beside the program, in its library folder.
QStringList enginePlaces() {
#if defined(Q_OS_WIN)
    const QString name = QStringLiteral("cloudbell-web.dll");
#else
    const QString name = QStringLiteral("cloudbell-web.so");
#endif
    QStringList places;
    if (const QString named = qEnvironmentVariable("CLOUDBELL_WEB_PLUGIN"); !named.isEmpty())
        places << named;
    const QDir beside(QCoreApplication::applicationDirPath());
    for (const auto* folder : {"plugins", "../lib/cloudbell", "../PlugIns"})
        places << QDir::cleanPath(beside.filePath(QLatin1String(folder) + u'/' + name));
    return places;
}

struct Loaded {
    WebEngine* engine = nullptr;
    QString trouble;
};

Loaded load() {
    Loaded loaded{nullptr, QStringLiteral("cloudbell-web")};
    for (const auto& place : enginePlaces()) {
        if (!QFileInfo::exists(place))
            continue;
        QPluginLoader loader(place);
        loaded.engine = qobject_cast<WebEngine*>(loader.instance()); // stays until the program ends
        if (loaded.engine != nullptr)
            return {loaded.engine, {}};
        loaded.trouble = loader.errorString();
    }
    return loaded;
}

const Loaded& theEngine() {
    static const Loaded loaded = load();
    return loaded;
}

} // namespace

WebEngine* webEngine() {
    return theEngine().engine;
}

QString engineTrouble() {
    return theEngine().trouble;
}

} // namespace cb::webview
