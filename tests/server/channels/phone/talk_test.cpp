#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/channels/phone/rig.h"
#endif
#include "tests/server/channels/phone/page.h"
#include "tests/server/channels/phone/sipp.h"
#include "tests/support/suite.h"

#include <QFile>

using namespace cb;
using namespace cb::test;

namespace {

constexpr std::uint8_t kVoice = 0x2A; ///< what the agent says, in A-law: loud
constexpr std::uint8_t kOther = 0x35;
const desk::Origin kAgent{5, 9};
const model::InstanceId kHere{1'400'000'001};
const model::SessionId kSession{17};

/// A caller who talks (µ-law of one value) as long as the test needs.
struct Talker {
    explicit Talker(Rig& rig, int seconds = 8)
        : process(rig.port(), kNumber, scenario(rig, seconds)) {}
    static Scenario scenario(Rig& rig, int seconds) {
        QFile voice(rig.folder.filePath("voice.ul"));
        if (voice.open(QIODevice::WriteOnly))
            voice.write(QByteArray(8'000 * (seconds + 2), char(0x1C)));
        voice.close();
        return Scenario()
            .invite()
            .ringingThenOk()
            .stream(rig.folder.filePath("voice.ul"), seconds * 1'000)
            .request("BYE", 2)
            .answer(200);
    }
    Sipp process;
};

/// The page's offer, answered. False: it was not.
bool seat(Rig& rig, desk::CallId call, Page& page) {
    rig.tell(call, desk::CallOffer{kAgent, page.offer()});
    const auto answered = rig.next<desk::CallAnswered>();
    if (!answered || !answered->sdp)
        return false;
    page.take(*answered->sdp);
    const auto media = rig.next<desk::CallMedia>();
    return media && media->live;
}

QByteArray recordingOf(Rig& rig) {
    QFile file(rig.folder.filePath("recordings/17.wav"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The agent's end: what a page offers, and what the two ends hear.
class TalkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothAreHeard() {
        Rig rig;
        Talker caller(rig);
        const auto call = rig.answered();
        QVERIFY(call != 0);
        Page page(kVoice);
        QVERIFY(seat(rig, call, page));
        QTRY_VERIFY(page.isUp());
        QTest::qWait(300);
        QCOMPARE(page.heard(), 0); // the flow has not joined them yet
        rig.tell(call, desk::FlowJoin{});
        QTRY_VERIFY(page.heard() > 25);
        rig.tell(call, desk::CallHangUp{});
        QVERIFY(rig.next<desk::CallGone>().has_value());
    }

    void heldNeitherHearsTheOther() {
        Rig rig;
        Talker caller(rig);
        const auto call = rig.answered();
        Page page(kVoice);
        rig.tell(call, desk::FlowJoin{});
        QVERIFY(seat(rig, call, page));
        QTRY_VERIFY(page.heard() > 10);
        rig.tell(call, desk::CallHold{true});
        QTest::qWait(200);
        const int before = page.heard();
        QTest::qWait(500);
        QCOMPARE(page.heard(), before);
        rig.tell(call, desk::CallHold{false});
        QTRY_VERIFY(page.heard() > before + 10);
        rig.tell(call, desk::CallHangUp{});
        QVERIFY(rig.next<desk::CallGone>().has_value());
    }

    /// A page that crashed and was made anew takes its place at once, though the old one is still there for us.
    void anotherPageTakesThePlace() {
        Rig rig;
        Talker caller(rig);
        const auto call = rig.answered();
        rig.tell(call, desk::FlowJoin{});
        Page first(kVoice);
        QVERIFY(seat(rig, call, first));
        QTRY_VERIFY(first.heard() > 10);
        Page second(kOther);
        rig.tell(call, desk::CallOffer{kAgent, second.offer()});
        const auto answered = rig.next<desk::CallAnswered>();
        QVERIFY(answered && answered->sdp);
        second.take(*answered->sdp);
        const auto gone = rig.next<desk::CallMedia>();
        QVERIFY(gone && !gone->live);
        const auto back = rig.next<desk::CallMedia>();
        QVERIFY(back && back->live);
        QTRY_VERIFY(second.heard() > 10);
        const int before = first.heard();
        QTest::qWait(200);
        QCOMPARE(first.heard(), before);
        rig.tell(call, desk::CallHangUp{});
        QVERIFY(rig.next<desk::CallGone>().has_value());
    }

    void offersThatCannotBeAnswered() {
        Rig rig;
        Talker caller(rig);
        const auto call = rig.answered();
        Page page(kVoice);
        QVERIFY(seat(rig, call, page));
        rig.tell(call, desk::FlowJoin{});
        std::string plain = page.offer();
        plain.erase(plain.find("a=fingerprint"), plain.find("a=setup") - plain.find("a=fingerprint"));
        for (const std::string& bad : {std::string("v=0\r\n"), plain}) {
            rig.tell(call, desk::CallOffer{kAgent, bad});
            const auto answered = rig.next<desk::CallAnswered>();
            QVERIFY(answered && !answered->sdp);
            QCOMPARE(answered->sdp.error().code, std::string("bad_sdp"));
        }
        QTRY_VERIFY(page.heard() > 10); // whoever was there stays
        rig.tell(call, desk::CallHangUp{});
        QVERIFY(rig.next<desk::CallGone>().has_value());
    }

    /// The caller is on the left, the agent on the right; what is said while held is nobody's.
    void aTalkIsRecorded() {
        Rig rig;
        Talker caller(rig);
        const auto call = rig.answered();
        Page page(kVoice);
        QVERIFY(seat(rig, call, page));
        rig.tell(call, desk::CallRecord{true, kHere, kSession});
        rig.tell(call, desk::FlowJoin{});
        const auto begun = rig.next<desk::CallRecording>();
        QVERIFY(begun && begun->on);
        QTRY_VERIFY(page.heard() > 50);
        rig.tell(call, desk::CallHold{true});
        QTest::qWait(1'000);
        rig.tell(call, desk::CallHangUp{});
        const auto recorded = rig.next<desk::CallRecorded>();
        QVERIFY(recorded.has_value());
        QCOMPARE(recorded->file, std::string("17.wav"));
        QCOMPARE(recorded->session, kSession);
        const QByteArray file = recordingOf(rig);
        QVERIFY(file.size() > 44 + 32'000 / 2);
        const auto sampleAt = [&](qsizetype pair, int side) {
            const auto* bytes = reinterpret_cast<const unsigned char*>(file.constData()) + 44 + 4 * pair + 2 * side;
            return static_cast<std::int16_t>(bytes[0] | bytes[1] << 8);
        };
        int left = 0, right = 0;
        const qsizetype pairs = (file.size() - 44) / 4;
        for (qsizetype i = 0; i < pairs; ++i) {
            left += sampleAt(i, 0) == sound::fromUlaw(0x1C);
            right += sampleAt(i, 1) == sound::fromAlaw(kVoice);
        }
        QVERIFY2(left > 4'000, qPrintable(QString::number(left)));
        QVERIFY2(right > 4'000, qPrintable(QString::number(right)));
    }
};

static const cb::test::Add<TalkTest> addedTalkTest;
#include "talk_test.moc"
