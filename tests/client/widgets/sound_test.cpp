#include "client/widgets/sound/pcm_source.h"
#include "client/widgets/sound/player_bar.h"
#include "client/widgets/sound/recorder_bar.h"
#include "client/widgets/sound/sound_decoder.h"
#include "client/widgets/sound/waveform.h"
#include "tests/client/support/sounds.h"
#include "tests/support/suite.h"

#include <QSignalSpy>
#include <QSlider>

using namespace cb::widgets;
using cb::test::strengthIn;
using cb::test::TestInput;
using cb::test::TestOutput;
using cb::test::toneOf;

namespace {

/// A file of another coding, with the same sound as far as that has it.
QByteArray wavOf(quint16 coding, int bits, const QByteArray& data, quint16 channels = 1) {
    QByteArray out = "RIFF";
    const auto put = [&out](quint32 value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            out += char((value >> (8 * i)) & 0xFF);
    };
    put(0, 4);
    out += "WAVELIST";
    put(3, 4);
    out += QByteArray("odd\0", 4); // a chunk of odd length is padded
    out += "fmt ";
    put(16, 4);
    put(coding, 2);
    put(channels, 2);
    put(8'000, 4);
    put(0, 4);
    put(0, 2);
    put(quint32(bits), 2);
    out += "data";
    put(quint32(data.size()), 4);
    return out + data;
}

/// What somebody hears who reads it at that speed, to the end.
Pcm readAt(const Pcm& pcm, double speed, int rate) {
    PcmSource source(pcm, rate);
    source.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    source.begin(0, speed);
    Pcm heard;
    heard.rate = rate;
    heard.channels = pcm.channels;
    for (;;) {
        const QByteArray piece = source.read(1'000);
        const auto* samples = reinterpret_cast<const qint16*>(piece.constData());
        heard.samples.insert(heard.samples.end(), samples, samples + piece.size() / 2);
        if (piece.size() < 1'000)
            return heard;
    }
}

/// Over tenths of a second: the phase of a whole sound may drift.
double meanStrength(const Pcm& pcm, double hertz) {
    double sum = 0;
    int pieces = 0;
    const auto length = std::size_t(pcm.rate / 10);
    for (std::size_t at = 0; at + length <= pcm.samples.size(); at += length, ++pieces) {
        Pcm piece;
        piece.rate = pcm.rate;
        piece.samples.assign(pcm.samples.begin() + std::ptrdiff_t(at),
                             pcm.samples.begin() + std::ptrdiff_t(at + length));
        sum += strengthIn(piece, hertz);
    }
    return sum / std::max(1, pieces);
}

/// A player whose output the test holds.
struct Played {
    TestOutput* output = nullptr;
    SoundPlayer player{nullptr, [this] {
                           auto made = std::make_unique<TestOutput>();
                           output = made.get();
                           return made;
                       }};
};

} // namespace

class SoundTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesComeBackAsTheyWere() {
        for (const int channels : {1, 2}) {
            const auto pcm = toneOf(440, 300, 16'000, channels);
            QVERIFY(readWav(writeWav(pcm)) == pcm);
        }
    }
    void othersFilesAreRead() {
        QCOMPARE(readWav(wavOf(1, 8, QByteArray("\x80\xFF\x00", 3)))->samples,
                 (std::vector<qint16>{0, 32'512, -32'768}));
        QCOMPARE(readWav(wavOf(1, 24, QByteArray("\x01\x34\x12\xFF\xFF\xFF", 6)))->samples,
                 (std::vector<qint16>{0x1234, -1}));
        QCOMPARE(readWav(wavOf(7, 8, QByteArray("\xFF\x00\x80", 3)))->samples,
                 (std::vector<qint16>{0, -32'124, 32'124}));
        QCOMPARE(readWav(wavOf(6, 8, QByteArray("\xD5\x55", 2)))->samples, (std::vector<qint16>{8, -8}));
        const float values[] = {0.5F, -2.0F};
        const QByteArray floats(reinterpret_cast<const char*>(values), sizeof values);
        QCOMPARE(readWav(wavOf(3, 32, floats))->samples, (std::vector<qint16>{16'384, -32'767}));
        const auto three = readWav(wavOf(1, 16, QByteArray("\1\0\2\0\3\0\4\0\5\0\6\0", 12), 3));
        QCOMPARE(three->channels, 2);
        QCOMPARE(three->samples, (std::vector<qint16>{1, 2, 4, 5}));
    }
    void brokenFilesAreNone() {
        const QByteArray good = writeWav(toneOf(440, 100));
        QCOMPARE(readWav(good.left(good.size() - 100))->frames(), qint64(750)); // cut off: what is there
        for (const auto& bytes : {QByteArray(), QByteArray("RIFF"), good.left(20), good.left(36), QByteArray("OggS"),
                                  wavOf(1, 12, "x"), wavOf(85, 16, "xx"), wavOf(1, 16, "xx", 0)})
            QVERIFY(!readWav(bytes));
    }
    void loudnessOfBothChannels() {
        const auto peaks = peaksOf(toneOf(440, 1'000, 8'000, 2), 10);
        QCOMPARE(peaks.upper.size(), std::size_t(10));
        for (std::size_t i = 0; i < 10; ++i)
            QVERIFY(peaks.upper[i] > 0.45F && peaks.upper[i] < 0.5F && peaks.lower[i] == 0.0F);
        const auto one = peaksOf(toneOf(440, 1, 8'000), 100); // fewer samples than pieces
        QVERIFY(one.upper == one.lower && one.upper.size() == 100);
        QVERIFY(peaksOf({}, 10).upper.empty());
    }

    void atItsOwnSpeedNothingChanges() {
        const auto pcm = toneOf(440, 700, 8'000, 2);
        QVERIFY(readAt(pcm, 1, 8'000) == pcm);
    }
    void fasterIsShorterAndNoHigher() {
        const auto pcm = toneOf(440, 2'000);
        for (const double speed : {0.75, 1.25, 1.5, 2.0}) {
            const auto heard = readAt(pcm, speed, 8'000);
            QVERIFY2(std::abs(double(heard.millis()) * speed - 2'000) < 80, qPrintable(QString::number(speed)));
            const double there = meanStrength(heard, 440);
            QVERIFY2(there > 0.4, qPrintable(QString::number(there)));
            QVERIFY(meanStrength(heard, 440 * speed) < 0.1);
        }
    }
    void aDeviceMayWantAnotherRate() {
        const auto heard = readAt(toneOf(440, 500), 1, 48'000);
        QVERIFY(std::abs(heard.millis() - 500) < 5);
        QVERIFY(strengthIn(heard, 440) > 0.45);
    }

    void playingPausingSeeking() {
        Played f;
        QSignalSpy finished(&f.player, &SoundPlayer::finished);
        f.player.play();
        QVERIFY(f.output == nullptr); // nothing to play: no device is touched
        f.player.setSound(toneOf(440, 1'000));
        QCOMPARE(f.player.state(), SoundPlayer::State::Ready);
        f.player.play();
        f.output->hear(300);
        QVERIFY(f.player.isPlaying() && std::abs(f.player.position() - 300) <= 2);
        f.player.pause();
        QVERIFY(f.output->paused);
        f.player.play();
        QVERIFY(!f.output->paused);
        f.player.seek(800);
        QVERIFY(f.player.isPlaying());
        const auto before = f.output->heard.size();
        f.output->hear(1'000);
        QCOMPARE(f.output->heard.size() - before, qsizetype(200 * 16));
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(f.player.state() == SoundPlayer::State::Ready && f.player.position() == 0);
        QVERIFY(f.output->source == nullptr);
    }
    void whatEndedBeforeASeekEndsNothing() {
        Played f;
        QSignalSpy finished(&f.player, &SoundPlayer::finished);
        f.player.setSound(toneOf(440, 500));
        f.player.play();
        f.output->hear(1'000); // its end is told later
        f.player.seek(100);
        QCoreApplication::processEvents();
        QVERIFY(finished.empty() && f.player.isPlaying());
    }
    void withoutALoudspeaker() {
        Played f;
        f.player.setSound(toneOf(440, 500));
        f.player.play();
        f.player.stop();
        f.output->missing = true;
        QSignalSpy silent(&f.player, &SoundPlayer::silent);
        f.player.play();
        QCOMPARE(silent.size(), 1);
        QVERIFY(!f.player.isPlaying());
        f.output->missing = false;
        f.player.play();
        f.output->hear(100);
        Q_EMIT f.output->lost();
        QTRY_COMPARE(silent.size(), 2);
        QVERIFY(std::abs(f.player.position() - 100) <= 2); // it goes on there
    }

    void theBarFetchesWhenItIsWanted() {
        TestOutput* output = nullptr;
        PlayerBar bar(nullptr, [&output] {
            auto made = std::make_unique<TestOutput>();
            output = made.get();
            return made;
        });
        bar.resize(500, 40);
        bar.show();
        bar.setAwaited(65'000);
        QVERIFY(says(bar, QStringLiteral("1:05")));
        QSignalSpy wanted(&bar, &PlayerBar::wanted);
        auto* play = button(bar, QStringLiteral("Play"));
        QVERIFY(play);
        QTest::mouseClick(play, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        bar.setLoading(40);
        QVERIFY(says(bar, QStringLiteral("40 %")));
        QVERIFY(!play->isEnabled());
        bar.setSound(toneOf(440, 2'000));
        QVERIFY(bar.player().isPlaying()); // it was waited for
        output->hear(1'000);
        QTRY_VERIFY(says(bar, QStringLiteral("0:01 / 0:02")));
        QTest::mouseClick(play, Qt::LeftButton);
        QVERIFY(!bar.player().isPlaying());
        QTest::mouseClick(button(bar, QStringLiteral("Speed")), Qt::LeftButton);
        QCOMPARE(bar.player().speed(), 1.25);
        QTest::mouseClick(button(bar, QStringLiteral("Sound off")), Qt::LeftButton);
        QCOMPARE(output->volume, 0.0);
        bar.setTrouble(QStringLiteral("The file is gone."));
        QVERIFY(says(bar, QStringLiteral("The file is gone.")));
    }
    void theWaveIsASlider() {
        Waveform wave;
        wave.resize(401, 32);
        wave.show();
        wave.setSound(toneOf(440, 40'000));
        QSignalSpy sought(&wave, &Waveform::sought);
        QTest::mouseClick(&wave, Qt::LeftButton, {}, QPoint(100, 10));
        QCOMPARE(sought.takeLast().at(0).toLongLong(), qint64(10'000));
        wave.setPosition(20'000);
        QVERIFY(sought.empty()); // the sound moved, not the user
        QTest::keyClick(&wave, Qt::Key_Right);
        QCOMPARE(sought.takeLast().at(0).toLongLong(), qint64(22'000));
        QTest::keyClick(&wave, Qt::Key_End);
        QCOMPARE(sought.takeLast().at(0).toLongLong(), qint64(40'000));
    }

    void recordingListeningDiscarding() {
        TestInput* input = nullptr;
        RecorderBar bar(
            nullptr,
            [&input] {
                auto made = std::make_unique<TestInput>();
                input = made.get();
                return made;
            },
            [] { return std::make_unique<TestOutput>(); });
        bar.resize(500, 40);
        bar.show();
        QSignalSpy changed(&bar, &RecorderBar::changed);
        QTest::mouseClick(button(bar, QStringLiteral("Record")), Qt::LeftButton);
        QVERIFY(input && input->opened && !bar.hasRecording());
        input->say(toneOf(440, 1'000, 16'000));
        QVERIFY(says(bar, QStringLiteral("0:01")));
        QTest::mouseClick(button(bar, QStringLiteral("Stop")), Qt::LeftButton);
        QVERIFY(!input->opened && bar.hasRecording());
        QCOMPARE(readWav(bar.file())->millis(), qint64(1'000));
        QVERIFY(button(bar, QStringLiteral("Play")) != nullptr);
        QTest::mouseClick(button(bar, QStringLiteral("Discard")), Qt::LeftButton);
        QVERIFY(!bar.hasRecording() && bar.file().isEmpty());
        QVERIFY(changed.size() >= 3);
        bar.recorder().setLongest(44 + 16'000);
        QTest::mouseClick(button(bar, QStringLiteral("Record")), Qt::LeftButton);
        input->say(toneOf(440, 1'000, 16'000));
        QVERIFY(!bar.recorder().isRecording()); // it is as long as it may be
        QCOMPARE(bar.file().size(), qsizetype(44 + 16'000));
    }
    void withoutAMicrophone() {
        RecorderBar bar(
            nullptr,
            [] {
                auto made = std::make_unique<TestInput>();
                made->missing = true;
                return made;
            },
            [] { return std::make_unique<TestOutput>(); });
        bar.show();
        QTest::mouseClick(button(bar, QStringLiteral("Record")), Qt::LeftButton);
        QVERIFY(says(bar, QStringLiteral("There is no microphone, or another program has it.")));
        QVERIFY(!bar.recorder().isRecording());
    }
    void wavesAreReadAtOnce() {
        std::optional<Pcm> read;
        decodeSound(writeWav(toneOf(440, 100)), this, [&read](std::optional<Pcm> pcm) { read = std::move(pcm); });
        QVERIFY(read == toneOf(440, 100));
        decodeSound("RIFF", this, [&read](std::optional<Pcm> pcm) { read = std::move(pcm); });
        QVERIFY(!read);
    }

private:
    static bool says(const QWidget& widget, const QString& text) {
        for (const auto* label : widget.findChildren<QLabel*>())
            if (label->isVisible() && label->text() == text)
                return true;
        return false;
    }
    /// By what a reader of the screen calls it.
    static QAbstractButton* button(const QWidget& widget, const QString& name) {
        for (auto* one : widget.findChildren<QAbstractButton*>())
            if (one->isVisible() && (one->accessibleName() == name || one->text() == name))
                return one;
        return nullptr;
    }
};

static const cb::test::Add<SoundTest> addedSoundTest;
#include "sound_test.moc"
