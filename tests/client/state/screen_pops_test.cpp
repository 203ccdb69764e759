#include "tests/client/state/rig.h"

#include <QtCore/QUrlQuery>

using namespace cb;
using test::FakeServer;
using test::Machine;
using test::Program;

namespace {

constexpr auto kAll = "https://crm.example.com/find?id=${SessionId}&channel=${Channel}&caller=${CallerNumber}&callee=${"
                      "CalleeNumber}&open=${OpenId}&nick=${Nickname}&staff=${StaffNo}&group=${SkillGroup}";

model::SessionView sessionOver(model::ChannelKind kind, model::Mode mode, const char* channel) {
    model::SessionView view;
    view.session.id = model::SessionId(77);
    view.session.mode = mode;
    view.channelKind = kind;
    view.channelName = channel;
    view.customerName = "李 女士&co";
    view.groupName = "售前 1/2";
    return view;
}

/// The address that an agent sees, as what stands in it: decoded, by name.
QMap<QString, QString> valuesIn(const QUrl& url) {
    QMap<QString, QString> values;
    const QUrlQuery query(url);
    for (const auto& [name, value] : query.queryItems(QUrl::FullyDecoded))
        values[name] = value;
    return values;
}

} // namespace

/// What is filled into the addresses of screen pops.
class PopValuesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPlaceholderIsFilledAndEncoded() {
        model::PopValues values;
        values.session = model::SessionId(77);
        values.channel = "网站&a=b";
        values.callerNumber = "+86 138";
        values.calleeNumber = "400-123";
        values.openId = "o_X#1";
        values.nickname = "李";
        values.staffNo = "000010";
        values.skillGroup = "a/b?";
        QCOMPARE(
            QString::fromStdString(model::filledUrl(kAll, values)),
            QStringLiteral("https://crm.example.com/find?id=77&channel=%E7%BD%91%E7%AB%99%26a%3Db&caller=%2B86%20138&"
                           "callee=400-123&open=o_X%231&nick=%E6%9D%8E&staff=000010&group=a%2Fb%3F"));
        QCOMPARE(model::filledUrl("https://a/${Nobody}?${", values), std::string("https://a/${Nobody}?${"));
        for (const auto name : model::kPopPlaceholders) // none is left out above
            QVERIFY2(std::string_view(kAll).find("${" + std::string(name) + "}") != std::string_view::npos,
                     std::string(name).c_str());
    }
    void whatIsKnownDependsOnTheChannel() {
        FakeServer server;
        server.admin.pops.pops = {{"CRM", kAll, true}, {"Off", "https://off.example.com", false}};
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& pops = program.account.account()->screenPops();
        QTRY_VERIFY(!pops.isEmpty());
        model::Agent agent;
        agent.staffNo = "000010";
        const auto filled = [&](model::ChannelKind kind, model::Mode mode, const char* channel, const char* id) {
            auto view = sessionOver(kind, mode, channel);
            view.externalId = id;
            const auto pages = pops.pagesOf(view, agent);
            return pages.size() == 1 ? valuesIn(pages.front().url) : QMap<QString, QString>();
        };
        using Kind = model::ChannelKind;
        const auto call = filled(Kind::Phone, model::Mode::Phone, "400-123", "13800138000");
        QCOMPARE(call[QStringLiteral("id")], QStringLiteral("77"));
        QCOMPARE(call[QStringLiteral("channel")], QStringLiteral("400-123"));
        QCOMPARE(call[QStringLiteral("caller")], QStringLiteral("13800138000"));
        QCOMPARE(call[QStringLiteral("callee")], QStringLiteral("400-123"));
        QCOMPARE(call[QStringLiteral("open")], QString());
        QCOMPARE(call[QStringLiteral("nick")], QStringLiteral("李 女士&co"));
        QCOMPARE(call[QStringLiteral("staff")], QStringLiteral("000010"));
        QCOMPARE(call[QStringLiteral("group")], QStringLiteral("售前 1/2"));
        for (const auto kind : {Kind::WeChatAccount, Kind::MiniProgram}) {
            const auto chat = filled(kind, model::Mode::Chat, "公众号", "o6_bmjrPTlm6");
            QCOMPARE(chat[QStringLiteral("open")], QStringLiteral("o6_bmjrPTlm6"));
            QCOMPARE(chat[QStringLiteral("channel")], QStringLiteral("公众号"));
            QCOMPARE(chat[QStringLiteral("caller")], QString());
            QCOMPARE(chat[QStringLiteral("callee")], QString());
        }
        const auto site = filled(Kind::Website, model::Mode::Chat, "Shop", "hash-of-a-token"); // says nothing to a CRM
        QCOMPARE(site[QStringLiteral("open")] + site[QStringLiteral("caller")] + site[QStringLiteral("callee")],
                 QString());
    }
};

static const test::Add<PopValuesTest> addedPopValuesTest;
#include "screen_pops_test.moc"
