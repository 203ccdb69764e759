#include "shared/wire/answers.h"
#include "shared/wire/frame.h"
#include "shared/wire/http.h"
#include "shared/wire/requests.h"
#include "tests/support/suite.h"

using namespace cb;

namespace {

std::string codeOf(std::string_view text) {
    const auto frame = wire::parseFrame(text);
    return frame ? "ok" : frame.error().code;
}

std::string agentError(std::string_view text) {
    const auto frame = wire::parseFrame(text);
    if (!frame)
        return frame.error().code;
    const auto request = wire::decodeAgentRequest(*frame);
    if (request)
        return "ok";
    const auto& params = request.error().params;
    return request.error().code + (params.contains("field") ? ":" + params.at("field") : "");
}

} // namespace

class FrameTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bounds() {
        const std::string padding(wire::kMaxClientFrame, ' ');
        QCOMPARE(codeOf(R"({"t":"ping"})" + padding), std::string("frame_too_large"));
        QCOMPARE(codeOf(R"({"t":"ping"})" + padding.substr(0, wire::kMaxClientFrame - 12)), std::string("ok"));
        const std::string deep = std::string(100, '[') + std::string(100, ']');
        QCOMPARE(codeOf(R"({"t":"ping","d":{"x":)" + deep + "}}"), std::string("bad_json"));
        const std::string brackets = std::string(20, '[') + "\\\"" + std::string(20, '[');
        QCOMPARE(codeOf("{\"t\":\"ping\",\"d\":{\"x\":\"" + brackets + "\"}}"), std::string("ok"));
        QCOMPARE(wire::parseJson("[1]", {2, 4}).error().code, std::string("body_too_large"));
    }
    void notJson() {
        for (const char* text : {"", "{", "x", "{\"t\":\"ping\"} x", "{\"t\":\"\xFF\"}", "{\"t\":\"\\ud800\"}"})
            QCOMPARE(codeOf(text), std::string("bad_json"));
    }
    void notAFrame() {
        for (const char* text :
             {"[]", "7", "{}", R"({"t":7})", R"({"t":"ping","id":0})", R"({"t":"ping","id":-1})",
              R"({"t":"ping","id":"1"})", R"({"t":"ping","id":1.5})", R"({"t":"ping","id":18446744073709551615})",
              R"({"t":"ping","re":true})", R"({"t":"ping","d":[]})", R"({"t":"ping","d":null})"})
            QCOMPARE(codeOf(text), std::string("bad_frame"));
    }
    void unknownType() {
        const auto frame = wire::parseFrame(R"({"t":"from.the.future","id":5})");
        QVERIFY(frame.ok());
        QCOMPARE(frame->id, std::uint64_t(5));
        QCOMPARE(wire::decodeAgentRequest(*frame).error().code, std::string("unknown_type"));
        QCOMPARE(agentError(R"({"t":"session.start"})"), std::string("unknown_type")); // a visitor's
        QCOMPARE(agentError(R"({"t":"welcome"})"), std::string("unknown_type"));       // the server's
        QVERIFY(wire::frameType("") == wire::FrameType::Unknown);
    }
    void namesAreStable() {
        QCOMPARE(wire::frameName(wire::FrameType::MessageSend), std::string_view("message.send"));
        for (int i = 1; i <= static_cast<int>(wire::FrameType::Call); ++i) {
            const auto type = static_cast<wire::FrameType>(i);
            QVERIFY(wire::frameType(wire::frameName(type)) == type);
        }
    }
    void rangesOfRequests() {
        const std::pair<const char*, const char*> cases[] = {
            {R"({"t":"hello","d":{"token":"x"}})", "bad_field:protocol"},
            {R"({"t":"hello","d":{"protocol":1,"token":"x","cursor":-1}})", "bad_field:cursor"},
            {R"({"t":"hello","d":{"protocol":99999999999,"token":"x"}})", "bad_field:protocol"},
            {R"({"t":"status.set","d":{"status":"busy"}})", "bad_field:status"},
            {R"({"t":"status.set","d":{"status":"asleep"}})", "bad_field:status"},
            {R"({"t":"offer.answer","d":{"offer":0}})", "bad_field:offer"},
            {R"({"t":"offer.answer"})", "bad_field:offer"},
            {R"({"t":"offer.answer","d":{"offer":-3}})", "bad_field:offer"},
            {R"({"t":"offer.answer","d":{"offer":1e3}})", "bad_field:offer"},
            {R"({"t":"message.send","d":{"uuid":"01234567-89ab-4def-bedc-ba9876543210","text":"x"}})",
             "bad_field:session"},
            {R"({"t":"message.send","d":{"session":7,"uuid":"00000000-0000-0000-0000-000000000000"}})",
             "bad_field:uuid"},
            {R"({"t":"message.send","d":{"session":7,"uuid":"01234567-89ab-4def-bedc-ba9876543210","kind":"note"}})",
             "bad_field:kind"},
            {R"({"t":"message.send","d":{"session":7,"uuid":"01234567-89ab-4def-bedc-ba9876543210","attachment":5}})",
             "bad_field:attachment"},
            {R"({"t":"session.transfer","d":{"session":7}})", "bad_field:group"},
            {R"({"t":"session.transfer","d":{"session":7,"group":1,"agent":1}})", "bad_field:group"},
            {R"({"t":"mark","d":{"session":7,"read":-1}})", "bad_field:read"},
            {R"({"t":"typing","d":{"on":true}})", "bad_field:session"},
        };
        for (const auto& [text, expected] : cases)
            QCOMPARE(QString::fromStdString(agentError(text)), QString(expected));
    }
    void nestedFieldIsNamedByItsPath() {
        const auto frame =
            wire::parseFrame(R"({"t":"hello","d":{"protocol":1,"channel":"k","token":"t","page":{"url":7}}})");
        QCOMPARE(wire::decodeVisitorRequest(*frame).error().params.at("field"), std::string("page.url"));
    }
    void errorsSurvive() {
        const auto error = base::with(base::retry("throttled", "why"), "retry_ms", "1500");
        const auto frame = wire::parseFrame(wire::encodeError(3, error));
        QVERIFY(wire::decodeError(frame->d) == error);
        QVERIFY(wire::decodeErrorBody(wire::encodeErrorBody(error)) == error);
        // Another writer may send numbers.
        const auto numbers =
            wire::decodeErrorBody(R"({"error":{"code":"throttled","grade":"retry","params":{"retry_ms":1500}}})");
        QCOMPARE(numbers.params.at("retry_ms"), std::string("1500"));
        QCOMPARE(wire::decodeErrorBody("<html>").code, std::string("bad_json"));
        QCOMPARE(wire::decodeError(nlohmann::json::parse(R"({"code":7})")).code, std::string("bad_frame"));
    }
};

static const test::Add<FrameTest> addedFrameTest;
CB_TEST_MAIN()
#include "frame_test.moc"
