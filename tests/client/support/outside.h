#pragma once

#include <QtCore/QList>
#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>

namespace cb::test {

/// Addresses that the program wants opened by other programs, instead of opening them.
struct Outside : QObject {
    Q_OBJECT
public:
    Outside() {
        for (const auto* scheme : {"http", "https", "mailto", "tel", "file"})
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "take");
    }
    ~Outside() override {
        for (const auto* scheme : {"http", "https", "mailto", "tel", "file"})
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    }
    Q_INVOKABLE void take(const QUrl& url) { opened << url; }
    QList<QUrl> opened;
};

} // namespace cb::test
