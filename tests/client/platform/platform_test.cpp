#include "client/platform/attention.h"
#include "client/platform/language.h"
#include "client/platform/notifier.h"
#include "client/platform/secret_store.h"
#include "client/platform/single_instance.h"
#include "client/platform/sounds.h"
#include "client/platform/system_appearance.h"
#include "tests/client/platform/notification_service.h"
#include "tests/client/platform/private_bus.h"
#include "tests/support/suite.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLocale>
#include <QPixmap>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QWidget>

#include <cmath>
#include <future>

using namespace cb::platform;

extern cb::test::PrivateBus* g_bus;

/// The portal's settings: dark, and it changes.
class SettingsPortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public Q_SLOTS:
    QDBusVariant Read(const QString&, const QString& key) {
        if (key == QLatin1String("color-scheme"))
            return QDBusVariant(QVariant::fromValue(QDBusVariant(1U)));
        return QDBusVariant(QVariant::fromValue(QDBusVariant(false)));
    }
Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

class PlatformTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!g_bus->isRunning())
            QSKIP("dbus-daemon cannot be started");
        QVERIFY(QDBusConnection::sessionBus().isConnected());
    }

    void secretsWithoutAServiceStayInMemory() {
        SecretStore store(QStringLiteral("cloudbell-test"));
        QSignalSpy lost(&store, &SecretStore::becameVolatile);
        QCOMPARE(write(store, QStringLiteral("token"), QStringLiteral("s3cret")).outcome, SecretStore::Outcome::Ok);
        QVERIFY(!store.isPersistent());
        QCOMPARE(lost.count(), 1);
        const auto answer = read(store, QStringLiteral("token"));
        QCOMPARE(answer.outcome, SecretStore::Outcome::Ok);
        QCOMPARE(answer.secret, QStringLiteral("s3cret"));
        QCOMPARE(read(store, QStringLiteral("other")).outcome, SecretStore::Outcome::Unavailable);
        QCOMPARE(remove(store, QStringLiteral("token")).outcome, SecretStore::Outcome::Ok);
        QCOMPARE(read(store, QStringLiteral("token")).outcome, SecretStore::Outcome::Unavailable);
        QCOMPARE(lost.count(), 1);
    }

    void secretsInTheRealService() {
        QString why;
        if (!g_bus->startKeyring(why))
            QSKIP(qPrintable(why));
        {
            SecretStore store(QStringLiteral("cloudbell-test"));
            QCOMPARE(read(store, QStringLiteral("token")).outcome, SecretStore::Outcome::NotFound);
            QCOMPARE(write(store, QStringLiteral("token"), QStringLiteral("密码 1")).outcome, SecretStore::Outcome::Ok);
            QVERIFY(store.isPersistent());
        }
        SecretStore second(QStringLiteral("cloudbell-test"));
        QCOMPARE(read(second, QStringLiteral("token")).secret, QStringLiteral("密码 1"));
        QCOMPARE(remove(second, QStringLiteral("token")).outcome, SecretStore::Outcome::Ok);
        QCOMPARE(read(second, QStringLiteral("token")).outcome, SecretStore::Outcome::NotFound);
    }

    void noticesWithoutAServiceAreReported() {
        Notifier notifier(QStringLiteral("Cloudbell"), QIcon());
        QSignalSpy unavailable(&notifier, &Notifier::unavailable);
        notifier.notify(QStringLiteral("s1"), QStringLiteral("Ringing"), QStringLiteral("Ms Li"));
        QTRY_COMPARE(unavailable.count(), 1);
        QCOMPARE(unavailable[0][0].toString(), QStringLiteral("s1"));
    }

    void noticesAreShownClickedAndWithdrawn() {
        cb::test::NotificationService service;
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("desktop"));
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
        Notifier notifier(QStringLiteral("Cloudbell"), QIcon());
        QSignalSpy clicked(&notifier, &Notifier::clicked);
        notifier.notify(QStringLiteral("s1"), QStringLiteral("Ringing"), QStringLiteral("<b>Ms Li</b>"),
                        Notifier::Urgency::Critical);
        QTRY_COMPARE(service.shown.size(), 1);
        QCOMPARE(service.shown[0].body, QStringLiteral("&lt;b&gt;Ms Li&lt;/b&gt;")); // a customer's text is no markup
        const uint first = service.shown[0].id;
        notifier.notify(QStringLiteral("s2"), QStringLiteral("Message"), QStringLiteral("hello"));
        QTRY_COMPARE(service.shown.size(), 2);
        // Clicks say which one was meant; strangers' do not count.
        Q_EMIT service.ActionInvoked(first, QStringLiteral("default"));
        QTRY_COMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toString(), QStringLiteral("s1"));
        clicked.clear();
        Q_EMIT service.ActionInvoked(9999, QStringLiteral("default"));
        notifier.notify(QStringLiteral("s1"), QStringLiteral("Ringing"), QStringLiteral("again"));
        QTRY_COMPARE(service.shown.size(), 3);
        QCOMPARE(service.shown[2].id, first); // replaced, not stacked
        QCOMPARE(clicked.count(), 0);
        notifier.withdraw(QStringLiteral("s1"));
        QTRY_COMPARE(service.closed.size(), 1);
        QCOMPARE(service.closed[0], first);
        bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
    }

    void systemAppearanceFollowsThePortal() {
        SettingsPortal portal;
        QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("portal"));
        QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                                   QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
        SystemAppearance appearance;
        QTRY_VERIFY(appearance.isDark());
        QTRY_VERIFY(appearance.wantsReducedMotion());
        QSignalSpy changed(&appearance, &SystemAppearance::changed);
        Q_EMIT portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"),
                                     QDBusVariant(2U));
        QTRY_VERIFY(!appearance.isDark());
        QCOMPARE(changed.count(), 1);
        QVERIFY(appearance.wantsReducedMotion());
    }

    void soundsWithoutADeviceAreQuietAndQuick() {
        static int warnings = 0;
        const QtMessageHandler before =
            qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
                if (type == QtDebugMsg || type == QtInfoMsg)
                    return;
                ++warnings;
                fprintf(stderr, "%s\n", qPrintable(text));
            });
        QElapsedTimer clock;
        clock.start();
        {
            Sounds sounds;
            QVERIFY(clock.elapsed() < 200); // nothing is opened by constructing
            for (int i = 0; i < 20; ++i) {
                sounds.play(Sound::Ring);
                sounds.play(Sound::Message);
                sounds.play(Sound::Warning);
                QCoreApplication::processEvents();
            }
            if (!sounds.hasDevice())
                QVERIFY(!sounds.isPlaying(Sound::Ring));
            sounds.setMuted(Sound::Ring, true);
            QVERIFY(sounds.isMuted(Sound::Ring));
            QVERIFY(!sounds.isPlaying(Sound::Ring));
            sounds.stop(Sound::Ring);
        }
        qInstallMessageHandler(before);
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY2(warnings <= 3, qPrintable(QString::number(warnings)));
    }

    void soundFilesAreShortAndQuiet() {
        for (const char* name : {"ring", "message", "warning"}) {
            QFile file(QStringLiteral(":/sounds/%1.wav").arg(QLatin1String(name)));
            QVERIFY2(file.open(QIODevice::ReadOnly), name);
            const QByteArray bytes = file.readAll();
            QCOMPARE(bytes.left(4), QByteArray("RIFF"));
            const auto* samples = reinterpret_cast<const qint16*>(bytes.constData() + 44);
            const qsizetype count = (bytes.size() - 44) / 2;
            QVERIFY(count > 1000 && count <= 2 * 22050);
            double sum = 0;
            int loudest = 0;
            for (qsizetype i = 0; i < count; ++i) {
                loudest = qMax(loudest, qAbs(int(samples[i])));
                sum += double(samples[i]) * samples[i];
            }
            QVERIFY(loudest > 2000 && loudest < 24000); // heard, and far from clipping
            QVERIFY(std::sqrt(sum / double(count)) < 5000);
            QVERIFY(qAbs(int(samples[0])) < 300 && qAbs(int(samples[count - 1])) < 300); // no click
        }
    }

    void languageWithoutRestart() {
        Language language;
        QSignalSpy changed(&language, &Language::changed);
        language.set(QStringLiteral("zh_CN"));
        QCOMPARE(language.code(), QStringLiteral("zh_CN"));
        QCOMPARE(QCoreApplication::translate("cb::widgets::Dialog", "Cancel"), QStringLiteral("取消"));
        QCOMPARE(QLocale().language(), QLocale::Chinese);
        language.set(QStringLiteral("zh_CN"));
        QCOMPARE(changed.count(), 1);
        language.set(QStringLiteral("en"));
        QCOMPARE(QCoreApplication::translate("cb::widgets::Dialog", "Cancel"), QStringLiteral("Cancel"));
        QCOMPARE(changed.count(), 2);
    }

    void windowComesToTheFront() {
        QWidget window;
        window.showMinimized();
        demandAttention(&window);
        bringToFront(&window);
        QVERIFY(window.isVisible());
        QVERIFY(!window.isMinimized());
    }
    void aSecondStartHandsOverItsWords() {
        const QTemporaryDir folder;
        const QTemporaryDir other;
        SingleInstance first(folder.path());
        QVERIFY(first.claim());
        SingleInstance second(folder.path());
        QVERIFY(!second.claim());
        SingleInstance elsewhere(other.path());
        QVERIFY(elsewhere.claim()); // another folder, another program
        QSignalSpy again(&first, &SingleInstance::startedAgain);
        QSignalSpy wrong(&elsewhere, &SingleInstance::startedAgain);
        const QString address = QStringLiteral("https://呼叫.example/online/1400000001");
        auto taken = std::async(std::launch::async, [&] {
            return SingleInstance(folder.path()).handOver({{QStringLiteral("address"), address}});
        });
        QVERIFY(again.wait());
        QVERIFY(taken.get());
        QCOMPARE(again.first().first().toJsonObject().value(QStringLiteral("address")).toString(), address);
        QVERIFY(wrong.isEmpty());
        QVERIFY(!second.handOver({{QStringLiteral("address"), QString(SingleInstance::kMaxWords, u'x')}}));
    }
    void aCrashLeavesNothingInTheWay() {
        const QTemporaryDir folder;
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--claim"), folder.path()});
        QVERIFY(process.waitForReadyRead(15000));
        QCOMPARE(process.readAllStandardOutput().trimmed(), QByteArray("first"));
        SingleInstance ours(folder.path());
        QVERIFY(!ours.claim());
        QVERIFY(ours.handOver({})); // it listens
        process.kill();
        QVERIFY(process.waitForFinished());
        QVERIFY(ours.claim());
        QSignalSpy again(&ours, &SingleInstance::startedAgain);
        auto taken = std::async(std::launch::async, [&] { return SingleInstance(folder.path()).handOver({}); });
        QVERIFY(again.wait()); // the socket that was left behind is ours now
        QVERIFY(taken.get());
    }
#ifdef Q_OS_UNIX
    /// Without a run-time folder of one's own, nothing goes where anybody could wait for it.
    void theSocketIsNeverWhereOthersWrite() {
        const QTemporaryDir common;
        const QTemporaryDir folder;
        const QTemporaryDir open;
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        const QByteArray beforeTmp = qgetenv("TMPDIR");
        const auto restore = qScopeGuard([&] {
            before.isNull() ? qunsetenv("XDG_RUNTIME_DIR") : qputenv("XDG_RUNTIME_DIR", before);
            beforeTmp.isNull() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", beforeTmp);
        });
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(QCoreApplication::applicationFilePath())); // no folder
        qputenv("TMPDIR", QFile::encodeName(common.path()));
        QFile taken(common.filePath(QStringLiteral("runtime-") + QFileInfo(folder.path()).owner()));
        QVERIFY(taken.open(QIODevice::WriteOnly)); // the place that is made when none is named
        const auto sockets = [](const QTemporaryDir& dir) {
            return QDir(dir.path()).entryList({QStringLiteral("cloudbell-*")}, QDir::System | QDir::Files).size();
        };
        SingleInstance first(folder.path());
        QVERIFY(first.claim());
        QCOMPARE(sockets(folder), 1);
        QSignalSpy again(&first, &SingleInstance::startedAgain);
        auto words = std::async(std::launch::async, [&] { return SingleInstance(folder.path()).handOver({}); });
        QVERIFY(again.wait());
        QVERIFY(words.get());
        QVERIFY(QFile::setPermissions(open.path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                                       QFileDevice::ExeOwner | QFileDevice::WriteOther |
                                                       QFileDevice::ExeOther));
        SingleInstance shared(open.path());
        QVERIFY(shared.claim());
        QVERIFY(!SingleInstance(open.path()).handOver({}, std::chrono::milliseconds(100)));
        QCOMPARE(sockets(open), 0);
        QCOMPARE(sockets(common), 0);
    }
#endif
    void whoDoesNotAnswerIsNotWaitedForLong() {
        const QTemporaryDir folder;
        SingleInstance first(folder.path());
        QVERIFY(first.claim()); // and this thread takes nothing while it waits below
        SingleInstance second(folder.path());
        QVERIFY(!second.claim());
        QVERIFY(!second.handOver({}, std::chrono::milliseconds(100)));
    }

private:
    using Answer = SecretStore::Answer;
    template <class Start>
    Answer waitFor(Start start) {
        Answer result;
        bool done = false;
        start([&](const Answer& answer) {
            result = answer;
            done = true;
        });
        const bool came = QTest::qWaitFor([&done] { return done; }, 15000);
        return came ? result : Answer{SecretStore::Outcome::Denied, {}, QStringLiteral("no answer")};
    }
    Answer read(SecretStore& store, const QString& key) {
        return waitFor([&](SecretStore::Done done) { store.read(key, std::move(done)); });
    }
    Answer write(SecretStore& store, const QString& key, const QString& secret) {
        return waitFor([&](SecretStore::Done done) { store.write(key, secret, std::move(done)); });
    }
    Answer remove(SecretStore& store, const QString& key) {
        return waitFor([&](SecretStore::Done done) { store.remove(key, std::move(done)); });
    }
};

static const cb::test::Add<PlatformTest> addedPlatformTest;
#include "platform_test.moc"
