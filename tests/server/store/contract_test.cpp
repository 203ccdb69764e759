#include "tests/server/store/sample.h"

#include "server/store/connection_p.h"

#include <atomic>

using namespace cb;
using test::kInstance;
using test::moment;

/// What every engine must do alike.
class StoreContractTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Place> m_place;
    std::unique_ptr<store::Database> m_database;

private Q_SLOTS:
    void initTestCase_data() { test::engineRows(); }
    void init() {
        QFETCH_GLOBAL(int, engine);
        m_place = std::make_unique<test::Place>(static_cast<store::Engine>(engine));
        CB_NEED(*m_place);
        m_database = m_place->open();
        QVERIFY(m_database);
    }
    void cleanup() {
        m_database.reset();
        m_place.reset();
    }

    void directoryReadsBackWhatWasWritten();
    void flowsHaveVersionsAndADraft();
    void flowsRememberTheirChanges();
    void screenPopsAreReplacedAsAList();
    void lettersAndPasswordsComeWithTheBatch();
    void auditIsReadBackwards();
    void blockedCustomersNewestFirst();
    void removedGroupLosesItsMembers();
    void sessionsForRecovery();
    void offersAndCalls();
    void lastAgentIsTheLastWhoAnswered();
    void messagePages();
    void resumeAcrossSessions();
    void uuidIsUniqueInItsSession();
    void digestSaysWhatTheListShows();
    void customersAndAttachments();
    void credentialsAndTokens();
    void mailsDueSentAndGivenUp();
    void committedMailsAreTold();
    void idsAreNeverGivenTwice();
    void idsThatNobodyGotComeBack();
    void readerSeesOneSnapshot();
    void readersAreBounded();
    void checkFindsNothingInGoodData();
    void checkFindsBrokenInvariants();

private:
    bool writeMessages(int count);
    template <class Job>
    base::Result<void> job(Job work) {
        test::Told told;
        {
            store::Writer writer(*m_database, 4);
            (void)writer.submit(store::Writer::Job(work), told.done());
        }
        return told.all().at(0);
    }
};

void StoreContractTest::directoryReadsBackWhatWasWritten() {
    const store::Batch rows = test::people();
    QVERIFY(test::commit(*m_database, rows));
    auto reader = m_database->reader();
    QVERIFY(reader.ok());
    auto directory = reader->directory();
    QVERIFY(*directory.instances() == rows.instances);
    QVERIFY(*directory.instance(kInstance) == rows.instances[0]);
    QVERIFY(!directory.instance(model::InstanceId(5))->has_value());
    QVERIFY(*directory.groups(kInstance) == rows.groups);
    QVERIFY(*directory.agents(kInstance) == rows.agents);
    QVERIFY(*directory.agent(model::AgentId(2)) == rows.agents[1]);
    QVERIFY(*directory.channels(kInstance) == rows.channels);
    QVERIFY(*directory.channelByKey("key-1") == rows.channels[0]);
    QVERIFY(!directory.channelByKey("")->has_value());
    QVERIFY(directory.groups(model::InstanceId(kInstance.value + 1))->empty());
}

void StoreContractTest::flowsHaveVersionsAndADraft() {
    QVERIFY(test::commit(*m_database, test::people()));
    store::Batch batch;
    batch.flows.push_back({model::FlowId(1), kInstance, model::Mode::Chat, "新名", 2, true, "{\"v\":2}", moment(6),
                           false, 1, "[]", model::AgentId(1)});
    batch.flows.push_back({model::FlowId(1), kInstance, model::Mode::Chat, "新名", 0, true, "{\"v\":0}", moment(7),
                           false, 1, "[]", model::AgentId(1)});
    batch.flows.push_back({model::FlowId(2), kInstance, model::Mode::Phone, "草稿", 0, false, "{}", moment(8), false, 1,
                           "[]", model::AgentId(1)});
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    auto directory = reader->directory();
    const auto flows = *directory.flows(kInstance);
    QCOMPARE(flows.size(), std::size_t(2));
    QCOMPARE(flows[0].version, 2);
    QVERIFY(flows[0].json.empty());
    QCOMPARE(flows[1].version, 0);
    QVERIFY(*directory.publishedFlow(model::FlowId(1)) == batch.flows[0]);
    QVERIFY(!directory.publishedFlow(model::FlowId(2))->has_value());
    QVERIFY(*directory.flow(model::FlowId(1), 0) == batch.flows[1]);
    QCOMPARE((*directory.flow(model::FlowId(1), 1))->json, std::string("{\"v\":1}"));
    QCOMPARE(directory.flowVersions(model::FlowId(1))->size(), std::size_t(3));
}

void StoreContractTest::flowsRememberTheirChanges() {
    store::Batch batch = test::people();
    batch.flows[0].revision = 3;
    batch.flows[0].tests = "[{\"name\":\"走一遍\"}]";
    batch.flows[0].by = model::AgentId(1);
    QVERIFY(test::commit(*m_database, batch));
    auto row = **m_database->reader()->directory().flow(model::FlowId(1), 1);
    QVERIFY(row == batch.flows[0]);
    // A draft saved later is what the list tells of, with the number of the newest version.
    row.version = 0;
    row.revision = 4;
    row.published = false;
    row.at = moment(9);
    row.by = model::AgentId(2);
    store::Batch later;
    later.flows.push_back(row);
    QVERIFY(test::commit(*m_database, later));
    auto list = *m_database->reader()->directory().flows(kInstance);
    QCOMPARE(list.size(), std::size_t(1));
    QVERIFY(list[0].version == 1 && list[0].revision == 4 && list[0].at == moment(9) &&
            list[0].by == model::AgentId(2));
    QVERIFY(list[0].json.empty() && !list[0].published);
    later.flows[0].deleted = true;
    QVERIFY(test::commit(*m_database, later));
    list = *m_database->reader()->directory().flows(kInstance);
    QVERIFY(list.size() == 1 && list[0].deleted);
    QVERIFY((*m_database->reader()->directory().flow(model::FlowId(1), 1))->deleted); // its sessions still find it
}

void StoreContractTest::screenPopsAreReplacedAsAList() {
    QVERIFY(test::commit(*m_database, test::people()));
    const auto read = [&] { return *m_database->reader()->directory().screenPops(kInstance); };
    QVERIFY(read().empty());
    store::Batch batch;
    batch.screenPops.push_back(
        {kInstance, {{"CRM", "https://crm.example/?n=${Nickname}", true}, {"维基", "http://w.example", false}}});
    QVERIFY(test::commit(*m_database, batch));
    QVERIFY(read() == batch.screenPops[0].pops);
    std::swap(batch.screenPops[0].pops[0], batch.screenPops[0].pops[1]);
    batch.screenPops[0].pops.pop_back();
    QVERIFY(test::commit(*m_database, batch));
    QVERIFY(read() == batch.screenPops[0].pops);
    batch.screenPops[0].pops.clear();
    QVERIFY(test::commit(*m_database, batch));
    QVERIFY(read().empty());
}

void StoreContractTest::lettersAndPasswordsComeWithTheBatch() {
    store::Batch batch = test::people();
    const model::AgentId agent(2);
    batch.credentials.push_back({agent, kInstance, "$hash", true, moment(3)});
    const auto letter = *m_database->reserveIds(store::IdKind::Mail, 1);
    batch.mails.push_back({letter, kInstance, "a@x.example", "主题", "one\ntwo", moment(4), moment(5), 0, {}, ""});
    QVERIFY(test::commit(*m_database, batch));
    QVERIFY(job([&](store::Tables& tables) {
                return tables.insert(
                    store::Token{"h1", store::TokenKind::SignIn, kInstance, agent, "pc", moment(0), moment(9), false});
            }).ok());
    {
        auto reader = m_database->reader();
        QVERIFY(**reader->credentials().byAgent(agent) == batch.credentials[0]);
        QVERIFY((*reader->credentials().invited(kInstance) == std::vector{agent}));
        QVERIFY(reader->credentials().invited(model::InstanceId(5))->empty());
        QVERIFY(!(*reader->credentials().token("h1"))->revoked);
    }
    store::Connection raw(m_place->options, store::Connection::Use::Read);
    std::string to, subject, body;
    store::Query mail(raw, "SELECT recipient, subject, body FROM mail WHERE id = :i AND sent_at = 0 AND attempts = 0");
    mail.into(to).into(subject).into(body).bind(letter);
    QVERIFY(mail.next());
    QVERIFY(to == "a@x.example" && subject == "主题" && body == "one\ntwo");
    // A reset: another hash, and everything signed in with is revoked in the same commit.
    store::Batch reset;
    reset.credentials.push_back({agent, kInstance, "$other", false, moment(6)});
    reset.revokedTokens.push_back(agent);
    QVERIFY(test::commit(*m_database, reset));
    auto reader = m_database->reader();
    QVERIFY(**reader->credentials().byAgent(agent) == reset.credentials[0]);
    QVERIFY(reader->credentials().invited(kInstance)->empty());
    QVERIFY((*reader->credentials().token("h1"))->revoked);
}

void StoreContractTest::auditIsReadBackwards() {
    store::Batch batch = test::people();
    const char* actions[] = {"flow.save", "flow.publish", "group.add", "flow_x", "flow.save"};
    for (model::Seq seq = 1; seq <= 5; ++seq) {
        model::Event event;
        event.instance = kInstance;
        event.seq = seq;
        event.at = moment(seq);
        event.kind = model::EventKind::Audit;
        event.agent = model::AgentId(seq % 2 + 1);
        event.detail = model::AuditDetail{actions[seq - 1], "flow 7", "\"action\":\"group.", "after"};
        batch.events.push_back(event);
    }
    batch.events.push_back(test::message(6, 1, "not an audit entry"));
    batch.sessions.push_back(test::session(1));
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    const auto seqs = [&](const store::Events::AuditQuestion& question) {
        QString text;
        const auto events = *reader->events().audit(kInstance, question);
        for (const auto& event : events)
            text += QString::number(event.seq);
        return text;
    };
    QCOMPARE(seqs({}), QString("54321"));
    QCOMPARE(seqs({0, 2, {}, {}}), QString("54"));
    QCOMPARE(seqs({4, 2, {}, {}}), QString("32"));
    QCOMPARE(seqs({0, 9, model::AgentId(1), {}}), QString("42"));
    QCOMPARE(seqs({0, 9, {}, "flow."}), QString("521"));
    QCOMPARE(seqs({0, 9, {}, "flow_"}), QString("4")); // not any character
    QCOMPARE(seqs({0, 9, {}, "group.add"}), QString("3"));
    QCOMPARE(seqs({0, 9, model::AgentId(2), "flow.save"}), QString("51"));
    QVERIFY(reader->events().audit(kInstance, {})->front() == batch.events[4]);
    QVERIFY(reader->events().audit(model::InstanceId(5), {})->empty());
}

void StoreContractTest::blockedCustomersNewestFirst() {
    store::Batch batch = test::people();
    for (std::int64_t id = 2; id <= 5; ++id) {
        batch.customers.push_back(batch.customers[0]);
        batch.customers.back().id = model::CustomerId(id);
        batch.customers.back().externalId = "visitor-" + std::to_string(id);
        batch.customers.back().blocked = id != 4;
    }
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    const auto blocked = *reader->customers().blocked(kInstance, 9);
    QCOMPARE(blocked.size(), std::size_t(3));
    QVERIFY(blocked[0].id.value == 5 && blocked[1].id.value == 3 && blocked[2] == batch.customers[1]);
    QCOMPARE(reader->customers().blocked(kInstance, 2)->size(), std::size_t(2));
}

void StoreContractTest::removedGroupLosesItsMembers() {
    QVERIFY(test::commit(*m_database, test::people()));
    store::Batch batch;
    batch.removedGroups.push_back(model::GroupId(1));
    batch.groups.push_back({model::GroupId(3), kInstance, model::Mode::Chat, "售前", 2}); // its name again
    batch.quickReplies.push_back({model::QuickReplyId(1), kInstance, "hi", "你好"});
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    QCOMPARE(reader->directory().groups(kInstance)->size(), std::size_t(2));
    QVERIFY((*reader->directory().agents(kInstance))[0].groups == std::vector{model::GroupId(2)});
    QVERIFY(*reader->directory().quickReplies(kInstance) == batch.quickReplies);
}

void StoreContractTest::sessionsForRecovery() {
    store::Batch batch = test::people();
    const model::SessionState states[] = {model::SessionState::Flow, model::SessionState::Completed,
                                          model::SessionState::WrapUp, model::SessionState::Open};
    for (int i = 0; i < 4; ++i) {
        batch.sessions.push_back(test::session(i + 1));
        batch.sessions.back().state = states[i];
    }
    model::Presence presence;
    presence.agent = model::AgentId(1);
    presence.instance = kInstance;
    presence.status = model::AgentStatus::Break;
    batch.presences.push_back(presence);
    batch.marks.push_back({model::SessionId(4), 9, 8, 7, 6, 5});
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    const auto open = *reader->sessions().open(kInstance);
    QCOMPARE(open.size(), std::size_t(3));
    QVERIFY(open[0] == batch.sessions[0]);
    QCOMPARE(open[2].agentRead, model::Seq(5));
    QCOMPARE(open[2].lastSeq, model::Seq(9));
    QVERIFY(*reader->sessions().presences(kInstance) == batch.presences);
    QCOMPARE((*reader->sessions().openOf(model::CustomerId(1)))->id.value, 4);
    QCOMPARE(reader->sessions().ofCustomer(model::CustomerId(1), {}, 2)->size(), std::size_t(2));
    QCOMPARE((*reader->sessions().ofCustomer(model::CustomerId(1), model::SessionId(3), 9))[0].id.value, 2);
    QCOMPARE(reader->customers().ofOpen(kInstance)->size(), std::size_t(1));
    QVERIFY(!reader->sessions().byId(model::SessionId(99))->has_value());
}

void StoreContractTest::offersAndCalls() {
    store::Batch batch = test::people();
    batch.sessions.push_back(test::session(1));
    batch.sessions.push_back(test::session(2));
    batch.sessions[1].mode = model::Mode::Phone;
    test::Rows rows(7);
    for (std::int64_t id = 1; id <= 4; ++id) {
        batch.offers.push_back(rows.offer(id, id == 1 ? 1 : 2));
        batch.offers.back().agent = model::AgentId(1);
        batch.offers.back().decidedAt = moment(id * 100);
        batch.offers.back().outcome = id == 2 ? model::OfferOutcome::Ringing : model::OfferOutcome::Answered;
    }
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    QVERIFY(*reader->sessions().ringing(kInstance) == std::vector{batch.offers[1]});
    QCOMPARE(reader->sessions().offersOf(model::SessionId(2))->size(), std::size_t(3));
    const std::vector<store::AgentCalls> both = {{model::AgentId(1), 2}};
    QVERIFY(*reader->sessions().callsSince(kInstance, moment(0)) == both);
    QCOMPARE((*reader->sessions().callsSince(kInstance, moment(400)))[0].calls, 1);
    QVERIFY(reader->sessions().callsSince(kInstance, moment(401))->empty());
}

void StoreContractTest::lastAgentIsTheLastWhoAnswered() {
    store::Batch batch = test::people();
    for (std::int64_t id = 1; id <= 3; ++id)
        batch.sessions.push_back(test::session(id));
    batch.sessions[0].agent = model::AgentId(1);
    batch.sessions[0].answeredAt = moment(1);
    batch.sessions[1].lastAgent = model::AgentId(2);
    batch.sessions[1].answeredAt = moment(2);
    batch.sessions[2].agent = model::AgentId(1); // offered, never answered
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    QCOMPARE(reader->sessions().lastAgentOf(model::CustomerId(1))->value, 2);
    QCOMPARE(reader->sessions().lastAgentOf(model::CustomerId(1), model::SessionId(2))->value, 1);
    QCOMPARE(reader->sessions().lastAgentOf(model::CustomerId(7))->value, 0);
}

bool StoreContractTest::writeMessages(int count) {
    store::Batch batch = test::people();
    batch.sessions.push_back(test::session(1));
    batch.sessions.push_back(test::session(2));
    for (int seq = 1; seq <= count; ++seq)
        batch.events.push_back(test::message(seq, seq % 2 == 0 ? 2 : 1, "text " + std::to_string(seq)));
    batch.events[4].message.kind = model::MessageKind::Note;
    return test::commit(*m_database, std::move(batch));
}

void StoreContractTest::messagePages() {
    QVERIFY(writeMessages(20)); // session 1 has 1, 3, … 19; 5 is a note
    auto reader = m_database->reader();
    auto events = reader->events();
    QCOMPARE(*events.newestSeq(kInstance), model::Seq(20));
    QCOMPARE(*events.removedUpTo(kInstance), model::Seq(0));
    const auto newest = *events.messages(model::SessionId(1), {0, 0, 3, true});
    QCOMPARE(newest.messages.size(), std::size_t(3));
    QCOMPARE(newest.messages[0].seq, model::Seq(15));
    QVERIFY(newest.more);
    const auto older = *events.messages(model::SessionId(1), {7, 0, 3, false});
    QCOMPARE(older.messages.size(), std::size_t(2)); // 1 and 3: 5 is a note
    QVERIFY(!older.more);
    const auto newer = *events.messages(model::SessionId(1), {0, 15, 2, true});
    QCOMPARE(newer.messages[1].seq, model::Seq(19));
    QVERIFY(!newer.more);
    const auto all = *events.messagesOfCustomer(model::CustomerId(1), {0, 0, 50, false});
    QCOMPARE(all.messages.size(), std::size_t(19));
    QVERIFY(all.messages[7] == test::message(9, 1, "text 9").message);
    const auto first = *events.messagesOfCustomer(model::CustomerId(1), {0, -1, 2, false});
    QCOMPARE(first.messages.front().seq, model::Seq(1));
    QVERIFY(first.more);
    for (const auto& message : all.messages) {
        const auto found = *events.messageOfCustomer(model::CustomerId(1), message.uuid);
        QCOMPARE(found.has_value(), message.side == model::Side::Customer);
        QVERIFY(!found || *found == message);
        QVERIFY(!events.messageOfCustomer(model::CustomerId(2), message.uuid)->has_value());
    }
}

void StoreContractTest::resumeAcrossSessions() {
    QVERIFY(writeMessages(20));
    auto reader = m_database->reader();
    const std::vector both = {model::SessionId(2), model::SessionId(1)};
    const auto found = *reader->events().messagesSince(both, 3, 12, 100, false);
    QCOMPARE(found.size(), std::size_t(8)); // 4 … 12 without 5
    QCOMPARE(found.front().seq, model::Seq(4));
    QCOMPARE(found.back().seq, model::Seq(12));
    QCOMPARE(reader->events().messagesSince(both, 3, 12, 5)->size(), std::size_t(5));
    QVERIFY(reader->events().messagesSince({}, 0, 99, 5)->empty());
    std::vector<model::SessionId> many;
    for (int i = 1; i <= 1200; ++i)
        many.emplace_back(i);
    QCOMPARE(reader->events().messagesSince(many, 0, 99, 100)->size(), std::size_t(20));
    QCOMPARE(reader->events().since(kInstance, 18, 10)->size(), std::size_t(2));
    QCOMPARE(reader->events().ofSession(model::SessionId(2), 4)->size(), std::size_t(4));
}

void StoreContractTest::uuidIsUniqueInItsSession() {
    QVERIFY(writeMessages(20));
    {
        auto reader = m_database->reader();
        QCOMPARE(*reader->events().seqOf(model::SessionId(1), test::uuid(3)), model::Seq(3));
        QCOMPARE(*reader->events().seqOf(model::SessionId(2), test::uuid(3)), model::Seq(0));
        const auto known = *reader->events().uuidsOfOpen(kInstance);
        QCOMPARE(known.size(), std::size_t(20));
        QVERIFY(known[1] == (store::KnownUuid{model::SessionId(1), test::uuid(3), 3, moment(3000), true}));
    }
    store::Batch again;
    again.events.push_back(test::message(21, 1, "a repeat"));
    again.events[0].message.uuid = test::uuid(3);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("storage_unavailable"));
    QVERIFY(!test::commit(*m_database, again));
    again.events[0].session = model::SessionId(2);
    QVERIFY(test::commit(*m_database, again));
}

void StoreContractTest::digestSaysWhatTheListShows() {
    store::Batch batch = test::people();
    for (std::int64_t id = 1; id <= 3; ++id)
        batch.sessions.push_back(test::session(id));
    batch.sessions[0].agentRead = 3;
    const std::string longText(300, 'x');
    batch.events = {test::message(1, 1, "a"),
                    test::message(2, 1, "b", model::Side::Flow),
                    test::message(3, 1, "c", model::Side::Agent),
                    test::message(4, 1, "d"),
                    test::message(5, 1, "云" + longText),
                    test::message(6, 1, "note", model::Side::System),
                    test::message(7, 2, "only"),
                    test::message(8, 2, "bye", model::Side::Agent)};
    batch.events[5].message.kind = model::MessageKind::Note;
    QVERIFY(test::commit(*m_database, batch));
    auto reader = m_database->reader();
    const auto rows = *reader->events().digestsOfOpen(kInstance);
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].lastSeq, model::Seq(5));
    QCOMPARE(rows[0].text, "云" + std::string(79, 'x'));
    QCOMPARE(rows[0].unread, 2);
    QVERIFY(rows[0].customerWaitsSince == moment(4000));
    QVERIFY(rows[0].lastAgentAt == moment(3000) && rows[0].lastCustomerAt == moment(5000));
    QVERIFY(rows[1].side == model::Side::Agent);
    QVERIFY(rows[1].customerWaitsSince == base::TimePoint{});
    store::Digest silent;
    silent.session = model::SessionId(3);
    QVERIFY(rows[2] == silent);
    const std::vector two = {model::SessionId(2), model::SessionId(9)};
    QVERIFY(*reader->events().digests(two) == std::vector{rows[1]});
}

void StoreContractTest::customersAndAttachments() {
    store::Batch batch = test::people();
    batch.sessions.push_back(test::session(1));
    QVERIFY(test::commit(*m_database, batch));
    model::Attachment file;
    file.id = model::AttachmentId(4);
    file.instance = kInstance;
    file.session = model::SessionId(1);
    file.kind = model::AttachmentKind::Picture;
    file.name = "图.png";
    file.bytes = 5'000'000'000;
    QVERIFY(job([&](store::Tables& tables) { return tables.insert(file); }).ok());
    file.session = model::SessionId(77);
    file.id = model::AttachmentId(5);
    const auto refused = job([&](store::Tables& tables) { return tables.insert(file); });
    QCOMPARE(refused.error().code, std::string("reference_missing"));
    file.session = model::SessionId(1);
    file.id = model::AttachmentId(4);
    const auto twice = job([&](store::Tables& tables) { return tables.insert(file); });
    QCOMPARE(twice.error().code, std::string("already_exists"));
    auto reader = m_database->reader();
    QVERIFY(*reader->attachments().byId(model::AttachmentId(4)) == file);
    const std::vector ids = {model::AttachmentId(9), model::AttachmentId(4), model::AttachmentId(4)};
    QCOMPARE(reader->attachments().byIds(ids)->size(), std::size_t(1));
    QVERIFY(*reader->customers().byExternalId(model::ChannelId(1), "visitor-1") == batch.customers[0]);
    QVERIFY(!reader->customers().byExternalId(model::ChannelId(1), "")->has_value());
    QVERIFY(reader->customers().byId(model::CustomerId(1))->has_value());
}

void StoreContractTest::credentialsAndTokens() {
    QVERIFY(test::commit(*m_database, test::people()));
    const store::Credential credential{model::AgentId(2), kInstance, "$argon2id$…", true, moment(3)};
    std::vector<store::Token> tokens;
    for (const char* hash : {"aa", "bb", "cc"})
        tokens.push_back(
            {hash, store::TokenKind::SignIn, kInstance, model::AgentId(2), "pc", moment(1), moment(99), false});
    QVERIFY(job([&](store::Tables& t) -> base::Result<void> {
                if (auto put = t.put(credential); !put)
                    return put;
                for (const auto& token : tokens)
                    if (auto put = t.insert(token); !put)
                        return put;
                return {};
            }).ok());
    std::vector<std::string> revoked;
    bool first = false, second = true;
    QVERIFY(job([&](store::Tables& t) -> base::Result<void> {
                first = *t.revokeToken("aa");
                second = *t.revokeToken("aa");
                revoked = *t.revokeTokensOf(model::AgentId(2), "cc");
                return {};
            }).ok());
    QVERIFY(first && !second);
    QVERIFY(revoked == std::vector<std::string>{"bb"});
    auto reader = m_database->reader();
    const auto found = *reader->credentials().byEmail(kInstance, "aGENT2@example.COM");
    QVERIFY(found && found->credential == credential && !found->deleted);
    QVERIFY((*reader->credentials().byEmail(kInstance, "agent1@example.com"))->credential.passwordHash.empty());
    QVERIFY(!reader->credentials().byEmail(kInstance, "nobody@example.com")->has_value());
    QVERIFY(!reader->credentials().byEmail(model::InstanceId(kInstance.value + 1), "agent2@example.com")->has_value());
    QVERIFY((*reader->credentials().token("bb"))->revoked);
    QVERIFY(!(*reader->credentials().token("cc"))->revoked);
    QCOMPARE(reader->credentials().tokensOf(model::AgentId(2))->size(), std::size_t(3));
}

void StoreContractTest::mailsDueSentAndGivenUp() {
    store::Batch batch = test::people();
    for (std::int64_t id = 1; id <= 5; ++id) {
        store::Mail mail;
        mail.id = id;
        mail.instance = kInstance;
        mail.to = "a" + std::to_string(id) + "@example.com";
        mail.subject = "密码";
        mail.body = "secret";
        mail.createdAt = moment(id);
        mail.dueAt = moment(100 - 10 * id); // the last one first
        batch.mails.push_back(mail);
    }
    batch.mails[4].dueAt = store::kMailGivenUp;
    QVERIFY(test::commit(*m_database, batch));
    const auto ids = [&](std::int64_t now, std::size_t limit) {
        auto reader = m_database->reader();
        QString all;
        const auto due = *reader->mails().due(moment(now), limit);
        for (const auto& mail : due)
            all += QString::number(mail.id) + u' ';
        return all;
    };
    QCOMPARE(ids(59, 9), QString());
    QCOMPARE(ids(80, 9), QStringLiteral("4 3 2 "));
    QCOMPARE(ids(80, 2), QStringLiteral("4 3 "));
    QCOMPARE(ids(1'000'000'000, 9), QStringLiteral("4 3 2 1 ")); // never the one given up
    {
        auto reader = m_database->reader();
        QVERIFY(*reader->mails().byId(1) == batch.mails[0]);
        QVERIFY(!reader->mails().byId(77)->has_value());
        QVERIFY(*reader->mails().nextDue() == moment(60));
        QVERIFY((*reader->mails().counts() == store::MailCounts{4, 1}));
        const auto newest = *reader->mails().newest(3);
        QCOMPARE(newest.size(), std::size_t(3));
        QVERIFY(newest[0].id == 5 && newest[2].id == 3 && newest[0].body.empty());
    }
    store::Mail sent = batch.mails[3];
    sent.body.clear();
    sent.attempts = 2;
    sent.sentAt = moment(61);
    store::Mail failed = batch.mails[2];
    failed.attempts = 1;
    failed.dueAt = moment(500);
    failed.error = "450 später";
    bool first = false, again = true;
    std::int64_t retried = -1, one = -1, none = -1;
    QVERIFY(job([&](store::Tables& t) -> base::Result<void> {
                first = *t.settle(sent) && *t.settle(failed);
                store::Mail late = batch.mails[3];
                late.error = "too late";
                again = *t.settle(late); // what was sent stays so
                return {};
            }).ok());
    QVERIFY(first && !again);
    {
        auto reader = m_database->reader();
        QVERIFY(*reader->mails().byId(4) == sent);
        QVERIFY(*reader->mails().byId(3) == failed);
        QVERIFY(*reader->mails().nextDue() == moment(80));
    }
    QVERIFY(job([&](store::Tables& t) -> base::Result<void> {
                one = *t.retryMails(3, moment(7));
                none = *t.retryMails(4, moment(7));
                return {};
            }).ok());
    QCOMPARE(one, 1);
    QCOMPARE(none, 0);
    QCOMPARE(ids(7, 9), QStringLiteral("3 "));
    std::int64_t gone = -1;
    QVERIFY(job([&](store::Tables& t) -> base::Result<void> {
                gone = *t.removeMailsBefore(moment(5)); // 1, 2 and 3 still wait, 5 is not older
                retried = *t.retryMails(0, moment(8));
                return {};
            }).ok());
    QCOMPARE(gone, 1);
    QCOMPARE(retried, 4);
    QCOMPARE(ids(8, 9), QStringLiteral("1 2 3 5 "));
    auto reader = m_database->reader();
    QVERIFY((*reader->mails().counts() == store::MailCounts{4, 0}));
    QCOMPARE((*reader->mails().byId(3))->attempts, 0);
}

void StoreContractTest::committedMailsAreTold() {
    std::atomic<int> told{0};
    store::Writer writer(*m_database, 10);
    writer.onMails([&] { ++told; });
    const auto submit = [&](store::Batch batch) {
        QVERIFY(writer.submit(0, std::move(batch), {}));
        writer.flush();
    };
    submit(test::people());
    QCOMPARE(told.load(), 0);
    store::Batch batch;
    batch.mails.push_back({});
    batch.mails.back().id = 1;
    submit(batch);
    QCOMPARE(told.load(), 1);
    (void)writer.submit(
        [](store::Tables& t) {
            return t.put(store::Credential{model::AgentId(1), kInstance, "x"});
        },
        {});
    (void)writer.submit(
        [&](store::Tables& t) -> base::Result<void> {
            auto settled = t.settle(batch.mails[0]);
            return settled ? base::Result<void>{} : base::Result<void>{settled.error()};
        },
        {});
    writer.flush();
    QCOMPARE(told.load(), 1);
}

void StoreContractTest::idsAreNeverGivenTwice() {
    QCOMPARE(*m_database->reserveIds(store::IdKind::Instance, 1), model::kFirstInstance);
    QCOMPARE(*m_database->reserveIds(store::IdKind::Session, 100), std::int64_t(1));
    QCOMPARE(*m_database->reserveIds(store::IdKind::Session, 5), std::int64_t(101));
    m_database.reset();
    m_database = m_place->open();
    QCOMPARE(*m_database->reserveIds(store::IdKind::Session, 1), std::int64_t(106));
    QCOMPARE(*m_database->reserveIds(store::IdKind::Offer, 1), std::int64_t(1));
}

void StoreContractTest::idsThatNobodyGotComeBack() {
    QVERIFY(writeMessages(5));
    QVERIFY(m_database->takeBackIds().ok()); // nothing was reserved: nothing to take back
    QVERIFY(*m_database->reserveIds(store::IdKind::Session, 20'000) >= 1);
    QVERIFY(*m_database->reserveIds(store::IdKind::Customer, 20'000) >= 1);
    QVERIFY(*m_database->reserveIds(store::IdKind::Offer, 20'000) >= 1);
    model::SessionId newest;
    const auto rows = *m_database->reader()->sessions().open(kInstance);
    for (const model::Session& row : rows)
        newest = std::max(newest, row.id);
    store::Batch gone; // of a session whose row is not there
    gone.events.push_back(test::message(6, newest.value + 41, "still named"));
    QVERIFY(test::commit(*m_database, gone));
    QVERIFY(m_database->takeBackIds().ok());
    QCOMPARE(*m_database->reserveIds(store::IdKind::Session, 1), newest.value + 42);
    QCOMPARE(*m_database->reserveIds(store::IdKind::Offer, 1), std::int64_t(1));
    const auto customer = *m_database->reserveIds(store::IdKind::Customer, 1);
    QVERIFY(m_database->reader()->customers().byId(model::CustomerId(customer - 1))->has_value());
    QVERIFY(!m_database->reader()->customers().byId(model::CustomerId(customer))->has_value());
}

void StoreContractTest::readerSeesOneSnapshot() {
    QVERIFY(writeMessages(5));
    auto early = m_database->reader();
    QCOMPARE(*early->events().newestSeq(kInstance), model::Seq(5));
    store::Batch more;
    more.events.push_back(test::message(6, 1, "later"));
    QVERIFY(test::commit(*m_database, more));
    QCOMPARE(*early->events().newestSeq(kInstance), model::Seq(5));
    QCOMPARE(*m_database->reader()->events().newestSeq(kInstance), model::Seq(6));
}

void StoreContractTest::readersAreBounded() {
    store::DatabaseOptions options = m_place->options;
    options.readers = 1;
    options.leaseTimeout = base::Millis(1);
    auto database = store::Database::open(options);
    QVERIFY(database.ok());
    {
        auto only = (*database)->reader();
        QVERIFY(only.ok());
        QCOMPARE((*database)->reader().error().code, std::string("overloaded"));
    }
    QVERIFY((*database)->reader().ok());
}

void StoreContractTest::checkFindsNothingInGoodData() {
    QVERIFY(writeMessages(9));
    const auto report = m_database->check();
    QVERIFY(report.ok());
    for (const auto& problem : report->problems)
        qWarning("%s: %s", problem.code.c_str(), problem.detail.c_str());
    QVERIFY(report->ok());
    QCOMPARE(report->events, std::int64_t(9));
    QCOMPARE(report->schemaVersion, m_database->schemaVersion());
}

void StoreContractTest::checkFindsBrokenInvariants() {
    store::Batch batch = test::people();
    batch.sessions.push_back(test::session(1));
    batch.sessions[0].lastSeq = 77;
    batch.sessions[0].state = model::SessionState::Offered;
    batch.events.push_back(test::message(1, 5, "of nobody"));
    QVERIFY(test::commit(*m_database, batch));
    const auto report = m_database->check();
    QVERIFY(report.ok());
    std::vector<std::string> codes;
    for (const auto& problem : report->problems)
        codes.push_back(problem.code);
    QVERIFY((codes == std::vector<std::string>{"last_seq", "offer", "orphan_message"}));
}

static const cb::test::Add<StoreContractTest> addedStoreContractTest;
#include "contract_test.moc"
