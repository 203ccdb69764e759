#include "tests/server/app/house.h"
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;

/// What docs/protocol.md says of single answers.
class AnswersTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void pagesFromTheFirstMessageOn() {
        const auto path = "/api/v1/sessions/" + std::to_string(m_house->session) + "/messages?limit=1";
        const auto page = [&](const std::string& more) {
            return ask(m_house->port(), "GET", path + more, {}, bearer(m_house->agent1)).json();
        };
        const auto seqOf = [](const Json& json) { return json["messages"].at(0).value("seq", std::int64_t(0)); };
        const auto newest = seqOf(page(""));
        std::vector<std::int64_t> seqs;
        for (std::int64_t after = 0; seqs.size() < 1'000;) {
            const auto json = page("&after=" + std::to_string(after));
            if (json["messages"].empty())
                break;
            after = seqOf(json);
            QVERIFY(seqs.empty() || after > seqs.back());
            seqs.push_back(after);
            QCOMPARE(json.value("more", false), after != newest);
        }
        QVERIFY(seqs.size() > 3);
        QCOMPARE(seqs.back(), newest);
    }

    void pagesMayReadWhyTheyAreRefused() {
        const auto reply =
            ask(m_house->port(), "GET", "/api/v1/widget/nosuchchannel", {}, {{"Origin", "https://shop.test"}});
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.code(), std::string("channel_unknown"));
        QCOMPARE(reply.header("access-control-allow-origin"), std::string("*"));
    }

    void anUploadNamesItsSession() {
        auto headers = bearer(m_house->agent1);
        headers["Content-Type"] = "text/plain";
        const auto reply = ask(m_house->port(), "POST", "/api/v1/attachments?kind=file&name=a.txt", "x", headers);
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.code(), std::string("bad_field"));
    }

    void aSignInAddressExplainsItselfInABrowser() {
        const auto reply = ask(m_house->port(), "GET", "/online/1400000001");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("content-type"), std::string("text/html; charset=utf-8"));
        QVERIFY(reply.body.find("desktop program") != std::string::npos);
        QCOMPARE(ask(m_house->port(), "GET", "/online/x").status, 404);
    }

    void linesEndWithOneCharacter() {
        const auto sent = m_house->visitor->request(
            "message.send", {{"uuid", "00000000-0000-4000-8000-0000000000c1"}, {"text", "one\r\ntwo\rthree"}});
        QCOMPARE(sent.value("t", ""), std::string("ok"));
        const auto path = "/api/v1/sessions/" + std::to_string(m_house->session) + "/messages?limit=1";
        const auto page = ask(m_house->port(), "GET", path, {}, bearer(m_house->agent1)).json();
        QCOMPARE(page["messages"].at(0).value("text", ""), std::string("one\ntwo\nthree"));
    }
};

static const cb::test::Add<AnswersTest> addedAnswersTest;
#include "answers_test.moc"
