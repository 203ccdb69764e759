#include "client/state/workbench_state.h"

#include "client/bridge/convert.h"

#include <algorithm>

namespace cb::state {

namespace {

constexpr int kDraftMillis = 400; ///< typed text is on the disk within this
constexpr int kMarkMillis = 100;  ///< marks of a burst are told once
constexpr int kKeepMillis = 300;  ///< messages of a burst are kept in one write
constexpr int kKeepAgainMillis = 3'000;
constexpr std::size_t kMaxUnkept = 5'000;
constexpr int kPictureRoom = 128 * 1024;    ///< KiB of decoded pictures kept
constexpr std::size_t kMaxTranscripts = 40; ///< of sessions that are not ours
const QString kFloor = QStringLiteral("floor");

void singleShot(QTimer& timer, int millis) {
    timer.setSingleShot(true);
    timer.setInterval(millis);
}

} // namespace

WorkbenchState::WorkbenchState(Sources sources, wire::InstanceFace instance, model::Agent me, QObject* parent)
    : QObject(parent)
    , m_sources(sources)
    , m_instance(std::move(instance))
    , m_me(std::move(me))
    , m_pictures(kPictureRoom) {
    singleShot(m_markTimer, kMarkMillis);
    singleShot(m_draftTimer, kDraftMillis);
    singleShot(m_keepTimer, kKeepMillis);
    connect(&m_markTimer, &QTimer::timeout, this, &WorkbenchState::sendMarks);
    connect(&m_draftTimer, &QTimer::timeout, this, &WorkbenchState::flush);
    connect(&m_keepTimer, &QTimer::timeout, this, &WorkbenchState::flush);
    auto* session = &m_sources.session;
    using api::AgentSession;
    connect(session, &AgentSession::stateChanged, this, [this](AgentSession::State now) {
        if (now != AgentSession::State::Up)
            noteFloor(); // the last lines and counts, too
        Q_EMIT connectionChanged();
    });
    connect(session, &AgentSession::welcomed, this, &WorkbenchState::onWelcome);
    connect(session, &AgentSession::eventReceived, this, &WorkbenchState::onEvent);
    connect(session, &AgentSession::typingReceived, this, &WorkbenchState::onTyping);
    connect(session, &AgentSession::markReceived, this, &WorkbenchState::onMark);
    connect(session, &AgentSession::queueReceived, this, &WorkbenchState::onQueue);
    connect(session, &AgentSession::colleaguesReceived, this, &WorkbenchState::onColleagues);
    connect(session, &AgentSession::customerReceived, this, &WorkbenchState::onCustomer);
    connect(session, &AgentSession::callReceived, this, &WorkbenchState::onCall);
    connect(&m_sources.outbox, &sync::Outbox::sent, this, &WorkbenchState::onOwnSent);
}

WorkbenchState::~WorkbenchState() {
    // After a sign-out all is kept, and the file may be closed by now.
    if (m_sources.session.state() == api::AgentSession::State::Stopped)
        return;
    noteFloor();
    flush();
}

WorkbenchState::Connection WorkbenchState::connection() const {
    switch (m_sources.session.state()) {
    case api::AgentSession::State::Up:
        return Connection::Connected;
    case api::AgentSession::State::Connecting:
        return Connection::Connecting;
    case api::AgentSession::State::Waiting:
        return Connection::Waiting;
    case api::AgentSession::State::Stopped:
    case api::AgentSession::State::Takeover:
        break;
    }
    return Connection::Stopped;
}

QDateTime WorkbenchState::nextAttempt() const {
    return m_sources.session.nextAttempt();
}

QDateTime WorkbenchState::serverNow() const {
    return QDateTime::currentDateTime().addMSecs(m_clockOffset.count());
}

QString WorkbenchState::agentName(model::AgentId agent) const {
    if (agent == m_me.id)
        return bridge::toQt(m_me.nickname.empty() ? m_me.name : m_me.nickname);
    const auto found = std::find_if(m_colleagues.begin(), m_colleagues.end(),
                                    [agent](const auto& colleague) { return colleague.agent == agent; });
    return found == m_colleagues.end() ? QString() : bridge::toQt(found->name);
}

// ---- conversations -----------------------------------------------------------------------------------------------

TranscriptModel* WorkbenchState::transcript(model::SessionId session) {
    auto& opened = m_transcripts[session];
    opened.used = ++m_uses;
    if (opened.model)
        return opened.model.get();
    opened.model = std::make_unique<TranscriptModel>(
        session, TranscriptModel::Sources{m_sources.store, m_sources.outbox, m_sources.rest, m_sources.files, m_me.id,
                                          [this](model::AgentId agent) { return agentName(agent); }, m_pictures});
    auto* made = opened.model.get();
    if (const auto* item = m_sessions.find(session)) {
        made->setLive(item->section != Section::Ringing);
        made->setCustomerName(bridge::toQt(item->view.customerName));
        made->setMarks(item->view.session.customerDelivered, item->view.session.customerRead);
    }
    flush(); // what it reads from the cache includes what we know
    made->load();
    forgetOldTranscripts();
    return made;
}

void WorkbenchState::forgetOldTranscripts() {
    std::vector<std::pair<std::uint64_t, model::SessionId>> others;
    for (const auto& [session, opened] : m_transcripts)
        if (m_sessions.find(session) == nullptr)
            others.emplace_back(opened.used, session);
    if (others.size() <= kMaxTranscripts)
        return;
    std::sort(others.begin(), others.end());
    for (std::size_t i = 0; i + kMaxTranscripts < others.size(); ++i) {
        const auto found = m_transcripts.find(others[i].second);
        found->second.model.release()->deleteLater(); // a view may stand in one of its signals
        m_transcripts.erase(found);
    }
}

void WorkbenchState::forgetTranscripts(const std::vector<model::SessionId>& sessions) {
    flush(); // nothing of them is written later
    for (const auto session : sessions) {
        const auto found = m_transcripts.find(session);
        if (found == m_transcripts.end() || m_sessions.find(session) != nullptr)
            continue;
        found->second.model.release()->deleteLater();
        m_transcripts.erase(found);
    }
}

QString WorkbenchState::draft(model::SessionId session) const {
    const auto found = m_drafts.find(session);
    return found != m_drafts.end() ? found->second : m_sources.store.draft(session);
}

void WorkbenchState::setDraft(model::SessionId session, const QString& text) {
    m_drafts[session] = text;
    if (!m_draftTimer.isActive()) // not restarted by typing on: a fast typist's text is saved too
        m_draftTimer.start();
}

void WorkbenchState::flush() {
    if (flushDrafts() && flushMessages())
        flushFloor();
}

bool WorkbenchState::flushDrafts() {
    for (auto draft = m_drafts.begin(); draft != m_drafts.end();) {
        if (auto done = m_sources.store.setDraft(draft->first, draft->second); !done) {
            m_draftTimer.start(kKeepAgainMillis);
            Q_EMIT localTrouble(done.error());
            return false;
        }
        draft = m_drafts.erase(draft);
    }
    m_draftTimer.setInterval(kDraftMillis);
    return true;
}

bool WorkbenchState::flushMessages() {
    if (m_unkept.empty() && m_unkeptCursor == 0)
        return true;
    if (auto done = m_sources.store.addMessages(m_unkept, m_unkeptCursor); !done) {
        m_keepTimer.start(kKeepAgainMillis);
        Q_EMIT localTrouble(done.error());
        return false;
    }
    m_unkept.clear();
    m_unkeptCursor = 0;
    m_keepTimer.setInterval(kKeepMillis);
    return true;
}

// ---- a start without the server ----------------------------------------------------------------------------------

void WorkbenchState::noteFloor() {
    if (!m_live)
        return; // what is kept is newer than what we know
    m_floorChanged = true;
    if (!m_keepTimer.isActive())
        m_keepTimer.start();
}

void WorkbenchState::flushFloor() {
    if (!m_floorChanged)
        return;
    wire::AgentWelcome floor;
    floor.me = m_me;
    floor.presence = m_presence;
    floor.groups = m_groups;
    floor.colleagues = m_colleagues;
    floor.settings = m_settings;
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        const auto& item = m_sessions.at(row); // without a server nothing rings, and nobody is on the telephone
        if (item.section != Section::Ringing && item.view.session.mode != model::Mode::Phone)
            floor.sessions.push_back(item.view);
    }
    // Without it only the next start shows an older floor: not worth a word to the user.
    m_floorChanged = !m_sources.store.keep(kFloor, wire::encodeWelcome(1, floor)).ok();
}

void WorkbenchState::restore() {
    const auto json = m_sources.store.kept(kFloor);
    const auto frame = wire::parseFrame(json, {wire::kMaxServerFrame, wire::kMaxDepth});
    const auto floor = frame ? wire::decodeAgentWelcome(frame->d) : frame.error();
    if (!floor || m_live)
        return;
    m_settings = floor->settings;
    m_groups = floor->groups;
    m_colleagues = floor->colleagues;
    std::vector<SessionItem> items;
    for (const auto& view : floor->sessions)
        items.push_back(ours(view));
    for (auto& item : items)
        item.view.customerOnline = false; // nobody knows
    m_sessions.replace(std::move(items));
}

void WorkbenchState::keep(const wire::MessageView& message) {
    if (m_unkept.size() >= kMaxUnkept) // the disk takes nothing for a long time; the server has them
        return;
    m_unkept.push_back(message);
    if (!m_keepTimer.isActive())
        m_keepTimer.start();
}

// ---- marks -------------------------------------------------------------------------------------------------------

void WorkbenchState::noteDelivered(model::SessionId session, model::Seq seq) {
    auto& marks = m_marks[session];
    if (seq <= marks.delivered)
        return;
    marks.delivered = seq;
    marks.dirty = true;
    if (!m_markTimer.isActive())
        m_markTimer.start();
}

void WorkbenchState::markRead(model::SessionId session, model::Seq seq) {
    auto& marks = m_marks[session];
    if (seq <= marks.read)
        return;
    marks.read = seq;
    marks.delivered = std::max(marks.delivered, seq);
    marks.dirty = true;
    if (!m_markTimer.isActive())
        m_markTimer.start();
    change(session, [&](SessionItem& item) {
        item.view.session.agentRead = seq;
        const auto opened = m_transcripts.find(session);
        if (seq >= item.view.session.lastSeq)
            item.view.unread = 0;
        else if (opened != m_transcripts.end())
            item.view.unread = opened->second.model->unreadAfter(seq);
    });
}

void WorkbenchState::sendMarks() {
    if (m_sources.session.state() != api::AgentSession::State::Up)
        return; // they stay dirty until the next welcome
    for (auto& [session, marks] : m_marks) {
        if (!marks.dirty)
            continue;
        m_sources.session.post(wire::Mark{session, marks.delivered, marks.read});
        marks.dirty = false;
    }
}

// ---- answers to commands -----------------------------------------------------------------------------------------

void WorkbenchState::applyPresence(const model::Presence& presence) {
    m_presence = presence;
    Q_EMIT presenceChanged();
}

void WorkbenchState::applySession(const model::SessionView& view) {
    onAssigned(view);
}

void WorkbenchState::applyCustomer(model::CustomerId customer, const QString& name, const QString& notes) {
    std::vector<model::SessionId> theirs;
    for (int row = 0; row < m_sessions.rowCount(); ++row)
        if (m_sessions.at(row).view.session.customer == customer)
            theirs.push_back(m_sessions.at(row).id());
    for (const auto session : theirs)
        change(session, [&](SessionItem& item) {
            item.view.customerName = bridge::toStd(name);
            item.view.customerNotes = bridge::toStd(notes);
        });
    for (const auto session : theirs)
        if (const auto opened = m_transcripts.find(session); opened != m_transcripts.end())
            opened->second.model->setCustomerName(name);
}

void WorkbenchState::applyCompleted(model::SessionId session) {
    if (m_sessions.find(session) == nullptr)
        return;
    drop(session);
    Q_EMIT sessionCompleted(session);
}

void WorkbenchState::applyOfferGone(model::OfferId offer) {
    if (const auto* item = m_sessions.find(offer))
        m_sessions.remove(item->id());
}

void WorkbenchState::change(model::SessionId session, const std::function<void(SessionItem&)>& edit) {
    const auto* item = m_sessions.find(session);
    if (item == nullptr)
        return;
    auto changed = *item;
    edit(changed);
    m_sessions.put(changed);
}

void WorkbenchState::drop(model::SessionId session) {
    m_sessions.remove(session);
    noteFloor();
    m_marks.erase(session);
    m_typing.erase(session);
    if (const auto opened = m_transcripts.find(session); opened != m_transcripts.end())
        opened->second.model->setLive(false);
    flush();
    (void)m_sources.store.leave(session); // else it is asked for once more than needed, or after a welcome says so
}

} // namespace cb::state
