#include "tests/support/suite.h" // first: moc 6.4 stumbles over <compare> unless Qt went before

#include "server/media/audio_shelf.h"
#include "server/media/sound/library.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <limits>

#include <unistd.h>

using namespace cb;
using media::AudioShelf;

namespace {

constexpr model::InstanceId kInstance{model::kFirstInstance};

std::string tone(int seconds, int start = 0) {
    sound::Pcm pcm;
    for (int i = 0; i < seconds * sound::kRate; ++i)
        pcm.samples.push_back(static_cast<std::int16_t>(((i + start) % 80 - 40) * 100));
    return sound::wavOf(pcm);
}

struct Shelf {
    QTemporaryDir dir;
    base::ManualClock clock;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Writer> writer;
    std::string folder = dir.filePath("audio").toStdString();
    std::unique_ptr<AudioShelf> shelf;

    Shelf() {
        store::DatabaseOptions where;
        where.where = dir.filePath("c.db").toStdString();
        database = std::move(*store::Database::open(where));
        writer = std::make_unique<store::Writer>(*database, 100);
        shelf = std::make_unique<AudioShelf>(folder, *database, clock);
        store::Batch rows;
        rows.instances.push_back({kInstance, "I", "Asia/Shanghai", {}, {}, {}});
        if (!apply(rows) || !shelf->prepare())
            qFatal("prepare");
    }
    bool job(const store::Writer::Job& work) const { return store::runJob(*writer, work).ok(); }
    bool apply(const store::Batch& rows) const {
        return job([&rows](store::Tables& tables) { return tables.apply(rows); });
    }
    /// As whoever takes an upload does.
    model::Audio stored(const std::string& name) const {
        const auto row = shelf->take(kInstance, name, tone(1));
        store::Batch rows;
        if (!row)
            return {};
        rows.audio.push_back(*row);
        return apply(rows) ? *row : model::Audio{};
    }
    QStringList files() const { return QDir(dir.filePath("audio")).entryList(QDir::Files, QDir::Name); }
    bool put(const char* name) const {
        QFile file(dir.filePath("audio/") + name);
        return file.open(QIODevice::WriteOnly) && file.write("x") == 1;
    }
};

std::string codeOfTake(const Shelf& shelf, const std::string& name, std::string_view bytes) {
    const auto row = shelf.shelf->take(kInstance, name, bytes);
    return row ? std::string() : row.error().code;
}

} // namespace

class AudioShelfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsTakenIsThereTwice() {
        Shelf f;
        f.clock.advance(std::chrono::hours(5));
        const auto bytes = tone(2);
        const auto row = f.shelf->take(kInstance, " 欢迎 ", bytes);
        QVERIFY(row.ok());
        QCOMPARE(row->name, std::string("欢迎"));
        QCOMPARE(row->format, std::string("wav"));
        QCOMPARE(row->bytes, static_cast<std::int64_t>(bytes.size()));
        QCOMPARE(row->millis, std::int64_t(2'000));
        QCOMPARE(row->sha256.size(), std::size_t(64));
        QVERIFY(row->instance == kInstance && row->createdAt == f.clock.now() && !row->deleted);
        QVERIFY(row->state == model::AudioState::Approved);
        QCOMPARE(f.files(), (QStringList{"1.g711", "1.wav"}));
        QCOMPARE(f.shelf->clipPathOf(row->id), sound::audioClipPath(f.dir.path().toStdString(), row->id.value));
        const auto clip = sound::loadClip(f.shelf->clipPathOf(row->id));
        QVERIFY(clip.ok());
        QVERIFY(**clip == *sound::clipOf(*sound::decoded(bytes, AudioShelf::kLongest)));
        const auto descriptor = f.shelf->open(*row);
        QVERIFY(descriptor.ok());
        std::string read(bytes.size() + 1, '\0');
        read.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(*descriptor, read.data(), read.size()))));
        ::close(*descriptor);
        QVERIFY(read == bytes);
        f.shelf->removeFiles(row->id);
        QVERIFY(f.files().isEmpty());
        QCOMPARE(f.shelf->open(*row).error().code, std::string("not_found"));
    }

    void theOperatorMayLookFirst() {
        Shelf f;
        for (const char* value : {"on", "off"}) {
            QVERIFY(
                f.job([&](store::Tables& tables) { return tables.putOperatorSetting(store::kAudioReview, value); }));
            const auto row = f.stored("x");
            QVERIFY(row.state ==
                    (value == std::string("on") ? model::AudioState::Unreviewed : model::AudioState::Approved));
            QVERIFY(**f.database->reader()->telephone().audio(row.id) == row);
        }
    }

    void whatIsNoSoundLeavesNothing() {
        Shelf f;
        const auto good = tone(1);
        QCOMPARE(codeOfTake(f, "x", ""), std::string("audio_format"));
        QCOMPARE(codeOfTake(f, "x", "<html>"), std::string("audio_format"));
        QCOMPARE(codeOfTake(f, "x", good.substr(0, 30)), std::string("audio_unreadable"));
        QCOMPARE(codeOfTake(f, "x", std::string(AudioShelf::kMostBytes + 1, 'x')), std::string("file_too_large"));
        QCOMPARE(codeOfTake(f, " ", good), std::string("bad_field"));
        QCOMPARE(codeOfTake(f, "a\nb", good), std::string("bad_field"));
        QCOMPARE(codeOfTake(f, "a\xFF", good), std::string("bad_field"));
        QCOMPARE(codeOfTake(f, std::string(61, 'a'), good), std::string("bad_field"));
        QVERIFY(f.files().isEmpty());
        std::string sixty;
        for (int i = 0; i < 60; ++i)
            sixty += "铃";
        QCOMPARE(codeOfTake(f, sixty, good), std::string());
        const AudioShelf full(f.folder, *f.database, f.clock, std::numeric_limits<std::int64_t>::max());
        QCOMPARE(full.take(kInstance, "x", good).error().code, std::string("storage_unavailable"));
        const AudioShelf nowhere(f.folder + "/no", *f.database, f.clock);
        QCOMPARE(nowhere.take(kInstance, "x", good).error().code, std::string("storage_unavailable"));
    }

    void theOriginalIsReadAsLongAsItsRowWantsIt() {
        Shelf f;
        auto row = f.stored("x");
        QVERIFY(*f.shelf->original(row.id) == tone(1));
        QCOMPARE(f.shelf->original(model::AudioId(99)).error().code, std::string("not_found"));
        row.deleted = true;
        store::Batch rows;
        rows.audio.push_back(row);
        QVERIFY(f.apply(rows));
        QCOMPARE(f.shelf->original(row.id).error().code, std::string("not_found"));
    }

    void whatNoRowWantsGoesWhenItIsOld() {
        Shelf f;
        const auto kept = f.stored("kept");
        auto deleted = f.stored("deleted");
        deleted.deleted = true;
        store::Batch rows;
        rows.audio.push_back(deleted);
        QVERIFY(f.apply(rows));
        QVERIFY(f.shelf->take(kInstance, "never stored", tone(1)).ok());
        QVERIFY(f.put("900.wav")); // of a newer database
        QVERIFY(f.put("notes.txt") && f.put("04 copy.wav"));
        const auto now = base::SystemClock().now(); // files know no other clock
        QCOMPARE(*f.shelf->removeStrays(now - std::chrono::hours(1)), std::int64_t(0));
        QCOMPARE(*f.shelf->removeStrays(now + std::chrono::hours(1)), std::int64_t(2));
        QCOMPARE(f.files(), (QStringList{"04 copy.wav", "1.g711", "1.wav", "900.wav", "notes.txt"}));
        QVERIFY(kept.id.value == 1);
    }

    void whatWasCutOffGoesAtTheNextStart() {
        Shelf f;
        QVERIFY(f.stored("x").id);
        for (const char* name : {"2.wav.part", "2.g711.a1B2c3", "notes.part"})
            QVERIFY(f.put(name));
        QVERIFY(f.shelf->prepare().ok());
        QCOMPARE(f.files(), (QStringList{"1.g711", "1.wav", "notes.part"}));
    }

    void rowsAreComparedWithTheirFiles() {
        Shelf f;
        std::vector<model::Audio> rows;
        for (int i = 0; i < 5; ++i)
            rows.push_back(f.stored("x"));
        auto report = media::checkAudio(f.folder, *f.database);
        QVERIFY(report.ok() && report->problems.empty() && report->rows == 5);
        const auto path = [&](int at) { return QString::fromStdString(f.shelf->pathOf(rows.at(at))); };
        QVERIFY(QFile::remove(path(0)) && QFile::resize(path(1), 5));
        QVERIFY(QFile::remove(QString::fromStdString(f.shelf->clipPathOf(rows[2].id))));
        QVERIFY(QFile::remove(path(3)));
        rows[3].deleted = true;
        store::Batch batch;
        batch.audio.push_back(rows[3]);
        QVERIFY(f.apply(batch));
        report = media::checkAudio(f.folder, *f.database);
        QCOMPARE(report->rows, std::int64_t(4));
        QCOMPARE(report->problems.size(), std::size_t(3));
        QCOMPARE(report->problems[0].code, std::string("file_missing"));
        QCOMPARE(report->problems[1].code, std::string("file_size"));
        QCOMPARE(report->problems[2].code, std::string("clip_missing"));
        QVERIFY(report->problems[2].audio == rows[2].id);
    }
};

static const cb::test::Add<AudioShelfTest> addedAudioShelfTest;
#include "audio_shelf_test.moc"
