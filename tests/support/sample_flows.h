#pragma once

#include "shared/base/random.h"
#include "shared/flow/graph.h"
#include "shared/flow/validate.h"

#include <array>
#include <string>

/// Flows for tests and benchmarks: two complete ones with every node kind, long ones that may be published, and wild
/// ones.
namespace cb::test {

inline flow::Sound speech(std::string text) {
    return {flow::Sound::Source::Speech, {}, std::move(text), {}};
}
inline flow::Sound audio(std::int64_t id) {
    return {flow::Sound::Source::Audio, flow::AudioId{id}, {}, {}};
}

/// Group 1 chat, 2 all-media, 3 phone; audio 1, 2 and 3 approved.
inline flow::ValidationContext sampleContext() {
    return {{{flow::GroupId{1}, flow::Mode::Chat},
             {flow::GroupId{2}, flow::Mode::AllMedia},
             {flow::GroupId{3}, flow::Mode::Phone}},
            {flow::AudioId{1}, flow::AudioId{2}, flow::AudioId{3}}};
}

/// start 1 → greeting 2 → menu 3: 产品 → answer 4 → menu; 人工 → transfer 5: served → thanks 6 → end 7, failed → sorry
/// 8 → end 9.
inline flow::Graph sampleChat() {
    using namespace flow;
    Graph graph;
    graph.nodes = {
        {NodeId{1}, "开始", {0, 0}, Start{}},
        {NodeId{2}, "问候", {0, 120}, Message{"您好，欢迎光临。"}},
        {NodeId{3},
         "菜单",
         {0.5, 240},
         Branch{"回复 1 了解产品，回复 2 转人工。",
                "没有听懂。",
                {{"产品", {"1", "产品", "Product"}}, {"人工", {"2", "人工", "ａｇｅｎｔ"}}}}},
        {NodeId{4}, "产品介绍", {-200, 360}, Message{"云铃是一套呼叫中心。"}},
        {NodeId{5},
         "转人工",
         {200, 360},
         Transfer{GroupId{1}, "前面还有 ${WaitNo} 位。", "暂时没有客服。", "工号 ${StaffNo} 为您服务。",
                  base::Seconds{300}}},
        {NodeId{6}, "致谢", {100, 480}, Message{"感谢您的咨询。"}},
        {NodeId{7}, "服务结束", {100, 600}, End{base::Seconds{60}, "您长时间没有回复。", "客服结束了会话。"}},
        {NodeId{8}, "留言", {300, 480}, Message{"请稍后再来。"}},
        {NodeId{9}, "结束", {300, 600}, End{}},
    };
    graph.edges = {{NodeId{1}, "next", NodeId{2}}, {NodeId{2}, "next", NodeId{3}},   {NodeId{3}, "产品", NodeId{4}},
                   {NodeId{3}, "人工", NodeId{5}}, {NodeId{4}, "next", NodeId{3}},   {NodeId{5}, "served", NodeId{6}},
                   {NodeId{6}, "next", NodeId{7}}, {NodeId{5}, "failed", NodeId{8}}, {NodeId{8}, "next", NodeId{9}}};
    return graph;
}

/// start 1 → welcome 2 → menu 3: 1 → hours 4 → menu; 0, * → transfer 5: served → rating 6 → end 7, failed → busy 8 →
/// end 7.
inline flow::Graph samplePhone() {
    using namespace flow;
    Graph graph;
    graph.mode = Mode::Phone;
    KeyBranch menu{audio(2), speech("No key was pressed."), speech("Wrong key."), 2, base::Seconds{8}, {}};
    menu.options = {{"hours", "1"}, {"agent", "0*"}};
    graph.nodes = {
        {NodeId{1}, "Start", {}, Start{}},
        {NodeId{2}, "Welcome", {}, Play{audio(1)}},
        {NodeId{3}, "Menu", {}, menu},
        {NodeId{4}, "Hours", {}, Play{{Sound::Source::Speech, {}, "Nine to five.", "en"}}},
        {NodeId{5},
         "Agent",
         {},
         CallTransfer{GroupId{3}, speech("One moment."), AudioId{3}, speech("This call is recorded."),
                      base::Seconds{600}}},
        {NodeId{6}, "Rating", {}, Play{speech("Thank you.")}},
        {NodeId{7}, "End", {}, CallEnd{}},
        {NodeId{8}, "Busy", {}, Play{speech("Everybody is busy.")}},
    };
    graph.edges = {{NodeId{1}, "next", NodeId{2}},  {NodeId{2}, "next", NodeId{3}},   {NodeId{3}, "hours", NodeId{4}},
                   {NodeId{3}, "agent", NodeId{5}}, {NodeId{4}, "next", NodeId{3}},   {NodeId{5}, "served", NodeId{6}},
                   {NodeId{6}, "next", NodeId{7}},  {NodeId{5}, "failed", NodeId{8}}, {NodeId{8}, "next", NodeId{7}}};
    return graph;
}

/// A publishable chat flow of about `nodes` nodes: menus in a row, each with a message that leads back to it.
inline flow::Graph longChat(int nodes) {
    using namespace flow;
    Graph graph;
    std::int64_t id = 1;
    const auto add = [&](std::string label, NodeData data) {
        graph.nodes.push_back({NodeId{id}, std::move(label), {0, static_cast<double>(id) * 100}, std::move(data)});
        return NodeId{id++};
    };
    NodeId from = add("start", Start{});
    std::string port = "next";
    while (id + 6 < nodes) {
        Branch branch{"One, two or three?",
                      "Pardon?",
                      {{"on", {"1", "one", "一"}}, {"again", {"2", "two", "二"}}, {"human", {"3"}}}};
        const NodeId menu = add("menu", branch);
        const NodeId answer = add("answer", Message{"That was two."});
        const NodeId human =
            add("human", Transfer{GroupId{1}, "${WaitNo} before you", "Nobody here", "I am ${StaffNo}", {}});
        const NodeId end = add("end", End{base::Seconds{120}, "Still there?", "Bye"});
        graph.edges.insert(graph.edges.end(), {{from, port, menu},
                                               {menu, "again", answer},
                                               {answer, "next", menu},
                                               {menu, "human", human},
                                               {human, "served", end}});
        from = menu;
        port = "on";
    }
    graph.edges.push_back({from, port, add("end", End{})});
    return graph;
}

/// A flow drawn by nobody: any kinds, ports right and wrong, ids that miss. Its values stay within what JSON keeps.
class WildFlow {
public:
    explicit WildFlow(std::uint64_t seed)
        : m_random(seed) {}

    flow::Graph make(int mostNodes) {
        flow::Graph graph;
        graph.mode = static_cast<flow::Mode>(m_random.below(3));
        const auto count = 1 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(mostNodes)));
        graph.nodes.push_back({flow::NodeId{1}, text(), place(), flow::Start{}});
        for (std::int64_t id = 2; id <= count; ++id)
            graph.nodes.push_back({flow::NodeId{id * 3}, text(), place(), data()});
        for (const flow::Node& node : graph.nodes)
            addEdges(graph, node, count);
        return graph;
    }

private:
    int small(int bound) { return static_cast<int>(m_random.below(static_cast<std::uint64_t>(bound))); }

    std::string text() {
        static const std::array<std::string, 12> kTexts{
            "", "1", "a", "产品", "人工", "Ａ", "ﾊﾟ", "x\ny", "\"", "\x01", "${WaitNo}", "${StaffNo}${StaffNo}"};
        std::string result;
        for (int i = small(3); i >= 0; --i)
            result += kTexts[m_random.below(kTexts.size())];
        return result;
    }

    flow::Point place() { return {static_cast<double>(small(2'000)) / 7 - 100, static_cast<double>(small(2'000))}; }

    flow::Sound sound() {
        return {static_cast<flow::Sound::Source>(m_random.below(3)), flow::AudioId{small(5)}, text(), text()};
    }

    flow::NodeData branch() {
        flow::Branch result{text(), text(), {}};
        for (int i = small(5); i > 0; --i)
            result.options.push_back({text(), {text(), text()}});
        return result;
    }

    flow::NodeData keyBranch() {
        static const std::string kKeys = "0123456789*#x";
        flow::KeyBranch result{sound(), sound(), sound(), small(5) - 1, base::Seconds{small(30) - 2}, {}};
        for (int i = small(5); i > 0; --i)
            result.options.push_back({text(), kKeys.substr(m_random.below(12), m_random.below(3))});
        return result;
    }

    flow::NodeData data() {
        switch (m_random.below(10)) {
        case 0:
            return flow::Start{};
        case 1:
        case 2:
            return flow::Message{text()};
        case 3:
            return flow::Play{sound()};
        case 4:
            return branch();
        case 5:
            return keyBranch();
        case 6:
            return flow::Transfer{flow::GroupId{small(5)}, text(), text(), text(), base::Seconds{small(9) - 1}};
        case 7:
            return flow::CallTransfer{flow::GroupId{small(5)}, sound(), flow::AudioId{small(4)}, sound(),
                                      base::Seconds{5}};
        case 8:
            return flow::End{base::Seconds{small(90)}, text(), text()};
        default:
            return flow::CallEnd{};
        }
    }

    void addEdges(flow::Graph& graph, const flow::Node& node, std::int64_t count) {
        for (const flow::Output& output : flow::outputs(node.data)) {
            if (m_random.oneIn(10))
                continue;
            const auto target = 3 * (2 + static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(count))));
            graph.edges.push_back({node.id, output.name, flow::NodeId{target}});
        }
        if (m_random.oneIn(15))
            graph.edges.push_back({flow::NodeId{small(40)}, text(), flow::NodeId{small(40)}});
    }

    base::Random m_random;
};

} // namespace cb::test
