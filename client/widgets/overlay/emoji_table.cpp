#include "client/widgets/overlay/emoji_table.h"

#include <QFile>

// Resources of a static library are registered by hand, outside any namespace.
static void registerEmoji() {
    Q_INIT_RESOURCE(emoji);
}

namespace cb::widgets {

std::vector<Emoji> loadEmoji() {
    registerEmoji();
    static const QStringList groups{QStringLiteral("smileys"), QStringLiteral("people"),  QStringLiteral("nature"),
                                    QStringLiteral("food"),    QStringLiteral("travel"),  QStringLiteral("activities"),
                                    QStringLiteral("objects"), QStringLiteral("symbols"), QStringLiteral("flags")};
    std::vector<Emoji> table;
    table.reserve(1600);
    QFile file(QStringLiteral(":/emoji/emoji.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        return table;
    const QString all = QString::fromUtf8(file.readAll());
    for (const QStringView line : QStringView(all).split(u'\n', Qt::SkipEmptyParts)) {
        const QList<QStringView> columns = line.split(u'\t');
        const qsizetype group = columns.size() == 4 ? groups.indexOf(columns[1].toString()) : -1;
        if (group < 0)
            continue;
        table.push_back({columns[0].toString(), EmojiGroup(group),
                         columns[2].toString().toLower() + QLatin1Char(' ') + columns[3].toString()});
    }
    return table;
}

std::vector<const Emoji*> findEmoji(const std::vector<Emoji>& table, const QString& query) {
    const QStringList parts = query.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<const Emoji*> found;
    for (const Emoji& emoji : table) {
        const bool fits = std::all_of(parts.begin(), parts.end(),
                                      [&emoji](const QString& part) { return emoji.words.contains(part); });
        if (fits)
            found.push_back(&emoji);
    }
    return found;
}

QStringList withRecent(QStringList recent, const QString& used) {
    constexpr qsizetype kKept = 24;
    recent.removeAll(used);
    recent.prepend(used);
    while (recent.size() > kKept)
        recent.removeLast();
    return recent;
}

} // namespace cb::widgets
