#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "server/desk/day.h"
#include "shared/base/random.h"
#endif
#include "tests/support/suite.h"

#include <set>

using namespace cb;
using namespace std::chrono_literals;
using base::TimePoint;
using store::SessionTimes;

namespace {

/// From a civil UTC time.
TimePoint at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) +
           std::chrono::hours(hour) + std::chrono::minutes(minute);
}

/// Says the same as Day, session by session, without any of its means.
model::Overview recount(const std::vector<SessionTimes>& sessions, const base::TimeZone& zone, TimePoint now,
                        int threshold) {
    model::Overview all;
    all.dayFrom = zone.startOfDay(now);
    all.dayTo = zone.nextDay(now);
    all.threshold = threshold;
    std::map<model::Mode, model::DayTally> modes;
    std::map<model::ChannelId, model::DayTally> channels;
    std::map<model::GroupId, model::DayTally> groups;
    for (const SessionTimes& s : sessions) {
        if (s.queuedAt == TimePoint{} || zone.dayOf(s.queuedAt) != zone.dayOf(now))
            continue;
        model::DayTally one;
        one.offered = 1;
        if (s.answeredAt != TimePoint{}) {
            one.answered = 1;
            one.waitMs = (s.answeredAt - s.queuedAt).count();
            one.within = s.answeredAt - s.queuedAt <= base::Seconds(threshold) ? 1 : 0;
            if (s.completedAt != TimePoint{}) {
                one.handled = 1;
                one.handleMs = (s.completedAt - s.answeredAt).count();
            }
        } else if (s.endedAt != TimePoint{} && s.group) {
            one.abandoned = 1;
            one.abandonedSoon = s.endedAt - s.queuedAt <= 5s ? 1 : 0;
        } else if (s.endedAt != TimePoint{}) {
            one.unserved = 1;
        }
        modes[s.mode] += one;
        channels[s.channel] += one;
        if (s.group)
            groups[s.group] += one;
        const auto slot = static_cast<std::size_t>((s.queuedAt - all.dayFrom) / 15min);
        if (all.offered.size() <= slot) {
            all.offered.resize(slot + 1);
            all.answered.resize(slot + 1);
            all.abandoned.resize(slot + 1);
        }
        all.offered[slot] += 1;
        all.answered[slot] += one.answered;
        all.abandoned[slot] += one.abandoned;
    }
    for (const auto& [mode, tally] : modes)
        all.modes.push_back({mode, tally});
    for (const auto& [channel, tally] : channels)
        all.channels.push_back({channel, {}, tally});
    for (const auto& [group, tally] : groups)
        all.groups.push_back({group, {}, model::Mode::Chat, 0, {}, 0, 0, 0, tally});
    return all;
}

/// What a session goes through, a step at a time.
void advance(SessionTimes& s, TimePoint now, base::Random& random) {
    if (s.completedAt != TimePoint{})
        return;
    if (s.queuedAt == TimePoint{}) {
        s.queuedAt = now;
        s.group = model::GroupId{1 + static_cast<std::int64_t>(random.below(3))};
    } else if (s.answeredAt != TimePoint{} && s.endedAt != TimePoint{}) {
        s.completedAt = now;
    } else if (s.answeredAt != TimePoint{}) {
        if (random.oneIn(3)) // passed on to another group
            s.group = model::GroupId{1 + static_cast<std::int64_t>(random.below(3))};
        else
            s.endedAt = now;
    } else if (random.oneIn(4)) {
        s.endedAt = s.completedAt = now; // gave up, or was given up by its flow
        if (random.oneIn(3))
            s.group = {};
    } else if (random.oneIn(2)) {
        s.answeredAt = now;
    }
}

} // namespace

class DayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneSession() {
        desk::Day day;
        const TimePoint noon = at(2026, 3, 10, 12);
        day.begin(base::TimeZone(), noon);
        SessionTimes s;
        s.group = model::GroupId{1};
        s.channel = model::ChannelId{2};
        day.add(s); // not queued yet
        model::Overview none;
        day.fill(none, 20s);
        QVERIFY(none.modes.empty() && none.offered.empty());
        day.take(s);
        s.queuedAt = noon;
        s.answeredAt = noon + 20s;
        s.endedAt = noon + 80s;
        s.completedAt = noon + 140s;
        day.add(s);
        model::Overview one;
        day.fill(one, 20s);
        const model::DayTally tally = one.modes.at(0).today;
        QCOMPARE(tally.within, 1); // exactly the threshold is within
        QCOMPARE(*model::averageWait(tally), base::Millis(20'000));
        QCOMPARE(*model::averageHandleTime(tally), base::Millis(120'000));
        QCOMPARE(one.offered.size(), std::size_t(49));
        QCOMPARE(one.offered.back(), 1);
        model::Overview stricter;
        day.fill(stricter, 19s);
        QCOMPARE(stricter.modes.at(0).today.within, 0);
        day.take(s);
        s.answeredAt += 1ms; // a moment too late
        day.add(s);
        model::Overview late;
        day.fill(late, 20s);
        QCOMPARE(late.modes.at(0).today.within, 0);
    }
    void theServiceLevelLeavesOutWhoGaveUpSoon() {
        model::DayTally tally;
        QVERIFY(!model::serviceLevel(tally));
        tally.offered = 10;
        tally.within = 6;
        tally.abandoned = 4;
        tally.abandonedSoon = 2;
        QCOMPARE(*model::serviceLevel(tally), 0.75);
        tally = {};
        tally.offered = tally.abandoned = tally.abandonedSoon = 1;
        QVERIFY(!model::serviceLevel(tally)); // nobody who counts
    }
    void fiveSecondsAreSoon() {
        desk::Day day;
        const TimePoint noon = at(2026, 3, 10, 12);
        day.begin(base::TimeZone(), noon);
        for (const base::Millis after : {4'999ms, 5'000ms, 5'001ms}) {
            SessionTimes s;
            s.group = model::GroupId{1};
            s.queuedAt = noon;
            s.endedAt = s.completedAt = noon + after;
            day.add(s);
        }
        model::Overview now;
        day.fill(now, 20s);
        QCOMPARE(now.groups.at(0).today.abandoned, 3);
        QCOMPARE(now.groups.at(0).today.abandonedSoon, 2);
    }
    void likeCountingThemOneByOne_data() {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<qint64>("from");
        const auto row = [](const char* name, const char* zone, TimePoint from) {
            QTest::newRow(name) << zone << qint64(base::toUnixMillis(from));
        };
        row("no clock changes", "Asia/Shanghai", at(2026, 3, 10, 12));
        row("UTC", "Etc/UTC", at(2026, 3, 10, 12));
        row("three quarters", "Asia/Kathmandu", at(2026, 3, 10, 12));
        row("a day of 23 hours", "America/New_York", at(2026, 3, 7, 18));
        row("a day of 25 hours", "America/New_York", at(2026, 10, 31, 18));
        row("Berlin, 23 hours", "Europe/Berlin", at(2026, 3, 28, 12));
        row("half an hour", "Australia/Lord_Howe", at(2026, 4, 4, 4));
        row("changed at midnight", "America/Santiago", at(2026, 9, 5, 16));
    }
    /// Sessions that come, go on and end over three midnights; the figures follow them one change at a time, and are
    /// the same when they are built from all sessions at once, as after a restart.
    void likeCountingThemOneByOne() {
        QFETCH(QString, zone);
        QFETCH(qint64, from);
        const auto loaded = base::TimeZone::load(zone.toStdString());
        QVERIFY2(loaded.ok(), "needs the system's zone files");
        for (std::uint64_t seed = 1; seed <= (test::isFull() ? 60u : 6u); ++seed) {
            base::Random random(seed);
            TimePoint now = base::fromUnixMillis(from);
            desk::Day day;
            day.begin(*loaded, now);
            std::vector<SessionTimes> sessions;
            for (int step = 0; step < 2'500; ++step) {
                const TimePoint midnight = day.to();
                now += base::Millis(random.below(random.oneIn(50) ? 1'200'000 : 150'000));
                if (now >= midnight)
                    day.begin(*loaded, now);
                if (sessions.empty() || random.oneIn(3)) {
                    SessionTimes s;
                    s.mode = random.oneIn(3) ? model::Mode::AllMedia : model::Mode::Chat;
                    s.channel = model::ChannelId{1 + static_cast<std::int64_t>(random.below(2))};
                    sessions.push_back(s);
                    continue;
                }
                // Mostly one of the newest; some stay for a day.
                const std::size_t back =
                    random.oneIn(20) ? sessions.size() : std::min<std::size_t>(12, sessions.size());
                SessionTimes& one = sessions[sessions.size() - 1 - random.below(back)];
                const SessionTimes before = one;
                advance(one, now, random);
                day.take(before);
                day.add(one);
                if (step % 50 != 0)
                    continue;
                const int threshold = 1 + static_cast<int>(random.below(300));
                model::Overview followed;
                day.fill(followed, base::Seconds(threshold));
                const model::Overview naive = recount(sessions, *loaded, now, threshold);
                QVERIFY2(followed == naive, qPrintable(QStringLiteral("seed %1, step %2").arg(seed).arg(step)));
                desk::Day again;
                again.begin(*loaded, now);
                for (const SessionTimes& s : sessions)
                    again.add(s);
                model::Overview rebuilt;
                again.fill(rebuilt, base::Seconds(threshold));
                QVERIFY(rebuilt == naive);
            }
        }
    }
    /// The other zone's day needs sessions that are of no day of this one any more.
    void anotherTimeZone() {
        const auto shanghai = base::TimeZone::load("Asia/Shanghai");
        const auto honolulu = base::TimeZone::load("Pacific/Honolulu");
        QVERIFY(shanghai.ok() && honolulu.ok());
        const TimePoint now = at(2026, 3, 10, 17); // 01:00 of the 11th there, 07:00 of the 10th here
        desk::Day day;
        day.begin(*shanghai, now - 24h);
        std::vector<SessionTimes> sessions;
        for (int i = 0; i < 300; ++i) {
            SessionTimes s;
            s.group = model::GroupId{1};
            s.channel = model::ChannelId{1};
            s.queuedAt = now - 25h + i * 5min;
            sessions.push_back(s);
            day.add(s);
        }
        for (const auto* zone : {&*shanghai, &*honolulu, &*shanghai}) {
            day.begin(*zone, now);
            model::Overview there;
            day.fill(there, 20s);
            QVERIFY(there == recount(sessions, *zone, now, 20));
        }
    }
};

static const test::Add<DayTest> addedDayTest;
#include "day_test.moc"
