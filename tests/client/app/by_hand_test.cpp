#include "client/app/frame.h"
#include "client/floweditor/workshop/flows_page.h"
#include "client/widgets/controls/tick_list.h"
#include "client/widgets/overlay/dialog.h"
#include "shared/flow/json.h"
#include "shared/model/names.h"
#include "tests/client/app/desk.h"
#include "tests/client/state/visitor.h"
#include "tests/support/net/server_process.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QListView>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTextEdit>

using namespace cb;
using admin::Place;
using Step = state::AccountState::Step;

namespace {

/// Somebody at the program's window, in front of a real server.
class Person {
public:
    Person() {
        initCloudbellTranslations();
        preferences.setLanguage(QStringLiteral("en"));
        language.set(QStringLiteral("en"));
        window = std::make_unique<app::MainWindow>(program.account, preferences);
        window->resize(1400, 900);
        window->show();
    }

    template <class Widget>
    Widget* named(const QString& name, int number = 0) const {
        for (auto* widget : window->findChildren<Widget*>())
            if (widget->isVisible() && widget->accessibleName() == name && number-- == 0)
                return widget;
        return nullptr;
    }
    template <class Widget>
    Widget* the() const {
        for (auto* widget : window->findChildren<Widget*>())
            if (widget->isVisible())
                return widget;
        return nullptr;
    }

    /// By the keyboard, or by an input method where there is no such key; in place of what stands there.
    void write(const QString& name, const QString& text, int number = 0) const {
        QWidget* field = nullptr;
        const bool there = QTest::qWaitFor([&] {
            field = named<QLineEdit>(name, number);
            field = field != nullptr ? field : named<QTextEdit>(name, number);
            return field != nullptr;
        });
        QVERIFY2(there, qPrintable(name));
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_Delete);
        QInputMethodEvent event;
        event.setCommitString(text);
        QApplication::sendEvent(field, &event);
    }
    bool press(const QString& text) const {
        widgets::Button* found = nullptr;
        const bool there = QTest::qWaitFor([&] {
            for (auto* button : window->findChildren<widgets::Button*>())
                if (button->isVisible() && button->isEnabled() && button->text() == text)
                    found = button; // the last one: a dialog's goes before the page's
            return found != nullptr;
        });
        if (there)
            QTest::mouseClick(found, Qt::LeftButton);
        return there;
    }
    void choose(const QString& name, const QString& entry) const {
        QComboBox* box = nullptr;
        QVERIFY2(QTest::qWaitFor([&] { return (box = named<QComboBox>(name)) != nullptr; }), qPrintable(name));
        int row = -1;
        for (int i = 0; i < box->count(); ++i)
            if (box->itemText(i).startsWith(entry))
                row = i;
        QVERIFY2(row >= 0, qPrintable(entry));
        box->setFocus();
        for (int steps = 0; steps < 20 && box->currentIndex() != row; ++steps)
            QTest::keyClick(box, box->currentIndex() < row ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(box->currentIndex(), row);
    }
    void tick(const QString& title) const {
        widgets::TickList* ticks = nullptr;
        QVERIFY(QTest::qWaitFor([&] { return (ticks = the<widgets::TickList>()) != nullptr; }));
        auto* view = ticks->findChild<QListView*>();
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const auto at = view->model()->index(row, 0);
            if (at.data().toString() != title)
                continue;
            view->scrollTo(at);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(at).center());
            return;
        }
        QStringList rows;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            rows << view->model()->index(row, 0).data().toString();
        QFAIL(qPrintable(title + QStringLiteral(" is not among ") + rows.join(QStringLiteral("; "))));
    }
    bool go(Place place) const {
        window->frame()->showManage(place);
        return window->frame()->manage() != nullptr;
    }
    widgets::TablePage* list() const {
        auto* manage = window->frame()->manage();
        return qobject_cast<widgets::TablePage*>(manage->page(manage->place()));
    }
    bool awaitRows(int count) const {
        return QTest::qWaitFor(
            [&] { return list() != nullptr && list()->table()->total() == count && !list()->drawer()->isOpen(); },
            10'000);
    }

    bool signIn(const QString& address, const QString& email, const QString& password) const {
        window->signInPage().setAddress(address);
        window->signInPage().setEmail(email);
        window->signInPage().signIn(password);
        return QTest::qWaitFor(
            [&] { return program.account.step() == Step::SignedIn || program.account.step() == Step::ChangePassword; },
            20'000);
    }
    bool setPassword(const QString& password) {
        if (program.account.step() != Step::ChangePassword)
            return false;
        int fields = 0;
        QLineEdit* last = nullptr;
        for (auto* edit : window->currentWidget()->findChildren<QLineEdit*>())
            if (edit->isVisible()) {
                edit->setText(password);
                last = edit;
                ++fields;
            }
        if (last != nullptr)
            QTest::keyClick(last, Qt::Key_Return);
        return fields == 2 && QTest::qWaitFor([&] { return window->frame() != nullptr; }, 20'000);
    }

    test::Machine machine;
    mutable test::Program program{machine};
    app::Preferences preferences;
    platform::Language language;
    std::unique_ptr<app::MainWindow> window;
};

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

    /// The template has the demonstration's shape; every word of it is typed.
    void theFlowIsDrawnAndPublished() {
        QVERIFY(m_admin->go(Place::ChatFlows));
        QVERIFY(m_admin->awaitRows(0));
        QVERIFY(m_admin->press(QStringLiteral("New flow")));
        m_admin->write(QStringLiteral("Name"), QStringLiteral("示例服务 Demo"));
        QVERIFY(m_admin->press(QStringLiteral("Draw it")));
        QTRY_VERIFY_WITH_TIMEOUT(
            qobject_cast<floweditor::FlowPage*>(m_admin->window->frame()->flow().page()) != nullptr, 10'000);
        auto* page = qobject_cast<floweditor::FlowPage*>(m_admin->window->frame()->flow().page());
        QTRY_VERIFY_WITH_TIMEOUT(page->editor() != nullptr, 10'000);
        auto& canvas = page->editor()->canvas();
        const auto edit = [&](std::int64_t node, const QString& label) {
            canvas.reveal(flow::NodeId{node});
            auto* item = canvas.flowScene().node(flow::NodeId{node});
            QVERIFY(item != nullptr);
            QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {},
                              canvas.mapFromScene(item->pos() + QPointF(110, 18)));
            m_admin->write(QStringLiteral("Label"), label);
        };
        edit(1, QStringLiteral("开始 Start"));
        edit(2, QStringLiteral("欢迎 Greeting"));
        m_admin->write(QStringLiteral("Text to the customer"),
                       QStringLiteral("您好，欢迎光临云铃示例商店！ Welcome to the Cloudbell demo shop!"));
        edit(3, QStringLiteral("选择服务 Menu"));
        m_admin->write(QStringLiteral("Question to the customer"),
                       QStringLiteral("请回复：1 产品咨询，2 售后服务。 Please reply: 1 product, 2 support."));
        m_admin->write(QStringLiteral("Answer to any other input"),
                       QStringLiteral("没有听懂您的回复。 Sorry, that was not one of the choices."));
        m_admin->write(QStringLiteral("Name of the branch"), QStringLiteral("产品咨询"), 0);
        m_admin->write(QStringLiteral("Keywords"), QStringLiteral("1, 产品咨询, 产品, product"), 0);
        m_admin->write(QStringLiteral("Name of the branch"), QStringLiteral("售后服务"), 1);
        m_admin->write(QStringLiteral("Keywords"), QStringLiteral("2, 售后服务, 售后, support"), 1);
        for (const auto& [node, label, group] :
             {std::tuple{4, QStringLiteral("转产品咨询 Sales"), QStringLiteral("产品咨询 Sales")},
              std::tuple{5, QStringLiteral("转售后服务 Support"), QStringLiteral("售后服务 Support")}}) {
            edit(node, label);
            m_admin->choose(QStringLiteral("Skill group"), group);
            m_admin->write(QStringLiteral("Text while queued"),
                           QStringLiteral("正在为您转接，前面还有 ${WaitNo} 位。 ${WaitNo} ahead of you."));
            m_admin->write(QStringLiteral("Text when nobody can answer"),
                           QStringLiteral("抱歉，客服暂时不在线，请稍后再来。 Nobody is online at the moment."));
            m_admin->write(QStringLiteral("Text when an agent answers"),
                           QStringLiteral("工号 ${StaffNo} 为您服务。 Agent ${StaffNo} is with you."));
        }
        edit(6, QStringLiteral("结束 End"));
        m_admin->write(QStringLiteral("Text when silence ends the session"),
                       QStringLiteral("您长时间没有回复，会话已结束。 The chat was closed because of silence."));
        m_admin->write(QStringLiteral("Text when the agent ends the session"),
                       QStringLiteral("感谢您的咨询，再见！ Thank you and goodbye!"));
        QTRY_VERIFY(page->editor()->document().problems().empty());
        QVERIFY(m_admin->press(QStringLiteral("Save and publish")));
        QTRY_VERIFY_WITH_TIMEOUT(page->work().head().state == model::FlowState::Published, 10'000);
        QVERIFY(page->editor()->document().isReadOnly());
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
