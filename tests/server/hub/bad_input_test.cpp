#include "tests/server/app/house.h"
#include "tests/server/hub/broken_frames.h"
#include "tests/support/suite.h"

using namespace cb::test;

namespace {

std::string errorCode(const Json& frame) {
    return frame.is_object() && frame.value("t", "") == "error" ? frame["d"].value("code", "") : std::string();
}

Json isError(Talker& talker) {
    return talker.untilType("error");
}

} // namespace

/// Frames no client of ours would send, to a real server.
class BadInputTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void nothingBeforeHello_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("agent") << QByteArray("/ws/agent");
        QTest::newRow("visitor") << QByteArray("/ws/visitor");
    }
    void nothingBeforeHello() {
        QFETCH(QByteArray, path);
        Talker talker(m_house->port(), path.toStdString());
        QVERIFY(talker.opened());
        talker.send("message.send", {{"uuid", "x"}, {"kind", "text"}, {"text", "first"}}, 1);
        QCOMPARE(errorCode(talker.answer(1)), std::string("hello_required"));
        QCOMPARE(talker.closed().value_or(1), std::uint16_t(1008));
    }

    void badHellos() {
        const std::vector<std::pair<Json, std::string>> hellos{
            {{{"protocol", 99}, {"token", m_house->agent1}}, "protocol_unsupported"},
            {{{"protocol", 1}, {"token", "garbage"}}, "bad_token"},
            {{{"protocol", 1}, {"token", visitorToken(3)}}, "bad_token"},
            {{{"protocol", 1}, {"token", m_house->visitorToken}}, "bad_token"},
            {{{"protocol", 1}, {"token", m_house->fresh}}, "password_change_required"},
        };
        for (const auto& [d, code] : hellos) {
            Talker talker(m_house->port(), "/ws/agent");
            talker.send("hello", d, 1);
            QCOMPARE(errorCode(talker.answer(1)), code);
            QCOMPARE(talker.closed().value_or(1), std::uint16_t(1008));
        }
        Talker visitor(m_house->port(), "/ws/visitor", "http://shop.test");
        visitor.send("hello", {{"protocol", 1}, {"channel", "nosuch"}, {"token", visitorToken(4)}}, 1);
        QCOMPARE(errorCode(visitor.answer(1)), std::string("channel_unknown"));
        for (const auto& d : {Json{{"protocol", "1"}, {"token", 7}}, Json::array(), Json("text"), Json()}) {
            Talker talker(m_house->port(), "/ws/agent");
            talker.send("hello", d, 1);
            const auto code = errorCode(isError(talker));
            QVERIFY2(code == "bad_field" || code == "bad_frame" || code == "protocol_unsupported", code.c_str());
        }
    }

    void brokenFramesAreToldAndHarmNothing() {
        for (const auto& frame : brokenFrames()) {
            m_house->agent->text(frame);
            const auto error = isError(*m_house->agent);
            QVERIFY2(!errorCode(error).empty(), frame.substr(0, 60).c_str());
        }
        QCOMPARE(m_house->agent->request("ping", Json::object()).value("t", ""), std::string("ok"));
    }

    void wrongTypesInEveryRequest() {
        const std::vector<std::string> types{"status.set",       "offer.answer",    "offer.decline",
                                             "message.send",     "session.end",     "session.complete",
                                             "session.transfer", "customer.update", "customer.block"};
        const std::vector<Json> values{Json("text"), Json(-1), Json(1.5), Json(true), Json::array(), Json::object()};
        for (const auto& type : types) {
            QVERIFY2(!errorCode(m_house->agent->request(type, Json::object())).empty(), type.c_str());
            for (const auto& value : values) {
                Json d;
                for (const auto* field : {"status", "offer", "session", "uuid", "kind", "text", "attachment",
                                          "category", "group", "agent", "customer", "name", "notes", "note", "blocked"})
                    d[field] = value;
                const auto answer = m_house->agent->request(type, d);
                QVERIFY2(errorCode(answer) == "bad_field" || errorCode(answer) == "rate_limited",
                         (type + ' ' + value.dump() + ' ' + answer.dump()).c_str());
            }
        }
    }

    void unknownIds() {
        auto talker = m_house->demo.agent(m_house->agent2);
        QVERIFY(talker != nullptr);
        const std::int64_t nobody = 987654321;
        const std::string uuid = "00000000-0000-4000-8000-00000000bad0";
        const auto code = [&](const char* type, const Json& d) { return errorCode(talker->request(type, d)); };
        for (const auto id : {nobody, m_house->session}) { // the other agent's is as good as unknown
            QCOMPARE(code("message.send", {{"session", id}, {"uuid", uuid}, {"kind", "text"}, {"text", "x"}}),
                     std::string("session_gone"));
            QCOMPARE(code("session.end", {{"session", id}}), std::string("session_gone"));
            QCOMPARE(code("session.complete", {{"session", id}, {"category", ""}, {"note", ""}}),
                     std::string("session_gone"));
            QCOMPARE(code("session.transfer", {{"session", id}, {"group", 1}}), std::string("session_gone"));
        }
        QCOMPARE(code("offer.answer", {{"offer", nobody}}), std::string("offer_gone"));
        QCOMPARE(code("offer.decline", {{"offer", nobody}}), std::string("offer_gone"));
        for (const auto* type : {"customer.update", "customer.block"})
            for (const auto id : {nobody, m_house->customer}) {
                const auto told = code(type, {{"customer", id}, {"name", "x"}, {"notes", ""}, {"blocked", true}});
                QVERIFY2(!told.empty() && told != "internal", (std::string(type) + ' ' + told).c_str());
            }
        auto& own = *m_house->agent;
        QCOMPARE(errorCode(own.request("session.transfer", {{"session", m_house->session}, {"group", nobody}})),
                 std::string("group_unknown"));
        QCOMPARE(errorCode(own.request("session.transfer", {{"session", m_house->session}, {"agent", nobody}})),
                 std::string("agent_unknown"));
        QCOMPARE(errorCode(own.request(
                     "message.send",
                     {{"session", m_house->session}, {"uuid", uuid}, {"kind", "picture"}, {"attachment", nobody}})),
                 std::string("attachment_unknown"));
    }

    void unfitTexts() {
        const auto send = [&](const std::string& text) {
            return errorCode(m_house->agent->request("message.send", {{"session", m_house->session},
                                                                      {"uuid", "00000000-0000-4000-8000-00000000bad1"},
                                                                      {"kind", "text"},
                                                                      {"text", text}}));
        };
        QCOMPARE(send(""), std::string("text_empty"));
        QCOMPARE(send(std::string(4'001, 'x')), std::string("text_too_long"));
        QCOMPARE(send(std::string("a\0b", 3)), std::string("bad_text"));
        QCOMPARE(send("bell \x07"), std::string("bad_text"));
    }

    void oversizeFramesEndTheConnection() {
        for (const auto* path : {"/ws/agent", "/ws/visitor"}) {
            Talker talker(m_house->port(), path);
            talker.send("hello", {{"token", std::string(70'000, 'x')}}, 1);
            QCOMPARE(talker.closed().value_or(1), std::uint16_t(1009));
        }
        QCOMPARE(m_house->agent->request("ping", Json::object()).value("t", ""), std::string("ok"));
    }

    void theServerIsAsBefore() {
        QVERIFY(m_house->demo.process().isRunning());
        QCOMPARE(ask(m_house->port(), "GET", "/healthz").status, 200);
        const auto metrics = ask(m_house->port(), "GET", "/metrics").body;
        QVERIFY(metrics.find("code=\"internal\"") == std::string::npos);
    }
};

static const Add<BadInputTest> addedBadInputTest;
CB_TEST_MAIN()
#include "bad_input_test.moc"
