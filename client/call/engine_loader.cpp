#include "client/call/engine_loader.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QPluginLoader>

namespace cb::call {

namespace {

/// CLOUDBELL_CALL_PLUGIN (a file), beside the program, in its library folder.
QStringList enginePlaces() {
#if defined(Q_OS_WIN)
    const QString name = QStringLiteral("cloudbell-call.dll");
#else
    const QString name = QStringLiteral("cloudbell-call.so");
#endif
    QStringList places;
    if (const QString named = qEnvironmentVariable("CLOUDBELL_CALL_PLUGIN"); !named.isEmpty())
        places << named;
    const QDir beside(QCoreApplication::applicationDirPath());
    for (const auto* folder : {"plugins", "../lib/cloudbell", "../PlugIns"})
        places << QDir::cleanPath(beside.filePath(QLatin1String(folder) + u'/' + name));
    return places;
}

struct Loaded {
    CallEngine* engine = nullptr;
    QString trouble;
};

Loaded load() {
    Loaded loaded{nullptr, QStringLiteral("cloudbell-call")};
    for (const auto& place : enginePlaces()) {
        if (!QFileInfo::exists(place))
            continue;
        QPluginLoader loader(place);
        loaded.engine = qobject_cast<CallEngine*>(loader.instance()); // stays until the program ends
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

CallEngine* callEngine() {
    return theEngine().engine;
}

QString engineTrouble() {
    return theEngine().trouble;
}

} // namespace cb::call
