#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace cb::widgets {

enum class EmojiGroup { Smileys, People, Nature, Food, Travel, Activities, Objects, Symbols, Flags };
inline constexpr int kEmojiGroupCount = 9;

struct Emoji {
    QString text;
    EmojiGroup group = EmojiGroup::Smileys;
    QString words; // English and Chinese, lower case
};

/// All emoji in their usual order; read from the resource by each call (1,500 rows, a few milliseconds).
std::vector<Emoji> loadEmoji();

/// Those whose words contain every part of \p query.
std::vector<const Emoji*> findEmoji(const std::vector<Emoji>& table, const QString& query);

/// \p used moved to the front of \p recent, which keeps 24.
QStringList withRecent(QStringList recent, const QString& used);

} // namespace cb::widgets
