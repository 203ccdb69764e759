#include "tests/support/suite.h" // first: moc cannot read <compare> before Qt

#include "shared/flow/json.h"
#include "tests/shared/flowrun/transcript.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <fstream>
#include <sstream>

using namespace cb;

namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string result;
    for (const std::string& line : lines)
        result += line + "\n";
    return result;
}

std::string contents(const QString& path) {
    std::ifstream file(path.toStdString());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

/// Plays the transcripts of tests/data/flow. With CLOUDBELL_WRITE_GOLDEN=1 it writes what happens into them instead of
/// comparing: read the difference before it is committed.
class GoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void transcripts_data() {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(CLOUDBELL_TEST_DATA "/flow"));
        for (const QString& file : folder.entryList({QStringLiteral("*.json")}, QDir::Files))
            QTest::newRow(qPrintable(file)) << folder.filePath(file);
    }
    void transcripts() {
        QFETCH(QString, path);
        auto golden = test::parseGolden(contents(path));
        const auto graph = flow::parseJson(golden.flow);
        QVERIFY2(graph.ok(), graph ? "" : graph.error().detail.c_str());
        const auto flow = flowrun::compile(*graph);
        QVERIFY(flow.ok());
        const bool writes = qEnvironmentVariableIsSet("CLOUDBELL_WRITE_GOLDEN");
        for (auto& session : golden.sessions)
            play(**flow, session, writes);
        if (writes)
            std::ofstream(path.toStdString()) << test::toJson(golden);
    }
    void thereAreTranscripts() { QVERIFY(QFile::exists(QStringLiteral(CLOUDBELL_TEST_DATA "/flow/phone.json"))); }

private:
    static void play(const flowrun::CompiledFlow& flow, test::Session& session, bool writes) {
        flowrun::State state = flowrun::begin(flow);
        for (auto& step : session.steps) {
            const auto event = test::parseEvent(step.event);
            QVERIFY2(event, step.event.c_str());
            const auto effects = test::describe(flowrun::step(flow, state, *event, {}));
            const auto recovered = flowrun::decode(flow, flowrun::encode(flow, state));
            QVERIFY(recovered.ok() && *recovered == state);
            if (writes)
                step.effects = effects;
            const auto about = session.about + " / " + step.event;
            QVERIFY2(effects == step.effects,
                     (about + "\nexpected:\n" + joined(step.effects) + "happened:\n" + joined(effects)).c_str());
        }
    }
};

static const cb::test::Add<GoldenTest> addedGoldenTest;
#include "golden_test.moc"
