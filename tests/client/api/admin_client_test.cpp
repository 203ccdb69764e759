#include "client/api/admin_client.h"
#include "client/api/records_client.h"
#include "tests/client/support/fake_server.h"
#include "tests/support/suite.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace cb;

namespace {

/// Both clients at a fake server that knows their token.
struct Office {
    Office() {
        rest.setToken(QStringLiteral("tok"));
        server.admin.on = true;
    }
    bool isIdle() const { return network.findChildren<QNetworkReply*>().isEmpty(); }

    test::FakeServer server;
    QNetworkAccessManager network;
    api::RestClient rest{network, *api::parseAddress(server.address())};
    api::AdminClient admin{rest};
    api::RecordsClient records{rest};
};

/// Answers whatever it is asked with one status and body; with status 0 it hangs up instead.
class Canned {
public:
    Canned(int status, const QByteArray& body) {
        QByteArray answer;
        if (status != 0)
            answer = "HTTP/1.1 " + QByteArray::number(status) +
                     " x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        m_tcp.listen(QHostAddress::LocalHost, 0);
        QObject::connect(&m_tcp, &QTcpServer::newConnection, &m_tcp, [this, answer] {
            while (auto* socket = m_tcp.nextPendingConnection())
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                    if (!socket->readAll().contains("\r\n\r\n"))
                        return;
                    if (answer.isEmpty())
                        socket->disconnectFromHost();
                    else
                        socket->write(answer);
                });
        });
    }
    api::Endpoint endpoint() const {
        return *api::parseAddress(QStringLiteral("http://127.0.0.1:%1/online/1400000001").arg(m_tcp.serverPort()));
    }

private:
    QTcpServer m_tcp;
};

/// What became of a request; an answer as its server would write it, "{}" for one that tells nothing.
struct Told {
    int times = 0;
    std::string text;
    base::Error error;
};
struct Hear {
    std::shared_ptr<Told> told;

    template <class T>
    void operator()(const base::Result<T>& answer) const {
        ++told->times;
        if (!answer)
            told->error = answer.error();
        else if constexpr (std::is_void_v<T>)
            told->text = "{}";
        else
            told->text = wire::encodeBody(*answer);
    }
};

template <class Ask>
Told answerTo(const Ask& ask) {
    const auto told = std::make_shared<Told>();
    ask(Hear{told});
    if (!QTest::qWaitFor([&told] { return told->times > 0; }))
        told->error = base::fatal("no_answer");
    return *told;
}

template <class Client>
struct Route {
    const char* request; ///< verb, path after /api/v1/ and query
    std::string body;    ///< what is to be sent
    std::string answer;  ///< what the server says to it
    std::function<void(Client&, const Hear&)> ask;
};

template <class Client, class... Taken, class... Given>
Route<Client> routeOf(const char* request, const std::string& body, const std::string& answer,
                      void (Client::*method)(Taken...), const Given&... given) {
    return {request, body, answer,
            [method, given...](Client& client, const Hear& hear) { (client.*method)(given..., nullptr, hear); }};
}

/// "PUT /api/v1/groups/7"
std::string withoutQuery(const char* request) {
    std::string text = request;
    text = text.substr(0, text.find('?'));
    return text.insert(text.find(' ') + 1, "/api/v1/");
}

std::vector<Route<api::AdminClient>> adminRoutes() {
    using Admin = api::AdminClient;
    using wire::encodeBody;
    const model::GroupId group(7);
    const model::AgentId agent(4);
    const model::ChannelId channel(6);
    const model::FlowId flow(9);
    const model::QuickReplyId reply(3);
    const std::int64_t revision = 5;
    const wire::Json graph{R"({"nodes":[{"id":1}]})"};
    const wire::Json tests{R"([{"name":"one"}])"};
    // What is sent.
    const wire::GroupDraft groupDraft{model::Mode::Phone, "VIP", 3};
    const wire::MembersChange members{{agent}, {model::AgentId(5)}};
    const wire::AgentDraft agentDraft{"Bo", "B", "bo@x.test", "000012", "138", model::Role::Admin, {group}};
    const wire::BulkAgents bulk{{agentDraft}, true, false};
    const wire::ChannelDraft channelDraft{model::ChannelKind::Kiosk, "Lobby", "x.test", "#112233"};
    wire::InstanceForm form;
    form.settings.wrapUpSeconds = 77;
    const wire::QuickReplyDraft replyDraft{"hello", "您好"};
    const wire::ScreenPopForm pops{{model::ScreenPop{"CRM", "https://crm.test/?n=${CallerNumber}", false}}};
    const wire::NewFlow fresh{"Sales", model::Mode::AllMedia, graph, tests};
    const wire::FlowDraft flowDraft{revision, "Sales", graph, tests};
    const wire::FlowPublish publish{revision, true};
    const wire::FlowChange restore{revision, 2};
    const wire::FlowTestsDraft testsDraft{revision, tests};
    // What comes back.
    const std::string done = "{}";
    const std::string made = R"({"id":77})";
    const std::string row = R"({"id":7,"mode":"phone","name":"VIP","limit":3,"members":[4],"flows":["Sales"]})";
    const std::string agents =
        R"({"agents":[{"id":4,"name":"Bo","role":"agent","groups":[7],"created_at":1000,"invited":true}],"mailed":true})";
    const std::string added = R"({"added":1,"bad":[{"row":2,"field":"email","code":"email_taken"}]})";
    const std::string channels = R"({"channels":[{"id":6,"kind":"kiosk","name":"Lobby","flow":9}]})";
    const std::string blocked =
        R"({"customers":[{"id":8,"name":"Mo","notes":"rude","channel":"Lobby","created_at":1000}]})";
    const std::string replies = R"({"quick_replies":[{"id":3,"title":"hello","text":"您好"}]})";
    const std::string audit = R"({"entries":[{"seq":899,"at":1000,"agent":4,"action":"flow.publish"}],"more":true})";
    const std::string fields = R"("id":9,"name":"Sales","mode":"chat","state":"in_use","version":2,"revision":6,)"
                               R"("updated_at":1000,"channels":[6])";
    const std::string head = "{" + fields + "}";
    const std::string draft = "{" + fields + R"(,"shown":0,"graph":{"nodes":[]},"tests":[1]})";
    const std::string version = "{" + fields + R"(,"shown":2,"graph":{"nodes":[]}})";
    const std::string replay = R"({"session":11,"flow":9,"version":2,"started_at":1000,"graph":{"nodes":[]},)"
                               R"("steps":[{"node":1,"port":"next","at":20}],"events":[]})";
    const std::string versions = R"({"versions":[{"version":2,"at":1000,"by":"Bo"}]})";
    return {
        routeOf("GET groups", "", "{\"groups\":[" + row + "]}", &Admin::groups),
        routeOf("POST groups", encodeBody(groupDraft), made, &Admin::addGroup, groupDraft),
        routeOf("PUT groups/7", encodeBody(groupDraft), done, &Admin::changeGroup, group, groupDraft),
        routeOf("DELETE groups/7", "", done, &Admin::removeGroup, group),
        routeOf("POST groups/7/members", encodeBody(members), row, &Admin::changeMembers, group, members),
        routeOf("GET agents", "", agents, &Admin::agents),
        routeOf("POST agents", encodeBody(agentDraft), made, &Admin::addAgent, agentDraft),
        routeOf("PUT agents/4", encodeBody(agentDraft), done, &Admin::changeAgent, agent, agentDraft),
        routeOf("DELETE agents/4", "", done, &Admin::removeAgent, agent),
        routeOf("POST agents/4/reset-password", "", done, &Admin::resetPassword, agent),
        routeOf("POST agents/bulk", encodeBody(bulk), added, &Admin::bulkAgents, bulk),
        routeOf("GET channels", "", channels, &Admin::channels),
        routeOf("POST channels", encodeBody(channelDraft), made, &Admin::addChannel, channelDraft),
        routeOf("PUT channels/6", encodeBody(channelDraft), done, &Admin::changeChannel, channel, channelDraft),
        routeOf("DELETE channels/6", "", done, &Admin::removeChannel, channel),
        routeOf("PUT channels/6/flow", R"({"flow":9})", done, &Admin::linkChannel, channel, flow),
        routeOf("GET blocked-customers", "", blocked, &Admin::blockedCustomers),
        routeOf("POST customers/8/unblock", "", done, &Admin::unblock, model::CustomerId(8)),
        routeOf("GET settings", "", encodeBody(form), &Admin::settings),
        routeOf("PUT settings", encodeBody(form), done, &Admin::saveSettings, form),
        routeOf("GET quick-replies", "", replies, &Admin::quickReplies),
        routeOf("POST quick-replies", encodeBody(replyDraft), made, &Admin::addQuickReply, replyDraft),
        routeOf("PUT quick-replies/3", encodeBody(replyDraft), done, &Admin::changeQuickReply, reply, replyDraft),
        routeOf("DELETE quick-replies/3", "", done, &Admin::removeQuickReply, reply),
        routeOf("GET screen-pops", "", encodeBody(pops), &Admin::screenPops),
        routeOf("PUT screen-pops", encodeBody(pops), done, &Admin::saveScreenPops, pops),
        routeOf("GET audit?limit=100", "", audit, &Admin::audit, Admin::AuditRange{}),
        routeOf("GET audit?before=900&limit=200&agent=4&action=flow.publish", "", audit, &Admin::audit,
                Admin::AuditRange{900, 1000, agent, "flow.publish"}),
        routeOf("GET flows", "", "{\"flows\":[" + head + "]}", &Admin::flows),
        routeOf("POST flows", encodeBody(fresh), head, &Admin::addFlow, fresh),
        routeOf("GET flows/9", "", draft, &Admin::flow, flow, 0),
        routeOf("GET flows/9?version=2", "", version, &Admin::flow, flow, 2),
        routeOf("PUT flows/9", encodeBody(flowDraft), head, &Admin::saveFlow, flow, flowDraft),
        routeOf("POST flows/9/publish", encodeBody(publish), head, &Admin::publishFlow, flow, publish),
        routeOf("POST flows/9/unpublish", R"({"revision":5})", head, &Admin::unpublishFlow, flow, revision),
        routeOf("POST flows/9/restore", encodeBody(restore), head, &Admin::restoreFlow, flow, restore),
        routeOf("DELETE flows/9?revision=5", "", done, &Admin::removeFlow, flow, revision),
        routeOf("PUT flows/9/tests", encodeBody(testsDraft), head, &Admin::saveTests, flow, testsDraft),
        routeOf("GET sessions/11/replay", "", replay, &Admin::replay, model::SessionId(11)),
        routeOf("GET flows/9/versions", "", versions, &Admin::flowVersions, flow),
    };
}

wire::Record oneRecord() {
    wire::Record record;
    record.id = model::SessionId(12);
    record.state = model::SessionState::Completed;
    record.endReason = model::EndReason::AgentEnded;
    record.customer = model::CustomerId(8);
    record.customerName = "Mo";
    record.agent = model::AgentId(3); // whom the fake server takes us for
    record.wrapUp = {"billing", "paid"};
    return record;
}

wire::NewExport oneOrder() {
    wire::NewExport order;
    order.kind = "records";
    order.filters.answered = true;
    order.columns = {wire::ExportColumn{"id", "编号"}};
    return order;
}

/// In this order, as the fake answers them; what they send is looked up there.
std::vector<Route<api::RecordsClient>> recordRoutes() {
    using Records = api::RecordsClient;
    const wire::RecordFilters none{};
    const std::string listed = wire::encodeBody(oneRecord());
    const std::string waiting = R"({"id":1,"state":"waiting","rows":0,"percent":0,"bytes":0,"created_at":0})";
    const std::string running = R"({"id":41,"state":"running","rows":1000,"percent":20,"bytes":0,"created_at":0})";
    auto single = oneRecord();
    single.offers = 2;
    return {
        routeOf("GET records", "", "{\"records\":[" + listed + "]}", &Records::records, none, Records::Page{}),
        routeOf("GET records", "", "{\"records\":[" + listed + "],\"count\":1}", &Records::records, none,
                Records::Page{{}, 50, true}),
        routeOf("GET records/12", "", wire::encodeBody(single), &Records::record, single.id),
        routeOf("POST exports", "", waiting, &Records::startExport, oneOrder()),
        routeOf("GET exports/41", "", running, &Records::exportJob, std::int64_t(41)),
        routeOf("DELETE exports/41", "", "{}", &Records::cancelExport, std::int64_t(41)),
        routeOf("POST customers/8/erase", "", "{}", &Records::eraseCustomer, single.customer),
    };
}

} // namespace

/// What admins ask for and what is asked of service records: two thin clients over one RestClient.
class AdminAndRecordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void adminRequestsAndTheirAnswers() {
        Office office;
        auto& fake = office.server.admin;
        using Heard = decltype(fake.heard);
        for (const auto& one : adminRoutes()) {
            fake.heard.clear();
            fake.fixed.clear();
            fake.fixed[one.request] = one.answer;
            const auto told = answerTo([&](const Hear& hear) { one.ask(office.admin, hear); });
            QVERIFY2(told.text == one.answer, one.request);
            const bool reads = std::string_view(one.request).starts_with("GET ");
            QVERIFY2(fake.heard == (reads ? Heard{} : Heard{{withoutQuery(one.request), one.body}}), one.request);
        }
    }
    void recordRequestsAndTheirAnswers() {
        Office office;
        auto& fake = office.server.records;
        fake.records = {oneRecord()};
        for (const auto& one : recordRoutes())
            QVERIFY2(answerTo([&](const Hear& hear) { one.ask(office.records, hear); }).text == one.answer,
                     one.request);
        QCOMPARE(fake.ordered, std::vector<wire::NewExport>{oneOrder()});
        QCOMPARE(fake.cancelled, std::vector<std::int64_t>{41});
        QCOMPARE(fake.erased, std::vector<model::CustomerId>{model::CustomerId(8)});
    }
    void filtersOfRecordsAreSentOnlyWhenSet() {
        Office office;
        using Query = std::map<std::string, std::string>;
        const auto sent = [&](const wire::RecordFilters& filters, const api::RecordsClient::Page& page) {
            const auto told = answerTo([&](const Hear& hear) { office.records.records(filters, page, nullptr, hear); });
            const auto& asked = office.server.records.asked;
            return asked.empty() ? Query{{"error", told.error.code}} : asked.back();
        };
        QCOMPARE(sent({}, {}), (Query{{"limit", "50"}}));
        wire::RecordFilters all;
        all.mode = model::Mode::AllMedia;
        all.from = base::fromUnixMillis(1000);
        all.to = base::fromUnixMillis(2000);
        all.group = model::GroupId(7);
        all.agent = model::AgentId(4);
        all.channel = model::ChannelId(6);
        all.state = model::SessionState::WrapUp;
        all.endReason = model::EndReason::AgentEnded;
        all.answered = false;
        all.customer = "Mo & Co";
        all.text = "100% a+b?=#照";
        const Query expected{{"mode", "all_media"},   {"from", "1000"},      {"to", "2000"},
                             {"group", "7"},          {"agent", "4"},        {"channel", "6"},
                             {"state", "wrap_up"},    {"answered", "false"}, {"end_reason", "agent_ended"},
                             {"customer", "Mo & Co"}, {"text", all.text},    {"count", "true"},
                             {"before", "90"},        {"limit", "200"}};
        QCOMPARE(sent(all, {model::SessionId(90), 1000, true}), expected);
    }
    void refusalsComeBackWholeAndTheTokenIsShown() {
        const std::vector<base::Error> errors{base::with(base::conflict("in_use", "a flow uses it"), "name", "销售"),
                                              base::rejected("not_allowed"), base::retry("storage_unavailable")};
        Office office;
        QSignalSpy tokenRefused(&office.rest, &api::RestClient::tokenRefused);
        qsizetype routesAsked = 0;
        const auto refuseAll = [&](auto& fake, auto& client, const auto& routes) {
            for (const auto& one : routes) {
                const auto ask = [&](const Hear& hear) { one.ask(client, hear); };
                for (const auto& error : errors) {
                    fake.refuse(withoutQuery(one.request), error);
                    const auto told = answerTo(ask);
                    QVERIFY2(told.error == error && told.text.empty(), one.request);
                }
                office.rest.setToken(QStringLiteral("stale"));
                QVERIFY2(answerTo(ask).error == base::rejected("bad_token"), one.request);
                office.rest.setToken(QStringLiteral("tok"));
                QCOMPARE(tokenRefused.count(), ++routesAsked);
            }
        };
        refuseAll(office.server.admin, office.admin, adminRoutes());
        refuseAll(office.server.records, office.records, recordRoutes());
        QVERIFY(office.server.records.cancelled.empty()); // nothing of it was done
        QVERIFY(office.server.records.erased.empty());
    }
    void answersThatAreNotOursAreErrors() {
        const auto unread = [](const char* why) { return base::rejected("bad_answer", why); };
        const auto strange = [](const base::Error& error, const char* status) {
            return base::with(error, "status", status);
        };
        struct Bad {
            int status;
            QByteArray body;
            base::Error error;
        };
        const std::vector<Bad> cases{
            {200, "", unread("bad_json")},
            {200, "<html>Sign in to the hotel</html>", unread("bad_json")},
            {200, QByteArray(64, '['), unread("bad_json")},
            {200, R"([{"id":1}])", unread("bad_field")},
            {200, R"({"groups":5,"records":{},"id":"x"})", unread("bad_field")},
            {302, "", strange(base::rejected("bad_answer"), "302")},
            {404, "<html>", strange(base::rejected("bad_answer"), "404")},
            {500, R"({"error":7})", strange(base::retry("bad_answer"), "500")},
            {502, "<html>", strange(base::retry("bad_answer"), "502")},
            {0, "", base::retry("disconnected")},
        };
        for (const auto& one : cases) {
            const Canned server(one.status, one.body);
            QNetworkAccessManager network;
            api::RestClient rest(network, server.endpoint());
            api::AdminClient admin(rest);
            api::RecordsClient records(rest);
            const std::vector<Told> told{
                answerTo([&](const Hear& hear) { admin.groups(nullptr, hear); }),
                answerTo([&](const Hear& hear) { admin.flow(model::FlowId(9), 0, nullptr, hear); }),
                answerTo([&](const Hear& hear) { records.records({}, {}, nullptr, hear); }),
                answerTo([&](const Hear& hear) { records.exportJob(41, nullptr, hear); })};
            for (const auto& answer : told)
                QVERIFY2(answer.error == one.error, (std::to_string(one.status) + " " + answer.error.code).c_str());
        }
    }
    void aServerThatIsAwayMayBeAskedAgain() {
        Office office;
        const auto groups = [&](const Hear& hear) { office.admin.groups(nullptr, hear); };
        const auto job = [&](const Hear& hear) { office.records.exportJob(41, nullptr, hear); };
        const auto away = base::with(base::with(base::retry("refused"), "host", "127.0.0.1"), "server",
                                     "127.0.0.1:" + std::to_string(office.server.port()));
        office.server.goAway();
        QCOMPARE(answerTo(groups).error, away);
        QCOMPARE(answerTo(job).error, away);
        office.server.comeBack();
        QCOMPARE(answerTo(groups).text, wire::encodeBody(wire::GroupList{}));
        QVERIFY(!answerTo(job).text.empty());
    }
    void anAnswerIsDroppedWhenWhoAskedIsGone() {
        Office office;
        auto context = std::make_unique<QObject>();
        const auto gone = std::make_shared<Told>();
        const auto there = std::make_shared<Told>();
        office.admin.groups(context.get(), Hear{gone});
        office.admin.saveSettings({}, context.get(), Hear{gone});
        office.records.exportJob(41, context.get(), Hear{gone});
        office.records.cancelExport(41, context.get(), Hear{gone});
        office.admin.groups(this, Hear{there});
        context.reset();
        QTRY_VERIFY(office.isIdle());
        QCOMPARE(office.server.admin.reads, 2); // all of it was done
        QCOMPARE(office.server.admin.count("PUT /api/v1/settings"), 1);
        QCOMPARE(office.server.records.jobReads, 1);
        QCOMPARE(office.server.records.cancelled, std::vector<std::int64_t>{41});
        QCOMPARE(gone->times, 0);
        QCOMPARE(there->times, 1);
    }
    void anExportIsSavedWholeOrNotAtAll() {
        Office office;
        auto& fake = office.server.records;
        const QTemporaryDir dir;
        const auto path = dir.filePath(QStringLiteral("records.csv"));
        const auto save = [&](bool cancelled) {
            return answerTo([&](const Hear& hear) {
                auto file = std::make_unique<QSaveFile>(path);
                QVERIFY(file->open(QIODevice::WriteOnly));
                auto* transfer = office.records.saveExport(41, std::move(file), nullptr, hear);
                if (cancelled)
                    transfer->cancel();
            });
        };
        const auto saved = [&path] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string("nothing");
        };
        fake.refuse("GET /api/v1/exports/41/file", base::conflict("export_not_done"));
        QCOMPARE(save(false).error, base::conflict("export_not_done"));
        QCOMPARE(saved(), std::string("nothing"));
        const std::string whole(300'000, 'x');
        fake.file = whole;
        QCOMPARE(save(false).text, std::string("{}"));
        QVERIFY(saved() == whole);
        fake.file = "another";
        QCOMPARE(save(true).error, base::rejected("cancelled"));
        QVERIFY(saved() == whole);
    }
};

static const test::Add<AdminAndRecordsTest> addedAdminAndRecordsTest;
#include "admin_client_test.moc"
