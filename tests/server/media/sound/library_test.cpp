#include "server/media/sound/library.h"
#include "tests/server/media/sound/sounds.h"
#include "tests/support/suite.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace cb;
using namespace cb::sound;
using namespace cb::test;

namespace {

/// Says a tone as high as the text is long, for a tenth of a second.
class TestSpeech final : public Speech {
public:
    std::atomic<int> spoken{0};
    std::atomic<bool> held{false}, broken{false};
    std::string called = "test 1";

    std::vector<std::string> voices() const override { return {"low", "high"}; }
    std::string name() const override { return called; }
    base::Result<Pcm> speak(const std::string& text, const std::string& voice) override {
        ++spoken;
        while (held)
            std::this_thread::yield();
        if (broken)
            return base::retry("speech_failed");
        return toneOf((voice == "high" ? 1'000 : 300) + 10 * static_cast<double>(text.size()), 0.1);
    }
};

constexpr std::size_t kOne = 2 * 5 * kFrame; ///< bytes of such a clip

} // namespace

class LibraryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aTextIsSpokenOnce() {
        TestSpeech speech;
        Library library(options(), &speech);
        const SoundKey key{0, "hello", ""};
        QVERIFY(library.ready(key) == nullptr);
        const auto clip = library.prepare(key);
        QVERIFY2(clip.ok(), codeIn(clip).c_str());
        QVERIFY(**clip == *clipOf(toneOf(350, 0.1)));
        QVERIFY(library.ready(key) == *clip);
        QVERIFY(*library.prepare(key) == *clip);
        QCOMPARE(speech.spoken.load(), 1);
        QVERIFY(!(**library.prepare({0, "hello", "high"}) == **clip));
        QVERIFY(!(**library.prepare({0, "hello!", ""}) == **clip));
        QCOMPARE(speech.spoken.load(), 3);
        QCOMPARE(library.bytes(), 3 * kOne);
    }
    void anotherDayItIsReadFromDisk() {
        TestSpeech speech;
        const auto first = *Library(options(), &speech).prepare({0, "hello", "high"});
        Library library(options(), &speech);
        QVERIFY(library.ready({0, "hello", "high"}) == nullptr);
        QVERIFY(**library.prepare({0, "hello", "high"}) == *first);
        QCOMPARE(speech.spoken.load(), 1);
        // Voice and text do not run into each other.
        QVERIFY(!(**library.prepare({0, "ghhello", "hi"}) == *first));
        QCOMPARE(speech.spoken.load(), 2);
        speech.called = "test 2";
        Library newer(options(), &speech);
        QVERIFY(newer.prepare({0, "hello", "high"}).ok());
        QCOMPARE(speech.spoken.load(), 3);
        for (const auto& file : speechFiles()) { // as after a fault of the disk
            QFile broken(file.absoluteFilePath());
            QVERIFY(broken.resize(100));
        }
        QVERIFY(**Library(options(), &speech).prepare({0, "hello", "high"}) == *first);
        QCOMPARE(speech.spoken.load(), 4);
    }
    void theLongestUnusedGoes() {
        TestSpeech speech;
        auto wanted = options();
        wanted.mostBytes = 3 * kOne;
        Library library(wanted, &speech);
        const auto key = [](int i) { return SoundKey{0, std::string(static_cast<std::size_t>(i), 'x'), ""}; };
        for (int i = 1; i <= 3; ++i)
            QVERIFY(library.prepare(key(i)).ok());
        const auto held = library.ready(key(1)); // used: 2 is the oldest now
        QVERIFY(held != nullptr);
        QVERIFY(library.prepare(key(4)).ok());
        QVERIFY(library.ready(key(2)) == nullptr);
        QVERIFY(library.ready(key(1)) && library.ready(key(3)) && library.ready(key(4)));
        QCOMPARE(library.bytes(), 3 * kOne);
        wanted.mostBytes = 1;
        Library small(wanted, &speech);
        QVERIFY(small.prepare(key(1)).ok());
        QVERIFY(small.ready(key(1)) != nullptr); // else nobody could ever hear it
        const auto first = small.ready(key(1));
        QVERIFY(small.prepare(key(2)).ok());
        QVERIFY(small.ready(key(1)) == nullptr && small.ready(key(2)) != nullptr);
        QCOMPARE(small.bytes(), kOne);
        QVERIFY(*first == *clipOf(toneOf(310, 0.1))); // whoever sounds it has it
    }
    void manyWhoWantTheSameWaitForOne() {
        TestSpeech speech;
        Library library(options(), &speech);
        speech.held = true;
        std::atomic<int> begun{0}, good{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                ++begun;
                const auto clip = library.prepare({0, "hello", ""});
                good += clip.ok() && library.ready({0, "hello", ""}) == *clip ? 1 : 0;
            });
        while (begun < 8 || speech.spoken == 0)
            std::this_thread::yield();
        QVERIFY(library.ready({0, "hello", ""}) == nullptr); // does not wait
        for (int i = 0; i < 1'000; ++i)
            std::this_thread::yield();
        speech.held = false;
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 8);
        QCOMPARE(speech.spoken.load(), 1);
    }
    void aFailureIsNotKept() {
        TestSpeech speech;
        Library library(options(), &speech);
        speech.broken = true;
        QCOMPARE(codeIn(library.prepare({0, "hello", ""})), std::string("speech_failed"));
        QVERIFY(library.ready({0, "hello", ""}) == nullptr);
        QVERIFY(speechFiles().isEmpty());
        speech.broken = false;
        QVERIFY(library.prepare({0, "hello", ""}).ok());
        Library mute(options(), nullptr);
        QCOMPARE(codeIn(mute.prepare({0, "hello", ""})), std::string("speech_failed"));
    }
    void withoutADiskItIsStillHeard() {
        TestSpeech speech;
        auto wanted = options();
        wanted.folder = m_folder->filePath(QStringLiteral("file")).toStdString();
        QFile file(m_folder->filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Library library(wanted, &speech);
        QVERIFY(library.prepare({0, "hello", ""}).ok());
        QVERIFY(library.ready({0, "hello", ""}) != nullptr);
    }
    void uploadedAudioIsReadNotMade() {
        TestSpeech speech;
        Library library(options(), &speech);
        const auto clip = clipOf(toneOf(440, 1));
        QCOMPARE(codeIn(library.prepare({7, "", ""})), std::string("not_found"));
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("audio")));
        QVERIFY(saveClip(audioClipPath(options().folder, 7), *clip).ok());
        QVERIFY(**library.prepare({7, "its text does not count", "low"}) == *clip);
        QVERIFY(*library.ready({7, "", ""}) == *clip);
        QCOMPARE(speech.spoken.load(), 0);
        library.forget(7);
        library.forget(8);
        QVERIFY(library.ready({7, "", ""}) == nullptr);
        QCOMPARE(library.bytes(), std::size_t{0});
        QVERIFY(library.prepare({7, "", ""}).ok());
    }
    void aLostClipIsMadeFromTheFileThatCame() {
        auto wanted = options();
        int asked = 0;
        wanted.original = [&asked](std::int64_t audio) -> base::Result<std::string> {
            ++asked;
            if (audio == 7)
                return wavOf(toneOf(440, 1));
            return audio == 8 ? base::Result<std::string>("no wav") : base::rejected("not_found");
        };
        const auto clip = clipOf(toneOf(440, 1));
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("audio")));
        QVERIFY(**Library(wanted, nullptr).prepare({7, "", ""}) == *clip);
        QVERIFY(**Library(wanted, nullptr).prepare({7, "", ""}) == *clip);
        QCOMPARE(asked, 1); // it was saved
        QFile broken(QString::fromStdString(audioClipPath(wanted.folder, 7)));
        QVERIFY(broken.resize(100));
        QVERIFY(**Library(wanted, nullptr).prepare({7, "", ""}) == *clip);
        QCOMPARE(asked, 2);
        QCOMPARE(codeIn(Library(wanted, nullptr).prepare({8, "", ""})), std::string("audio_format"));
        QCOMPARE(codeIn(Library(wanted, nullptr).prepare({9, "", ""})), std::string("not_found"));
    }
    void theDiskIsNotFilledUp() {
        TestSpeech speech;
        auto wanted = options();
        wanted.mostDisk = 20 * kOne;
        const auto key = [](int i) { return SoundKey{0, std::string(static_cast<std::size_t>(i), 'x'), ""}; };
        for (int i = 1; i <= 19; ++i)
            QVERIFY(Library(wanted, &speech).prepare(key(i)).ok());
        // All were used an hour ago, the first just now.
        const auto before = QDateTime::currentDateTimeUtc().addSecs(-3'600);
        for (const auto& info : speechFiles()) {
            QFile file(info.absoluteFilePath());
            QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(before, QFileDevice::FileModificationTime));
        }
        Library library(wanted, &speech);
        QVERIFY(library.prepare(key(1)).ok());
        QCOMPARE(speech.spoken.load(), 19);
        QFile left(m_folder->filePath(QStringLiteral("speech/left.g711.part")));
        QVERIFY(left.open(QIODevice::WriteOnly));
        QVERIFY(left.setFileTime(before.addSecs(-3'600), QFileDevice::FileModificationTime));
        left.close();
        for (int i = 20; i <= 60; ++i) {
            QVERIFY(library.prepare(key(i)).ok());
            qint64 all = 0;
            for (const auto& file : speechFiles())
                all += file.size();
            QVERIFY2(all <= static_cast<qint64>(21 * kOne), std::to_string(all).c_str());
            if (i == 30) { // the old ones went first
                Library again(wanted, &speech);
                const int spoken = speech.spoken;
                QVERIFY(again.prepare(key(1)).ok());
                QCOMPARE(speech.spoken.load(), spoken);
            }
        }
        QVERIFY(!left.exists());
        QVERIFY(speechFiles().size() >= 10);
    }

private:
    LibraryOptions options() const {
        LibraryOptions options;
        options.folder = m_folder->path().toStdString();
        return options;
    }
    QFileInfoList speechFiles() const {
        return QDir(m_folder->filePath(QStringLiteral("speech")))
            .entryInfoList({QStringLiteral("*.g711")}, QDir::Files);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

static const cb::test::Add<LibraryTest> addedLibraryTest;
#include "library_test.moc"
