#include "client/admin/audit_words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <array>

namespace cb::admin {

namespace {

struct Word {
    std::string_view name;
    const char* text;
};

// clang-format off
constexpr std::array kActions{
    Word{"agent.add", QT_TRANSLATE_NOOP("Audit", "Added an agent")},
    Word{"agent.add_many", QT_TRANSLATE_NOOP("Audit", "Added many agents")},
    Word{"agent.delete", QT_TRANSLATE_NOOP("Audit", "Deleted an agent")},
    Word{"agent.reset_password", QT_TRANSLATE_NOOP("Audit", "Reset a password")},
    Word{"agent.save", QT_TRANSLATE_NOOP("Audit", "Changed an agent")},
    Word{"audio.add", QT_TRANSLATE_NOOP("Audit", "Uploaded audio")},
    Word{"audio.delete", QT_TRANSLATE_NOOP("Audit", "Deleted audio")},
    Word{"audio.save", QT_TRANSLATE_NOOP("Audit", "Renamed audio")},
    Word{"channel.add", QT_TRANSLATE_NOOP("Audit", "Added a channel")},
    Word{"channel.delete", QT_TRANSLATE_NOOP("Audit", "Deleted a channel")},
    Word{"channel.link", QT_TRANSLATE_NOOP("Audit", "Linked a channel with a flow")},
    Word{"channel.save", QT_TRANSLATE_NOOP("Audit", "Changed a channel")},
    Word{"channel.unlink", QT_TRANSLATE_NOOP("Audit", "Unlinked a channel")},
    Word{"customer.block", QT_TRANSLATE_NOOP("Audit", "Blocked a visitor")},
    Word{"customer.erase", QT_TRANSLATE_NOOP("Audit", "Erased a visitor")},
    Word{"customer.unblock", QT_TRANSLATE_NOOP("Audit", "Lifted a block")},
    Word{"flow.add", QT_TRANSLATE_NOOP("Audit", "Added a flow")},
    Word{"flow.delete", QT_TRANSLATE_NOOP("Audit", "Deleted a flow")},
    Word{"flow.publish", QT_TRANSLATE_NOOP("Audit", "Published a flow")},
    Word{"flow.publish_forced", QT_TRANSLATE_NOOP("Audit", "Published a flow although tests failed")},
    Word{"flow.restore", QT_TRANSLATE_NOOP("Audit", "Restored a version of a flow")},
    Word{"flow.save", QT_TRANSLATE_NOOP("Audit", "Changed a flow")},
    Word{"flow.tests", QT_TRANSLATE_NOOP("Audit", "Changed the tests of a flow")},
    Word{"flow.unpublish", QT_TRANSLATE_NOOP("Audit", "Unpublished a flow")},
    Word{"group.add", QT_TRANSLATE_NOOP("Audit", "Added a skill group")},
    Word{"group.delete", QT_TRANSLATE_NOOP("Audit", "Deleted a skill group")},
    Word{"group.members", QT_TRANSLATE_NOOP("Audit", "Changed the members of a skill group")},
    Word{"group.save", QT_TRANSLATE_NOOP("Audit", "Changed a skill group")},
    Word{"quick_reply.add", QT_TRANSLATE_NOOP("Audit", "Added a quick reply")},
    Word{"quick_reply.delete", QT_TRANSLATE_NOOP("Audit", "Deleted a quick reply")},
    Word{"quick_reply.save", QT_TRANSLATE_NOOP("Audit", "Changed a quick reply")},
    Word{"recording.listen", QT_TRANSLATE_NOOP("Audit", "Listened to a recording")},
    Word{"records.export", QT_TRANSLATE_NOOP("Audit", "Exported service records")},
    Word{"restore", QT_TRANSLATE_NOOP("Audit", "Restored a backup")},
    Word{"screen_pops.save", QT_TRANSLATE_NOOP("Audit", "Changed the screen pops")},
    Word{"settings.save", QT_TRANSLATE_NOOP("Audit", "Changed settings")},
    Word{"storage.recovered", QT_TRANSLATE_NOOP("Audit", "Went on after trouble with the storage")},
};
constexpr std::array kKinds{
    Word{"agent.", QT_TRANSLATE_NOOP("Audit", "Agents")},
    Word{"group.", QT_TRANSLATE_NOOP("Audit", "Skill groups")},
    Word{"flow.", QT_TRANSLATE_NOOP("Audit", "Flows")},
    Word{"channel.", QT_TRANSLATE_NOOP("Audit", "Channels")},
    Word{"customer.", QT_TRANSLATE_NOOP("Audit", "Visitors")},
    Word{"quick_reply.", QT_TRANSLATE_NOOP("Audit", "Quick replies")},
    Word{"screen_pops.", QT_TRANSLATE_NOOP("Audit", "Screen pops")},
    Word{"settings.", QT_TRANSLATE_NOOP("Audit", "Settings")},
    Word{"audio.", QT_TRANSLATE_NOOP("Audit", "Audio")},
    Word{"recording.", QT_TRANSLATE_NOOP("Audit", "Recordings")},
    Word{"records.", QT_TRANSLATE_NOOP("Audit", "Exports")},
    Word{"storage.", QT_TRANSLATE_NOOP("Audit", "Storage")},
    Word{"restore", QT_TRANSLATE_NOOP("Audit", "Restored backups")},
};
constexpr std::array kTargets{
    Word{"agent", QT_TRANSLATE_NOOP("Audit", "agent %1")},
    Word{"audio", QT_TRANSLATE_NOOP("Audit", "audio %1")},
    Word{"channel", QT_TRANSLATE_NOOP("Audit", "channel %1")},
    Word{"customer", QT_TRANSLATE_NOOP("Audit", "visitor %1")},
    Word{"export", QT_TRANSLATE_NOOP("Audit", "export %1")},
    Word{"flow", QT_TRANSLATE_NOOP("Audit", "flow %1")},
    Word{"group", QT_TRANSLATE_NOOP("Audit", "skill group %1")},
    Word{"instance", QT_TRANSLATE_NOOP("Audit", "call centre %1")},
    Word{"quick_reply", QT_TRANSLATE_NOOP("Audit", "quick reply %1")},
    Word{"session", QT_TRANSLATE_NOOP("Audit", "session %1")},
};
// clang-format on

QString translated(const char* text) {
    return QCoreApplication::translate("Audit", text);
}

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

QString auditAction(std::string_view action) {
    const auto found =
        std::find_if(kActions.begin(), kActions.end(), [action](const Word& word) { return word.name == action; });
    return found == kActions.end() ? fromView(action) : translated(found->text);
}

std::vector<std::pair<QString, QString>> auditKinds() {
    std::vector<std::pair<QString, QString>> kinds;
    kinds.reserve(std::size(kKinds));
    for (const auto& kind : kKinds)
        kinds.emplace_back(fromView(kind.name), translated(kind.text));
    return kinds;
}

QString auditTarget(std::string_view target) {
    if (target == "screen_pops")
        return translated(QT_TRANSLATE_NOOP("Audit", "the screen pops"));
    if (target == "database")
        return translated(QT_TRANSLATE_NOOP("Audit", "the database"));
    const auto space = target.find(' ');
    if (space == std::string_view::npos)
        return fromView(target);
    const auto first = target.substr(0, space);
    const auto rest = target.substr(space + 1);
    if (rest == "agents")
        return translated(QT_TRANSLATE_NOOP("Audit", "%1 agents")).arg(fromView(first));
    // Behind the number stands the name of that time; entries of older servers have none.
    const auto end = rest.find(' ');
    const QString called =
        end == std::string_view::npos ? fromView(rest) : QLocale().quoteString(fromView(rest.substr(end + 1)));
    for (const auto& word : kTargets)
        if (word.name == first)
            return translated(word.text).arg(called);
    return fromView(target);
}

QString auditWho(const wire::AuditEntry& entry) {
    if (entry.agent)
        return fromView(entry.agentName);
    return entry.action == "storage.recovered" ? translated(QT_TRANSLATE_NOOP("Audit", "Server"))
                                               : translated(QT_TRANSLATE_NOOP("Audit", "Operator"));
}

} // namespace cb::admin
