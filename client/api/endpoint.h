#pragma once

#include "shared/base/result.h"
#include "shared/model/ids.h"

#include <QtCore/QString>
#include <QtCore/QUrl>

namespace cb::api {

/// Where an instance lives, as the sign-in address says.
struct Endpoint {
    QUrl base; ///< scheme, host, port and a path before "/online", without a slash at its end
    model::InstanceId instance;

    bool operator==(const Endpoint&) const = default;

    QUrl rest(const QString& path, const QString& query = {}) const; ///< "/api/v1/me"
    QUrl socket() const;                                             ///< ws(s)://…/ws/agent
    QString address() const;                                         ///< https://host/online/1400000001
};

/// `https://host/online/1400000001`; without a scheme https is meant, http is taken only when written. Spaces around it
/// are ignored. Error: bad_address.
base::Result<Endpoint> parseAddress(const QString& text);

} // namespace cb::api
