#include "client/floweditor/document/words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <array>

namespace cb::floweditor {

using flow::Kind;
using flow::Mode;
using widgets::Glyph;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(cb::floweditor::Words)
};

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QString groupName(flow::GroupId group, const Choices& choices) {
    if (!group)
        return Words::tr("No skill group chosen");
    const QString name = choices.groupName(group);
    return name.isEmpty() ? Words::tr("A skill group that is gone") : Words::tr("To %1").arg(name);
}

template <class Option>
QString optionNames(const std::vector<Option>& options) {
    QStringList all;
    for (const auto& option : options)
        all << text(option.name);
    return all.join(QStringLiteral(" · "));
}

struct Excerpt {
    const Choices& choices;

    QString operator()(const flow::Start&) const { return {}; }
    QString operator()(const flow::CallEnd&) const { return {}; }
    QString operator()(const flow::Message& message) const { return text(message.text); }
    QString operator()(const flow::Play& play) const { return soundName(play.sound, choices); }
    QString operator()(const flow::Branch& branch) const {
        return branch.prompt.empty() ? optionNames(branch.options) : text(branch.prompt);
    }
    QString operator()(const flow::KeyBranch& branch) const { return soundName(branch.prompt, choices); }
    QString operator()(const flow::Transfer& transfer) const { return groupName(transfer.group, choices); }
    QString operator()(const flow::CallTransfer& transfer) const { return groupName(transfer.group, choices); }
    QString operator()(const flow::End& end) const {
        if (end.silence.count() == 0)
            return Words::tr("Stays open while the customer is silent");
        return Words::tr("Ends after %1 s of silence").arg(end.silence.count());
    }
};

struct Written {
    const Choices& choices;

    QStringList operator()(const flow::Start&) const { return {}; }
    QStringList operator()(const flow::CallEnd&) const { return {}; }
    QStringList operator()(const flow::Message& message) const { return {text(message.text)}; }
    QStringList operator()(const flow::Play& play) const { return {soundName(play.sound, choices)}; }
    QStringList operator()(const flow::Branch& branch) const {
        QStringList all{text(branch.prompt), text(branch.wrongText)};
        for (const auto& option : branch.options) {
            all << text(option.name);
            for (const auto& keyword : option.keywords)
                all << text(keyword);
        }
        return all;
    }
    QStringList operator()(const flow::KeyBranch& branch) const {
        QStringList all;
        for (const auto& sound : {branch.prompt, branch.timeoutPrompt, branch.wrongPrompt})
            all << soundName(sound, choices);
        for (const auto& option : branch.options)
            all << text(option.name) << text(option.keys);
        return all;
    }
    QStringList operator()(const flow::Transfer& transfer) const {
        return {groupName(transfer.group, choices), text(transfer.queueText), text(transfer.successText),
                text(transfer.failureText)};
    }
    QStringList operator()(const flow::CallTransfer& transfer) const {
        return {groupName(transfer.group, choices), soundName(transfer.prompt, choices),
                soundName(transfer.announcement, choices), choices.audioName(transfer.music)};
    }
    QStringList operator()(const flow::End& end) const { return {text(end.silenceText), text(end.agentEndedText)}; }
};

QString labelOf(const flow::Graph& graph, const QString& id) {
    const auto* node = flow::find(graph, flow::NodeId{id.toLongLong()});
    return node != nullptr ? titleOf(*node) : id;
}

} // namespace

/// Also "options[2].name".
QString fieldName(const QString& field) {
    struct Row {
        const char* key;
        const char* words;
    };
    static constexpr std::array kRows{
        Row{"label", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Label")},
        Row{"text", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Text")},
        Row{"sound", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Sound")},
        Row{"prompt", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Prompt")},
        Row{"wrong_text", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Answer to any other input")},
        Row{"timeout_prompt", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Prompt after a time-out")},
        Row{"wrong_prompt", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Prompt after a wrong key")},
        Row{"max_errors", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Errors allowed")},
        Row{"timeout", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Time-out")},
        Row{"group", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Skill group")},
        Row{"queue_text", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Text while queued")},
        Row{"failure_text", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Text when nobody can answer")},
        Row{"success_text", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Text when an agent answers")},
        Row{"longest_wait", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Longest wait")},
        Row{"music", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Music while waiting")},
        Row{"announcement", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Announcement before the agent joins")},
        Row{"silence", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Silence")},
        Row{"silence_text", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Text when silence ends the session")},
        Row{"agent_ended_text", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Text when the agent ends the session")},
        Row{"name", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Name of the branch")},
        Row{"keywords", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Keywords")},
        Row{"keys", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Keys")},
        Row{"options", QT_TRANSLATE_NOOP("cb::floweditor::Words", "Branches")},
    };
    const QString first = field.section(QLatin1Char('.'), 0, 0);
    const QString last = field.section(QLatin1Char('.'), -1);
    const QString bare = first.startsWith(QLatin1String("options[")) ? last.section(QLatin1Char('['), 0, 0) : first;
    for (const Row& row : kRows)
        if (bare == QLatin1String(row.key))
            return Words::tr(row.words);
    return field;
}

QString kindName(Kind kind, Mode mode) {
    switch (kind) {
    case Kind::Start:
        return Words::tr("Start");
    case Kind::Message:
        return mode == Mode::Phone ? Words::tr("Play") : Words::tr("Message");
    case Kind::Branch:
        return mode == Mode::Phone ? Words::tr("Key menu") : Words::tr("Branch");
    case Kind::Transfer:
        return Words::tr("Transfer to human");
    case Kind::End:
        return Words::tr("End");
    }
    return {};
}

namespace {

Mode modeOf(const flow::NodeData& data) {
    return flow::fits(Mode::Phone, data) ? Mode::Phone : Mode::Chat;
}

} // namespace

QString kindName(const flow::NodeData& data) {
    return kindName(flow::kindOf(data), modeOf(data));
}

Glyph glyphOf(Kind kind, Mode mode) {
    switch (kind) {
    case Kind::Start:
        return Glyph::Play;
    case Kind::Message:
        return mode == Mode::Phone ? Glyph::Volume2 : Glyph::MessageSquare;
    case Kind::Branch:
        return mode == Mode::Phone ? Glyph::Grid3x3 : Glyph::GitBranch;
    case Kind::Transfer:
        return Glyph::Headset;
    case Kind::End:
        return Glyph::Square;
    }
    return Glyph::Square;
}

Glyph glyphOf(const flow::NodeData& data) {
    return glyphOf(flow::kindOf(data), modeOf(data));
}

QString titleOf(const flow::Node& node) {
    return node.label.empty() ? kindName(node.data) : text(node.label);
}

QString soundName(const flow::Sound& sound, const Choices& choices) {
    switch (sound.source) {
    case flow::Sound::Source::None:
        return Words::tr("Nothing");
    case flow::Sound::Source::Speech:
        return text(sound.text);
    case flow::Sound::Source::Audio:
        break;
    }
    const QString name = choices.audioName(sound.audio);
    return name.isEmpty() ? Words::tr("No audio chosen") : Words::tr("Audio: %1").arg(name);
}

QString excerptOf(const flow::NodeData& data, const Choices& choices) {
    return std::visit(Excerpt{choices}, data);
}

QStringList textsOf(const flow::Node& node, const Choices& choices) {
    return QStringList{titleOf(node), excerptOf(node.data, choices)} + std::visit(Written{choices}, node.data);
}

QString portName(const flow::NodeData& data, const std::string& port) {
    if (flow::kindOf(data) == Kind::Branch)
        return text(port);
    if (port == flow::kServed)
        return Words::tr("when served");
    if (port == flow::kFailed)
        return Words::tr("when nobody answers");
    return Words::tr("then");
}

QString sentenceOf(const flow::Problem& problem, const flow::Graph& graph) {
    const auto value = [&](const char* key) {
        const auto found = problem.params.find(key);
        return found == problem.params.end() ? QString() : text(found->second);
    };
    const auto* node = flow::find(graph, problem.node);
    const auto port = [&] {
        return node != nullptr ? portName(node->data, value("port").toStdString()) : value("port");
    };
    const auto field = [&] {
        const auto name = value("field");
        if (graph.mode != flow::Mode::Phone && name == QLatin1String("prompt"))
            return Words::tr("Question to the customer");
        return name == QLatin1String("text") ? Words::tr("Text to the customer") : fieldName(name);
    };
    const std::string& code = problem.code;
    if (code == "no_start")
        return Words::tr("The flow has no start.");
    if (code == "several_starts")
        return Words::tr("A flow has one start; this is one too many.");
    if (code == "no_end")
        return Words::tr("The flow has no end.");
    if (code == "too_many_nodes")
        return Words::tr("A flow has at most %1 nodes.").arg(value("max"));
    if (code == "duplicate_id")
        return Words::tr("Two nodes have the same number.");
    if (code == "wrong_mode_node")
        return Words::tr("This kind of node does not belong in such a flow.");
    if (code == "output_unconnected")
        return Words::tr("“%1” leads nowhere.").arg(port());
    if (code == "several_edges")
        return Words::tr("“%1” leads to more than one node.").arg(port());
    if (code == "edge_unknown_port")
        return Words::tr("A line leaves from “%1”, which this node does not have.").arg(value("port"));
    if (code == "edge_to_unknown_node" || code == "edge_from_unknown_node")
        return Words::tr("A line leads to or from a node that is not there.");
    if (code == "edge_into_start")
        return Words::tr("A line leads back into the start.");
    if (code == "unreachable")
        return Words::tr("No way leads here from the start.");
    if (code == "end_unreachable")
        return Words::tr("No way leads from here to an end.");
    if (code == "cycle_without_branch")
        return Words::tr("The flow runs in a circle here without ever waiting for the customer.");
    if (code == "served_path")
        return Words::tr("After the agent’s part only messages and an end may follow, not “%1”.")
            .arg(labelOf(graph, value("at")));
    if (code == "required" && value("field") == QLatin1String("group"))
        return Words::tr("No skill group is chosen.");
    if (code == "required")
        return Words::tr("“%1” is empty.").arg(field());
    if (code == "too_long")
        return Words::tr("“%1” is longer than %2 characters.").arg(field(), value("max"));
    if (code == "bad_text")
        return Words::tr("“%1” has characters that cannot be sent.").arg(field());
    if (code == "out_of_range")
        return Words::tr("“%1” must be from %2 to %3.").arg(field(), value("min"), value("max"));
    if (code == "unknown_group")
        return Words::tr("The skill group is no longer there.");
    if (code == "group_wrong_mode")
        return Words::tr("The skill group serves another kind of session.");
    if (code == "audio_not_approved")
        return Words::tr("“%1”: the audio is not there or not approved.").arg(field());
    if (code == "no_branches")
        return Words::tr("It has no branches.");
    if (code == "branch_without_keywords")
        return (graph.mode == flow::Mode::Phone ? Words::tr("Nothing leads to the branch “%1”: it has no keys.")
                                                : Words::tr("Nothing leads to the branch “%1”: it has no keywords."))
            .arg(value("port"));
    if (code == "duplicate_branch")
        return Words::tr("Two branches are called “%1”.").arg(value("port"));
    if (code == "duplicate_keyword")
        return Words::tr("The keyword “%1” stands at two branches.").arg(value("keyword"));
    if (code == "bad_key")
        return Words::tr("“%1” is no key of a telephone.").arg(value("key"));
    if (code == "duplicate_key")
        return Words::tr("The key “%1” stands at two branches.").arg(value("key"));
    return text(code);
}

} // namespace cb::floweditor
