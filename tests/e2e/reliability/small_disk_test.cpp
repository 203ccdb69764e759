#include "tests/support/net/bed.h"
#include "tests/support/suite.h"

#include <QtCore/QDebug>

using namespace cb::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kMega = 1024 * 1024;
constexpr std::uint64_t kDisk = 32 * kMega;
constexpr std::uint64_t kFloor = 8 * kMega; ///< the rest is more than the database's log takes (16 MiB)

const std::string kStarted = "started";
const std::string kRefused = "storage_unavailable";

/// Of an error over HTTP; empty when it is none.
std::string codeOf(const HttpAnswer& answer) {
    const Json json = Json::parse(answer.body, nullptr, false);
    return json.is_object() ? json.value("error", Json::object()).value("code", std::string()) : std::string();
}

/// A customer beside the crowd, never seen before: asks for a conversation, and uploads into it.
class Guest {
public:
    Guest(Bed& bed, int number)
        : m_bed(bed)
        , m_token(std::to_string(number))
        , m_path("/api/v1/widget/" + bed.seeded().channelKey + "/attachments") {
        m_token.resize(42, 'g');
        m_token += 'A'; // 43 characters carry 258 bits: the last two must be zero
        m_peer = Peer::open(bed.io(), bed.server().port(), "/ws/visitor", "http://shop.test",
                            {[this] { begin(); }, [this](std::string_view text) { frame(text); },
                             [this](std::uint16_t) { came("closed"); }});
    }
    ~Guest() { m_peer->reset(); }
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;

    /// kStarted, or the code of the refusal.
    std::string outcome() {
        const bool heard = m_bed.runUntil([this] { return !m_outcome.empty(); }, 10s);
        return heard ? m_outcome : "no answer";
    }
    HttpAnswer upload(const std::string& bytes) const {
        return http(m_bed.server().port(), "POST", m_path + "?kind=file&name=order.txt", bytes,
                    {{"Authorization", "Visitor " + m_token}, {"Content-Type", "text/plain"}});
    }
    HttpAnswer download(std::int64_t attachment) const {
        return http(m_bed.server().port(), "GET", m_path + '/' + std::to_string(attachment), {},
                    {{"Authorization", "Visitor " + m_token}});
    }

private:
    static constexpr int kHello = 1;
    static constexpr int kStart = 2;

    void begin() {
        const Json page{{"url", "http://shop.test/"}, {"title", "Shop"}};
        const Json hello{{"protocol", 1},    {"channel", m_bed.seeded().channelKey},
                         {"token", m_token}, {"cursor", 0},
                         {"locale", "en"},   {"page", page}};
        m_peer->send(Json{{"t", "hello"}, {"id", kHello}, {"d", hello}}.dump());
        m_peer->send(Json{{"t", "session.start"}, {"id", kStart}}.dump());
    }
    void frame(std::string_view text) {
        const Json json = Json::parse(text, nullptr, false);
        if (!json.is_object())
            return;
        const auto type = json.value("t", std::string());
        if (type == "error")
            came(json.value("d", Json::object()).value("code", std::string()));
        else if (type == "ok" && json.value("re", 0) == kStart)
            came(kStarted);
    }
    /// The first word counts.
    void came(const std::string& outcome) {
        if (m_outcome.empty())
            m_outcome = outcome;
    }

    Bed& m_bed;
    std::string m_token;
    std::string m_path;
    std::string m_outcome;
    std::shared_ptr<Peer> m_peer;
};

} // namespace

/// The real server on a disk of 32 MB that is really there, filled by the crowd and a ballast file.
class SmallDiskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDiskThatFillsUpIsSaidSurvivedAndUsedAgain() {
        Bed bed({.agents = 12, .groups = 1, .limit = 5}, {"--free-bytes-floor", std::to_string(kFloor)}, false, kDisk);
        if (bed.smallDisk().isForbidden())
            QSKIP(bed.trouble().c_str());
        QVERIFY2(bed.trouble().empty(), bed.trouble().c_str());
        SmallDisk& disk = bed.smallDisk();
        const auto pid = bed.server().pid();
        Crowd crowd(bed.io(), bed.crowdOptions(20, 150));
        crowd.start();
        QVERIFY2(bed.runUntil([&] { return crowd.allInService(); }, 60s), crowd.state().c_str());
        QVERIFY2(talk(bed, crowd, 100), crowd.state().c_str());
        Guest guest(bed, ++m_guests);
        QCOMPARE(guest.outcome(), kStarted);
        const std::string file(500, 'x');
        const auto uploaded = guest.upload(file);
        QCOMPARE(uploaded.status, 200);

        // Little is left: nothing begins any more, what has begun goes on.
        crowd.setRate(0);
        QVERIFY2(disk.freeBytes() > kFloor + kMega, qPrintable(QString::number(disk.freeBytes())));
        QVERIFY(disk.leave(kFloor - kMega));
        QCOMPARE(codeOf(guest.upload(file)), kRefused);
        QVERIFY(aGuestHears(bed, kRefused));
        crowd.setRate(20);
        QVERIFY2(talk(bed, crowd, 20), crowd.state().c_str());
        QVERIFY2(disk.freeBytes() > kMega, qPrintable(QString::number(disk.freeBytes()))); // all that in good time

        // Nothing is left.
        crowd.setRate(150);
        QVERIFY2(talkUntilFull(bed, crowd), crowd.state().c_str());
        QVERIFY(crowd.ledger().errors[kRefused] > 0);
        QVERIFY(bed.server().isRunning());
        QCOMPARE(codeOf(guest.upload(file)), kRefused);

        // Somebody makes room: all goes on, in the same process.
        disk.release();
        QVERIFY2(talk(bed, crowd, 100), crowd.state().c_str());
        QVERIFY(aGuestHears(bed, kStarted));
        QCOMPARE(guest.upload(file).status, 200);
        QVERIFY(bed.server().isRunning());
        QCOMPARE(bed.server().pid(), pid);

        // It is full again, and the server dies.
        QVERIFY2(talkUntilFull(bed, crowd), crowd.state().c_str());
        bed.server().kill();
        disk.release();
        const auto started = bed.server().start();
        QVERIFY2(started.ok(), started.ok() ? "" : started.error().detail.c_str());
        QVERIFY2(bed.runUntil([&] { return crowd.allConnected(); }, 60s), crowd.state().c_str());
        const std::string unsettled = settle(bed, crowd);
        QVERIFY2(unsettled.empty(), unsettled.c_str());
        const std::string faults = verdict(bed, crowd);
        QVERIFY2(faults.empty(), faults.c_str());
        const auto attachment = Json::parse(uploaded.body).at("attachment").at("id").get<std::int64_t>();
        const auto kept = guest.download(attachment);
        QCOMPARE(kept.status, 200);
        QCOMPARE(kept.body, file);
        qInfo() << crowd.ledger().acknowledged << "messages acknowledged," << crowd.ledger().errors[kRefused]
                << "requests refused," << m_guests << "guests";
    }

private:
    static bool talk(Bed& bed, Crowd& crowd, std::uint64_t messages) {
        const auto goal = crowd.ledger().acknowledged + messages;
        return bed.runUntil([&] { return crowd.ledger().acknowledged >= goal; }, 60s);
    }

    /// Guests come one after another until one of them hears this: the server looks at its disk every five seconds.
    bool aGuestHears(Bed& bed, const std::string& outcome) {
        for (int i = 0; i < 20; ++i) {
            if (Guest(bed, ++m_guests).outcome() == outcome)
                return true;
            bed.runFor(1s);
        }
        return false;
    }

    /// The crowd fills the disk, and when it takes long the ballast helps, until nothing is acknowledged any more.
    static bool talkUntilFull(Bed& bed, Crowd& crowd) {
        for (int i = 0; i < 40; ++i) {
            const auto before = crowd.ledger().acknowledged;
            bed.runFor(2s);
            if (crowd.ledger().acknowledged == before)
                return bed.smallDisk().freeBytes() < kMega / 4;
            if (i > 0)
                (void)bed.smallDisk().leave(0);
        }
        return false;
    }

    int m_guests = 0;
};

static const Add<SmallDiskTest> addedSmallDiskTest;
CB_TEST_MAIN()
#include "small_disk_test.moc"
