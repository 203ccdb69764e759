#include "client/widgets/transcript/transcript_roles.h"
#include "tests/client/state/rig.h"

using namespace cb;
using state::TranscriptModel;
using test::FakeServer;
using test::Machine;
using test::Program;

// What the view reads and what the model gives are the same numbers.
static_assert(int(TranscriptModel::KindRole) == int(widgets::KindRole));
static_assert(int(TranscriptModel::FileSizeRole) == int(widgets::FileSizeRole));
static_assert(int(TranscriptModel::RetryRole) == int(widgets::RetryRole));
static_assert(int(TranscriptModel::ProgressRole) == int(widgets::ProgressRole));
static_assert(int(TranscriptModel::Kind::Note) == int(widgets::TranscriptKind::Note));
static_assert(int(TranscriptModel::Kind::System) == int(widgets::TranscriptKind::System));
static_assert(int(TranscriptModel::Who::Flow) == int(widgets::TranscriptSide::Flow));
static_assert(int(TranscriptModel::Delivery::Failed) == int(widgets::Delivery::Failed));

class TranscriptTest : public QObject {
    Q_OBJECT

    static TranscriptModel::Delivery delivery(const TranscriptModel& model, int row) {
        return static_cast<TranscriptModel::Delivery>(model.index(row).data(TranscriptModel::DeliveryRole).toInt());
    }
    static const Program* signedIn(FakeServer& server, Program& program) {
        return program.signIn(server.address()) ? &program : nullptr;
    }

private Q_SLOTS:
    void ticks() {
        FakeServer server;
        server.addSession(7, "李女士");
        Machine machine;
        Program program(machine);
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QTRY_VERIFY(!model.isLoading());
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QVERIFY(program.commands().send(model::SessionId(7), QStringLiteral("您好")).ok());
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(delivery(model, 0) == TranscriptModel::Delivery::Sending);
        QTRY_VERIFY(delivery(model, 0) == TranscriptModel::Delivery::Sent);
        QCOMPARE(inserted.count(), 1); // the row that waited is the row that was sent
        QCOMPARE(removed.count(), 0);
        const auto seq = model.lastSeq();
        server.say(wire::encodeMark({model::SessionId(7), seq, 0}));
        QTRY_VERIFY(delivery(model, 0) == TranscriptModel::Delivery::Delivered);
        server.say(wire::encodeMark({model::SessionId(7), seq, seq}));
        QTRY_VERIFY(delivery(model, 0) == TranscriptModel::Delivery::Read);
    }
    void refusedMessagesStayAndCanBeSentAgain() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        Program program(machine);
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QTRY_VERIFY(!model.isLoading());
        const auto kept = server.sessions;
        server.sessions.clear();
        QVERIFY(program.commands().send(model::SessionId(7), QStringLiteral("x")).ok());
        QTRY_VERIFY(delivery(model, 0) == TranscriptModel::Delivery::Failed);
        QVERIFY(!model.index(0).data(TranscriptModel::ErrorRole).toString().isEmpty());
        server.sessions = kept;
        program.commands().retry(model::SessionId(7), 0);
        QTRY_VERIFY(delivery(model, 0) == TranscriptModel::Delivery::Sent);
        QCOMPARE(server.textsOf(7), std::vector<std::string>{"x"});
    }
    void aNoteIsMarkedAndNamesItsAuthor() {
        FakeServer server;
        server.addSession(7, "A");
        server.colleagues.push_back({model::AgentId(4), "Bo", "000011", model::AgentStatus::Idle, {}});
        wire::MessageView note;
        note.message.session = model::SessionId(7);
        note.message.side = model::Side::System;
        note.message.kind = model::MessageKind::Note;
        note.message.text = "wants a refund";
        note.message.at = base::fromUnixMillis(1'790'000'000'000);
        for (const auto& [seq, agent] : {std::pair(60, 4), std::pair(61, 77)}) {
            note.message.seq = seq;
            note.message.uuid = base::uuidFrom(std::uint64_t(seq), 7);
            note.message.agent = model::AgentId(agent);
            note.agentName = agent == 77 ? "Chen" : ""; // not on the list of colleagues any more
            server.log.push_back(note);
        }
        Machine machine;
        Program program(machine);
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QTRY_COMPARE(model.rowCount(), 2);
        const auto first = model.index(0);
        QCOMPARE(first.data(TranscriptModel::KindRole).toInt(), int(TranscriptModel::Kind::Note));
        QCOMPARE(first.data(TranscriptModel::AuthorRole).toString(), QStringLiteral("Bo"));
        QCOMPARE(first.data(TranscriptModel::TimeRole).toDateTime(), bridge::toQt(note.message.at));
        QVERIFY(delivery(model, 0) == TranscriptModel::Delivery::None);
        const auto said = first.data(Qt::AccessibleTextRole).toString();
        QVERIFY(said.startsWith(QStringLiteral("Internal note, Bo, ")) &&
                said.endsWith(QStringLiteral("wants a refund")));
        QCOMPARE(model.index(1).data(TranscriptModel::AuthorRole).toString(), QStringLiteral("Chen"));
    }
    void anEmptyFileLeavesAFailedRowThatCanBeRemoved() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        const auto path = machine.folder.filePath(QStringLiteral("empty.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        {
            Program program(machine);
            QVERIFY(signedIn(server, program));
            QSignalSpy refused(&program.account.account()->outbox(), &sync::Outbox::refused);
            QVERIFY(program.commands().sendFile(model::SessionId(7), path).ok());
            QCOMPARE(refused.count(), 1);
        }
        Program program(machine); // also after a restart
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(delivery(model, 0) == TranscriptModel::Delivery::Failed);
        QCOMPARE(model.index(0).data(TranscriptModel::ErrorRole).toString(), QStringLiteral("The file is empty."));
        QCOMPARE(model.index(0).data(TranscriptModel::FileNameRole).toString(), QStringLiteral("empty.txt"));
        QCOMPARE(model.index(0).data(TranscriptModel::RetryRole).toBool(), false);
        program.commands().retry(model::SessionId(7), 0); // there is nothing to try
        QVERIFY(delivery(model, 0) == TranscriptModel::Delivery::Failed);
        QVERIFY(program.commands().send(model::SessionId(7), QStringLiteral("goes on")).ok());
        QTRY_COMPARE(server.textsOf(7), std::vector<std::string>{"goes on"});
        const int row = model.index(0).data(TranscriptModel::RetryRole).isValid() &&
                                delivery(model, 0) == TranscriptModel::Delivery::Failed
                            ? 0
                            : 1;
        program.commands().discard(model::SessionId(7), row);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(server.uploads, 0);
    }
    void olderPagesComeInAtTheFront() {
        FakeServer server;
        server.addSession(7, "A");
        for (int i = 0; i < 120; ++i)
            server.customerSays(7, std::to_string(i));
        Machine machine;
        Program program(machine);
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QTRY_COMPARE(model.rowCount(), 50);
        QVERIFY(model.olderAvailable());
        model.loadOlder();
        model.loadOlder(); // one at a time
        QTRY_COMPARE(model.rowCount(), 100);
        model.loadOlder();
        QTRY_COMPARE(model.rowCount(), 120);
        QVERIFY(!model.olderAvailable());
        QVERIFY(program.texts(7) == server.textsOf(7));
    }
    void aHoleIsNeverShown() {
        FakeServer server;
        server.addSession(7, "A");
        for (int i = 0; i < 10; ++i)
            server.customerSays(7, std::to_string(i));
        Machine machine;
        Program program(machine);
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QTRY_COMPARE(model.rowCount(), 10);
        server.knowsCursor = false;
        server.drop();
        for (int i = 10; i < 110; ++i)
            server.customerSays(7, std::to_string(i)); // more than a page is missed
        QTRY_COMPARE(model.lastSeq(), server.log.back().message.seq);
        while (model.olderAvailable()) {
            const int before = model.rowCount();
            model.loadOlder();
            QTRY_VERIFY(model.rowCount() > before || !model.olderAvailable());
        }
        QVERIFY(program.texts(7) == server.textsOf(7));
    }
    void picturesGoUpAndComeBack() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        QImage image(40, 30, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        {
            Program program(machine);
            QVERIFY(signedIn(server, program));
            int told = 0;
            program.commands().sendPicture(model::SessionId(7), image,
                                           [&told](const base::Result<void>& result) { told = result ? 1 : -1; });
            QTRY_COMPARE(told, 1);
            program.commands().sendPicture(model::SessionId(7), QImage(),
                                           [&told](const base::Result<void>& result) { told = result ? 1 : -1; });
            QTRY_COMPARE(told, -1);
            auto& model = program.transcript(7);
            const auto picture = [&model] { return model.index(0).data(TranscriptModel::PictureRole).value<QImage>(); };
            model.wantPicture(0); // while it waits: decoded beside the GUI thread, and kept when it is sent
            QVERIFY(picture().isNull());
            QTRY_COMPARE(picture().size(), image.size());
            QTRY_VERIFY(model.rowCount() == 1 && delivery(model, 0) == TranscriptModel::Delivery::Sent);
            QCOMPARE(picture().size(), image.size());
            QCOMPARE(server.uploads, 1);
            const auto text = machine.folder.filePath(QStringLiteral("a.png"));
            QFile file(text);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("no picture");
            file.close();
            QCOMPARE(program.commands().sendPicture(model::SessionId(7), text).error().code,
                     std::string("not_a_picture"));
        }
        Machine another;
        Program program(another);
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QTRY_COMPARE(model.rowCount(), 1);
        model.wantPicture(0);
        QTRY_COMPARE(model.index(0).data(TranscriptModel::PictureRole).value<QImage>().size(), image.size());
    }
    void tenThousandMessages() {
        FakeServer server;
        server.addSession(7, "A");
        Machine machine;
        Program program(machine);
        QVERIFY(signedIn(server, program));
        auto& model = program.transcript(7);
        QTRY_VERIFY(!model.isLoading());
        wire::MessageView view;
        view.message.session = model::SessionId(7);
        view.message.text = "x";
        for (int i = 1; i <= 10'000; ++i) {
            view.message.seq = i;
            view.message.uuid = base::uuidFrom(static_cast<std::uint64_t>(i), 1);
            model.add(view);
        }
        QCOMPARE(model.rowCount(), 10'000);
        model.add(view); // known
        QCOMPARE(model.rowCount(), 10'000);
    }
};

static const test::Add<TranscriptTest> addedTranscriptTest;
#include "transcript_test.moc"
