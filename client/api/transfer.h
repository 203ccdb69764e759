#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtNetwork/QNetworkReply>

namespace cb::api {

/// An upload or download under way. Deletes itself after finished(); its result goes to the callback given with the
/// request, `cancelled` after cancel(). GUI thread.
class Transfer : public QObject {
    Q_OBJECT
public:
    explicit Transfer(QNetworkReply* reply);

    void cancel();
    bool isCancelled() const { return m_cancelled; }
    int percent() const { return m_percent; } ///< 0…100

Q_SIGNALS:
    void progressed(int percent);
    void finished();

private:
    void note(qint64 done, qint64 total);

    QPointer<QNetworkReply> m_reply;
    int m_percent = 0;
    bool m_cancelled = false;
};

} // namespace cb::api
