#include "client/floweditor/workshop/flows_page.h"
#include "client/widgets/overlay/dialog.h"
#include "shared/flow/json.h"
#include "shared/model/names.h"
#include "tests/client/app/by_hand.h"
#include "tests/client/state/visitor.h"
#include "tests/support/net/server_process.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>

using namespace cb;
using admin::Place;
using test::Drawer;
using test::Person;

namespace {

QString output(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(30'000);
    return QString::fromUtf8(process.readAllStandardOutput());
}

template <class T>
std::optional<T> asked(const std::function<void(api::RestClient::Then<T>)>& ask) {
    std::optional<T> value;
    bool answered = false;
    ask([&](const base::Result<T>& answer) {
        answered = true;
        if (answer)
            value = *answer;
    });
    return QTest::qWaitFor([&] { return answered; }, 10'000) ? value : std::nullopt;
}

/// What can be compared of an instance: without ids and places.
struct House {
    std::vector<std::string> groups, agents, replies, channels, flows;
    bool operator==(const House&) const = default;
};

/// The graph with group names in place of numbers, nodes where they stand in the demonstration.
std::string shapeOf(flow::Graph graph, const std::map<std::int64_t, std::int64_t>& groupPlace) {
    for (auto& node : graph.nodes) {
        node.position = {};
        if (auto* transfer = std::get_if<flow::Transfer>(&node.data)) {
            const auto place = groupPlace.find(transfer->group.value);
            transfer->group = flow::GroupId{place == groupPlace.end() ? 0 : place->second};
        }
    }
    std::sort(graph.edges.begin(), graph.edges.end(),
              [](const auto& a, const auto& b) { return std::tie(a.from, a.port) < std::tie(b.from, b.port); });
    return flow::toJson(graph, flow::Layout::Pretty);
}

House houseOf(Person& person) {
    House house;
    auto& client = person.program.account.account()->admin().client();
    const auto groups = asked<wire::GroupList>([&](auto then) { client.groups(nullptr, then); });
    const auto agents = asked<wire::AgentList>([&](auto then) { client.agents(nullptr, then); });
    const auto replies = asked<wire::QuickReplyList>([&](auto then) { client.quickReplies(nullptr, then); });
    const auto channels = asked<wire::ChannelList>([&](auto then) { client.channels(nullptr, then); });
    const auto flows = asked<wire::FlowList>([&](auto then) { client.flows(nullptr, then); });
    if (!groups || !agents || !replies || !channels || !flows)
        return house;
    std::map<std::int64_t, std::int64_t> place;
    for (const auto& group : groups->groups) {
        place[group.id.value] = std::int64_t(place.size()) + 1;
        house.groups.push_back(group.name + "/" + std::string(model::name(group.mode)) + "/" +
                               std::to_string(group.limit) + "/" + std::to_string(group.members.size()));
    }
    for (const auto& row : agents->agents)
        if (row.agent.role == model::Role::Admin) // named by the operator's command, not by hand
            house.agents.push_back("admin/" + row.agent.email + "/" + std::to_string(row.agent.groups.size()));
        else
            house.agents.push_back(row.agent.name + "/" + row.agent.nickname + "/" + row.agent.email + "/" +
                                   row.agent.staffNo + "/" + std::to_string(row.agent.groups.size()));
    for (const auto& reply : replies->quickReplies)
        house.replies.push_back(reply.title + "/" + reply.text);
    for (const auto& channel : channels->channels)
        house.channels.push_back(channel.name + "/" + channel.domain + "/" + channel.colour + "/" +
                                 (channel.flow ? "linked" : "not linked"));
    for (const auto& head : flows->flows) {
        const auto document =
            asked<wire::FlowDocument>([&](auto then) { client.flow(head.id, head.version, nullptr, then); });
        const auto graph = document ? flow::parseJson(document->graph.text) : base::rejected("none");
        house.flows.push_back(head.name + "/" + std::string(model::name(head.mode)) +
                              (graph ? shapeOf(*graph, place) : std::string()));
    }
    return house;
}

} // namespace

/// An empty call centre becomes the demonstration's, by nothing but the windows; then somebody writes to it.
class ByHandTest : public QObject {
    Q_OBJECT
    test::TempDir m_data;
    QString m_program;
    QString m_password;
    std::unique_ptr<test::ServerProcess> m_server;
    std::unique_ptr<Person> m_admin;

    QString address() const {
        return QStringLiteral("http://127.0.0.1:%1/online/%2").arg(m_server->port()).arg(model::kFirstInstance);
    }
    /// The one-time password of the letter to this address.
    QString mailed(const QString& email) const {
        const QDir folder(QString::fromStdString(m_data.path() + "/data/mail"));
        for (const auto& name : folder.entryList({QStringLiteral("*.eml")}, QDir::Files)) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray mail = file.readAll();
            if (!mail.contains(email.toUtf8()))
                continue;
            const auto body = mail.mid(mail.indexOf("\r\n\r\n") + 4);
            const QByteArray plain = mail.toLower().contains("encoding: base64")
                                         ? QByteArray::fromBase64(body)
                                         : QByteArray(body).replace("=\r\n", "");
            static const QRegularExpression kPassword(QStringLiteral("[Pp]assword[^:：]*[:：]\\s*(\\S{12,})"));
            if (const auto found = kPassword.match(QString::fromUtf8(plain)); found.hasMatch())
                return found.captured(1);
        }
        return {};
    }

    std::unique_ptr<Drawer> m_drawer; ///< from when the flow is open until it is published

private Q_SLOTS:
    void initTestCase() {
        m_program = qEnvironmentVariable("CLOUDBELL_SERVER_PROGRAM");
        if (m_program.isEmpty())
            QSKIP("no server to run");
        const QString folder = QString::fromStdString(m_data.path() + "/data");
        const auto said = output(m_program, {QStringLiteral("--data"), folder, QStringLiteral("instance"),
                                             QStringLiteral("add"), QStringLiteral("--name"), QStringLiteral("By hand"),
                                             QStringLiteral("--admin-email"), QStringLiteral("admin@demo.test")});
        static const QRegularExpression kPassword(QStringLiteral("assword:?\\s+(\\S{10,})"));
        const auto found = kPassword.match(said);
        QVERIFY2(found.hasMatch(), qPrintable(said));
        m_password = found.captured(1);
        m_server = std::make_unique<test::ServerProcess>(
            test::ServerProcess::Options{m_program.toStdString(), folder.toStdString(), 0, {}, {}, {}});
        const auto started = m_server->start();
        QVERIFY2(started.ok(), started ? "" : started.error().detail.c_str());
    }

    void theAdminSignsInForTheFirstTime() {
        m_admin = std::make_unique<Person>();
        QVERIFY(m_admin->signIn(address(), QStringLiteral("admin@demo.test"), m_password));
        QVERIFY(m_admin->setPassword(QStringLiteral("a better one")));
    }

    void groups() {
        QVERIFY(m_admin->go(Place::ChatGroups));
        int rows = 0;
        for (const auto& name : {QStringLiteral("产品咨询 Sales"), QStringLiteral("售后服务 Support")}) {
            QVERIFY(m_admin->awaitRows(rows));
            QVERIFY(m_admin->press(QStringLiteral("Add skill group")));
            m_admin->write(QStringLiteral("Name"), name);
            m_admin->named<QSpinBox>(QStringLiteral("Sessions per agent at most"))->setValue(3);
            m_admin->tick(QStringLiteral("Admin"));
            QVERIFY(m_admin->press(QStringLiteral("Add")));
            ++rows;
        }
        QVERIFY(m_admin->awaitRows(2));
    }

    void agents() {
        QVERIFY(m_admin->go(Place::Agents));
        QVERIFY(m_admin->awaitRows(1));
        const std::vector<std::array<QString, 4>> people{{QStringLiteral("李小雨"), QStringLiteral("小雨"),
                                                          QStringLiteral("agent1@demo.test"), QStringLiteral("000011")},
                                                         {QStringLiteral("王大明"), QStringLiteral("大明"),
                                                          QStringLiteral("agent2@demo.test"), QStringLiteral("000012")},
                                                         {QStringLiteral("Anna Stein"), QStringLiteral("Anna"),
                                                          QStringLiteral("agent3@demo.test"),
                                                          QStringLiteral("000013")}};
        int rows = 1;
        for (const auto& [name, nickname, email, staffNo] : people) {
            QVERIFY(m_admin->press(QStringLiteral("Add agent")));
            m_admin->write(QStringLiteral("Name"), name);
            m_admin->write(QStringLiteral("Staff number"), staffNo);
            m_admin->write(QStringLiteral("E-mail"), email);
            m_admin->write(QStringLiteral("Nickname"), nickname);
            m_admin->tick(QStringLiteral("产品咨询 Sales"));
            m_admin->tick(QStringLiteral("售后服务 Support"));
            QVERIFY(m_admin->press(QStringLiteral("Add")));
            QVERIFY(m_admin->awaitRows(++rows));
        }
        QTRY_VERIFY_WITH_TIMEOUT(!mailed(QStringLiteral("agent1@demo.test")).isEmpty(), 10'000);
    }

    void quickReplies() {
        QVERIFY(m_admin->go(Place::QuickReplies));
        QVERIFY(m_admin->awaitRows(0));
        const std::vector<std::pair<QString, QString>> replies{
            {QStringLiteral("您好"), QStringLiteral("您好，很高兴为您服务，请问有什么可以帮您？")},
            {QStringLiteral("稍等"), QStringLiteral("请稍等，我马上为您查询。")},
            {QStringLiteral("再见"), QStringLiteral("感谢您的咨询，祝您生活愉快！")},
            {QStringLiteral("hello"), QStringLiteral("Hello, how can I help you?")},
            {QStringLiteral("moment"), QStringLiteral("One moment please, I am looking into it.")}};
        int rows = 0;
        for (const auto& [title, text] : replies) {
            QVERIFY(m_admin->press(QStringLiteral("Add quick reply")));
            m_admin->write(QStringLiteral("Title"), title);
            m_admin->write(QStringLiteral("Text"), text);
            QVERIFY(m_admin->press(QStringLiteral("Add")));
            QVERIFY(m_admin->awaitRows(++rows));
        }
    }

    void aNewFlowIsEmptied() {
        QVERIFY(m_admin->go(Place::ChatFlows));
        QVERIFY(m_admin->awaitRows(0));
        QVERIFY(m_admin->press(QStringLiteral("New flow")));
        m_admin->write(QStringLiteral("Name"), QStringLiteral("示例服务 Demo"));
        QVERIFY(m_admin->press(QStringLiteral("Draw it")));
        m_drawer = std::make_unique<Drawer>(*m_admin);
        QTRY_VERIFY_WITH_TIMEOUT(m_drawer->editor() != nullptr, 10'000);
        m_admin->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_admin->window.get()));
        m_drawer->takeAllAway();
        QCOMPARE(m_drawer->graph(), flow::Graph{});
    }

    /// Each way there is: dragged out of the palette, double-clicked there, and at the end of a line that is pulled.
    void itsNodesAreDrawn() {
        m_drawer->dragOut(flow::Kind::Start);
        m_drawer->doubleClick(flow::Kind::Message); // led to from the one before
        QVERIFY(m_drawer->leads(1, "next", 2));
        m_drawer->pullOut(2, flow::Kind::Branch);
        QVERIFY(m_drawer->leads(2, "next", 3));
        m_drawer->dragOut(flow::Kind::Transfer);
        m_drawer->dragOut(flow::Kind::Transfer);
        m_drawer->doubleClick(flow::Kind::End);
        QVERIFY(m_drawer->leads(5, "served", 6));
        QCOMPARE(m_drawer->graph().nodes.size(), std::size_t(6));
        QCOMPARE(m_drawer->graph().edges.size(), std::size_t(3));
    }

    void itsSettingsAreTyped() {
        m_drawer->arrange();
        m_drawer->edit(1, QStringLiteral("开始 Start"));
        m_drawer->edit(2, QStringLiteral("欢迎 Greeting"));
        m_admin->write(QStringLiteral("Text to the customer"),
                       QStringLiteral("您好，欢迎光临云铃示例商店！ Welcome to the Cloudbell demo shop!"));
        m_drawer->edit(3, QStringLiteral("选择服务 Menu"));
        m_admin->write(QStringLiteral("Question to the customer"),
                       QStringLiteral("请回复：1 产品咨询，2 售后服务。 Please reply: 1 product, 2 support."));
        m_admin->write(QStringLiteral("Answer to any other input"),
                       QStringLiteral("没有听懂您的回复。 Sorry, that was not one of the choices."));
        const std::pair<QString, QString> branches[] = {
            {QStringLiteral("产品咨询"), QStringLiteral("1, 产品咨询, 产品, product")},
            {QStringLiteral("售后服务"), QStringLiteral("2, 售后服务, 售后, support")}};
        for (int i = 0; i < 2; ++i) {
            QVERIFY(m_admin->press(QStringLiteral("Add a branch")));
            m_admin->write(QStringLiteral("Name of the branch"), branches[i].first, i);
            m_admin->write(QStringLiteral("Keywords"), branches[i].second, i);
        }
        for (const auto& [node, label, group] :
             {std::tuple{4, QStringLiteral("转产品咨询 Sales"), QStringLiteral("产品咨询 Sales")},
              std::tuple{5, QStringLiteral("转售后服务 Support"), QStringLiteral("售后服务 Support")}}) {
            m_drawer->edit(node, label);
            m_admin->choose(QStringLiteral("Skill group"), group);
            m_admin->write(QStringLiteral("Text while queued"),
                           QStringLiteral("正在为您转接，前面还有 ${WaitNo} 位。 ${WaitNo} ahead of you."));
            m_admin->write(QStringLiteral("Text when nobody can answer"),
                           QStringLiteral("抱歉，客服暂时不在线，请稍后再来。 Nobody is online at the moment."));
            m_admin->write(QStringLiteral("Text when an agent answers"),
                           QStringLiteral("工号 ${StaffNo} 为您服务。 Agent ${StaffNo} is with you."));
            m_admin->count(QStringLiteral("Longest wait"), 600);
        }
        m_drawer->edit(6, QStringLiteral("结束 End"));
        m_admin->count(QStringLiteral("End after the customer's silence"), 600);
        m_admin->write(QStringLiteral("Text when silence ends the session"),
                       QStringLiteral("您长时间没有回复，会话已结束。 The chat was closed because of silence."));
        m_admin->write(QStringLiteral("Text when the agent ends the session"),
                       QStringLiteral("感谢您的咨询，再见！ Thank you and goodbye!"));
    }

    void itsLinesAreDrawn() {
        m_drawer->arrange(); // the menu has become longer
        const std::tuple<int, std::size_t, const char*, int> lines[] = {{3, 0, "产品咨询", 4},
                                                                        {3, 1, "售后服务", 5},
                                                                        {4, 0, "served", 6},
                                                                        {4, 1, "failed", 6},
                                                                        {5, 1, "failed", 6}};
        for (const auto& [from, output, port, to] : lines) {
            m_drawer->connect(from, output, to);
            QVERIFY2(m_drawer->leads(from, port, to), port);
        }
        QCOMPARE(m_drawer->graph().edges.size(), std::size_t(8));
        QTRY_VERIFY(m_drawer->editor()->document().problems().empty());
    }

    void itIsPublished() {
        QVERIFY(m_admin->press(QStringLiteral("Save and publish")));
        QTRY_VERIFY_WITH_TIMEOUT(m_drawer->page()->work().head().state == model::FlowState::Published, 10'000);
        QVERIFY(m_drawer->editor()->document().isReadOnly());
        m_drawer.reset();
    }

    void theWebsiteIsBoundAndLinked() {
        QVERIFY(m_admin->go(Place::Websites));
        QVERIFY(m_admin->awaitRows(0));
        QVERIFY(m_admin->press(QStringLiteral("Add website")));
        m_admin->write(QStringLiteral("Name"), QStringLiteral("示例商店 Demo shop"));
        m_admin->write(QStringLiteral("Domain"), QStringLiteral("*"));
        m_admin->write(QStringLiteral("Colour"), QStringLiteral("#0B6E6E"));
        m_admin->choose(QStringLiteral("Session flow"), QStringLiteral("示例服务 Demo"));
        QVERIFY(m_admin->press(QStringLiteral("Add")));
        QVERIFY(m_admin->awaitRows(1));
    }

    void itIsTheDemonstration() {
        const test::TempDir data;
        test::ServerProcess demo(
            test::ServerProcess::Options{m_program.toStdString(), data.path() + "/data", 0, {"--demo"}, {}, {}});
        QVERIFY(demo.start().ok());
        Person other;
        QVERIFY(
            other.signIn(QStringLiteral("http://127.0.0.1:%1/online/%2").arg(demo.port()).arg(model::kFirstInstance),
                         QStringLiteral("admin@demo.test"), QStringLiteral("cloudbell")));
        const House wanted = houseOf(other);
        const House made = houseOf(*m_admin);
        QVERIFY(!wanted.flows.empty());
        const auto same = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
            for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i)
                if (i >= a.size() || i >= b.size() || a[i] != b[i])
                    return "made: " + (i < a.size() ? a[i] : "nothing") +
                           "\nwanted: " + (i < b.size() ? b[i] : "nothing");
            return std::string();
        };
        QCOMPARE(same(made.groups, wanted.groups), std::string());
        QCOMPARE(same(made.agents, wanted.agents), std::string());
        QCOMPARE(same(made.replies, wanted.replies), std::string());
        QCOMPARE(same(made.channels, wanted.channels), std::string());
        QCOMPARE(same(made.flows, wanted.flows), std::string());
    }

    /// With the password of her letter an agent signs in, goes online, and answers a visitor of the new website.
    void somebodyWritesAndIsAnswered() {
        Person agent;
        QVERIFY(
            agent.signIn(address(), QStringLiteral("agent1@demo.test"), mailed(QStringLiteral("agent1@demo.test"))));
        QVERIFY(agent.setPassword(QStringLiteral("another one")));
        QVERIFY(agent.press(QStringLiteral("Go online")));
        auto& client = m_admin->program.account.account()->admin().client();
        const auto channels = asked<wire::ChannelList>([&](auto then) { client.channels(nullptr, then); });
        test::Visitor visitor(m_server->port(), QString(43, QLatin1Char('h')), channels->channels.front().key);
        QTRY_VERIFY_WITH_TIMEOUT(visitor.welcomed, 10'000);
        visitor.write("hello", 1);
        QTRY_VERIFY_WITH_TIMEOUT(visitor.heard.size() >= 2, 10'000);
        visitor.write("产品", 2);
        QTRY_COMPARE_WITH_TIMEOUT(agent.program.workbench().sessions()->count(state::Section::Ringing), 1, 10'000);
        QVERIFY(agent.press(QStringLiteral("Answer")));
        QTRY_COMPARE_WITH_TIMEOUT(agent.program.workbench().sessions()->count(state::Section::Open), 1, 10'000);
        QTRY_VERIFY(std::any_of(visitor.heard.begin(), visitor.heard.end(), [](const std::string& text) {
            return text.find("工号 000011 为您服务") != std::string::npos;
        }));
    }

    void cleanupTestCase() {
        m_admin.reset();
        if (m_server)
            QCOMPARE(m_server->terminate(), 0);
    }
};

static const test::Add<ByHandTest> addedByHandTest;

#include "by_hand_test.moc"
