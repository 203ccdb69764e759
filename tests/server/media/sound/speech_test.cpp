#include "server/media/sound/speech.h"
#include "tests/server/media/sound/sounds.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace cb;
using namespace cb::sound;
using namespace cb::test;

namespace {

/// espeak-ng never says a thing twice in quite the same way: about as long, about as loud.
bool soundsLike(const base::Result<Pcm>& a, const base::Result<Pcm>& b) {
    if (!a || !b)
        return false;
    const auto level = [](const Pcm& pcm) {
        double power = 0;
        for (const auto sample : pcm.samples)
            power += static_cast<double>(sample) * sample;
        return std::sqrt(power / static_cast<double>(pcm.samples.size()));
    };
    const auto near = [](double x, double y) { return std::abs(x - y) < 0.08 * y; };
    return near(static_cast<double>(a->samples.size()), static_cast<double>(b->samples.size())) &&
           near(level(*a), level(*b));
}

} // namespace

class SpeechTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        auto speech = makeSpeech({});
        QVERIFY2(speech.ok(), speech ? "" : speech.error().detail.c_str());
        m_speech = std::move(*speech);
    }
    void cleanupTestCase() { m_speech.reset(); }

    void textIsSpoken() {
        const auto chinese = m_speech->speak("您好，欢迎致电。", "");
        QVERIFY2(chinese.ok(), codeIn(chinese).c_str());
        QVERIFY(chinese->length() > base::Millis(500));
        const auto english = m_speech->speak("Hello, and welcome.", "en-us");
        QVERIFY(english.ok());
        QVERIFY(soundsLike(m_speech->speak("Hello, and welcome.", "en-us"), english));
        QVERIFY(soundsLike(m_speech->speak("\tHello,\nand welcome. ", "en-us"), english));
        const auto twice = m_speech->speak("Hello, and welcome. Hello, and welcome.", "en-us");
        QVERIFY(twice.ok() && twice->length() > english->length() + english->length() / 2);
        double power = 0;
        for (const auto sample : english->samples)
            power += static_cast<double>(sample) * sample;
        const double level = std::sqrt(power / static_cast<double>(english->samples.size()));
        QVERIFY2(level > 1'000 && level < 10'000, std::to_string(level).c_str()); // -30 to -10 dB of full scale
    }
    void everyVoiceSpeaks() {
        const auto voices = m_speech->voices();
        for (const char* voice : {"cmn", "yue", "en-us", "en-gb", "fr-fr", "de", "es", "ru", "ko"})
            QVERIFY2(std::find(voices.begin(), voices.end(), voice) != voices.end(), voice);
        for (const auto& voice : voices) {
            const auto spoken = m_speech->speak("123", voice);
            QVERIFY2(spoken.ok() && spoken->length() > base::Millis(300), voice.c_str());
        }
        // Others spell out the characters they do not know.
        const std::string counted = "一二三四五";
        const auto known = m_speech->speak(counted, "cmn"), spelled = m_speech->speak(counted, "en-us");
        QVERIFY(known.ok() && spelled.ok() && spelled->length() > 2 * known->length());
        QVERIFY(soundsLike(m_speech->speak(counted, ""), known));
    }
    void mandarinIsNotReadAsEnglishPinyin() {
        // espeak-ng 1.51's own "cmn" says "hao three" for 好: half as long again.
        const auto ten = m_speech->speak("一二三四五六七八九十", "cmn");
        QVERIFY(ten.ok());
        QVERIFY2(ten->length() < base::Millis(2'800), std::to_string(ten->length().count()).c_str());
        const auto one = m_speech->speak("好", "cmn");
        QVERIFY(one.ok());
        QVERIFY2(one->length() < base::Millis(420), std::to_string(one->length().count()).c_str());
    }
    void whatCannotBeSpokenIsRefused() {
        QCOMPARE(codeIn(m_speech->speak("x", "../../etc")), std::string("bad_field"));
        for (const std::string& bad : {std::string(), std::string(" \n"), std::string("a\0b", 3),
                                       std::string("\xFF\xFE"), std::string(kMostSpoken + 1, 'a')})
            QCOMPARE(codeIn(m_speech->speak(bad, "")), std::string("bad_field"));
        std::string most;
        for (std::size_t i = 0; i < kMostSpoken; ++i)
            most += i % 10 == 9 ? "。" : "好";
        QVERIFY(m_speech->speak(most, "").ok());
        QCOMPARE(codeIn(espeakSpeech("no-such-voice")), std::string("speech_failed"));
        QCOMPARE(codeIn(espeakSpeech("")), std::string("speech_failed"));
        QVERIFY(m_speech->speak("x", "").ok()); // the others' end is not ours
    }
    void severalSpeakAtOnce() {
        const auto alone = m_speech->speak("Hello, and welcome.", "en-us");
        QVERIFY(alone.ok());
        auto second = espeakSpeech("en-us");
        QVERIFY(second.ok());
        QVERIFY((*second)->name() != m_speech->name());
        std::vector<std::thread> threads;
        std::atomic<int> same{0};
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                const auto spoken = i % 2 == 0 ? m_speech->speak("Hello, and welcome.", "en-us")
                                               : (*second)->speak("Hello, and welcome.", "");
                same += soundsLike(spoken, alone) ? 1 : 0;
                (void)m_speech->speak("您好", "cmn");
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(same.load(), 4);
        second->reset();
        QVERIFY(soundsLike(m_speech->speak("Hello, and welcome.", "en-us"), alone));
    }
    void onceMoreAfterTheLastHasGone() {
        m_speech.reset();
        auto speech = espeakSpeech("en-us");
        QVERIFY(speech.ok());
        QVERIFY((*speech)->speak("Hello, and welcome.", "").ok());
        m_speech = std::move(*speech);
    }

private:
    std::unique_ptr<Speech> m_speech;
};

static const cb::test::Add<SpeechTest> addedSpeechTest;
#include "speech_test.moc"
