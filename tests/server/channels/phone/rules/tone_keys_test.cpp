#include "server/channels/phone/rules/keys.h"
#include "server/media/sound/clip.h"
#include "server/media/sound/hold_music.h"
#include "server/media/sound/speech.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace cb;
using namespace cb::phone;

namespace {

using Samples = std::vector<std::int16_t>;

constexpr std::string_view kPadKeys = "123A456B789C*0#D";
constexpr double kRowTones[] = {697, 770, 852, 941}, kColumnTones[] = {1'209, 1'336, 1'477, 1'633};

struct Press {
    double on = 70, off = 70;     ///< ms
    double low = -13, high = -11; ///< dB of full scale, each tone
    double off1 = 0;              ///< how far its frequencies are off: 0.015 = 1.5 %
    double noise = -100;          ///< dB of full scale
};

double amplitude(double decibel) {
    return 32'767 * std::pow(10, decibel / 20);
}

void addSample(Samples& out, double sample) {
    // As it comes from the line: through G.711.
    const auto linear = static_cast<std::int16_t>(std::clamp(std::lrint(sample), -32'768L, 32'767L));
    out.push_back(out.size() % 2 == 0 ? sound::fromAlaw(sound::toAlaw(linear))
                                      : sound::fromUlaw(sound::toUlaw(linear)));
}

void addPress(Samples& out, char key, const Press& press, std::mt19937& random) {
    const auto at = kPadKeys.find(key);
    const double row = kRowTones[at / 4] * (1 + press.off1), column = kColumnTones[at % 4] * (1 + press.off1);
    const double turn = 2 * 3.14159265358979323846 / 8'000;
    const double from1 = static_cast<double>(random() % 628) / 100, from2 = static_cast<double>(random() % 628) / 100;
    std::normal_distribution<double> noise(0, amplitude(press.noise) / std::sqrt(2));
    for (int i = 0; i < static_cast<int>(press.on * 8); ++i)
        addSample(out, amplitude(press.low) * std::sin(turn * row * i + from1) +
                           amplitude(press.high) * std::sin(turn * column * i + from2) + noise(random));
    for (int i = 0; i < static_cast<int>(press.off * 8); ++i)
        addSample(out, noise(random));
}

std::string keysIn(const Samples& samples, std::size_t piece = 160) {
    ToneKeys tones;
    std::string keys;
    for (std::size_t at = 0; at < samples.size(); at += piece)
        if (const auto key = tones.take(std::span(samples).subspan(at, std::min(piece, samples.size() - at))))
            keys += *key;
    while (const auto key = tones.take({})) // more than one was in the last pieces
        keys += *key;
    return keys;
}

/// All keys several times, each somewhere else in the frames; what was pressed comes as `pressed`.
Samples allKeys(const Press& press, std::string& pressed) {
    std::mt19937 random(5);
    Samples out(400);
    for (int round = 0; round < 10; ++round)
        for (const char key : kPadKeys) {
            addPress(out, key, press, random);
            out.resize(out.size() + random() % 60);
            pressed += key;
        }
    out.resize(out.size() + 800);
    return out;
}

} // namespace

/// Against ITU-T Q.24 (signal reception): what must be heard, and what must not.
class ToneKeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysAreHeard_data() {
        QTest::addColumn<Press>("press");
        QTest::newRow("plain") << Press{};
        QTest::newRow("short") << Press{.on = 40, .off = 40};
        QTest::newRow("short pause") << Press{.on = 60, .off = 40};
        QTest::newRow("long") << Press{.on = 1'000, .off = 50};
        QTest::newRow("soft") << Press{.low = -36, .high = -34};
        QTest::newRow("loud") << Press{.low = -6.1, .high = -6.1};
        QTest::newRow("too loud for the line") << Press{.low = 0, .high = 0};
        QTest::newRow("high louder by 6 dB") << Press{.low = -16, .high = -10};
        QTest::newRow("low louder by 8 dB") << Press{.low = -10, .high = -18};
        QTest::newRow("1.5 % above") << Press{.off1 = 0.015};
        QTest::newRow("1.5 % below") << Press{.off1 = -0.015};
        QTest::newRow("1.5 % above, short") << Press{.on = 45, .off = 45, .off1 = 0.015};
        QTest::newRow("noise 15 dB below") << Press{.noise = -26};
        QTest::newRow("noise 20 dB below, 1.5 % below") << Press{.on = 50, .off = 50, .off1 = -0.015, .noise = -31};
    }
    void keysAreHeard() {
        QFETCH(Press, press);
        std::string pressed;
        const auto samples = allKeys(press, pressed);
        QCOMPARE(keysIn(samples), pressed);
    }
    void othersAreNot_data() {
        QTest::addColumn<Press>("press");
        QTest::newRow("too short") << Press{.on = 20};
        QTest::newRow("too soft") << Press{.low = -50, .high = -50};
        QTest::newRow("3.5 % above") << Press{.off1 = 0.035};
        QTest::newRow("3.5 % below") << Press{.off1 = -0.035};
        QTest::newRow("one tone only") << Press{.low = -10, .high = -60};
        QTest::newRow("the other tone only") << Press{.low = -60, .high = -10};
        QTest::newRow("in as much noise") << Press{.low = -20, .high = -20, .noise = -14};
    }
    void othersAreNot() {
        QFETCH(Press, press);
        std::string pressed;
        const auto samples = allKeys(press, pressed);
        QCOMPARE(keysIn(samples), std::string());
    }
    void aGapOfTenMillisecondsIsNone() {
        for (std::size_t phase = 0; phase < 102; ++phase) {
            std::mt19937 random(static_cast<unsigned>(phase));
            Samples out(800 + phase);
            addPress(out, '5', {.on = 60, .off = 10}, random);
            addPress(out, '5', {.on = 60, .off = 100}, random);
            QCOMPARE(keysIn(out), std::string("5"));
        }
    }
    void howTheSamplesComeDoesNotMatter() {
        std::string pressed;
        const auto samples = allKeys({}, pressed);
        for (const std::size_t piece : {1UL, 7UL, 80UL, 160UL, 240UL, 480UL, 1'600UL})
            QCOMPARE(keysIn(samples, piece), pressed);
        QCOMPARE(keysIn(samples, samples.size()), pressed);
    }
    void resetForgets() {
        std::mt19937 random(1);
        Samples out;
        addPress(out, '5', {.on = 100, .off = 0}, random);
        ToneKeys tones;
        QVERIFY(tones.take(out) == '5');
        QVERIFY(!tones.take(out)); // goes on
        tones.reset();
        QVERIFY(tones.take(out) == '5');
    }
    void speechIsNotKeys() {
        auto speech = sound::espeakSpeech("cmn");
        QVERIFY(speech.ok());
        std::string english, chinese;
        for (int i = 0; i < 25; ++i) {
            english += "Thank you for calling, all our agents are busy; number " + std::to_string(i * 37) + " please. ";
            chinese += "感谢您的来电，座席正忙，请稍候，您前面还有" + std::to_string(i * 37) + "位客户。";
        }
        double seconds = 0;
        for (const auto& voice : (*speech)->voices()) {
            const auto& text = voice == "cmn" || voice == "yue" ? chinese : english;
            const auto spoken = (*speech)->speak(text, voice);
            QVERIFY2(spoken.ok(), voice.c_str());
            const auto heard = sound::pcmOf(*sound::clipOf(*spoken)).samples;
            QVERIFY2(keysIn(heard).empty(), (voice + ": " + keysIn(heard)).c_str());
            seconds += static_cast<double>(heard.size()) / sound::kRate;
        }
        QVERIFY2(seconds > 600, std::to_string(seconds).c_str());
    }
    void musicAndNoiseAreNotKeys() {
        QCOMPARE(keysIn(sound::pcmOf(*sound::holdMusic()).samples), std::string());
        std::mt19937 random(9);
        Samples noise;
        for (int i = 0; i < 60 * 8'000; ++i)
            noise.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 40'000) - 20'000));
        QCOMPARE(keysIn(noise), std::string());
        QCOMPARE(keysIn(Samples(80'000, -32'768)), std::string());
    }
    void keysAreHeardOverSpeech() {
        // Somebody talks in the background, 20 dB below.
        auto speech = sound::espeakSpeech("en-us");
        QVERIFY(speech.ok());
        const auto talk =
            (*speech)->speak("Press one for sales, two for service, or stay on the line, please, will you?", "");
        QVERIFY(talk.ok());
        std::string pressed;
        auto samples = allKeys({.on = 80, .off = 80}, pressed);
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<std::int16_t>(
                std::clamp(samples[i] + talk->samples[i % talk->samples.size()] / 16, -32'768, 32'767));
        QCOMPARE(keysIn(samples), pressed);
    }
};

static const cb::test::Add<ToneKeysTest> addedToneKeysTest;
#include "tone_keys_test.moc"
