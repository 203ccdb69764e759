#include "server/media/sound/pcm.h"
#include "tests/server/media/sound/sounds.h"
#include "tests/support/suite.h"

#include <sndfile.h>

#include <QtTest/QtTest>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

using namespace cb;
using namespace cb::sound;
using namespace cb::test;

namespace {

const base::Seconds kLongest{60};

/// A file of one tone, as libsndfile writes it.
std::string toneFile(double hertz, double seconds, int rate, int channels, int format) {
    const auto path =
        (std::filesystem::temp_directory_path() / ("cloudbell-tone-" + std::to_string(getpid()))).string();
    SF_INFO info{};
    info.samplerate = rate;
    info.channels = channels;
    info.format = format;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    if (file == nullptr)
        return {};
    std::vector<float> frame(static_cast<std::size_t>(channels));
    for (int i = 0; i < static_cast<int>(seconds * rate); ++i) {
        const auto value = static_cast<float>(0.5 * std::sin(kTurn * hertz * i / rate));
        // Only the first channel sounds: mixing down must neither drop it nor take another.
        std::fill(frame.begin(), frame.end(), 0.0F);
        frame[0] = value;
        sf_writef_float(file, frame.data(), 1);
    }
    sf_close(file);
    std::ifstream in(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(path);
    return bytes;
}

} // namespace

class SoundTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesBecomeTelephoneSound_data() {
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("format");
        for (const int rate : {8'000, 11'025, 16'000, 44'100, 48'000})
            for (const int channels : {1, 2}) {
                QTest::addRow("wav %d %d", rate, channels) << rate << channels << (SF_FORMAT_WAV | SF_FORMAT_PCM_16);
                QTest::addRow("wav24 %d %d", rate, channels) << rate << channels << (SF_FORMAT_WAV | SF_FORMAT_PCM_24);
                QTest::addRow("float %d %d", rate, channels) << rate << channels << (SF_FORMAT_WAV | SF_FORMAT_FLOAT);
                QTest::addRow("ulaw %d %d", rate, channels) << rate << channels << (SF_FORMAT_WAV | SF_FORMAT_ULAW);
                QTest::addRow("mp3 %d %d", rate, channels)
                    << rate << channels << (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III);
            }
    }
    void filesBecomeTelephoneSound() {
        QFETCH(int, rate);
        QFETCH(int, channels);
        QFETCH(int, format);
        const auto file = toneFile(1'000, 2, rate, channels, format);
        QVERIFY(!file.empty());
        const bool mp3 = (format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG;
        QVERIFY(formatOf(file) == (mp3 ? Format::Mp3 : Format::Wav));
        const auto pcm = decoded(file, kLongest);
        QVERIFY2(pcm.ok(), codeIn(pcm).c_str());
        const auto length = pcm->length().count();
        QVERIFY2(length >= 1'950 && length <= 2'200, std::to_string(length).c_str()); // mp3 fills its last frame
        const double wanted = 0.5 / channels;
        QVERIFY2(std::abs(strengthIn(*pcm, 1'000) - wanted) < wanted * 0.12,
                 std::to_string(strengthIn(*pcm, 1'000)).c_str());
        QVERIFY(strengthIn(*pcm, 1'400) < 0.02);
        QVERIFY(strengthIn(*pcm, 600) < 0.02);
    }
    void nothingAboveTheTelephonesBandComesBackBelowIt() {
        const auto pcm = decoded(toneFile(7'000, 1, 44'100, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16), kLongest);
        QVERIFY(pcm.ok());
        QVERIFY(strengthIn(*pcm, 1'000) < 0.005); // 8,000 - 7,000
    }
    void whatIsWrittenIsReadBack() {
        Pcm pcm;
        for (int i = 0; i < 10'000; ++i)
            pcm.samples.push_back(static_cast<std::int16_t>((i * 7'919) % 65'536 - 32'768));
        const auto back = decoded(wavOf(pcm), kLongest);
        QVERIFY(back.ok());
        QVERIFY(*back == pcm);
    }
    void badFilesAreRefused() {
        const auto wav = toneFile(440, 1, 8'000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
        const auto mp3 = toneFile(440, 1, 44'100, 1, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III);
        QCOMPARE(codeIn(decoded("", kLongest)), std::string("audio_format"));
        QCOMPARE(codeIn(decoded("<html>", kLongest)), std::string("audio_format"));
        QCOMPARE(codeIn(decoded("OggS" + wav, kLongest)), std::string("audio_format"));
        QCOMPARE(codeIn(decoded(wav.substr(0, 44), kLongest)), std::string("audio_unreadable"));
        QCOMPARE(codeIn(decoded("RIFF\x10\0\0\0WAVE" + std::string(40, 'x'), kLongest)),
                 std::string("audio_format")); // the literal ends at its first zero
        QCOMPARE(codeIn(decoded(std::string("RIFF\x10\0\0\0WAVE", 12) + std::string(40, 'x'), kLongest)),
                 std::string("audio_unreadable"));
        QCOMPARE(codeIn(decoded("\xFF\xFB\x90\x64" + std::string(3, '\0'), kLongest)), std::string("audio_unreadable"));
        // As programs write it that do not know yet how long it will be.
        auto streamed = wav;
        streamed.replace(4, 4, "\xFF\xFF\xFF\xFF").replace(40, 4, "\xFF\xFF\xFF\xFF");
        const auto whole = decoded(streamed, kLongest);
        QVERIFY(whole.ok());
        QCOMPARE(whole->samples.size(), std::size_t{8'000});
        const auto longer = decoded(wav, base::Seconds(0));
        QCOMPARE(codeIn(longer), std::string("audio_too_long"));
        // Cut and damaged ones give what can be heard, or a refusal; never a crash.
        for (const auto& good : {wav, mp3})
            for (std::size_t i = 0; i < good.size(); i += 97) {
                auto bad = good;
                bad[i] = static_cast<char>(bad[i] ^ 0x55);
                (void)decoded(bad, kLongest);
                (void)decoded(good.substr(0, i), kLongest);
            }
    }
};

static const cb::test::Add<SoundTest> addedSoundTest;
CB_TEST_MAIN()
#include "sound_test.moc"
