#include "shared/wire/admin.h"
#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "shared/wire/http.h"
#include "tests/shared/wire/samples.h"
#include "tests/support/suite.h"

#include <QtCore/QFile>

#include <set>

using namespace cb;
using nlohmann::json;

namespace {

std::string goldenPath(const std::string& name) {
    return std::string(CLOUDBELL_TEST_DATA) + "/wire/" + name + ".json";
}

std::string readFile(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toStdString() : std::string();
}

/// Every place of a document that holds a value, as JSON pointers.
void collect(const json& value, const json::json_pointer& at, std::vector<json::json_pointer>& out) {
    if (!at.empty())
        out.push_back(at);
    if (value.is_object())
        for (const auto& [key, inner] : value.items())
            collect(inner, at / key, out);
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
            collect(value[i], at / i, out);
}

/// A value no field of that type takes.
json wrong(const json& value) {
    return value.is_number() ? json("seven") : value.is_boolean() ? json(7) : json(true);
}

void addUnknown(json& value) {
    if (value.is_object()) {
        for (auto& [key, inner] : value.items())
            if (key != "graph" && key != "tests") // of a flow: handed through as they are
                addUnknown(inner);
        value["from_the_future"] = json::array({1, json::object()});
    } else if (value.is_array()) {
        for (auto& inner : value)
            addUnknown(inner);
    }
}

/// params are free-form: nothing in them has a type. A flow's graph and tests are understood elsewhere.
bool isFreeForm(const std::string& name, const json::json_pointer& at) {
    const auto text = at.to_string();
    if (name.rfind("body_flow", 0) == 0)
        return text.rfind("/graph", 0) == 0 || text.rfind("/tests", 0) == 0;
    return name == "error" && text.rfind("/d/", 0) == 0;
}

} // namespace

class CodecTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goldenText() {
        const bool rewrite = qEnvironmentVariableIsSet("CLOUDBELL_REWRITE_GOLDEN");
        for (const auto& sample : test::wireSamples()) {
            const auto text = sample.encode();
            if (rewrite) {
                QFile file(QString::fromStdString(goldenPath(sample.name)));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write((text + "\n").c_str());
            }
            QCOMPARE(QString::fromStdString(text), QString::fromStdString(readFile(goldenPath(sample.name))));
        }
    }
    void goldenNamesAreUnique() {
        std::set<std::string> names;
        for (const auto& sample : test::wireSamples())
            QVERIFY2(names.insert(sample.name).second, sample.name.c_str());
    }
    void roundTrip() {
        for (const auto& sample : test::wireSamples()) {
            const auto again = sample.recode(readFile(goldenPath(sample.name)));
            QVERIFY2(again.ok(), sample.name.c_str());
            QCOMPARE(QString::fromStdString(*again), QString::fromStdString(sample.encode()));
        }
    }
    /// The text written by hand is what a JSON library understands, field by field.
    void textIsJson() {
        for (const auto& sample : test::wireSamples()) {
            const auto parsed = json::parse(sample.encode(), nullptr, false);
            QVERIFY2(parsed.is_object(), sample.name.c_str());
            const auto again = sample.recode(parsed.dump());
            QVERIFY2(again.ok(), sample.name.c_str());
            QVERIFY2(json::parse(*again) == parsed, sample.name.c_str());
        }
    }
    void unknownFieldsAreIgnored() {
        for (const auto& sample : test::wireSamples()) {
            if (sample.name == "error")
                continue; // params have no known fields
            auto value = json::parse(sample.encode());
            addUnknown(value);
            const auto again = sample.recode(value.dump());
            QVERIFY2(again.ok(), sample.name.c_str());
            QCOMPARE(QString::fromStdString(*again), QString::fromStdString(sample.encode()));
        }
    }
    void everyWronglyTypedFieldIsNamed() {
        int tried = 0;
        for (const auto& sample : test::wireSamples()) {
            const auto good = json::parse(sample.encode());
            std::vector<json::json_pointer> places;
            collect(good, json::json_pointer(), places);
            for (const auto& at : places) {
                if (isFreeForm(sample.name, at))
                    continue;
                auto bad = good;
                bad[at] = wrong(bad[at]);
                const auto result = sample.recode(bad.dump());
                const auto where = sample.name + at.to_string();
                QVERIFY2(!result.ok(), where.c_str());
                checkError(sample, at, result.error(), where);
                ++tried;
            }
        }
        QVERIFY(tried > 400);
    }
    void hotPathEqualsGeneric() {
        wire::MessageView view;
        view.message.seq = 5;
        view.message.session = model::SessionId(7);
        view.message.agent = model::AgentId(3);
        view.message.side = model::Side::Agent;
        view.message.uuid = base::uuidFrom(1, 2);
        view.message.at = base::fromUnixMillis(1'790'000'000'000);
        view.message.text = "a\x01"
                            "b\x7F\u2028 \"\\/";
        const wire::AgentEvent event{5, view.message.at, model::SessionId(7), view};
        QCOMPARE(wire::encodeMessageEvent(view.message, nullptr, wire::Audience::Agent), wire::encodeEvent(event));
        const auto parsed = json::parse(wire::encodeEvent(event));
        QVERIFY(parsed["d"]["message"]["text"] == view.message.text);
        const wire::VisitorEvent seen{5, view.message.at, model::EventKind::Message, model::SessionId(7), view, {}};
        const auto text = wire::encodeMessageEvent(view.message, nullptr, wire::Audience::Visitor);
        QCOMPARE(text, wire::encodeEvent(seen));
        QVERIFY(text.find("agent\":3") == std::string::npos);
    }
    void notesNeverGoToVisitors() {
        model::Message note;
        note.kind = model::MessageKind::Note;
        QVERIFY(wire::encodeMessageEvent(note, nullptr, wire::Audience::Visitor).empty());
        QVERIFY(wire::encodeEvent(wire::VisitorEvent{1, {}, {}, {}, wire::MessageView{note, {}}, {}}).empty());
        const auto page = wire::encodeMessages({{{note, {}}}, false}, wire::Audience::Visitor);
        QCOMPARE(page, std::string(R"({"messages":[],"more":false})"));
    }
    void malformedTextIsRepaired() {
        wire::Bye bye{"a\xFF\xE4\xB8"
                      "b"};
        const auto parsed = json::parse(wire::encodeBye(bye), nullptr, false);
        QVERIFY(parsed.is_object());
        QVERIFY(parsed["d"]["code"] == "a\uFFFD\uFFFD\uFFFD"
                                       "b");
    }
    void unknownEventsAreOpaque() {
        const auto kind =
            wire::decodeAgentEvent(json::parse(R"({"seq":9,"at":1,"kind":"from_the_future","session":7})"));
        QVERIFY(kind.ok());
        QCOMPARE(kind->seq, model::Seq(9));
        QVERIFY(std::holds_alternative<wire::OpaqueEvent>(kind->body));
        const auto status = wire::decodeAgentEvent(
            json::parse(R"({"seq":9,"at":1,"kind":"agent_status","presence":{"status":"asleep"}})"));
        QVERIFY(status.ok() && std::holds_alternative<wire::OpaqueEvent>(status->body));
    }
    void unknownElementsAreLeftOut() {
        const auto page = wire::decodeBody<wire::MessagePage>(
            R"({"messages":[{"seq":1,"at":1,"session":7,"side":"robot","kind":"text"},
                            {"seq":2,"at":1,"session":7,"side":"agent","kind":"text","text":"x"}]})");
        QVERIFY(page.ok());
        QCOMPARE(page->messages.size(), std::size_t(1));
        QCOMPARE(page->messages[0].message.seq, model::Seq(2));
    }

    /// Elsewhere an element of an unknown kind is left out; here it would make the numbers of the rows wrong.
    void rowsOfAnUploadAreNeverLeftOut() {
        const auto bulk = wire::decodeBody<wire::BulkAgents>(R"({"rows":[{"name":"a","role":"robot"},{"name":"b"}]})");
        QVERIFY(!bulk.ok());
        QCOMPARE(bulk.error().code, std::string("bad_field"));
        const auto good = wire::decodeBody<wire::BulkAgents>(R"({"rows":[{"name":"a"},{"name":"b","role":"admin"}]})");
        QVERIFY(good.ok() && good->rows.size() == 2 && good->rows[1].role == model::Role::Admin);
    }

private:
    static void checkError(const test::WireSample& sample, const json::json_pointer& at, const base::Error& error,
                           const std::string& where) {
        const auto pointer = at.to_string();
        const bool isBody = sample.name.rfind("body_", 0) == 0;
        const bool inFrame = !isBody && pointer.rfind("/d/", 0) != 0;
        if (inFrame) {
            QVERIFY2(error.code == "bad_frame", where.c_str());
            return;
        }
        QVERIFY2(error.code == "bad_field", where.c_str());
        const std::string first = pointer.substr(isBody ? 1 : 3, pointer.find('/', isBody ? 1 : 3) - (isBody ? 1 : 3));
        QVERIFY2(error.params.at("field").rfind(first, 0) == 0, where.c_str());
    }
};

static const test::Add<CodecTest> addedCodecTest;
#include "codec_test.moc"
