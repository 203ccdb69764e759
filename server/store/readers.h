#pragma once

#include "server/store/batch.h"
#include "server/store/records.h"
#include "shared/base/result.h"
#include "shared/model/attachment.h"
#include "shared/model/channel.h"
#include "shared/model/customer.h"
#include "shared/model/event.h"
#include "shared/model/group.h"
#include "shared/model/instance.h"
#include "shared/model/offer.h"
#include "shared/model/session.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The read side: one small class per aggregate over one connection. All of them are values that point to the
/// connection of the Reader (or Tables) they came from and must not outlive it; one thread at a time.
///
/// Errors everywhere: `storage_unavailable` (retry), or `bad_row` (fatal: the database holds what this version cannot
/// read). "Not there" is an empty optional or vector, never an error.
namespace cb::store {

class Connection;

class Directory {
public:
    explicit Directory(Connection& connection)
        : m_connection(&connection) {}

    base::Result<std::vector<model::Instance>> instances();
    base::Result<std::optional<model::Instance>> instance(model::InstanceId id);
    base::Result<std::vector<model::Group>> groups(model::InstanceId instance);
    base::Result<std::vector<model::Agent>> agents(model::InstanceId instance); ///< deleted ones too; with memberships
    base::Result<std::optional<model::Agent>> agent(model::AgentId id);
    /// Each of these that exists once, by id; deleted ones too, all without memberships.
    base::Result<std::vector<model::Agent>> agentsNamed(std::span<const model::AgentId> ids);
    /// Likewise, who wrote one of these.
    base::Result<std::vector<model::Agent>> authorsOf(std::span<const model::Message> messages);
    base::Result<std::vector<model::Channel>> channels(model::InstanceId instance); ///< deleted ones too
    base::Result<std::optional<model::Channel>> channel(model::ChannelId id);
    base::Result<std::optional<model::Channel>> channelByKey(std::string_view key);
    base::Result<std::vector<model::QuickReply>> quickReplies(model::InstanceId instance);

    base::Result<std::vector<model::ScreenPop>> screenPops(model::InstanceId instance);

    /// One row per flow with the number of its newest version (0 when there is only a draft), saved last `at` and `by`,
    /// without json and tests; deleted ones too.
    base::Result<std::vector<FlowRow>> flows(model::InstanceId instance);
    /// Every version of a flow, newest first, the draft (0) last, without json and tests.
    base::Result<std::vector<FlowRow>> flowVersions(model::FlowId flow);
    /// With json and tests. Version 0 is the draft.
    base::Result<std::optional<FlowRow>> flow(model::FlowId flow, int version);
    /// The newest version of a published flow, with json; empty when unpublished.
    base::Result<std::optional<FlowRow>> publishedFlow(model::FlowId flow);

    /// Of the whole installation, e.g. kAudioReview; empty = never set.
    base::Result<std::optional<std::string>> operatorSetting(std::string_view name);

private:
    Connection* m_connection;
};

class Sessions {
public:
    explicit Sessions(Connection& connection)
        : m_connection(&connection) {}

    /// All that are not completed, by id: what recovery loads.
    base::Result<std::vector<model::Session>> open(model::InstanceId instance);
    base::Result<std::optional<model::Session>> byId(model::SessionId id);
    /// Newest first, those with an id below `before` (0 = from the newest).
    base::Result<std::vector<model::Session>> ofCustomer(model::CustomerId customer, model::SessionId before,
                                                         std::size_t limit);
    /// The open session of this customer, if there is one.
    base::Result<std::optional<model::Session>> openOf(model::CustomerId customer);
    base::Result<std::vector<model::Presence>> presences(model::InstanceId instance);
    base::Result<std::vector<model::Offer>> ringing(model::InstanceId instance);
    /// By id, ringing ones too: why this agent, every time.
    base::Result<std::vector<model::Offer>> offersOf(model::SessionId session);
    /// Who answered this customer last in another session than `except`; 0 = nobody yet.
    base::Result<model::AgentId> lastAgentOf(model::CustomerId customer, model::SessionId except = {});
    /// Phone offers answered at or after `since` (midnight of the instance), per agent.
    base::Result<std::vector<AgentCalls>> callsSince(model::InstanceId instance, base::TimePoint since);

private:
    Connection* m_connection;
};

/// Service records: sessions, newest first. Ids of sessions rise with their start, so a page is a range of ids. The
/// work of every call is bounded, whatever the filter finds.
class Records {
public:
    explicit Records(Connection& connection)
        : m_connection(&connection) {}

    static constexpr std::size_t kMaxPage = 1'000;
    /// Those with an id below `before` (0 = from the newest).
    base::Result<RecordPage> page(const RecordFilter& filter, model::SessionId before, std::size_t limit);
    /// At most `most`.
    base::Result<RecordCount> count(const RecordFilter& filter, std::int64_t most);
    /// Of these (at most kMaxPage) the ones that pass, newest first.
    base::Result<std::vector<model::Session>> among(const RecordFilter& filter,
                                                    std::span<const model::SessionId> sessions);
    /// Where those of the filter's time can be.
    base::Result<SessionRange> range(const RecordFilter& filter);

    /// Completed ones that have been in a queue, of those started within `span` before the newest session, by id.
    base::Result<std::vector<SessionTimes>> recent(model::InstanceId instance, base::Millis span);

    /// Completed ones that were completed before `time`, oldest first, those with an id above `after`: what retention
    /// removes. Never the one with the instance's newest event, whose number must not come again. `end` is where to go
    /// on; 0 = there are no others as old.
    struct Expired {
        std::vector<model::SessionId> sessions;
        model::SessionId end;
    };
    base::Result<Expired> expired(model::InstanceId instance, base::TimePoint time, model::SessionId after,
                                  std::size_t limit);
    /// The oldest of all instances; 0 = there is none.
    base::Result<model::SessionId> oldest();

private:
    Connection* m_connection;
};

class Events {
public:
    explicit Events(Connection& connection)
        : m_connection(&connection) {}

    base::Result<model::Seq> newestSeq(model::InstanceId instance); ///< 0 = no event yet
    /// The newest event of a session that retention has removed: of what was said up to there some is missing. 0 =
    /// none.
    base::Result<model::Seq> removedUpTo(model::InstanceId instance);

    struct Page {
        model::Seq before = 0;  ///< messages with a lower seq, read towards older ones; or
        model::Seq after = 0;   ///< messages with a higher seq, read towards newer ones; -1: from the first one.
                                ///< Both 0: the newest ones
        std::size_t limit = 50; ///< at most kMaxPage
        bool notes = true;      ///< false for customers
    };
    static constexpr std::size_t kMaxPage = 1'000;
    base::Result<MessagePage> messages(model::SessionId session, const Page& page);
    /// Of all sessions of a customer (the widget's history). `after` and `before` as above.
    base::Result<MessagePage> messagesOfCustomer(model::CustomerId customer, const Page& page);

    /// For resume: messages with after < seq ≤ upTo in these sessions, by seq, at most `limit` (ask for one more than
    /// you want to see whether there are too many). Sessions are of one instance.
    base::Result<std::vector<model::Message>> messagesSince(std::span<const model::SessionId> sessions,
                                                            model::Seq after, model::Seq upTo, std::size_t limit,
                                                            bool notes = true);
    /// The message that has this name in this session, or 0.
    base::Result<model::Seq> seqOf(model::SessionId session, const base::Uuid& uuid);
    /// What the customer sent under this name, in whichever of their sessions.
    base::Result<std::optional<model::Message>> messageOfCustomer(model::CustomerId customer, const base::Uuid& uuid);
    /// Of all open sessions of the instance, by (session, seq).
    base::Result<std::vector<KnownUuid>> uuidsOfOpen(model::InstanceId instance);
    /// One per open session of the instance, by session.
    base::Result<std::vector<Digest>> digestsOfOpen(model::InstanceId instance);
    /// One per session asked for that exists, by session.
    base::Result<std::vector<Digest>> digests(std::span<const model::SessionId> sessions);
    /// Rows of every kind with a higher seq, by seq: for audit and reports.
    base::Result<std::vector<model::Event>> since(model::InstanceId instance, model::Seq after, std::size_t limit);
    /// Rows of every kind of one session, by seq.
    base::Result<std::vector<model::Event>> ofSession(model::SessionId session, std::size_t limit);
    /// For the search index: events of sessions with a higher seq, by seq. The last one's seq, also when it belongs to
    /// no session, is `end`; 0 = there are no more.
    struct Lines {
        std::vector<SearchLine> lines;
        model::Seq end = 0;
    };
    base::Result<Lines> lines(model::InstanceId instance, model::Seq after, std::size_t limit);
    struct Head {
        model::InstanceId instance;
        model::Seq newest = 0; ///< 0 = no event yet
    };
    base::Result<std::vector<Head>> heads(); ///< of every instance
    base::Result<std::vector<SearchFacts>> facts(std::span<const model::SessionId> sessions);
    /// Texts of the messages of a session, oldest first.
    base::Result<std::vector<std::string>> texts(model::SessionId session, std::size_t limit);
    /// The first event at or after `time`; one past the newest when there is none.
    base::Result<model::Seq> seqAt(model::InstanceId instance, base::TimePoint time);
    struct AuditQuestion {
        model::Seq before = 0; ///< rows with a lower seq; 0 = from the newest
        std::size_t limit = 50;
        model::AgentId agent{};  ///< of this agent only; 0 = of all
        std::string action = {}; ///< actions that begin with this, e.g. "flow." or "flow.publish"
    };
    /// What admins did, newest first: rows of kind Audit.
    base::Result<std::vector<model::Event>> audit(model::InstanceId instance, const AuditQuestion& question);

private:
    Connection* m_connection;
};

class Customers {
public:
    explicit Customers(Connection& connection)
        : m_connection(&connection) {}

    base::Result<std::optional<model::Customer>> byId(model::CustomerId id);
    base::Result<std::optional<model::Customer>> byExternalId(model::ChannelId channel, std::string_view externalId);
    /// Of all open sessions of the instance, each once.
    base::Result<std::vector<model::Customer>> ofOpen(model::InstanceId instance);
    base::Result<std::vector<model::Customer>> byIds(std::span<const model::CustomerId> ids); ///< by id
    /// Without a session, not blocked, made before `time`, with an id above `after`; of any instance, by id. At most
    /// `limit` rows are looked at; the last of them is `end`, 0 = that was all.
    struct Lonely {
        std::vector<model::Customer> customers;
        model::CustomerId end;
    };
    base::Result<Lonely> lonely(model::CustomerId after, std::size_t limit);
    /// Whose name changed since the search index saw it, at most `limit`.
    base::Result<std::vector<model::Customer>> renamed(std::size_t limit);
    /// Whose text is still to be removed.
    base::Result<std::vector<model::CustomerId>> erased(std::size_t limit);
    /// Newest first, at most `limit`.
    base::Result<std::vector<model::Customer>> blocked(model::InstanceId instance, std::size_t limit);

private:
    Connection* m_connection;
};

class Attachments {
public:
    explicit Attachments(Connection& connection)
        : m_connection(&connection) {}

    base::Result<std::optional<model::Attachment>> byId(model::AttachmentId id);
    base::Result<std::vector<model::Attachment>> byIds(std::span<const model::AttachmentId> ids); ///< by id
    /// The next ones by id that were made before `time`.
    base::Result<std::vector<model::Attachment>> after(model::AttachmentId id, base::TimePoint time,
                                                       std::int64_t limit);
    /// No message names it and none ever will: its session is completed.
    base::Result<bool> isOrphan(const model::Attachment& row);
    /// Its session is completed: whether it is an orphan does not change any more.
    base::Result<bool> isSettled(const model::Attachment& row);

private:
    Connection* m_connection;
};

/// For server/auth.
class Credentials {
public:
    explicit Credentials(Connection& connection)
        : m_connection(&connection) {}

    struct Found {
        Credential credential; ///< passwordHash is empty when none was ever set
        bool deleted = false;  ///< of the agent
    };
    /// ASCII letters of either case are the same in an e-mail address.
    base::Result<std::optional<Found>> byEmail(model::InstanceId instance, std::string_view email);
    base::Result<std::optional<Credential>> byAgent(model::AgentId agent);
    /// Agents whose password is a one-time one, by id.
    base::Result<std::vector<model::AgentId>> invited(model::InstanceId instance);
    base::Result<std::optional<Token>> token(std::string_view hash); ///< expired and revoked ones too
    base::Result<std::vector<Token>> tokensOf(model::AgentId agent);

private:
    Connection* m_connection;
};

/// Trunks, numbers and sounds.
class Telephone {
public:
    explicit Telephone(Connection& connection)
        : m_connection(&connection) {}

    /// Of the installation, in the order of fail-over; deleted ones too.
    base::Result<std::vector<TrunkRow>> trunks();
    base::Result<std::optional<TrunkRow>> trunk(model::TrunkId id);

    base::Result<std::vector<model::PhoneNumber>> numbers(); ///< of all instances, by channel; released ones too
    base::Result<std::vector<model::PhoneNumber>> numbers(model::InstanceId instance); ///< likewise
    /// Not a released one. `number` in E.164 with its plus.
    base::Result<std::optional<model::PhoneNumber>> number(std::string_view number);
    base::Result<std::optional<model::PhoneNumber>> numberOf(model::ChannelId channel); ///< a released one too

    base::Result<std::vector<model::Audio>> audio(); ///< of all instances, by id; deleted ones too
    base::Result<std::vector<model::Audio>> audio(model::InstanceId instance); ///< likewise
    base::Result<std::optional<model::Audio>> audio(model::AudioId id);        ///< a deleted one too

private:
    Connection* m_connection;
};

class Calls {
public:
    explicit Calls(Connection& connection)
        : m_connection(&connection) {}

    base::Result<std::optional<model::Call>> bySession(model::SessionId session);
    base::Result<std::vector<model::Call>> bySessions(std::span<const model::SessionId> sessions); ///< by session
    /// Of sessions that are not completed, by session.
    base::Result<std::vector<model::Call>> ofOpen(model::InstanceId instance);

private:
    Connection* m_connection;
};

/// Letters of all instances. For server/mail and the operator.
class Mails {
public:
    explicit Mails(Connection& connection)
        : m_connection(&connection) {}

    /// Neither sent nor given up, and due at `now`: those that are due longest first.
    base::Result<std::vector<Mail>> due(base::TimePoint now, std::size_t limit);
    /// When the first one falls due that is neither sent nor given up; empty = there is none.
    base::Result<std::optional<base::TimePoint>> nextDue();
    /// Sent ones and given up ones too, newest first, without bodies.
    base::Result<std::vector<Mail>> newest(std::size_t limit);
    base::Result<std::optional<Mail>> byId(std::int64_t id);
    base::Result<MailCounts> counts();

private:
    Connection* m_connection;
};

/// A read connection on loan. Everything read through one Reader belongs to one snapshot, taken at the first read;
/// writing goes on meanwhile and is not seen. Give it back soon (let it go out of scope): there are few of them, and
/// the write-ahead log cannot be emptied past a snapshot. One thread at a time; must not outlive its Database.
class Reader {
public:
    Reader(Reader&& other) noexcept;
    Reader& operator=(Reader&& other) noexcept;
    ~Reader();

    Directory directory() { return Directory(*m_connection); }
    Sessions sessions() { return Sessions(*m_connection); }
    Records records() { return Records(*m_connection); }
    Events events() { return Events(*m_connection); }
    Customers customers() { return Customers(*m_connection); }
    Attachments attachments() { return Attachments(*m_connection); }
    Credentials credentials() { return Credentials(*m_connection); }
    Mails mails() { return Mails(*m_connection); }
    Telephone telephone() { return Telephone(*m_connection); }
    Calls calls() { return Calls(*m_connection); }

    class Pool;
    Reader(Pool& pool, std::unique_ptr<Connection> connection); ///< for Database::reader()

private:
    void giveBack() noexcept;

    Pool* m_pool;
    std::unique_ptr<Connection> m_connection;
};

} // namespace cb::store
