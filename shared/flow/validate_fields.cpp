#include "shared/base/text.h"
#include "shared/flow/limits.h"
#include "shared/flow/validate_p.h"

#include <fmt/format.h>

#include <unordered_set>

namespace cb::flow {

namespace {

constexpr std::string_view kKeys = "0123456789*#";

class FieldCheck {
public:
    FieldCheck(const Graph& graph, NodeIndex node, const ValidationContext& context, Findings& findings)
        : m_graph(graph)
        , m_node(node)
        , m_context(context)
        , m_findings(findings) {}

    void operator()(const Start&) {}
    void operator()(const CallEnd&) {}

    void operator()(const Message& node) {
        label();
        text("text", node.text, kMaxText, Need::Yes);
    }

    void operator()(const Play& node) {
        label();
        sound("sound", node.sound, Need::Yes);
    }

    void operator()(const Branch& node) {
        label();
        text("prompt", node.prompt, kMaxText, Need::Yes);
        text("wrong_text", node.wrongText, kMaxText, Need::Yes);
        names(node.options);
        std::unordered_set<std::string> seen;
        for (std::size_t i = 0; i < node.options.size(); ++i)
            keywords(i, node.options[i], seen);
    }

    void operator()(const KeyBranch& node) {
        label();
        sound("prompt", node.prompt, Need::Yes);
        sound("timeout_prompt", node.timeoutPrompt, Need::No);
        sound("wrong_prompt", node.wrongPrompt, Need::No);
        range("max_errors", node.maxErrors, 0, kMaxErrors);
        range("timeout", node.timeout.count(), kMinKeyTimeout, kMaxKeyTimeout);
        names(node.options);
        keys(node);
    }

    void operator()(const Transfer& node) {
        label();
        group(node.group);
        text("queue_text", node.queueText, kMaxText, Need::Yes);
        text("failure_text", node.failureText, kMaxText, Need::Yes);
        text("success_text", node.successText, kMaxText, Need::Yes);
        range("longest_wait", node.longestWait.count(), 0, kMaxWait);
    }

    void operator()(const CallTransfer& node) {
        label();
        group(node.group);
        sound("prompt", node.prompt, Need::No);
        if (node.music)
            audio("music", node.music);
        sound("announcement", node.announcement, Need::No);
        range("longest_wait", node.longestWait.count(), 0, kMaxWait);
    }

    void operator()(const End& node) {
        range("silence", node.silence.count(), 0, kMaxSilence);
        text("silence_text", node.silenceText, kMaxText, node.silence.count() > 0 ? Need::Yes : Need::No);
        text("agent_ended_text", node.agentEndedText, kMaxText, Need::No);
    }

private:
    enum class Need { No, Yes };

    void add(std::string_view code, Findings::Params params = {}) { m_findings.add(m_node, code, std::move(params)); }

    void label() { text("label", m_graph.nodes[m_node].label, kMaxLabel, Need::Yes); }

    void text(std::string_view field, std::string_view value, std::size_t most, Need need) {
        if (need == Need::Yes && base::trimmed(value).empty())
            return add("required", {{"field", std::string(field)}});
        if (!base::isUtf8(value) || base::hasControl(value))
            return add("bad_text", {{"field", std::string(field)}});
        // No text has more characters than bytes: most need no counting.
        if (value.size() > most && base::length(value) > most)
            add("too_long", {{"field", std::string(field)}, {"max", std::to_string(most)}});
    }

    void range(std::string_view field, std::int64_t value, int low, int high) {
        if (value < low || value > high)
            add("out_of_range",
                {{"field", std::string(field)}, {"min", std::to_string(low)}, {"max", std::to_string(high)}});
    }

    void audio(std::string_view field, AudioId id) {
        if (!m_context.approvedAudio.contains(id))
            add("audio_not_approved", {{"field", std::string(field)}, {"audio", std::to_string(id.value)}});
    }

    void sound(std::string_view field, const Sound& sound, Need need) {
        switch (sound.source) {
        case Sound::Source::None:
            if (need == Need::Yes)
                add("required", {{"field", std::string(field)}});
            break;
        case Sound::Source::Audio:
            if (sound.audio)
                audio(field, sound.audio);
            else
                add("required", {{"field", fmt::format("{}.audio", field)}});
            break;
        case Sound::Source::Speech:
            text(fmt::format("{}.text", field), sound.text, kMaxText, Need::Yes);
            text(fmt::format("{}.voice", field), sound.voice, kMaxLabel, Need::No);
            break;
        }
    }

    void group(GroupId id) {
        if (!id)
            return add("required", {{"field", "group"}});
        const auto known = m_context.groups.find(id);
        if (known == m_context.groups.end())
            add("unknown_group", {{"group", std::to_string(id.value)}});
        else if (known->second != m_graph.mode)
            add("group_wrong_mode", {{"group", std::to_string(id.value)}});
    }

    template <class Options>
    void names(const Options& options) {
        if (options.empty())
            add("no_branches");
        std::unordered_set<std::string_view> seen;
        for (std::size_t i = 0; i < options.size(); ++i) {
            const std::string& name = options[i].name;
            text(fmt::format("options[{}].name", i), name, kMaxLabel, Need::Yes);
            if (!seen.insert(name).second)
                add("duplicate_branch", {{"port", name}});
        }
    }

    void keywords(std::size_t index, const KeywordOption& option, std::unordered_set<std::string>& seen) {
        if (option.keywords.empty())
            add("branch_without_keywords", {{"port", option.name}});
        for (std::size_t k = 0; k < option.keywords.size(); ++k) {
            const std::string& keyword = option.keywords[k];
            std::string folded = base::keywordForm(keyword);
            // Folding can leave nothing of a text that has only ignorable characters.
            text(fmt::format("options[{}].keywords[{}]", index, k), folded.empty() ? folded : keyword, kMaxKeyword,
                 Need::Yes);
            if (!folded.empty() && !seen.insert(std::move(folded)).second)
                add("duplicate_keyword", {{"keyword", keyword}});
        }
    }

    void keys(const KeyBranch& node) {
        std::unordered_set<char> seen;
        for (const KeyOption& option : node.options) {
            if (option.keys.empty())
                add("branch_without_keywords", {{"port", option.name}});
            for (const char key : option.keys) {
                if (kKeys.find(key) == std::string_view::npos) {
                    add("bad_key", {{"key", option.keys}});
                    break;
                }
                if (!seen.insert(key).second)
                    add("duplicate_key", {{"key", std::string(1, key)}});
            }
        }
    }

    const Graph& m_graph;
    NodeIndex m_node;
    const ValidationContext& m_context;
    Findings& m_findings;
};

} // namespace

void checkFields(const Graph& graph, NodeIndex node, const ValidationContext& context, Findings& findings) {
    std::visit(FieldCheck(graph, node, context, findings), graph.nodes[node].data);
}

} // namespace cb::flow
