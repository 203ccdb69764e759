#include "server/media/attachment_files.h"
#include "server/media/attachment_store.h"
#include "server/media/file_name.h"
#include "server/media/picture.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "tests/support/suite.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QTemporaryDir>

#include <limits>

#include <unistd.h>

using namespace cb;
using namespace cb::media;

namespace {

std::optional<PictureInfo> inspect(const std::string& bytes) {
    return inspectPicture([&](std::int64_t offset, std::size_t size) {
        return offset >= static_cast<std::int64_t>(bytes.size()) ? std::string()
                                                                 : bytes.substr(static_cast<std::size_t>(offset), size);
    });
}

std::string pngHead(std::uint32_t width, std::uint32_t height) {
    std::string out("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    for (const auto value : {width, height})
        for (int shift = 24; shift >= 0; shift -= 8)
            out += static_cast<char>(value >> shift & 0xFF);
    return out + "rest";
}

std::string jpeg(bool withExif) {
    std::string out("\xFF\xD8", 2);
    if (withExif)
        out += std::string("\xFF\xE1\xFF\xFE", 4) + std::string(0xFFFC, 'e');
    return out + std::string("\xFF\xC0\x00\x11\x08\x00\x40\x00\x80", 9) + std::string(20, 'x');
}

struct Fixture {
    QTemporaryDir dir;
    base::ManualClock clock;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::Writer> writer;
    std::unique_ptr<AttachmentStore> attachments;

    Fixture() {
        store::DatabaseOptions where;
        where.where = dir.filePath("c.db").toStdString();
        database = std::move(*store::Database::open(where));
        writer = std::make_unique<store::Writer>(*database, 100);
        const auto done = store::runJob(*writer, [](store::Tables& tables) {
            store::Batch rows;
            const model::InstanceId instance{model::kFirstInstance};
            rows.instances.push_back({instance, "I", "Asia/Shanghai", {}, {}, {}});
            model::Channel channel;
            channel.id = model::ChannelId{1};
            channel.instance = instance;
            channel.key = "k";
            rows.channels.push_back(channel);
            model::Customer customer;
            customer.id = model::CustomerId{1};
            customer.instance = instance;
            customer.channel = channel.id;
            customer.externalId = "x";
            rows.customers.push_back(customer);
            model::Session session;
            session.id = model::SessionId{7};
            session.instance = instance;
            session.channel = channel.id;
            session.customer = customer.id;
            rows.sessions.push_back(session);
            return tables.apply(rows);
        });
        if (!done)
            qFatal("%s", done.error().detail.c_str());
        attachments = std::make_unique<AttachmentStore>(dir.filePath("a").toStdString(), *database, *writer, clock, 2);
        if (!attachments->prepare())
            qFatal("prepare");
    }
    /// The session is over; its one message names this.
    void finishSession(model::AttachmentId named) {
        const auto done = store::runJob(*writer, [named](store::Tables& tables) -> base::Result<void> {
            auto session = tables.sessions().byId(model::SessionId{7});
            if (!session)
                return session.error();
            store::Batch rows;
            rows.sessions.push_back(**session);
            rows.sessions.back().state = model::SessionState::Completed;
            model::Event event;
            event.instance = rows.sessions.back().instance;
            event.seq = 1;
            event.session = model::SessionId{7};
            event.message.instance = event.instance;
            event.message.session = event.session;
            event.message.seq = 1;
            event.message.kind = model::MessageKind::File;
            event.message.attachment = named;
            rows.events.push_back(event);
            return tables.apply(rows);
        });
        if (!done)
            qFatal("%s", done.error().detail.c_str());
    }
    UploadPlan plan(model::AttachmentKind kind, std::string name, std::int64_t limit = 1'000) const {
        return {model::InstanceId{model::kFirstInstance}, model::SessionId{7}, kind, std::move(name), limit};
    }
    QStringList files() const {
        QStringList out;
        QDirIterator it(dir.filePath("a"), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            out << it.next();
        return out;
    }
};

} // namespace

class MediaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picturesAreKnownByContent() {
        QVERIFY(inspect(pngHead(640, 480)) == (PictureInfo{"image/png", 640, 480}));
        QVERIFY(inspect(std::string("GIF89a\x40\x01\xF0\x00more", 14)) == (PictureInfo{"image/gif", 320, 240}));
        QVERIFY(inspect(jpeg(false)) == (PictureInfo{"image/jpeg", 128, 64}));
        QVERIFY(inspect(jpeg(true)) == (PictureInfo{"image/jpeg", 128, 64}));
        const std::string vp8x("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0xx", 32);
        QVERIFY(inspect(vp8x) == (PictureInfo{"image/webp", 320, 240}));
    }
    void anythingElseIsNoPicture() {
        for (const auto& bytes :
             {std::string(), std::string("\x89PNG"), std::string("<svg xmlns='http://www.w3.org/2000/svg'/>"),
              std::string("<html><script>"), pngHead(0, 5), pngHead(5, 0), pngHead(30'000, 5), pngHead(20'000, 20'000),
              std::string("\xFF\xD8\xFF", 3), std::string("\xFF\xD8\xFF\xDA\x00\x02xxxxxxxxx", 15),
              std::string("GIF89a\0\0\0\0", 10), std::string("RIFF0000WAVEfmt                    ")})
            QVERIFY(!inspect(bytes));
    }
    void everyCutAndEveryFlipIsSafe() {
        for (const auto& whole : {pngHead(10, 10), jpeg(true), jpeg(false)}) {
            for (std::size_t n = 0; n < std::min<std::size_t>(whole.size(), 64); ++n)
                (void)inspect(whole.substr(0, n));
            for (std::size_t i = 0; i < std::min<std::size_t>(whole.size(), 64); ++i) {
                auto broken = whole;
                broken[i] = static_cast<char>(broken[i] ^ 0xFF);
                if (const auto info = inspect(broken))
                    QVERIFY(info->width > 0 && info->width <= kMaxSide && info->height <= kMaxSide);
            }
        }
    }
    void endlessJpegSegmentsEnd() {
        std::string out("\xFF\xD8", 2);
        for (int i = 0; i < 100'000; ++i)
            out += std::string("\xFF\xE0\x00\x02", 4);
        QVERIFY(!inspect(out));
    }
    void namesAreCleaned() {
        QCOMPARE(cleanFileName("../../etc/passwd"), std::string("passwd"));
        QCOMPARE(cleanFileName("C:\\x\\报价 单.pdf"), std::string("报价 单.pdf"));
        QCOMPARE(cleanFileName("..."), std::string("file"));
        QCOMPARE(cleanFileName(""), std::string("file"));
        QCOMPARE(cleanFileName("a\r\nb\x7f\t.txt"), std::string("ab.txt"));
        QCOMPARE(cleanFileName("\xC0\x80.txt"), std::string("file"));
        QCOMPARE(cleanFileName("photo\u202Egpj.exe"), std::string("photogpj.exe"));
        const auto clipped = cleanFileName(std::string(500, 'a') + ".jpeg");
        QCOMPARE(clipped.size(), std::size_t(120));
        QVERIFY(clipped.substr(115) == ".jpeg");
        const auto bared = cleanFileName(std::string(119, 'a') + ".." + std::string(20, 'b'));
        QCOMPARE(bared, std::string(119, 'a'));                                 // no dot left at the end by the cut
        QCOMPARE(cleanFileName("<script>.html"), std::string("<script>.html")); // text, not markup
    }
    void dispositionsCannotBeBroken() {
        const auto text = contentDisposition("a\"b\\c云.txt");
        QVERIFY(text.find("filename=\"a_b_c___.txt\"") != std::string::npos);
        QVERIFY(text.find("filename*=UTF-8''a%22b%5Cc%E4%BA%91.txt") != std::string::npos);
    }
    void uploadIsStoredWithItsRow() {
        Fixture f;
        auto upload = f.attachments->begin(f.plan(model::AttachmentKind::Picture, "../p.png"));
        QVERIFY(upload.ok());
        const auto bytes = pngHead(3, 4);
        QVERIFY((*upload)->write(bytes.substr(0, 5)).ok() && (*upload)->write(bytes.substr(5)).ok());
        const auto row = (*upload)->finish();
        QVERIFY(row.ok());
        QCOMPARE(row->name, std::string("p.png"));
        QCOMPARE(row->contentType, std::string("image/png"));
        QCOMPARE(row->bytes, static_cast<std::int64_t>(bytes.size()));
        QVERIFY(row->width == 3 && row->height == 4 && row->sha256.size() == 64);
        upload->reset();
        auto reader = f.database->reader();
        QVERIFY(**reader->attachments().byId(row->id) == *row);
        const auto descriptor = f.attachments->open(row->id);
        QVERIFY(descriptor.ok());
        ::close(*descriptor);
        QCOMPARE(f.files().size(), 1);
    }
    void whatFailsLeavesNothing() {
        Fixture f;
        for (const auto& content : {std::string("<html>"), std::string(), std::string(5'000, 'x')}) {
            auto upload = f.attachments->begin(f.plan(model::AttachmentKind::Picture, "p.png"));
            QVERIFY(upload.ok());
            auto written = (*upload)->write(content);
            if (written)
                QVERIFY(!(*upload)->finish().ok());
            else
                QCOMPARE(written.error().code, std::string("file_too_large"));
        }
        {
            auto upload = f.attachments->begin(f.plan(model::AttachmentKind::File, "f"));
            QVERIFY((*upload)->write("cut off").ok());
        }
        QCOMPARE(f.files().size(), 0);
    }
    void uploadsAtOnceAreBounded() {
        Fixture f;
        auto one = f.attachments->begin(f.plan(model::AttachmentKind::File, "f"));
        auto two = f.attachments->begin(f.plan(model::AttachmentKind::File, "f"));
        QCOMPARE(f.attachments->begin(f.plan(model::AttachmentKind::File, "f")).error().code,
                 std::string("overloaded"));
        one->reset();
        QVERIFY(f.attachments->begin(f.plan(model::AttachmentKind::File, "f")).ok());
    }
    void onePlaceDoesNotTakeAllUploads() {
        Fixture f;
        AttachmentStore store(f.dir.filePath("a").toStdString(), *f.database, *f.writer, f.clock, 8);
        const auto begin = [&](const char* from) {
            auto plan = f.plan(model::AttachmentKind::File, "f");
            plan.from = from;
            return store.begin(plan);
        };
        auto one = begin("a");
        auto two = begin("a");
        QVERIFY(one.ok() && two.ok());
        for (int i = 0; i < 3; ++i)
            QCOMPARE(begin("a").error().code, std::string("overloaded"));
        QVERIFY(begin("b").ok());
        two->reset();
        QVERIFY(begin("a").ok());
        std::vector<base::Result<std::unique_ptr<Upload>>> rest;
        for (int i = 0; i < 7; ++i)
            rest.push_back(begin(""));
        QVERIFY(rest.back().ok());
        QCOMPARE(begin("c").error().code, std::string("overloaded"));
    }
    void whatWasNeverSentGoesAfterItsSession() {
        Fixture f;
        const auto put = [&f](const char* name) {
            auto upload = f.attachments->begin(f.plan(model::AttachmentKind::File, name));
            if (!(*upload)->write(name))
                return model::AttachmentId{};
            return (*upload)->finish()->id;
        };
        const auto sent = put("sent");
        const auto lost = put("lost");
        f.finishSession(sent);
        f.clock.advance(std::chrono::hours(1));
        const auto young = put("young");
        const auto now = f.clock.now();
        {
            // Open sessions keep everything: a message may still come.
            Fixture open;
            auto upload = open.attachments->begin(open.plan(model::AttachmentKind::File, "waits"));
            QVERIFY((*upload)->write("waits").ok() && (*upload)->finish().ok());
            QCOMPARE(*open.attachments->removeOrphans(now + std::chrono::hours(1)), std::int64_t(0));
            QCOMPARE(open.files().size(), 1);
            // Once it is over, what was passed by is found.
            open.finishSession({});
            QCOMPARE(*open.attachments->removeOrphans(now + std::chrono::hours(1)), std::int64_t(1));
        }
        QCOMPARE(*f.attachments->removeOrphans(now), std::int64_t(1));
        QCOMPARE(f.files().size(), 2);
        {
            auto reader = f.database->reader();
            QVERIFY(reader->attachments().byId(sent)->has_value());
            QVERIFY(!reader->attachments().byId(lost)->has_value());
            QVERIFY(reader->attachments().byId(young)->has_value());
        }
        QCOMPARE(*f.attachments->removeOrphans(now + std::chrono::hours(1)), std::int64_t(1));
        QCOMPARE(f.files().size(), 1);
    }
    void filesWithoutARowGoWhenTheyAreOld() {
        Fixture f;
        const auto put = [&f] {
            auto upload = f.attachments->begin(f.plan(model::AttachmentKind::File, "f"));
            return (*upload)->write("bytes") ? (*upload)->finish()->id : model::AttachmentId{};
        };
        const auto kept = put();
        const auto stray = put(); // as if the process had died before its row
        QVERIFY(store::runJob(*f.writer, [stray](store::Tables& tables) { return tables.remove(stray); }).ok());
        QFile later(QString::fromStdString(f.attachments->pathOf(model::AttachmentId{100'000}))); // of a newer database
        QVERIFY(later.open(QIODevice::WriteOnly));
        QFile odd(f.dir.filePath("a/00/notes.txt"));
        QVERIFY(odd.open(QIODevice::WriteOnly));
        const auto now = base::SystemClock().now(); // files know no other clock
        QCOMPARE(*f.attachments->removeStrays(now - std::chrono::hours(1)), std::int64_t(0));
        QCOMPARE(f.files().size(), 4);
        QCOMPARE(*f.attachments->removeStrays(now + std::chrono::hours(1)), std::int64_t(1));
        QCOMPARE(f.files().size(), 3);
        QVERIFY(!QFile::exists(QString::fromStdString(f.attachments->pathOf(stray))));
        QVERIFY(QFile::exists(QString::fromStdString(f.attachments->pathOf(kept))));
    }
    void rowsAreComparedWithTheirFiles() {
        Fixture f;
        std::vector<QString> paths;
        std::vector<model::AttachmentId> ids;
        for (int i = 0; i < 4; ++i) {
            auto upload = f.attachments->begin(f.plan(model::AttachmentKind::File, "f"));
            QVERIFY((*upload)->write("bytes").ok());
            ids.push_back((*upload)->finish()->id);
            paths.push_back(QString::fromStdString(f.attachments->pathOf(ids.back())));
        }
        const auto folder = f.dir.filePath("a").toStdString();
        auto report = checkFiles(folder, *f.database);
        QVERIFY(report.ok() && report->problems.empty());
        QCOMPARE(report->rows, std::int64_t(4));
        QVERIFY(QFile::remove(paths[0]) && QFile::remove(paths[3]) && QFile::resize(paths[1], 2));
        report = checkFiles(folder, *f.database);
        QCOMPARE(report->problems.size(), std::size_t(3));
        QCOMPARE(report->problems[0].code, std::string("file_missing"));
        QVERIFY(report->problems[0].attachment == ids[0]);
        QCOMPARE(report->problems[1].code, std::string("file_size"));
        f.finishSession(ids[0]); // nobody can ask for the others any more: they may be on their way out
        report = checkFiles(folder, *f.database);
        QCOMPARE(report->problems.size(), std::size_t(1));
        QVERIFY(report->problems[0].attachment == ids[0]);
    }
    void aFullDiskTakesNoUploads() {
        Fixture f;
        AttachmentStore full(f.dir.filePath("a").toStdString(), *f.database, *f.writer, f.clock, 2,
                             std::numeric_limits<std::int64_t>::max());
        QCOMPARE(full.begin(f.plan(model::AttachmentKind::File, "f")).error().code, std::string("storage_unavailable"));
    }
    void remainsOfACrashAreRemoved() {
        Fixture f;
        QFile left(f.dir.filePath("a/tmp/abcdef"));
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        QVERIFY(f.attachments->prepare().ok());
        QCOMPARE(f.files().size(), 0);
    }
};

static const cb::test::Add<MediaTest> addedMediaTest;
CB_TEST_MAIN()
#include "media_test.moc"
