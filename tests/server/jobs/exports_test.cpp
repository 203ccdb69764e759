#include "tests/server/store/sample.h"

#include "server/jobs/csv.h"
#include "server/jobs/exports.h"

#include <QtCore/QDeadlineTimer>

#include <filesystem>

#include <unistd.h>

using namespace cb;
using test::kInstance;
using test::moment;
namespace fs = std::filesystem;

namespace {

const model::AgentId kAnn{1};
const model::AgentId kBen{2};

std::string row(const std::vector<std::string>& cells) {
    std::string out;
    jobs::appendRow(out, cells);
    return out;
}

} // namespace

class ExportsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::SearchIndex> m_index;
    std::unique_ptr<jobs::Exports> m_exports;
    base::ManualClock m_clock;

    std::string folder() const { return m_folder->filePath("exports").toStdString(); }
    int files() const {
        int count = 0;
        for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder()))
            ++count;
        return count;
    }
    void open(std::int64_t mostRows = 1'000'000) {
        m_exports.reset();
        m_exports = std::make_unique<jobs::Exports>(folder(), *m_database, *m_index, m_clock,
                                                    jobs::Exports::Options{mostRows, 0});
        QVERIFY(m_exports->prepare().ok());
    }
    static jobs::ExportOrder order(model::AgentId by, std::vector<jobs::Column> columns = {{"id", "编号"}}) {
        jobs::ExportOrder order;
        order.instance = kInstance;
        order.by = by;
        order.query.filter.instance = kInstance;
        order.columns = std::move(columns);
        return order;
    }
    jobs::ExportState finished(model::AgentId by, std::int64_t id) const {
        for (const QDeadlineTimer end(20'000); !end.hasExpired();) {
            const auto state = m_exports->state(by, id);
            if (!state || (state->stage != jobs::ExportStage::Waiting && state->stage != jobs::ExportStage::Running))
                return state ? *state : jobs::ExportState{};
            QThread::yieldCurrentThread();
        }
        return {};
    }
    std::string read(model::AgentId by, std::int64_t id) const {
        const auto descriptor = m_exports->open(by, id);
        if (!descriptor)
            return descriptor.error().code;
        std::string text;
        char buffer[4096];
        for (ssize_t size = 0; (size = ::read(*descriptor, buffer, sizeof buffer)) > 0;)
            text.append(buffer, static_cast<std::size_t>(size));
        ::close(*descriptor);
        return text;
    }
    bool put(int count) const {
        store::Batch batch;
        for (std::int64_t id = 1; id <= count; ++id)
            batch.sessions.push_back(test::session(id));
        return test::commit(*m_database, std::move(batch));
    }

private Q_SLOTS:
    void init() {
        m_place = std::make_unique<test::Place>(store::Engine::Sqlite);
        m_folder = std::make_unique<QTemporaryDir>();
        m_database = m_place->open();
        QVERIFY(m_database && test::commit(*m_database, test::people()));
        auto index = store::SearchIndex::open(m_place->options);
        QVERIFY(index.ok());
        m_index = std::move(*index);
        open();
    }
    void cleanup() {
        m_exports.reset();
        m_index.reset();
        m_database.reset();
        m_place.reset();
    }

    void aSpreadsheetTakesNothingForAFormula() {
        QCOMPARE(row({"a", "", "b c"}), std::string("a,,b c\r\n"));
        QCOMPARE(row({"a,b", "say \"hi\"", "two\nlines"}),
                 std::string("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n"));
        for (const std::string start : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
            QCOMPARE(row({start + "cmd|' /C calc'!A0"}), "\"'" + start + "cmd|' /C calc'!A0\"\r\n");
        QCOMPARE(row({"=\"x\""}), std::string("\"'=\"\"x\"\"\"\r\n"));
        QCOMPARE(row({"1-2", "a=b"}), std::string("1-2,a=b\r\n"));
    }

    void codesStandInTheReadersWords() {
        QVERIFY(put(2)); // both are still in their flow
        const auto started = m_exports->start(order(
            kAnn,
            {{"id", "编号"}, {"state", "状态", {{"flow", "流程中"}}}, {"answered", "接听", {{"yes", "已接听"}}}}));
        QVERIFY(started.ok());
        QVERIFY(finished(kAnn, started->id).stage == jobs::ExportStage::Done);
        QCOMPARE(read(kAnn, started->id), std::string("\xEF\xBB\xBF编号,状态,接听\r\n2,流程中,no\r\n1,流程中,no\r\n"));
    }

    void timesStandInTheZone() {
        const auto zone = base::TimeZone::load("Asia/Shanghai");
        QVERIFY(zone.ok());
        QCOMPARE(jobs::isoTime(moment(0), *zone), std::string("2023-11-15T06:13:20+08:00"));
        QCOMPARE(jobs::isoTime(moment(0), base::TimeZone()), std::string("2023-11-14T22:13:20+00:00"));
        const auto west = base::TimeZone::load("America/St_Johns");
        QVERIFY(west.ok());
        QCOMPARE(jobs::isoTime(moment(0), *west), std::string("2023-11-14T18:43:20-03:30"));
        QCOMPARE(jobs::isoTime({}, *zone), std::string());
    }

    void aFileHasWhatWasAskedFor() {
        store::Batch batch;
        batch.customers = test::people().customers;
        batch.customers[0].name = "=HYPERLINK(\"http://evil\")";
        auto session = test::session(1);
        session.agent = kBen;
        session.group = model::GroupId(1);
        session.queuedAt = moment(1'000);
        session.answeredAt = moment(61'000);
        session.endedAt = moment(121'000);
        session.state = model::SessionState::Completed;
        session.wrapUp = {"sale", "+1 for her"};
        batch.sessions.push_back(session);
        QVERIFY(test::commit(*m_database, batch));
        const auto started = m_exports->start(order(kAnn, {{"customer", "客户"},
                                                           {"agent", "agent"},
                                                           {"group", "group"},
                                                           {"channel", "channel"},
                                                           {"state", "state"},
                                                           {"answered_at", "answered"},
                                                           {"wait_seconds", "wait"},
                                                           {"talk_seconds", "talk"},
                                                           {"external_id", "id"},
                                                           {"flow", "flow"},
                                                           {"wrap_up_note", "note"}}));
        QVERIFY(started.ok());
        const auto state = finished(kAnn, started->id);
        QCOMPARE(jobs::name(state.stage), std::string_view("done"));
        QCOMPARE(state.rows, std::int64_t(1));
        QCOMPARE(state.percent, 100);
        const auto text = read(kAnn, started->id);
        QCOMPARE(text, std::string("\xEF\xBB\xBF客户,agent,group,channel,state,answered,wait,talk,id,flow,note\r\n"
                                   "\"'=HYPERLINK(\"\"http://evil\"\")\",agent 2,售前,shop,completed,"
                                   "2023-11-15T06:14:21+08:00,60,60,,问候,\"'+1 for her\"\r\n"));
        QCOMPARE(state.bytes, std::int64_t(text.size()));
        for (const auto name : jobs::recordColumns()) { // each one has something to say, or says nothing
            auto one = m_exports->start(order(kAnn, {{std::string(name), "x"}}));
            QVERIFY(one.ok());
            QCOMPARE(jobs::name(finished(kAnn, one->id).stage), std::string_view("done"));
        }
    }

    void itGoesThroughManyPages() {
        QVERIFY(put(2'345));
        const auto started = m_exports->start(order(kAnn));
        QVERIFY(started.ok());
        QCOMPARE(finished(kAnn, started->id).rows, std::int64_t(2'345));
        const auto text = read(kAnn, started->id);
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t(2'346));
        QVERIFY(text.find("\n2345\r\n2344\r\n") != std::string::npos && text.find("\r\n1\r\n") == text.size() - 5);
    }

    void onlyItsMakerSeesIt() {
        QVERIFY(put(3));
        const auto started = m_exports->start(order(kAnn));
        QVERIFY(started.ok());
        (void)finished(kAnn, started->id);
        QCOMPARE(m_exports->state(kBen, started->id).error().code, std::string("not_found"));
        QCOMPARE(m_exports->open(kBen, started->id).error().code, std::string("not_found"));
        QCOMPARE(m_exports->cancel(kBen, started->id).error().code, std::string("not_found"));
        QVERIFY(m_exports->all(kBen).empty());
        QCOMPARE(m_exports->all(kAnn).size(), std::size_t(1));
        QVERIFY(m_exports->open(kAnn, 77).error().code == "not_found");
        QVERIFY(m_exports->cancel(kAnn, started->id).ok()); // done: the file goes
        QCOMPARE(files(), 0);
        QCOMPARE(m_exports->state(kAnn, started->id).error().code, std::string("not_found"));
    }

    void onePerPersonAndItCanBeStopped() {
        QVERIFY(put(2'000));
        std::vector<store::Reader> all; // nobody reads on: the first export cannot get ahead
        for (std::size_t i = 0; i < m_place->options.readers; ++i) {
            auto reader = m_database->reader();
            QVERIFY(reader.ok());
            all.push_back(std::move(*reader));
        }
        const auto ann = m_exports->start(order(kAnn));
        QVERIFY(ann.ok());
        const auto twice = m_exports->start(order(kAnn));
        QCOMPARE(twice.error().code, std::string("export_running"));
        QCOMPARE(twice.error().params.at("id"), std::to_string(ann->id));
        const auto ben = m_exports->start(order(kBen)); // waits
        QVERIFY(ben.ok());
        QVERIFY(m_exports->cancel(kBen, ben->id).ok());
        QCOMPARE(jobs::name(m_exports->state(kBen, ben->id)->stage), std::string_view("cancelled")); // at once
        const auto again = m_exports->start(order(kBen));
        QVERIFY(again.ok() && m_exports->cancel(kBen, again->id).ok());
        all.clear();
        QCOMPARE(jobs::name(finished(kAnn, ann->id).stage), std::string_view("done"));
        QVERIFY(read(kBen, ben->id) == "export_not_ready");
        QCOMPARE(files(), 1);
    }

    void anErasureTakesWhatIsWritten() {
        QVERIFY(put(2'000));
        const auto done = m_exports->start(order(kAnn));
        QVERIFY(done.ok());
        (void)finished(kAnn, done->id);
        auto elsewhere = order(kBen);
        elsewhere.instance = model::InstanceId(5);
        const auto other = m_exports->start(elsewhere);
        QVERIFY(other.ok());
        (void)finished(kBen, other->id);
        QCOMPARE(files(), 2);
        std::vector<store::Reader> all; // as in onePerPersonAndItCanBeStopped
        for (std::size_t i = 0; i < m_place->options.readers; ++i) {
            auto reader = m_database->reader();
            QVERIFY(reader.ok());
            all.push_back(std::move(*reader));
        }
        const auto running = m_exports->start(order(kAnn));
        QVERIFY(running.ok());
        QTRY_VERIFY(m_exports->state(kAnn, running->id)->stage == jobs::ExportStage::Running);
        const auto waiting = m_exports->start(order(model::AgentId{3}));
        QVERIFY(waiting.ok());
        m_exports->forget(kInstance);
        QCOMPARE(m_exports->state(kAnn, done->id).error().code, std::string("not_found"));
        QVERIFY(m_exports->open(kAnn, done->id).error().code == "not_found");
        all.clear();
        const auto state = finished(kAnn, running->id);
        QCOMPARE(jobs::name(state.stage), std::string_view("failed"));
        QCOMPARE(state.error, std::string("customer_erased"));
        QCOMPARE(jobs::name(finished(model::AgentId{3}, waiting->id).stage), std::string_view("done"));
        QVERIFY(read(kBen, other->id) != "not_found"); // another call centre's
        QCOMPARE(files(), 2);
    }

    void nothingIsWrittenBeforeItBegins() {
        QVERIFY(put(3));
        const auto reserved = m_exports->reserve(order(kAnn));
        QVERIFY(reserved.ok());
        QCOMPARE(m_exports->reserve(order(kAnn)).error().code, std::string("export_running"));
        const auto ben = m_exports->start(order(kBen));
        (void)finished(kBen, ben->id);
        QCOMPARE(jobs::name(m_exports->state(kAnn, reserved->id)->stage), std::string_view("waiting"));
        QCOMPARE(files(), 1);
        QVERIFY(m_exports->begin(kAnn, reserved->id).ok());
        QCOMPARE(jobs::name(finished(kAnn, reserved->id).stage), std::string_view("done"));
        QCOMPARE(m_exports->begin(kAnn, 77).error().code, std::string("not_found"));
    }

    void theOldestGoesWhenThereAreTooMany() {
        QVERIFY(put(1));
        const auto people = static_cast<std::int64_t>(jobs::Exports::kMostJobs) + 1;
        for (std::int64_t person = 1; person <= people; ++person) {
            const auto started = m_exports->start(order(model::AgentId(person)));
            QVERIFY(started.ok());
            (void)finished(model::AgentId(person), started->id);
        }
        QVERIFY(m_exports->all(kAnn).empty());
        QCOMPARE(m_exports->all(kBen).size(), std::size_t(1));
        QCOMPARE(files(), int(jobs::Exports::kMostJobs));
    }

    void tooManyRowsAreNoFile() {
        QVERIFY(put(600));
        open(100);
        const auto started = m_exports->start(order(kAnn));
        const auto state = finished(kAnn, started->id);
        QCOMPARE(jobs::name(state.stage), std::string_view("failed"));
        QCOMPARE(state.error, std::string("export_too_large"));
        QCOMPARE(files(), 0);
    }

    void filesGoAfterADayAndWithARestart() {
        QVERIFY(put(3));
        const auto first = m_exports->start(order(kAnn));
        (void)finished(kAnn, first->id);
        m_clock.advance(std::chrono::hours(23));
        m_exports->sweep();
        QCOMPARE(files(), 1);
        m_clock.advance(std::chrono::hours(2));
        m_exports->sweep();
        QCOMPARE(files(), 0);
        for (int i = 0; i < 7; ++i)
            (void)finished(kAnn, m_exports->start(order(kAnn))->id);
        QCOMPARE(files(), int(jobs::Exports::kPerPerson));
        const auto last = m_exports->all(kAnn).front().id;
        m_clock.advance(std::chrono::seconds(1));
        open();
        QCOMPARE(files(), 0);
        QVERIFY(m_exports->start(order(kAnn))->id > last);
    }
};

static const cb::test::Add<ExportsTest> addedExportsTest;
#include "exports_test.moc"
