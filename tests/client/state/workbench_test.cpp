#include "tests/client/state/rig.h"

using namespace cb;
using state::Section;
using state::SessionListModel;
using test::FakeServer;
using test::Machine;
using test::Program;

namespace {

model::OfferView offerOf(std::int64_t id, std::int64_t session, const std::string& name) {
    model::OfferView offer;
    offer.offer = model::OfferId(id);
    offer.at = base::SystemClock().now();
    offer.session.session.id = model::SessionId(session);
    offer.session.session.state = model::SessionState::Offered;
    offer.session.customerName = name;
    return offer;
}

} // namespace

class WorkbenchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statusAndOffer() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& bench = program.workbench();
        program.commands().goOnline();
        QTRY_VERIFY(bench.presence().status == model::AgentStatus::Idle);
        QSignalSpy arrived(&bench, &state::WorkbenchState::offerArrived);
        QSignalSpy assigned(&bench, &state::WorkbenchState::sessionAssigned);
        server.offers[model::OfferId(9)] = offerOf(9, 7, "李女士");
        server.event(server.offers[model::OfferId(9)]);
        QTRY_COMPARE(arrived.count(), 1);
        QCOMPARE(bench.sessions()->count(Section::Ringing), 1);
        program.commands().answer(model::OfferId(9));
        QTRY_COMPARE(bench.sessions()->count(Section::Open), 1);
        QCOMPARE(bench.sessions()->count(Section::Ringing), 0);
        QCOMPARE(assigned.count(), 1);
        server.event(wire::OfferClosed{model::OfferId(9), model::OfferOutcome::Answered}, 7);
        server.event(wire::SessionEnded{model::EndReason::CustomerLeft}, 7);
        QTRY_COMPARE(bench.sessions()->count(Section::WrapUp), 1);
        program.commands().complete(model::SessionId(7), QStringLiteral("sales"), {});
        QTRY_COMPARE(bench.sessions()->rowCount(), 0);
        QSignalSpy failed(&program.commands(), &state::Commands::failed);
        program.commands().answer(model::OfferId(9));
        QTRY_COMPARE(failed.count(), 1);
        QSignalSpy forced(&bench, &state::WorkbenchState::statusForced);
        model::Presence away;
        away.status = model::AgentStatus::Break;
        away.reason = model::StatusReason::RingTimeout;
        server.event(away);
        QTRY_COMPARE(forced.count(), 1);
    }
    void whatWasDeclinedBeforeIsMarkedWhenItRingsAgain() {
        FakeServer server;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto* sessions = program.workbench().sessions();
        const auto ring = [&](std::int64_t offer, std::int64_t session) {
            server.offers[model::OfferId(offer)] = offerOf(offer, session, "A");
            server.event(server.offers[model::OfferId(offer)]);
            return QTest::qWaitFor([&] { return sessions->find(model::OfferId(offer)) != nullptr; });
        };
        QVERIFY(ring(9, 7));
        QVERIFY(sessions->find(model::OfferId(9))->declinedAt == base::TimePoint{});
        const auto before = base::SystemClock().now() - std::chrono::seconds(1);
        program.commands().decline(model::OfferId(9));
        QTRY_COMPARE(sessions->rowCount(), 0);
        QVERIFY(ring(10, 8));
        QVERIFY(sessions->find(model::OfferId(10))->declinedAt == base::TimePoint{});
        QVERIFY(ring(11, 7));
        QVERIFY(sessions->find(model::OfferId(11))->declinedAt >= before);
        const auto row = sessions->index(sessions->rowOf(model::OfferId(11)));
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("declined")));
    }
    void aRowIsSaidInWords() {
        FakeServer server;
        server.addSession(7, "Ms Li");
        server.addSession(8, "Mr Wu");
        auto& wu = server.sessions[model::SessionId(8)];
        wu.preview = "bill.pdf";
        wu.previewKind = model::MessageKind::File;
        wu.groupName = "Sales";
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto* sessions = program.workbench().sessions();
        const auto rowOf = [sessions](std::int64_t id) {
            return sessions->index(sessions->rowOf(model::SessionId(id)));
        };
        QCOMPARE(rowOf(8).data(SessionListModel::PreviewRole).toString(), QStringLiteral("[File] bill.pdf"));
        QCOMPARE(rowOf(8).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Mr Wu, Website, Sales, Open, [File] bill.pdf"));
        wire::MessageView picture;
        picture.message.session = model::SessionId(7);
        picture.message.seq = 500;
        picture.message.uuid = base::uuidFrom(500, 7);
        picture.message.kind = model::MessageKind::Picture;
        picture.message.at = server.now();
        picture.attachment = model::Attachment{};
        picture.attachment->id = model::AttachmentId(4);
        server.event(picture, 7);
        QTRY_COMPARE(rowOf(7).data(SessionListModel::PreviewRole).toString(), QStringLiteral("[Picture]"));
        const auto said = rowOf(7).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.startsWith(QStringLiteral("Ms Li, Website, Open, waiting since ")), qPrintable(said));
        QVERIFY2(said.endsWith(QStringLiteral("1 unread, [Picture]")), qPrintable(said));
        server.skipTo(600);
        server.customerSays(7, "look");
        QTRY_COMPARE(rowOf(7).data(SessionListModel::PreviewRole).toString(), QStringLiteral("look"));
    }
    void unreadAndMarks() {
        FakeServer server;
        server.addSession(7, "A");
        server.addSession(8, "B");
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& bench = program.workbench();
        server.customerSays(7, "one");
        server.customerSays(7, "two");
        QTRY_COMPARE(bench.sessions()->unread(), 2);
        const auto* item = bench.sessions()->find(model::SessionId(7));
        QCOMPARE(item->view.preview, std::string("two"));
        QVERIFY(item->waitsSince() == server.log[0].message.at);
        const auto seq = server.log.back().message.seq;
        QTRY_VERIFY(!server.marks.empty() && server.marks.back().delivered == seq);
        bench.markRead(model::SessionId(7), seq);
        QCOMPARE(bench.sessions()->unread(), 0);
        QTRY_COMPARE(server.marks.back().read, seq);
        QVERIFY(program.commands().send(model::SessionId(7), QStringLiteral("reply")).ok());
        QTRY_VERIFY(bench.sessions()->find(model::SessionId(7))->waitsSince() == base::TimePoint{});
    }
    void whatWasReadIsNotUnreadAgainAfterAReconnect() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& bench = program.workbench();
        server.customerSays(7, "one");
        QTRY_COMPARE(bench.sessions()->unread(), 1);
        server.sessions[model::SessionId(7)].unread = 1; // as the server sees it until the mark has come
        server.goAway();
        QTRY_VERIFY(bench.connection() != state::WorkbenchState::Connection::Connected);
        bench.markRead(model::SessionId(7), server.log.back().message.seq);
        server.comeBack();
        QTRY_VERIFY(bench.connection() == state::WorkbenchState::Connection::Connected);
        QCOMPARE(bench.sessions()->unread(), 0);
        QTRY_VERIFY(!server.marks.empty() && server.marks.back().read == server.log.back().message.seq);
        server.customerSays(7, "two");
        QTRY_COMPARE(bench.sessions()->unread(), 1);
    }
    void sessionsThatWentMeanwhileAreTold() {
        FakeServer server;
        server.addSession(7, "Ms Li");
        server.addSession(8, "Mr Wu");
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        QSignalSpy gone(&program.workbench(), &state::WorkbenchState::sessionsGone);
        server.drop();
        QTRY_COMPARE(server.hellos, 2);
        QTRY_VERIFY(program.workbench().connection() == state::WorkbenchState::Connection::Connected);
        QCOMPARE(gone.count(), 0);
        server.sessions.erase(model::SessionId(7));
        server.drop();
        QTRY_COMPARE(gone.count(), 1);
        QCOMPARE(gone[0][0].toStringList(), QStringList{QStringLiteral("Ms Li")});
    }
    void aRefusedMessageIsToldAndHoldsNobodyUp() {
        FakeServer server;
        server.addSession(7, "A");
        server.refusedText = "no";
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        auto& outbox = program.account.account()->outbox();
        QSignalSpy refused(&outbox, &sync::Outbox::refused);
        for (const char* text : {"one", "no", "two"})
            QVERIFY(program.commands().send(model::SessionId(7), QLatin1String(text)).ok());
        QTRY_COMPARE(server.textsOf(7), (std::vector<std::string>{"one", "two"}));
        QCOMPARE(refused.count(), 1);
        QTRY_COMPARE(outbox.size(), std::size_t(1)); // the refused one stays until somebody decides
    }
    void whatStoodRefusedForAWeekGoes() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address()));
            sync::AccountStore account(*program.store, *program.store->account(server.address(), model::AgentId(3)));
            for (const int days : {1, 30}) {
                sync::OutboxItem item;
                item.session = model::SessionId(7);
                item.uuid = bridge::newUuid();
                item.text = QString::number(days);
                item.at = base::SystemClock().now() - std::chrono::hours(24 * days);
                item.error = base::conflict("session_gone");
                QVERIFY(account.addOutbox(item).ok());
            }
        }
        Program again(machine);
        QVERIFY(again.signIn(server.address()));
        const auto left = again.account.account()->outbox().of(model::SessionId(7));
        QCOMPARE(left.size(), std::size_t(1));
        QCOMPARE(left[0].text, QStringLiteral("1"));
    }
    void rowsAreSorted() {
        SessionListModel model;
        QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
        const auto item = [](std::int64_t id, Section section, int at) {
            state::SessionItem one;
            one.view.session.id = model::SessionId(id);
            one.section = section;
            one.offeredAt = one.view.session.answeredAt = one.view.session.endedAt = base::fromUnixMillis(at);
            return one;
        };
        model.put(item(1, Section::WrapUp, 1));
        model.put(item(2, Section::Open, 5));
        model.put(item(3, Section::Open, 4));
        model.put(item(4, Section::Ringing, 9));
        const auto order = [&model] {
            std::vector<std::int64_t> ids;
            for (int row = 0; row < model.rowCount(); ++row)
                ids.push_back(model.at(row).id().value);
            return ids;
        };
        QVERIFY((order() == std::vector<std::int64_t>{4, 3, 2, 1}));
        model.put(item(4, Section::Open, 9));
        model.put(item(3, Section::WrapUp, 9));
        QVERIFY((order() == std::vector<std::int64_t>{2, 4, 1, 3}));
        QVERIFY(moved.count() >= 1);
        model.replace({item(2, Section::Open, 5), item(6, Section::Ringing, 5)});
        QVERIFY((order() == std::vector<std::int64_t>{6, 2}));
    }
    void draftsSurviveACrash() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address()));
            program.workbench().setDraft(model::SessionId(7), QStringLiteral("half a sen"));
            // What a second program sees is what a crash would leave.
            auto other = *sync::LocalStore::open(program.store->path());
            sync::AccountStore account(*other, *other->account(server.address(), model::AgentId(3)));
            QTRY_COMPARE(account.draft(model::SessionId(7)), QStringLiteral("half a sen"));
        }
        Program again(machine);
        QVERIFY(again.signIn(server.address()));
        QCOMPARE(again.workbench().draft(model::SessionId(7)), QStringLiteral("half a sen"));
        QVERIFY(again.commands().send(model::SessionId(7), QStringLiteral("half a sentence")).ok());
        QCOMPARE(again.workbench().draft(model::SessionId(7)), QString());
    }
    void whatWasTypedOfflineIsSentOnceAfterARestart() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        {
            Program program(machine);
            QVERIFY(program.signIn(server.address()));
            server.fault = FakeServer::Fault::CloseAfter; // the first is taken, its ok is lost …
            server.faultAt = 1;
            const auto token = server.token;
            server.token = "away"; // … and the server cannot be reached any more
            for (const char* text : {"one", "two", "three"})
                QVERIFY(program.commands().send(model::SessionId(7), QLatin1String(text)).ok());
            QTRY_COMPARE(server.log.size(), std::size_t(1));
            QTRY_VERIFY(program.account.step() == state::AccountState::Step::SignedOut);
            server.token = token;
        }
        Program again(machine);
        QVERIFY(again.signIn(server.address()));
        const std::vector<std::string> expected{"one", "two", "three"};
        QTRY_COMPARE(server.textsOf(7), expected);
        QTRY_VERIFY(again.texts(7) == expected);
        QTRY_COMPARE(again.account.account()->outbox().size(), std::size_t(0));
    }
    /// Every fault at every request: at the end both sides have the same conversation, each message once, in order.
    void faultLadder() {
        using Fault = FakeServer::Fault;
        for (const auto fault :
             {Fault::CloseBefore, Fault::CloseAfter, Fault::EventThenCut, Fault::Repeat, Fault::Busy})
            for (int at = 1; at <= (test::isFull() ? 12 : 4); ++at)
                runLadder(fault, at);
    }

private:
    static void runLadder(FakeServer::Fault fault, int at) {
        FakeServer server;
        server.addSession(7, "A");
        server.addSession(8, "B");
        server.fault = fault;
        server.faultAt = at;
        Machine machine;
        Program program(machine);
        QVERIFY(program.signIn(server.address()));
        program.transcript(7);
        for (int i = 0; i < 4; ++i) {
            QVERIFY(program.commands().send(model::SessionId(7), QStringLiteral("a%1").arg(i)).ok());
            QVERIFY(program.commands().send(model::SessionId(8), QStringLiteral("b%1").arg(i)).ok());
            server.customerSays(7, std::string("c").append(std::to_string(i)));
        }
        auto& outbox = program.account.account()->outbox();
        QTRY_COMPARE(outbox.size(), std::size_t(0));
        QTRY_VERIFY(program.texts(7) == server.textsOf(7));
        QTRY_VERIFY(program.texts(8) == server.textsOf(8));
        std::vector<std::string> ours;
        for (const auto& text : server.textsOf(7))
            if (text[0] == 'a')
                ours.push_back(text);
        QCOMPARE(ours, (std::vector<std::string>{"a0", "a1", "a2", "a3"}));
    }
};

static const test::Add<WorkbenchTest> addedWorkbenchTest;
#include "workbench_test.moc"
