#include "client/admin/audit_words.h"
#include "client/bridge/convert.h"
#include "client/bridge/words.h"
#include "shared/model/names.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <array>

/// The server writes before and after in its own plain English (server/admin). What it makes is put into the user's
/// words here; names and texts that people wrote are taken over.
namespace cb::admin {

namespace {

struct Word {
    QLatin1String name;
    const char* text;
};

// clang-format off
const std::array kSettings{
    Word{QLatin1String("chat_answer_timeout"), QT_TRANSLATE_NOOP("Audit", "chats go to another agent when nobody answers: %1")},
    Word{QLatin1String("all_media_answer_timeout"), QT_TRANSLATE_NOOP("Audit", "all-media sessions go to another agent when nobody answers: %1")},
    Word{QLatin1String("phone_answer_timeout"), QT_TRANSLATE_NOOP("Audit", "calls go to another agent when nobody answers: %1")},
    Word{QLatin1String("phone_recovery"), QT_TRANSLATE_NOOP("Audit", "back to idle by itself after a call: %1")},
    Word{QLatin1String("phone_fewest_calls"), QT_TRANSLATE_NOOP("Audit", "calls go to who has answered the fewest today: %1")},
    Word{QLatin1String("phone_last_agent_first"), QT_TRANSLATE_NOOP("Audit", "calls go to the agent of last time first: %1")},
    Word{QLatin1String("blending"), QT_TRANSLATE_NOOP("Audit", "agents with open chats are offered calls: %1")},
    Word{QLatin1String("chat_answer_seconds"), QT_TRANSLATE_NOOP("Audit", "a chat rings for %1 s")},
    Word{QLatin1String("all_media_answer_seconds"), QT_TRANSLATE_NOOP("Audit", "an all-media session rings for %1 s")},
    Word{QLatin1String("phone_answer_seconds"), QT_TRANSLATE_NOOP("Audit", "a call rings for %1 s")},
    Word{QLatin1String("phone_recovery_seconds"), QT_TRANSLATE_NOOP("Audit", "idle again %1 s after hanging up")},
    Word{QLatin1String("wrap_up_seconds"), QT_TRANSLATE_NOOP("Audit", "a chat completes itself after %1 s")},
    Word{QLatin1String("service_level_seconds"), QT_TRANSLATE_NOOP("Audit", "service level: answered within %1 s")},
    Word{QLatin1String("retention_days"), QT_TRANSLATE_NOOP("Audit", "kept for %1 days")},
    Word{QLatin1String("picture_bytes"), QT_TRANSLATE_NOOP("Audit", "a picture may have %1")},
    Word{QLatin1String("file_bytes"), QT_TRANSLATE_NOOP("Audit", "a file may have %1")},
};
/// What an export was limited by.
const std::array kLimits{
    Word{QLatin1String("mode"), QT_TRANSLATE_NOOP("Audit", "kind of conversation")},
    Word{QLatin1String("time"), QT_TRANSLATE_NOOP("Audit", "time")},
    Word{QLatin1String("group"), QT_TRANSLATE_NOOP("Audit", "skill group")},
    Word{QLatin1String("agent"), QT_TRANSLATE_NOOP("Audit", "agent")},
    Word{QLatin1String("channel"), QT_TRANSLATE_NOOP("Audit", "channel")},
    Word{QLatin1String("state"), QT_TRANSLATE_NOOP("Audit", "state")},
    Word{QLatin1String("customer"), QT_TRANSLATE_NOOP("Audit", "visitor")},
    Word{QLatin1String("text"), QT_TRANSLATE_NOOP("Audit", "text")},
    Word{QLatin1String("call"), QT_TRANSLATE_NOOP("Audit", "kind of call")},
    Word{QLatin1String("number"), QT_TRANSLATE_NOOP("Audit", "phone number")},
};
const std::array kAudioStates{
    Word{QLatin1String("unreviewed"), QT_TRANSLATE_NOOP("Audit", "not reviewed yet")},
    Word{QLatin1String("approved"), QT_TRANSLATE_NOOP("Audit", "approved")},
    Word{QLatin1String("rejected"), QT_TRANSLATE_NOOP("Audit", "rejected")},
};
// clang-format on

QString said(const char* text) {
    return QCoreApplication::translate("Audit", text);
}

template <class Words>
const char* find(const Words& words, const QString& name) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&name](const Word& word) { return word.name == name; });
    return found == words.end() ? nullptr : found->text;
}

QRegularExpression pattern(const char* text) {
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(text)),
                              QRegularExpression::DotMatchesEverythingOption);
}

QString orDash(const QString& text) {
    return text.isEmpty() ? QStringLiteral("–") : text;
}

template <class E>
QString enumWord(const QString& name) {
    const auto value = model::parse<E>(bridge::toStd(name));
    return value ? bridge::word(*value) : name;
}

QString setting(const QString& piece) {
    const QString name = piece.section(u' ', 0, 0);
    const QString value = piece.section(u' ', 1);
    const char* text = find(kSettings, name);
    if (text == nullptr)
        return piece;
    if (value == QLatin1String("on"))
        return said(text).arg(said(QT_TRANSLATE_NOOP("Audit", "on")));
    if (value == QLatin1String("off"))
        return said(text).arg(said(QT_TRANSLATE_NOOP("Audit", "off")));
    bool number = false;
    const qint64 amount = value.toLongLong(&number);
    if (!number)
        return piece;
    const QLocale locale;
    return said(text).arg(name.endsWith(QLatin1String("_bytes")) ? locale.formattedDataSize(amount)
                                                                 : locale.toString(amount));
}

QString settingsText(const QString& text) {
    QStringList pieces = text.split(QStringLiteral(", "));
    for (auto& piece : pieces)
        piece = setting(piece);
    return pieces.join(QLocale().language() == QLocale::Chinese ? QStringLiteral("；") : QStringLiteral("; "));
}

QString groupText(const QString& text) {
    static const auto kRow = pattern("(.*), (chat|all_media|phone), limit (\\d+)(, recorded)?(, members (.*))?");
    static const auto kMembers = pattern("(added|removed): (.*)");
    if (const auto row = kRow.match(text); row.hasMatch()) {
        const QString mode =
            row.hasCaptured(4)
                ? said(QT_TRANSLATE_NOOP("Audit", "%1 (recorded)")).arg(enumWord<model::Mode>(row.captured(2)))
                : enumWord<model::Mode>(row.captured(2));
        return row.hasCaptured(5) ? said(QT_TRANSLATE_NOOP("Audit", "%1, %2, sessions per agent: %3, members: %4"))
                                        .arg(row.captured(1), mode, row.captured(3), orDash(row.captured(6)))
                                  : said(QT_TRANSLATE_NOOP("Audit", "%1, %2, sessions per agent: %3"))
                                        .arg(row.captured(1), mode, row.captured(3));
    }
    if (const auto members = kMembers.match(text); members.hasMatch())
        return (members.captured(1) == QLatin1String("added") ? said(QT_TRANSLATE_NOOP("Audit", "added: %1"))
                                                              : said(QT_TRANSLATE_NOOP("Audit", "removed: %1")))
            .arg(members.captured(2));
    return text;
}

QString agentText(const QString& text) {
    static const auto kRow = pattern("(.*), nickname \"(.*)\", mobile \"(.*)\", groups ([\\d ]*)"
                                     "(, (agent|admin), staff number (.*), (.*))?");
    static const QRegularExpression kRole(QStringLiteral(", (agent|admin)\\)(?=, |$)"));
    if (const auto row = kRow.match(text); row.hasMatch()) {
        const QString person =
            said(QT_TRANSLATE_NOOP("Audit", "%1, nickname: %2, mobile: %3, numbers of skill groups: %4"))
                .arg(row.captured(1), orDash(row.captured(2)), orDash(row.captured(3)), orDash(row.captured(4)));
        return row.hasCaptured(5)
                   ? said(QT_TRANSLATE_NOOP("Audit", "%1, %2, staff number: %3, e-mail: %4"))
                         .arg(person, enumWord<model::Role>(row.captured(6)), row.captured(7), row.captured(8))
                   : person;
    }
    QString out = text; // "A (9, a@b.c, agent), B (10, b@b.c, admin)"
    qsizetype from = 0;
    for (auto role = kRole.match(out); role.hasMatch(); role = kRole.match(out, from)) {
        const QString word = enumWord<model::Role>(role.captured(1));
        out.replace(role.capturedStart(1), role.capturedLength(1), word);
        from = role.capturedStart(1) + word.size();
    }
    return out;
}

/// "Shop, website, shop.cn, #0B6E6E" or "flow 7". The name may have commas, what follows the kind has none.
QString channelText(const QString& text) {
    QStringList pieces = text.split(QStringLiteral(", "));
    for (qsizetype i = pieces.size() - 1; i > 0; --i)
        if (const auto kind = model::parse<model::ChannelKind>(bridge::toStd(pieces[i]))) {
            pieces[i] = bridge::word(*kind);
            return pieces.join(QStringLiteral(", "));
        }
    return auditTarget(bridge::toStd(text));
}

QString flowLine(const QString& line) {
    static const auto kFailed = pattern("(.*), version (\\d+), although failed: (.*)");
    static const auto kNamed = pattern("(.*), version (\\d+)");
    static const auto kRestored = pattern("version (\\d+) of (.*)");
    static const auto kVersion = pattern("version (\\d+)");
    static const auto kCounts = pattern("(\\d+) nodes, (\\d+) connections");
    static const auto kTests = pattern("tests (\".*)");
    if (const auto is = kFailed.match(line); is.hasMatch())
        return said(QT_TRANSLATE_NOOP("Audit", "%1, version %2, although failed: %3"))
            .arg(is.captured(1), is.captured(2), is.captured(3));
    if (const auto is = kNamed.match(line); is.hasMatch())
        return said(QT_TRANSLATE_NOOP("Audit", "%1, version %2")).arg(is.captured(1), is.captured(2));
    if (const auto is = kRestored.match(line); is.hasMatch())
        return said(QT_TRANSLATE_NOOP("Audit", "version %1 of %2")).arg(is.captured(1), is.captured(2));
    if (const auto is = kVersion.match(line); is.hasMatch())
        return said(QT_TRANSLATE_NOOP("Audit", "version %1")).arg(is.captured(1));
    if (const auto is = kCounts.match(line); is.hasMatch())
        return said(QT_TRANSLATE_NOOP("Audit", "nodes: %1, connections: %2")).arg(is.captured(1), is.captured(2));
    if (const auto is = kTests.match(line); is.hasMatch())
        return said(QT_TRANSLATE_NOOP("Audit", "tests: %1")).arg(is.captured(1));
    return line;
}

QString flowText(const QString& text) {
    QStringList lines = text.split(u'\n');
    for (auto& line : lines)
        line = flowLine(line);
    return lines.join(u'\n');
}

QString customerText(const QString& text) {
    return text == QLatin1String("blocked")       ? said(QT_TRANSLATE_NOOP("Audit", "blocked"))
           : text == QLatin1String("not blocked") ? said(QT_TRANSLATE_NOOP("Audit", "not blocked"))
                                                  : text;
}

QString exportText(const QString& text) {
    if (text == QLatin1String("all"))
        return said(QT_TRANSLATE_NOOP("Audit", "all records"));
    if (!text.startsWith(QLatin1String("by ")))
        return text;
    QStringList limits = text.mid(3).split(QStringLiteral(", "));
    for (auto& limit : limits)
        if (const char* word = find(kLimits, limit))
            limit = said(word);
    return said(QT_TRANSLATE_NOOP("Audit", "limited by: %1")).arg(QLocale().createSeparatedList(limits));
}

QString popsText(const QString& text) {
    static const QRegularExpression kOff(QStringLiteral(" \\(off\\)(?=; |$)"));
    return QString(text).replace(kOff, QStringLiteral(" (%1)").arg(said(QT_TRANSLATE_NOOP("Audit", "off"))));
}

/// "Welcome, wav, 16044 bytes, approved"; of one that was renamed only the name.
QString audioText(const QString& text) {
    static const auto kRow = pattern("(.*), (wav|mp3), (\\d+) bytes, (unreviewed|approved|rejected)");
    const auto row = kRow.match(text);
    if (!row.hasMatch())
        return text;
    const char* state = find(kAudioStates, row.captured(4));
    return QStringList{row.captured(1), row.captured(2), QLocale().formattedDataSize(row.captured(3).toLongLong()),
                       state != nullptr ? said(state) : row.captured(4)}
        .join(QStringLiteral(", "));
}

struct Kind {
    std::string_view start;
    QString (*read)(const QString& text);
};
constexpr std::array kKinds{
    Kind{"settings.", settingsText}, Kind{"group.", groupText},      Kind{"agent.", agentText},
    Kind{"channel.", channelText},   Kind{"flow.", flowText},        Kind{"customer.", customerText},
    Kind{"records.", exportText},    Kind{"screen_pops.", popsText}, Kind{"audio.", audioText}};

} // namespace

QString auditText(std::string_view action, std::string_view text) {
    const QString plain = bridge::toQt(text);
    const auto kind =
        std::find_if(kKinds.begin(), kKinds.end(), [action](const Kind& one) { return action.starts_with(one.start); });
    return kind == kKinds.end() || plain.isEmpty() ? plain : kind->read(plain);
}

} // namespace cb::admin
