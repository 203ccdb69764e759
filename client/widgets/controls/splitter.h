#pragma once

#include <QSplitter>

namespace cb::widgets {

/// A splitter that remembers its sizes under \p key in QSettings (group "splitters"). Never collapses a part by
/// dragging. A part that is hidden while others are moved keeps the size it had.
class Splitter : public QSplitter {
    Q_OBJECT
public:
    Splitter(const QString& key, Qt::Orientation orientation, QWidget* parent = nullptr);

    /// Call when all parts are in: takes the remembered sizes, or \p sizes the first time.
    void restore(const QList<int>& sizes);

private:
    void remember();
    QString m_key;
    QList<int> m_kept; ///< as restored, or as the user left them
};

} // namespace cb::widgets
