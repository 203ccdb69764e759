#include "client/widgets/controls/splitter.h"

#include <QSettings>

namespace cb::widgets {

Splitter::Splitter(const QString& key, Qt::Orientation orientation, QWidget* parent)
    : QSplitter(orientation, parent)
    , m_key(QStringLiteral("splitters/") + key) {
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, &Splitter::remember);
}

void Splitter::restore(const QList<int>& sizes) {
    QList<int> wanted;
    for (const QVariant& size : QSettings().value(m_key).toList())
        wanted.append(size.toInt());
    const bool usable =
        wanted.size() == count() && std::all_of(wanted.begin(), wanted.end(), [](int s) { return s > 0; });
    m_kept = usable ? wanted : sizes;
    setSizes(m_kept);
}

void Splitter::remember() {
    const QList<int> before = m_kept;
    m_kept = sizes();
    QVariantList list;
    for (int i = 0; i < count(); ++i) {
        if (widget(i)->isHidden())
            m_kept[i] = before.value(i);
        list.append(m_kept[i]);
    }
    QSettings().setValue(m_key, list);
}

} // namespace cb::widgets
