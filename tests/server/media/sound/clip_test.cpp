#include "server/media/sound/clip.h"
#include "server/media/sound/hold_music.h"
#include "tests/server/media/sound/sounds.h"
#include "tests/support/suite.h"

#include <sndfile.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cstdlib>
#include <numeric>

using namespace cb;
using namespace cb::sound;
using namespace cb::test;

namespace {

/// What libsndfile makes of codes or samples, by way of a file.
template <class From, class To>
std::vector<To> throughFile(const QString& path, const std::vector<From>& from, int format) {
    SF_INFO info{};
    info.samplerate = kRate;
    info.channels = 1;
    info.format = SF_FORMAT_RAW | format;
    std::vector<To> to(from.size());
    const auto count = static_cast<sf_count_t>(from.size());
    SNDFILE* out = sf_open(qPrintable(path), SFM_WRITE, &info);
    if constexpr (sizeof(From) == 1)
        sf_write_raw(out, from.data(), count);
    else
        sf_writef_short(out, from.data(), count);
    sf_close(out);
    SNDFILE* in = sf_open(qPrintable(path), SFM_READ, &info);
    if constexpr (sizeof(To) == 1)
        sf_read_raw(in, to.data(), count);
    else
        sf_readf_short(in, to.data(), count);
    sf_close(in);
    return to;
}

struct Law {
    const char* name;
    int format;
    std::uint8_t (*to)(std::int16_t);
    std::int16_t (*from)(std::uint8_t);
};
constexpr Law kLaws[] = {{"ulaw", SF_FORMAT_ULAW, toUlaw, fromUlaw}, {"alaw", SF_FORMAT_ALAW, toAlaw, fromAlaw}};

} // namespace

class ClipTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }

    void codesSoundAsLibsndfileSays() {
        std::vector<std::uint8_t> codes(256);
        std::iota(codes.begin(), codes.end(), std::uint8_t{0});
        for (const auto& law : kLaws) {
            const auto theirs = throughFile<std::uint8_t, std::int16_t>(path("codes"), codes, law.format);
            for (const auto code : codes) {
                QVERIFY2(law.from(code) == theirs[code], law.name);
                const auto again = law.to(law.from(code));
                QVERIFY2(law.from(again) == law.from(code), law.name);
                QVERIFY2(again == code || law.from(code) == 0, law.name); // µ-law has two zeros
            }
        }
    }
    void everySampleHasTheCodeOfItsStep() {
        for (const auto& law : kLaws) {
            int before = -100'000;
            for (int sample = -32'768; sample <= 32'767; ++sample) {
                const auto code = law.to(static_cast<std::int16_t>(sample));
                const int back = law.from(code);
                // G.711, tables 1 and 2: a step is twice as high from one segment to the next.
                const bool ulaw = law.format == SF_FORMAT_ULAW;
                const int segment = ((ulaw ? ~code : code ^ 0x55) >> 4) & 7;
                const int half = ulaw ? 4 << segment : 8 << std::max(0, segment - 1);
                const bool beyond = ulaw && std::abs(sample) > 32'635; // µ-law ends there
                const bool good = back >= before && (std::abs(back - sample) <= half || (beyond && segment == 7));
                QVERIFY2(good, qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(law.name)).arg(sample)));
                before = back;
            }
        }
    }
    void theLoudestSamplesDoNotTurnOver() {
        QVERIFY(fromUlaw(toUlaw(-32'768)) < -32'000);
        QVERIFY(fromAlaw(toAlaw(-32'768)) < -32'000);
        QVERIFY(fromUlaw(toUlaw(32'767)) > 32'000);
        QVERIFY(fromAlaw(toAlaw(32'767)) > 32'000);
        QCOMPARE(toUlaw(0), kUlawSilence);
        QCOMPARE(toAlaw(0), kAlawSilence);
    }
    void clipsAreWholeFrames() {
        for (const std::size_t samples : {0UL, 1UL, 159UL, 160UL, 161UL, 1'600UL}) {
            Pcm pcm;
            pcm.samples.assign(samples, 10'000);
            const auto clip = clipOf(pcm);
            const auto frames = (samples + 159) / 160;
            QCOMPARE(clip->frames(), frames);
            QCOMPARE(clip->ulaw.size(), frames * kFrame);
            QCOMPARE(clip->alaw.size(), frames * kFrame);
            for (std::size_t i = 0; i < clip->ulaw.size(); ++i) {
                QCOMPARE(clip->ulaw[i], i < samples ? toUlaw(10'000) : kUlawSilence);
                QCOMPARE(clip->alaw[i], i < samples ? toAlaw(10'000) : kAlawSilence);
            }
        }
    }
    void aClipSoundsAsItsSamples() {
        const auto pcm = toneOf(1'013, 1);
        const auto back = pcmOf(*clipOf(pcm));
        QCOMPARE(back.samples.size(), pcm.samples.size());
        QVERIFY(std::abs(strengthIn(back, 1'013) - 0.5) < 0.01);
        QVERIFY(strengthIn(back, 3'039) < 0.01); // little noise of the law
    }
    void whatIsSavedIsLoaded() {
        const auto clip = clipOf(toneOf(440, 1.234));
        QVERIFY(saveClip(name("a"), *clip).ok());
        QVERIFY(**loadClip(name("a")) == *clip);
        const auto other = clipOf(toneOf(880, 0.1));
        QVERIFY(saveClip(name("a"), *other).ok()); // in its place
        QVERIFY(**loadClip(name("a")) == *other);
        QVERIFY(saveClip(name("empty"), Clip{}).ok());
        QCOMPARE((*loadClip(name("empty")))->frames(), std::size_t{0});
        QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("*.part")}, QDir::Files).isEmpty());
    }
    void onlyWholeClipsAreLoaded() {
        QCOMPARE(codeIn(loadClip(name("nowhere"))), std::string("not_found"));
        QCOMPARE(codeIn(loadClip(name("no/where"))), std::string("not_found"));
        QCOMPARE(codeIn(loadClip(m_folder.path().toStdString())), std::string("audio_unreadable"));
        QVERIFY(saveClip(name("b"), *clipOf(toneOf(440, 0.1))).ok());
        QFile file(path("b"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto good = file.readAll();
        file.close();
        const auto codeOfFile = [&](const QByteArray& bytes) {
            QFile bad(path("bad"));
            if (!bad.open(QIODevice::WriteOnly) || bad.write(bytes) != bytes.size())
                return std::string("the test's disk");
            bad.close();
            return codeIn(loadClip(name("bad")));
        };
        QCOMPARE(codeOfFile(good), std::string());
        for (const qsizetype size : {qsizetype{0}, qsizetype{7}, qsizetype{11}, qsizetype{12}, good.size() - 1})
            QCOMPARE(codeOfFile(good.left(size)), std::string("audio_unreadable"));
        QCOMPARE(codeOfFile(good + 'x'), std::string("audio_unreadable"));
        for (int i = 0; i < 12; ++i) { // name, version, length
            auto bad = good;
            bad[i] = static_cast<char>(bad[i] ^ 0x41);
            QCOMPARE(codeOfFile(bad), std::string("audio_unreadable"));
        }
        auto huge = good;
        huge.replace(8, 4, "\xFF\xFF\xFF\xFF");
        QCOMPARE(codeOfFile(huge), std::string("audio_unreadable"));
    }
    void aDiskThatTakesNothingIsTold() {
        QCOMPARE(codeIn(saveClip(name("no/such/folder"), Clip{})), std::string("storage_unavailable"));
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("folder/x")));
        QCOMPARE(codeIn(saveClip(name("folder"), Clip{})), std::string("storage_unavailable")); // rename fails
        QVERIFY(!QFile::exists(path("folder.part")));
    }
    void theServersMusicIsCalmAndLoops() {
        const auto music = holdMusic();
        QVERIFY(music == holdMusic());
        QCOMPARE(music->frames(), std::size_t{800});
        const auto pcm = pcmOf(*music);
        int loudest = 0, step = 0;
        for (std::size_t i = 0; i < pcm.samples.size(); ++i) {
            loudest = std::max<int>(loudest, std::abs(pcm.samples[i]));
            if (i > 0)
                step = std::max(step, std::abs(pcm.samples[i] - pcm.samples[i - 1]));
        }
        QVERIFY(loudest > 6'000 && loudest < 12'000);
        QVERIFY(std::abs(pcm.samples.front() - pcm.samples.back()) <= step); // no click where it begins anew
        // Nowhere is silence for as long as a second.
        for (std::size_t at = 0; at + kRate <= pcm.samples.size(); at += kRate) {
            double power = 0;
            for (std::size_t i = at; i < at + kRate; ++i)
                power += static_cast<double>(pcm.samples[i]) * pcm.samples[i];
            QVERIFY(std::sqrt(power / kRate) > 300);
        }
    }

private:
    QString path(const char* file) const { return m_folder.filePath(QLatin1String(file)); }
    std::string name(const char* file) const { return path(file).toStdString(); }

    QTemporaryDir m_folder;
};

static const cb::test::Add<ClipTest> addedClipTest;
#include "clip_test.moc"
