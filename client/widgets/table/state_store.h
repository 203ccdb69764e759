#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace cb::widgets {

/// Where a view keeps how the user arranged it (columns, their widths and order): a plain key to some bytes. Whoever
/// puts the program together hands one in; either function may be empty. GUI thread.
struct StateStore {
    std::function<QByteArray(const QString& key)> read;
    std::function<void(const QString& key, const QByteArray& state)> write;

    QByteArray get(const QString& key) const { return read ? read(key) : QByteArray(); }
    void set(const QString& key, const QByteArray& state) const {
        if (write)
            write(key, state);
    }
};

} // namespace cb::widgets
