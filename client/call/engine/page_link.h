#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

namespace cb::call {

/// All that the page can reach of the program: words, each with an object.
class PageLink : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

public Q_SLOTS:
    void tell(const QString& what, const QJsonObject& d) { Q_EMIT heard(what, d); } ///< by the page

Q_SIGNALS:
    void told(const QString& what, const QJsonObject& d); ///< to the page
    void heard(const QString& what, const QJsonObject& d);
};

} // namespace cb::call
