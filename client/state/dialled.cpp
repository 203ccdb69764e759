#include "client/state/dialled.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace cb::state {

namespace {

const QString kDialled = QStringLiteral("dialled");

} // namespace

Dialled::Dialled(sync::AccountStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store) {
    const auto kept = QJsonDocument::fromJson(QByteArray::fromStdString(m_store.kept(kDialled))).array();
    for (const auto& entry : kept) {
        const auto one = entry.toObject();
        const QString number = one[QLatin1String("number")].toString();
        if (!number.isEmpty() && m_all.size() < kMost)
            m_all.push_back({number, QDateTime::fromMSecsSinceEpoch(one[QLatin1String("at")].toInteger())});
    }
}

void Dialled::note(const QString& number) {
    if (number.isEmpty())
        return;
    std::erase_if(m_all, [&number](const Entry& entry) { return entry.number == number; });
    m_all.insert(m_all.begin(), {number, QDateTime::currentDateTime()});
    if (m_all.size() > kMost)
        m_all.pop_back();
    write();
}

void Dialled::clear() {
    m_all.clear();
    write();
}

void Dialled::write() {
    QJsonArray all;
    for (const auto& entry : m_all)
        all.append(QJsonObject{{QStringLiteral("number"), entry.number},
                               {QStringLiteral("at"), entry.at.toMSecsSinceEpoch()}});
    // What the disk does not take is only missing after the next start.
    (void)m_store.keep(kDialled, QJsonDocument(all).toJson(QJsonDocument::Compact).toStdString());
    Q_EMIT changed();
}

} // namespace cb::state
