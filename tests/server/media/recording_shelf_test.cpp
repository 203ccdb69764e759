#include "tests/support/suite.h" // first: moc 6.4 stumbles over <compare> unless Qt went before

#include "server/media/recording_shelf.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

using namespace cb;
using media::RecordingShelf;

namespace {

constexpr model::InstanceId kShop{model::kFirstInstance};

/// A database with the calls 1 and 2, and the folder of recordings.
struct Calls {
    QTemporaryDir dir;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Writer> writer;
    std::unique_ptr<RecordingShelf> shelf;

    Calls() {
        store::DatabaseOptions where;
        where.where = dir.filePath("c.db").toStdString();
        database = std::move(*store::Database::open(where));
        writer = std::make_unique<store::Writer>(*database, 100);
        shelf = std::make_unique<RecordingShelf>(dir.filePath("recordings").toStdString(), *database, *writer);
        (void)database->reserveIds(store::IdKind::Session, 10);
        store::Batch rows;
        rows.instances.push_back({kShop, "I", "Asia/Shanghai", {}, {}, {}});
        model::Channel line;
        line.id = model::ChannelId{1};
        line.instance = kShop;
        line.kind = model::ChannelKind::Phone;
        rows.channels.push_back(line);
        model::Customer customer;
        customer.id = model::CustomerId{1};
        customer.instance = kShop;
        customer.channel = line.id;
        customer.externalId = "+8613800138000";
        rows.customers.push_back(customer);
        for (const std::int64_t number : {1, 2}) {
            model::Session session;
            session.id = model::SessionId{number};
            session.instance = kShop;
            session.mode = model::Mode::Phone;
            session.channel = line.id;
            session.customer = customer.id;
            session.state = model::SessionState::Completed;
            rows.sessions.push_back(session);
            model::Call call;
            call.session = session.id;
            call.instance = kShop;
            call.caller = customer.externalId;
            call.recording = number == 2 ? "2.wav" : "";
            rows.calls.push_back(call);
        }
        if (!store::runJob(*writer, [&rows](store::Tables& tables) { return tables.apply(rows); }) || !shelf->prepare())
            qFatal("prepare");
    }
    void put(const QString& name) const {
        QFile file(dir.filePath("recordings/" + name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
    }
    QStringList files() const { return QDir(dir.filePath("recordings")).entryList(QDir::Files, QDir::Name); }
    std::string recordingOf(std::int64_t session) const {
        auto row = database->reader()->calls().bySession(model::SessionId{session});
        return row && *row ? (*row)->recording : "?";
    }
};

} // namespace

class RecordingShelfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// 1 was being recorded when the server was killed; 3 is of nobody; 4000 of a newer database.
    void aCrashIsPutRight() {
        const Calls calls;
        for (const char* name : {"1.wav", "2.wav", "3.wav", "4000.wav", "notes.txt", "02.wav"})
            calls.put(name);
        const auto found = calls.shelf->prepare();
        QVERIFY(found.ok());
        QCOMPARE(found->named, std::int64_t{1});
        QCOMPARE(found->removed, std::int64_t{1});
        QCOMPARE(calls.recordingOf(1), std::string("1.wav"));
        QCOMPARE(calls.recordingOf(2), std::string("2.wav"));
        QCOMPARE(calls.files(), QStringList({"02.wav", "1.wav", "2.wav", "4000.wav", "notes.txt"}));
        QCOMPARE(calls.shelf->prepare()->named, std::int64_t{0});
    }
    void onlyRecordingsAreRemoved() {
        const Calls calls;
        for (const char* name : {"1.wav", "notes.txt"})
            calls.put(name);
        calls.shelf->remove({"1.wav", "notes.txt", "../c.db", ""});
        QCOMPARE(calls.files(), QStringList({"notes.txt"}));
        QVERIFY(QFile::exists(calls.dir.filePath("c.db")));
    }
};

static const cb::test::Add<RecordingShelfTest> addedRecordingShelfTest;
#include "recording_shelf_test.moc"
