#include "client/call/engine_loader.h"
#include "tests/support/suite.h"

#include <csignal>

using namespace cb::call;

namespace {

constexpr int kLong = 30'000; ///< a page of the engine, on a busy machine

/// Whoever wants a call, and what they were told.
struct Caller : CallMedia::Host {
    Caller()
        : media(callEngine()->makeMedia(*this)) {}
    virtual ~Caller() = default;

    void mediaOffers(const QString& sdp) override { offers << sdp; }
    void mediaUp() override { ++ups; }
    void mediaLost() override { ++losses; }
    void mediaCrashed() override { ++crashes; }
    void mediaLevels(double microphone, double speaker) override {
        ++levels;
        inRange = inRange && microphone >= 0 && microphone <= 1 && speaker >= 0 && speaker <= 1;
    }
    void mediaQuality(const Quality&) override {}
    void mediaDevices(const Devices& now) override { devices = now; }
    void mediaSwitched(DeviceKind, const QString& name) override { switched << name; }
    void mediaFailed(const QString& code) override { failures << code; }

    QStringList offers;
    QStringList failures;
    QStringList switched;
    Devices devices;
    int ups = 0;
    int losses = 0;
    int crashes = 0;
    int levels = 0;
    bool inRange = true;
    CallMediaPtr media; ///< goes first
};

/// Payload names of an offer, in its order.
QStringList codecsOf(const QString& sdp) {
    QStringList types;
    QStringList names;
    for (const QString& line : sdp.split(QStringLiteral("\r\n")))
        if (line.startsWith(QLatin1String("m=")))
            types = line.split(u' ').mid(3);
    for (const QString& type : types)
        for (const QString& line : sdp.split(QStringLiteral("\r\n")))
            if (line.startsWith(QStringLiteral("a=rtpmap:%1 ").arg(type)))
                names << line.section(u' ', 1);
    return names;
}

} // namespace

/// The media page in the real engine, with the engine's own microphones of a test.
class MediaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(callEngine() != nullptr, qPrintable(engineTrouble())); }
    void itOffersWhatTheTelephoneHas() {
        Caller caller;
        caller.media->start({});
        QTRY_COMPARE_WITH_TIMEOUT(caller.offers.size(), 1, kLong);
        const QString sdp = caller.offers[0];
        QCOMPARE(sdp.count(QStringLiteral("\r\nm=")), 1);
        QCOMPARE(codecsOf(sdp), (QStringList{QStringLiteral("PCMA/8000"), QStringLiteral("PCMU/8000"),
                                             QStringLiteral("telephone-event/8000")}));
        for (const auto* part : {"UDP/TLS/RTP/SAVPF", "a=rtcp-mux", "a=fingerprint:sha-256 ",
                                 "a=ice-ufrag:", "a=group:BUNDLE ", "a=sendrecv", "a=setup:actpass"})
            QVERIFY2(sdp.contains(QLatin1String(part)), part);
        QVERIFY(sdp.size() < 32 * 1024);
        QVERIFY(caller.failures.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(caller.levels > 3, kLong);
        QVERIFY(caller.inRange);
    }
    void aCrashedPageIsToldAndOffersAgain() {
        Caller caller;
        caller.media->start({});
        QTRY_COMPARE_WITH_TIMEOUT(caller.offers.size(), 1, kLong);
        const auto process = caller.media->processId();
        QVERIFY(process > 0);
        QCOMPARE(::kill(static_cast<pid_t>(process), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(caller.crashes, 1, kLong);
        caller.media->start({});
        QTRY_COMPARE_WITH_TIMEOUT(caller.offers.size(), 2, kLong);
        QVERIFY(caller.offers[1] != caller.offers[0]);
        QVERIFY(caller.media->processId() != process);
    }
    void aCrashOfAPageThatDoesNothingIsNobodysBusiness() {
        Caller caller;
        caller.media->check(true);
        QTRY_VERIFY_WITH_TIMEOUT(caller.levels > 0, kLong);
        caller.media->check(false);
        QCOMPARE(::kill(static_cast<pid_t>(caller.media->processId()), SIGKILL), 0);
        QTest::qWait(1'000); // nothing to wait for: nothing is told
        QCOMPARE(caller.crashes, 0);
        caller.media->start({});
        QTRY_COMPARE_WITH_TIMEOUT(caller.offers.size(), 1, kLong);
    }
    void devicesHaveNames() {
        Caller caller;
        caller.media->check(true);
        QTRY_VERIFY_WITH_TIMEOUT(caller.devices.microphones.size() > 1, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(caller.levels > 3, kLong);
        QVERIFY(caller.offers.isEmpty());
        const QString other = caller.devices.microphones.last();
        caller.media->choose({other, {}});
        caller.media->start({other, {}});
        QTRY_COMPARE_WITH_TIMEOUT(caller.offers.size(), 1, kLong);
        QVERIFY(caller.failures.isEmpty());
        QVERIFY(caller.switched.isEmpty()); // the agent's own wish
    }
    void oneCallAfterTheOther() {
        Caller caller;
        caller.media->start({});
        QTRY_COMPARE_WITH_TIMEOUT(caller.offers.size(), 1, kLong);
        caller.media->setMuted(true);
        caller.media->sendKey(u'5'); // nobody is there yet: no harm
        caller.media->stop();
        const int levels = caller.levels;
        caller.media->start({});
        QTRY_COMPARE_WITH_TIMEOUT(caller.offers.size(), 2, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(caller.levels > levels, kLong);
        caller.media->applyAnswer(QStringLiteral("no answer at all"));
        QTRY_COMPARE_WITH_TIMEOUT(caller.failures, QStringList{QStringLiteral("media_failed")}, kLong);
    }
    void letGoOfInTheMiddle() {
        auto caller = std::make_unique<Caller>();
        caller->media->start({});
        caller.reset();
        QTest::qWait(300);
        Caller next;
        next.media->start({});
        QTRY_COMPARE_WITH_TIMEOUT(next.offers.size(), 1, kLong);
    }
};

static const cb::test::Add<MediaTest> addedMediaTest;
#include "media_test.moc"
