#include "client/api/trust.h"

#include "client/bridge/convert.h"

#include <QtCore/QFile>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>

namespace cb::api {

base::Result<void> trustAlso(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::with(base::rejected("file_unreadable"), "reason", bridge::toStd(file.errorString()));
    const auto own = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (own.isEmpty())
        return base::with(base::rejected("ca_file_empty"), "file", bridge::toStd(path));
    auto configuration = QSslConfiguration::defaultConfiguration();
    auto all = configuration.caCertificates();
    // Setting a list ends the loading of the system's certificates on demand, so they are named here.
    for (const auto& certificate : QSslConfiguration::systemCaCertificates() + own)
        if (!all.contains(certificate))
            all.append(certificate);
    configuration.setCaCertificates(all);
    QSslConfiguration::setDefaultConfiguration(configuration);
    return {};
}

} // namespace cb::api
