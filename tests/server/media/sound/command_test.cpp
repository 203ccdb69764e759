#include "server/media/sound/speech.h"
#include "tests/server/media/sound/sounds.h"
#include "tests/support/suite.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

using namespace cb;
using namespace cb::sound;
using namespace cb::test;

namespace {

bool writeFile(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray readFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Real programs: shell scripts in a folder of their own.
class CommandTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        QVERIFY(writeFile(path("tone.wav"), QByteArray::fromStdString(wavOf(m_tone))));
    }

    void aProgramSpeaks() {
        const auto speech = program("cat > said; cat tone.wav");
        const auto spoken = speech->speak("您好，\n欢迎 $(touch broken) `touch broken`", "");
        QVERIFY2(spoken.ok(), codeIn(spoken).c_str());
        QVERIFY(*spoken == m_tone);
        QCOMPARE(readFile(path("said")), QByteArray("您好， 欢迎 $(touch broken) `touch broken`\n"));
        QVERIFY(!QFile::exists(path("broken")));
    }
    void whatItIsAskedForReachesIt() {
        SpeechOptions options;
        options.defaultVoice = "xiaoyan";
        options.voices = {"aiden"};
        options.command = {script("echo \"$@\" > told; cat > said; cat tone.wav"), "--voice={voice}",
                           "{voice}-{voice}"};
        const auto speech = commandSpeech(options);
        QVERIFY(speech.ok());
        QVERIFY((*speech)->speak("x", "").ok());
        QCOMPARE(readFile(path("told")), QByteArray("--voice=xiaoyan xiaoyan-xiaoyan\n"));
        QVERIFY((*speech)->speak("x", "aiden").ok());
        QCOMPARE(readFile(path("told")), QByteArray("--voice=aiden aiden-aiden\n"));
        QCOMPARE(codeIn((*speech)->speak("x", "somebody")), std::string("bad_field"));
        QCOMPARE(codeIn((*speech)->speak("", "")), std::string("bad_field"));
        auto other = options;
        other.command.emplace_back("--fast");
        QVERIFY((*commandSpeech(other))->name() != (*speech)->name());
    }
    void theLongestTextFitsIn() {
        const auto speech = program("cat tone.wav; cat > said");
        std::string most;
        for (std::size_t i = 0; i < kMostSpoken; ++i)
            most += "\U00020000"; // four bytes each
        QVERIFY(speech->speak(most, "").ok());
        QCOMPARE(readFile(path("said")).size(), static_cast<qsizetype>(most.size() + 1));
    }
    void nothingOfOursIsOpenInIt() {
        const int ours = ::open("/dev/null", O_RDONLY); // without close-on-exec, as libraries do
        QVERIFY(ours > 2);
        // sh has the script itself open.
        const auto spoken = program("ls -l /proc/$$/fd > open; cat tone.wav")->speak("x", "");
        ::close(ours);
        QVERIFY(spoken.ok());
        const auto open = readFile(path("open"));
        QVERIFY2(open.contains(" 0 -> pipe:") && open.contains(" 1 -> ") && open.contains(" 2 -> /dev/null"), open);
        QVERIFY2(!open.contains(QByteArray(" ") + QByteArray::number(ours) + " -> /dev/null"), open);
    }
    void badAnswersAreFailures() {
        for (const char* bad : {"exit 0", "exit 3", "echo sorry", "cat tone.wav; exit 1", "cat tone.wav; kill -9 $$",
                                "head -c 44 tone.wav", "yes | head -c 40000000"})
            QCOMPARE(codeIn(program(bad)->speak("x", "")), std::string("speech_failed"));
    }
    void aProgramThatHangsIsEndedWithItsOwn() {
        QElapsedTimer timer;
        timer.start();
        for (const char* hangs : {"sleep 600 & echo $! > pid; wait", "sleep 600 & echo $! > pid; exit 0",
                                  "sleep 600 >/dev/null & echo $! > pid; exec >&-; wait"}) {
            QFile::remove(path("pid"));
            QCOMPARE(codeIn(program(hangs, base::Millis(700))->speak("x", "")), std::string("speech_failed"));
            const auto pid = readFile(path("pid")).trimmed().toInt();
            QVERIFY2(pid > 1, hangs);
            const auto isGone = [pid] { // whoever adopted it may be slow to bury it
                const auto state = readFile(QStringLiteral("/proc/%1/stat").arg(pid));
                return state.isEmpty() || state.mid(state.lastIndexOf(')') + 2, 1) == "Z";
            };
            QTRY_VERIFY2(isGone(), hangs);
        }
        QVERIFY(timer.elapsed() < 60'000);
    }
    void whatIsNoProgramIsRefused() {
        SpeechOptions options;
        for (const std::vector<std::string>& command :
             {std::vector<std::string>{}, {""}, {"sh"}, {"/no/such/program"}, {path("tone.wav").toStdString()}}) {
            options.command = command;
            QCOMPARE(codeIn(commandSpeech(options)), std::string("bad_field"));
        }
        const auto bad = path("bad");
        QVERIFY(writeFile(bad, "no program")); // neither a binary nor #!
        QVERIFY(QFile::setPermissions(bad, QFile::ReadOwner | QFile::ExeOwner));
        options.command = {bad.toStdString()};
        const auto speech = commandSpeech(options);
        QVERIFY(speech.ok());
        QCOMPARE(codeIn((*speech)->speak("x", "")), std::string("speech_failed"));
    }

private:
    QString path(const char* file) const { return m_folder.filePath(QLatin1String(file)); }

    /// Its path.
    std::string script(const char* body) {
        const auto file = m_folder.filePath(QStringLiteral("program%1").arg(++m_programs));
        const auto text = "#!/bin/sh\ncd '" + m_folder.path().toUtf8() + "'\n" + body + '\n';
        return writeFile(file, text) && QFile::setPermissions(file, QFile::ReadOwner | QFile::ExeOwner)
                   ? file.toStdString()
                   : std::string();
    }
    std::unique_ptr<Speech> program(const char* body, base::Millis limit = base::Millis(20'000)) {
        SpeechOptions options;
        options.kind = SpeechKind::Command;
        options.command = {script(body)};
        options.limit = limit;
        auto speech = makeSpeech(options);
        return speech ? std::move(*speech) : nullptr;
    }

    QTemporaryDir m_folder;
    const Pcm m_tone = toneOf(700, 0.5);
    int m_programs = 0;
};

static const cb::test::Add<CommandTest> addedCommandTest;
#include "command_test.moc"
