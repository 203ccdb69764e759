#include "tests/client/state/rig.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QFile>

using namespace cb;
using state::Notice;
using test::FakeServer;
using test::Machine;
using test::Program;

namespace {

const model::SessionId kSeven(7);
const model::WrapUpForm kForm{"Order", "blue cup"};

/// A session that ended this long ago.
void addEnded(FakeServer& server, std::int64_t id, const std::string& name, base::Millis ago) {
    server.addSession(id, name);
    auto& session = server.sessions[model::SessionId(id)].session;
    session.state = model::SessionState::WrapUp;
    session.endReason = model::EndReason::CustomerLeft;
    session.endedAt = server.now() - ago;
}

/// What a program that is killed now leaves on the disk.
void copyOf(const Machine& from, const Machine& to) {
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        const QString name = QStringLiteral("cloudbell.sqlite") + QLatin1String(suffix);
        QFile::copy(from.folder.filePath(name), to.folder.filePath(name));
    }
}

std::vector<Notice> noticesOf(Program& program) {
    return program.account.account()->notices().all();
}

} // namespace

/// What is typed into wrap-up forms, and the notices that stand until they are seen.
class WrapUpsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesOutBeforeTheServerCompletesWithoutIt() {
        FakeServer server;
        addEnded(server, 7, "Ms Li", std::chrono::milliseconds(118'500)); // of 120 s: less than two are left
        addEnded(server, 8, "Mr Wu", std::chrono::seconds(100));
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& wrapUps = program.account.account()->wrapUps();
        QVERIFY(wrapUps.left(kSeven) && *wrapUps.left(kSeven) <= std::chrono::milliseconds(1'500));
        wrapUps.setTyped(model::SessionId(8), {"", "has time"});
        QSignalSpy lost(&wrapUps, &state::WrapUps::lostChanged);
        wrapUps.setTyped(kSeven, kForm);
        QTRY_COMPARE(server.asked<wire::CompleteSession>().size(), std::size_t(1));
        const wire::CompleteSession expected{kSeven, kForm};
        QCOMPARE(server.asked<wire::CompleteSession>()[0], expected);
        QTRY_VERIFY(!program.workbench().sessions()->find(kSeven));
        QCOMPARE(wrapUps.typed(kSeven), model::WrapUpForm{});
        QCOMPARE(wrapUps.typed(model::SessionId(8)).note, std::string("has time"));
        QCOMPARE(lost.count(), 0);
    }
    void anEmptyFormIsLeftToTheServer() {
        FakeServer server;
        addEnded(server, 7, "Ms Li", std::chrono::seconds(119));
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& wrapUps = program.account.account()->wrapUps();
        wrapUps.setTyped(kSeven, kForm);
        wrapUps.setTyped(kSeven, {}); // taken back in the same turn
        program.commands().goOnline();
        QTRY_VERIFY(!server.asked<wire::SetStatus>().empty());
        QVERIFY(server.asked<wire::CompleteSession>().empty());
    }
    void whatCameTooLateIsToldAndNotThrownAway() {
        FakeServer server;
        addEnded(server, 7, "Ms Li", std::chrono::seconds(1));
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        program.account.account()->wrapUps().setTyped(kSeven, kForm);
        server.event(wire::SessionCompleted{}, 7);
        QTRY_COMPARE(noticesOf(program).size(), std::size_t(1));
        const auto notice = noticesOf(program)[0];
        QVERIFY(notice.kind == Notice::Kind::WrapUpLost && !notice.wrapUp.unsure);
        QCOMPARE(notice.wrapUp.form, kForm);
        QCOMPARE(notice.wrapUp.customer, QStringLiteral("Ms Li"));
        program.account.account()->notices().dismiss(notice.id);
        QVERIFY(noticesOf(program).empty());
    }
    /// Also while the connection was away, and over a restart.
    void whatWasTypedSurvivesACrash() {
        FakeServer server;
        addEnded(server, 7, "Ms Li", std::chrono::seconds(1));
        Machine machine;
        Machine after;
        Machine late;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address()));
            program.account.account()->wrapUps().setTyped(kSeven, kForm);
            auto other = *sync::LocalStore::open(program.store->path());
            sync::AccountStore account(*other, *other->account(server.address(), model::AgentId(3)));
            QTRY_VERIFY(account.kept(QStringLiteral("wrap_ups")).find("blue cup") != std::string::npos);
            copyOf(machine, after);
            copyOf(machine, late);
        }
        {
            Program again(after);
            QVERIFY(again.signIn(server.address()));
            QCOMPARE(again.account.account()->wrapUps().typed(kSeven), kForm);
            QVERIFY(noticesOf(again).empty());
        }
        server.sessions.clear(); // the server did not wait
        Program again(late);
        QVERIFY(again.signIn(server.address()));
        QTRY_COMPARE(noticesOf(again).size(), std::size_t(1));
        QCOMPARE(noticesOf(again)[0].wrapUp.form, kForm);
        QCOMPARE(noticesOf(again)[0].wrapUp.customer, QStringLiteral("Ms Li"));
    }
    void whatIsTypedWhileTheFormIsOnItsWayIsNotTakenForSent() {
        FakeServer server;
        addEnded(server, 7, "Ms Li", std::chrono::seconds(1));
        addEnded(server, 8, "Mr Wu", std::chrono::seconds(1));
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& wrapUps = program.account.account()->wrapUps();
        const model::WrapUpForm more{"Order", "blue cup, and the red one"};
        wrapUps.setTyped(kSeven, kForm);
        wrapUps.complete(kSeven);
        wrapUps.setTyped(kSeven, more);
        wrapUps.setTyped(model::SessionId(8), kForm);
        wrapUps.complete(model::SessionId(8));
        wrapUps.setTyped(model::SessionId(8), {"Order", "blue cup "}); // says the same
        QTRY_VERIFY(!program.workbench().sessions()->find(model::SessionId(8)));
        const wire::CompleteSession expected{kSeven, kForm};
        QCOMPARE(server.asked<wire::CompleteSession>()[0], expected);
        QCOMPARE(noticesOf(program).size(), std::size_t(1));
        QCOMPARE(noticesOf(program)[0].wrapUp.form, more);
        QVERIFY(!noticesOf(program)[0].wrapUp.unsure);
        QCOMPARE(wrapUps.typed(kSeven), model::WrapUpForm{});
    }
    /// More of them than other notices, and none is gone before it was seen, whatever ends the program.
    void lostTextsStayOnTheDiskUntilTheyWereSeen() {
        constexpr int kCount = int(state::Notices::kMost) + 2;
        FakeServer server;
        for (int id = 1; id <= kCount; ++id)
            addEnded(server, id, "C" + std::to_string(id), std::chrono::seconds(1));
        Machine machine;
        Machine killed;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address()));
            for (int id = 1; id <= kCount; ++id)
                program.account.account()->wrapUps().setTyped(model::SessionId(id), {"", "note " + std::to_string(id)});
            for (int id = 1; id <= kCount; ++id)
                server.event(wire::SessionCompleted{}, id);
            server.sessions.clear();
            QTRY_COMPARE(noticesOf(program).size(), std::size_t(kCount));
            copyOf(machine, killed);
        }
        {
            Program again(killed);
            QVERIFY(again.signIn(server.address()));
            QCOMPARE(noticesOf(again).size(), std::size_t(kCount));
            const auto first = noticesOf(again)[0];
            QCOMPARE(first.wrapUp.form.note, std::string("note 1"));
            QCOMPARE(first.wrapUp.customer, QStringLiteral("C1"));
            QVERIFY(first.at.isValid() && first.at == first.wrapUp.at);
            again.account.account()->notices().dismiss(first.id);
            QCOMPARE(noticesOf(again).size(), std::size_t(kCount - 1));
        }
        Program later(killed);
        QVERIFY(later.signIn(server.address()));
        QCOMPARE(noticesOf(later).size(), std::size_t(kCount - 1));
        QCOMPARE(noticesOf(later)[0].wrapUp.form.note, std::string("note 2"));
    }
    /// The server has it and the ok never came; or it was never sent.
    void nobodyKnowsWhetherItArrived() {
        for (const bool sent : {true, false}) {
            FakeServer server;
            addEnded(server, 7, "Ms Li", std::chrono::seconds(1));
            Machine machine;
            Program program(machine);
            QVERIFY(program.signIn(server.address()));
            auto& wrapUps = program.account.account()->wrapUps();
            wrapUps.setTyped(kSeven, kForm);
            if (sent) {
                server.faultAt = server.requests + 1;
                server.fault = FakeServer::Fault::CloseAfter;
                wrapUps.complete(kSeven);
            } else {
                server.mute = true;
                server.drop();
                QTRY_VERIFY(program.workbench().connection() != state::WorkbenchState::Connection::Connected);
                wrapUps.complete(kSeven, [](const base::Result<void>&) {});
                server.sessions.clear();
                server.unmute();
            }
            QTRY_COMPARE(noticesOf(program).size(), std::size_t(1));
            QCOMPARE(noticesOf(program)[0].wrapUp.form, kForm);
            QCOMPARE(noticesOf(program)[0].wrapUp.unsure, sent);
        }
    }
    void anAttemptThatFailsAtOnceIsNotRepeatedAtOnce() {
        FakeServer server;
        addEnded(server, 7, "Ms Li", std::chrono::milliseconds(118'500));
        Machine machine;
        auto options = test::quickSession();
        options.maxOutstanding = 0; // every request is refused here
        Program program(machine, QStringLiteral("here"), options);
        QVERIFY(program.signIn(server.address()));
        QSignalSpy turns(QCoreApplication::eventDispatcher(), &QAbstractEventDispatcher::awake);
        program.account.account()->wrapUps().setTyped(kSeven, kForm);
        QEventLoop loop;
        QTimer::singleShot(200, &loop, &QEventLoop::quit);
        loop.exec();
        QVERIFY(turns.count() < 100);
        QCOMPARE(program.account.account()->wrapUps().typed(kSeven), kForm);
    }
    /// A draft of the composer is on the disk without the program having ended.
    void aDraftSurvivesBeingKilled() {
        FakeServer server;
        server.addSession(7, "Ms Li");
        Machine machine;
        Machine after;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address()));
            program.workbench().setDraft(kSeven, QStringLiteral("half a sen"));
            auto other = *sync::LocalStore::open(program.store->path());
            sync::AccountStore account(*other, *other->account(server.address(), model::AgentId(3)));
            QTRY_COMPARE(account.draft(kSeven), QStringLiteral("half a sen"));
            copyOf(machine, after);
        }
        Program again(after);
        QVERIFY(again.signIn(server.address()));
        QCOMPARE(again.workbench().draft(kSeven), QStringLiteral("half a sen"));
    }
    void aMissedOfferStandsUntilTheBreakEnds() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        QVERIFY(noticesOf(program).empty());
        server.presence.status = model::AgentStatus::Break;
        server.presence.reason = model::StatusReason::RingTimeout;
        server.presence.since = base::fromUnixMillis(1'790'000'000'000);
        server.event(server.presence);
        QTRY_COMPARE(noticesOf(program).size(), std::size_t(1));
        QVERIFY(noticesOf(program)[0].kind == Notice::Kind::MissedOffer);
        QCOMPARE(noticesOf(program)[0].at, bridge::toQt(server.presence.since));
        program.account.account()->notices().dismiss(noticesOf(program)[0].id); // not so easily
        QCOMPARE(noticesOf(program).size(), std::size_t(1));
        server.drop(); // nor by a new connection
        QTRY_COMPARE(server.hellos, 2);
        QCOMPARE(noticesOf(program).size(), std::size_t(1));
        program.commands().goOnline();
        QTRY_VERIFY(noticesOf(program).empty());
        server.presence.status = model::AgentStatus::Break;
        server.presence.reason = model::StatusReason::Chosen; // a break of their own is no news
        server.event(server.presence);
        QTRY_VERIFY(program.workbench().presence().status == model::AgentStatus::Break);
        QVERIFY(noticesOf(program).empty());
    }
    void aFailedTransferStandsUntilItIsSeen() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        wire::TransferFailed failed;
        failed.to = model::AgentId(4);
        failed.toName = "Bo";
        failed.customerName = "Ms Li";
        for (std::size_t i = 0; i < state::Notices::kMost + 2; ++i)
            server.event(failed, 7);
        QTRY_COMPARE(noticesOf(program).size(), state::Notices::kMost);
        QCOMPARE(noticesOf(program)[0].transfer, failed);
        const int id = noticesOf(program)[0].id;
        QCOMPARE(id, 3); // the oldest have made room
        program.account.account()->notices().dismiss(id);
        QCOMPARE(noticesOf(program).size(), state::Notices::kMost - 1);
    }
};

static const test::Add<WrapUpsTest> addedWrapUpsTest;
#include "wrap_ups_test.moc"
