#include "server/media/sound/recorder.h"
#include "tests/support/suite.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sndfile.h>

#include <atomic>

using namespace cb;
using sound::Recorder;

namespace {

struct Heard {
    int rate = 0;
    int channels = 0;
    std::vector<short> samples;
};

Heard heardIn(const QString& path) {
    SF_INFO info{};
    Heard heard;
    SNDFILE* file = sf_open(path.toUtf8().constData(), SFM_READ, &info);
    if (file == nullptr)
        return heard;
    heard.rate = info.samplerate;
    heard.channels = info.channels;
    heard.samples.resize(static_cast<std::size_t>(info.frames * info.channels));
    (void)sf_readf_short(file, heard.samples.data(), info.frames);
    sf_close(file);
    return heard;
}

std::vector<std::int16_t> aSecond(std::int16_t left, std::int16_t right) {
    std::vector<std::int16_t> samples;
    for (int i = 0; i < sound::kRate; ++i) {
        samples.push_back(left);
        samples.push_back(right);
    }
    return samples;
}

/// What was told of a recording.
struct Told {
    std::atomic<int> opened{0}, closed{0}, failed{0};
    Recorder::Told take() {
        return [this](Recorder::What what) {
            ++(what == Recorder::What::Opened ? opened : what == Recorder::What::Closed ? closed : failed);
        };
    }
};

} // namespace

class RecorderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoSidesAndAGap() {
        QTemporaryDir folder;
        Told told;
        Recorder recorder(folder.filePath("recordings").toStdString());
        QVERIFY(recorder.start().ok());
        recorder.begin(7, told.take());
        QVERIFY(recorder.write(7, 0, aSecond(100, -100)));
        QVERIFY(recorder.write(7, 3 * sound::kRate, aSecond(5, 6)));
        recorder.end(7);
        QTRY_COMPARE(told.closed.load(), 1);
        QCOMPARE(told.opened.load(), 1);
        const auto heard = heardIn(folder.filePath("recordings/7.wav"));
        QCOMPARE(heard.rate, 8'000);
        QCOMPARE(heard.channels, 2);
        QCOMPARE(heard.samples.size(), std::size_t{2 * 4 * 8'000});
        QCOMPARE(heard.samples[0], short(100));
        QCOMPARE(heard.samples[1], short(-100));
        QCOMPARE(heard.samples[2 * 12'000], short(0)); // nobody said what was there
        QCOMPARE(heard.samples[2 * 24'000], short(5));
        QCOMPARE(heard.samples[2 * 24'000 + 1], short(6));
    }
    void whatStopsIsClosed() {
        QTemporaryDir folder;
        Told told;
        {
            Recorder recorder(folder.path().toStdString());
            QVERIFY(recorder.start().ok());
            recorder.begin(1, told.take());
            QVERIFY(recorder.write(1, 0, aSecond(1, 2)));
        }
        QCOMPARE(told.closed.load(), 1);
        QCOMPARE(heardIn(folder.filePath("1.wav")).samples.size(), std::size_t{16'000});
    }
    void nothingIsWrittenOver() {
        QTemporaryDir folder;
        QFile old(folder.filePath("1.wav"));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("kept");
        old.close();
        Told told;
        {
            Recorder recorder(folder.path().toStdString());
            QVERIFY(recorder.start().ok());
            recorder.begin(1, told.take());
            recorder.write(1, 0, aSecond(1, 2));
            recorder.end(1);
        }
        QCOMPARE(told.failed.load(), 1);
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("kept"));
    }
    void whatHasNoSoundIsNoRecording() {
        QTemporaryDir folder;
        Told told;
        {
            Recorder recorder(folder.path().toStdString());
            QVERIFY(recorder.start().ok());
            recorder.begin(1, told.take());
            recorder.end(1);
        }
        QCOMPARE(told.opened.load(), 1);
        QCOMPARE(told.failed.load(), 1);
        QVERIFY(QDir(folder.path()).isEmpty());
    }
    void aFullDiskIsSaid() {
        QTemporaryDir folder;
        Told told;
        {
            Recorder recorder(folder.path().toStdString(), ~std::uint64_t{0});
            QVERIFY(recorder.start().ok());
            recorder.begin(1, told.take());
        }
        QCOMPARE(told.failed.load(), 1);
        QCOMPARE(told.opened.load(), 0);
    }
};

static const cb::test::Add<RecorderTest> addedRecorderTest;
#include "recorder_test.moc"
