#include "tests/support/suite.h" // first, for moc

#include "server/media/sound/clip.h"
#include "server/media/sound_booth.h"
#include "tests/server/media/sound/sounds.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <future>

using namespace cb;
using media::SoundBooth;

namespace {

/// A booth whose voice is a program: it says the same whatever it is asked.
struct Booth {
    QTemporaryDir dir;
    sound::SpeechOptions speech;
    sound::LibraryOptions library;

    explicit Booth(const std::string& program) {
        speech.kind = sound::SpeechKind::Command;
        speech.command = {"/bin/sh", "-c", program};
        speech.voices = {"low"};
        library.folder = dir.path().toStdString();
    }
    static base::Result<std::string> heard(SoundBooth& booth, const sound::SoundKey& key) {
        std::promise<base::Result<std::string>> promise;
        booth.listen(key, [&promise](base::Result<std::string> wav) { promise.set_value(std::move(wav)); });
        return promise.get_future().get();
    }
    std::string file(const char* name) const { return dir.filePath(QLatin1String(name)).toStdString(); }
    void put(const char* name, const std::string& bytes) const {
        QFile out(dir.filePath(QLatin1String(name)));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes.data(), qint64(bytes.size())) != qint64(bytes.size()))
            qFatal("cannot write");
    }
};

} // namespace

class SoundBoothTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTextIsHeardAsItIsSpoken() {
        Booth place("true");
        place.put("said.wav", sound::wavOf(test::toneOf(440, 0.2)));
        place.speech.command.back() = "cat >/dev/null; cat '" + place.file("said.wav") + "'";
        SoundBooth booth(place.speech, place.library);
        const auto wav = Booth::heard(booth, {0, "hello", "low"});
        QVERIFY2(wav.ok(), test::codeIn(wav).c_str());
        const auto pcm = sound::decoded(*wav, base::Seconds(10));
        QVERIFY(pcm.ok());
        QCOMPARE(pcm->length(), base::Millis(200));
        QVERIFY(test::strengthIn(*pcm, 440) > 0.4);
        QVERIFY(booth.voices() == std::vector<std::string>{"low"});
        QCOMPARE(Booth::heard(booth, {0, "hello", "nobody"}).error().code, std::string("bad_field"));
    }
    void audioIsHeardAsTheTelephoneHasIt() {
        Booth place("false");
        QVERIFY(QDir(place.dir.path()).mkpath("audio"));
        const auto tone = test::toneOf(600, 0.1);
        QVERIFY(sound::saveClip(sound::audioClipPath(place.library.folder, 4), *sound::clipOf(tone)).ok());
        SoundBooth booth(place.speech, place.library);
        const auto wav = Booth::heard(booth, {4, {}, {}});
        QVERIFY(wav.ok());
        QCOMPARE(*wav, sound::wavOf(sound::pcmOf(*sound::clipOf(tone))));
        QCOMPARE(Booth::heard(booth, {5, {}, {}}).error().code, std::string("not_found"));
        QVERIFY(QFile::remove(place.dir.filePath("audio/4.g711")));
        QVERIFY(Booth::heard(booth, {4, {}, {}}).ok()); // still in memory
        booth.forget(4);
        QCOMPARE(Booth::heard(booth, {4, {}, {}}).error().code, std::string("not_found"));
    }
    void withoutAVoiceTheRestIsHeard() {
        Booth place("false");
        place.speech.command.clear();
        SoundBooth booth(place.speech, place.library);
        QVERIFY(!booth.voices());
        QCOMPARE(Booth::heard(booth, {0, "hello", ""}).error().code, std::string("speech_failed"));
        booth.stop();
        std::string code;
        booth.listen({0, "hello", ""}, [&code](const auto& wav) { code = test::codeIn(wav); });
        QCOMPARE(code, std::string("overloaded"));
    }
};

static const cb::test::Add<SoundBoothTest> addedSoundBoothTest;
#include "sound_booth_test.moc"
