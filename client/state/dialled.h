#pragma once

#include "client/sync/account_store.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>

#include <vector>

namespace cb::state {

/// The numbers this agent called last, each once, newest first; on this disk. GUI thread.
class Dialled : public QObject {
    Q_OBJECT
public:
    struct Entry {
        QString number;
        QDateTime at;
        bool operator==(const Entry&) const = default;
    };
    static constexpr std::size_t kMost = 50; ///< then the oldest goes

    explicit Dialled(sync::AccountStore& store, QObject* parent = nullptr);

    const std::vector<Entry>& all() const { return m_all; }
    void note(const QString& number);
    void clear();

Q_SIGNALS:
    void changed();

private:
    void write();

    sync::AccountStore& m_store;
    std::vector<Entry> m_all;
};

} // namespace cb::state
