#include "client/api/transfer.h"

namespace cb::api {

Transfer::Transfer(QNetworkReply* reply)
    : QObject(reply)
    , m_reply(reply) {
    connect(reply, &QNetworkReply::uploadProgress, this, &Transfer::note);
    connect(reply, &QNetworkReply::downloadProgress, this, &Transfer::note);
    connect(reply, &QNetworkReply::finished, this, &Transfer::finished);
}

void Transfer::cancel() {
    m_cancelled = true;
    if (m_reply)
        m_reply->abort();
}

void Transfer::note(qint64 done, qint64 total) {
    if (total <= 0)
        return;
    const int percent = static_cast<int>(done * 100 / total);
    if (percent <= m_percent)
        return; // the small answer of a big upload does not turn the bar back
    m_percent = percent;
    Q_EMIT progressed(percent);
}

} // namespace cb::api
