#include "client/bridge/convert.h"
#include "client/state/workbench_state.h"
#include "shared/base/text.h"

#include <algorithm>

namespace cb::state {

namespace {

constexpr int kTypingMillis = 6'000; ///< a customer's "is typing" lasts this long without being said again
constexpr std::size_t kPreview = 80; ///< characters
constexpr std::size_t kMaxDeclined = 200;

bool isForced(model::StatusReason reason) {
    return reason == model::StatusReason::RingTimeout || reason == model::StatusReason::Disconnected ||
           reason == model::StatusReason::TakenOver || reason == model::StatusReason::Deleted;
}

/// Of a picture or file: its name.
std::string lineOf(const wire::MessageView& view) {
    const auto& text = view.message.text;
    return text.empty() && view.attachment ? view.attachment->name : text;
}

/// Overload set for std::visit.
template <class... F>
struct Cases : F... {
    using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

} // namespace

/// A session of ours as the server sees it; what was read here and not yet told is not unread again.
SessionItem WorkbenchState::ours(const model::SessionView& view) const {
    SessionItem item;
    item.view = view;
    item.section = view.session.state == model::SessionState::WrapUp ? Section::WrapUp : Section::Open;
    const auto marks = m_marks.find(view.session.id);
    if (marks == m_marks.end() || marks->second.read <= view.session.agentRead)
        return item;
    const auto read = item.view.session.agentRead = marks->second.read;
    const auto opened = m_transcripts.find(view.session.id);
    if (read >= view.session.lastSeq)
        item.view.unread = 0;
    else if (opened != m_transcripts.end())
        item.view.unread = std::min(view.unread, opened->second.model->unreadAfter(read));
    return item;
}

SessionItem WorkbenchState::ringing(const model::OfferView& offer) const {
    SessionItem item;
    item.view = offer.session;
    item.section = Section::Ringing;
    item.offer = offer.offer;
    item.offeredAt = offer.at;
    item.offerExpires = offer.expiresAt;
    for (const auto& declined : m_declined)
        if (declined.session == item.id())
            item.declinedAt = declined.at;
    return item;
}

void WorkbenchState::noteDeclined(model::OfferId offer) {
    const auto* item = m_sessions.find(offer);
    if (item == nullptr)
        return;
    std::erase_if(m_declined, [item](const Declined& declined) { return declined.session == item->id(); });
    m_declined.push_back({item->id(), base::SystemClock().now() + m_clockOffset});
    if (m_declined.size() > kMaxDeclined)
        m_declined.pop_front();
}

QStringList WorkbenchState::openButNotIn(const wire::AgentWelcome& welcome) const {
    QStringList names;
    for (int row = 0; row < m_sessions.rowCount(); ++row) {
        const auto& item = m_sessions.at(row);
        const auto isThis = [&item](const model::SessionView& view) { return view.session.id == item.id(); };
        const bool here =
            std::any_of(welcome.sessions.begin(), welcome.sessions.end(), isThis) ||
            std::any_of(welcome.offers.begin(), welcome.offers.end(), [&](const auto& o) { return isThis(o.session); });
        if (item.section == Section::Open && !here)
            names << bridge::toQt(item.view.customerName);
    }
    return names;
}

void WorkbenchState::onWelcome(const wire::AgentWelcome& welcome) {
    const auto gone = openButNotIn(welcome);
    m_live = true;
    m_clockOffset = welcome.now - base::SystemClock().now();
    m_me = welcome.me;
    m_settings = welcome.settings;
    m_groups = welcome.groups;
    m_colleagues = welcome.colleagues;
    m_lines = welcome.lines;
    std::vector<SessionItem> items;
    std::vector<model::SessionId> live;
    for (const auto& offer : welcome.offers)
        items.push_back(ringing(offer));
    for (const auto& view : welcome.sessions) {
        items.push_back(ours(view));
        live.push_back(view.session.id);
    }
    std::vector<model::OfferId> fresh;
    for (const auto& offer : welcome.offers)
        if (m_sessions.find(offer.offer) == nullptr)
            fresh.push_back(offer.offer);
    flush();
    if (auto done = m_sources.store.leaveOthers(welcome.resumed ? live : std::vector<model::SessionId>()); !done)
        Q_EMIT localTrouble(done.error());
    m_sessions.replace(std::move(items));
    for (auto& [session, opened] : m_transcripts) {
        const bool isOurs = std::find(live.begin(), live.end(), session) != live.end();
        opened.model->setLive(isOurs);
        if (isOurs && !welcome.resumed)
            opened.model->refresh();
        else if (isOurs)
            opened.model->load(); // finishes what failed before
        if (const auto* item = m_sessions.find(session))
            opened.model->setMarks(item->view.session.customerDelivered, item->view.session.customerRead);
    }
    m_typing.clear();
    std::erase_if(
        m_marks, [&live](const auto& entry) { return std::find(live.begin(), live.end(), entry.first) == live.end(); });
    if (!welcome.resumed)
        m_unkeptCursor = std::max(m_unkeptCursor, welcome.cursor);
    for (auto& [session, marks] : m_marks)
        marks.dirty = true; // some may have been lost on the way
    for (const auto& view : welcome.sessions)
        noteDelivered(view.session.id, view.session.lastSeq);
    sendMarks();
    m_keepTimer.start();
    noteFloor();
    Q_EMIT meChanged();
    Q_EMIT settingsChanged();
    Q_EMIT groupsChanged();
    Q_EMIT colleaguesChanged();
    Q_EMIT linesChanged();
    onStatus(welcome.presence);
    for (const auto offer : fresh)
        Q_EMIT offerArrived(offer);
    if (!gone.isEmpty())
        Q_EMIT sessionsGone(gone);
}

void WorkbenchState::onEvent(const wire::AgentEvent& event) {
    std::visit(Cases{
                   [](const wire::OpaqueEvent&) {},
                   [this](const wire::MessageView& message) { onMessage(message); },
                   [this](const model::OfferView& offer) { onOffered(offer); },
                   [this](const wire::OfferClosed& closed) {
                       applyOfferGone(closed.offer);
                       Q_EMIT offerClosed(closed.offer, closed.outcome);
                   },
                   [this](const model::SessionView& view) { onAssigned(view); },
                   [&](const wire::SessionReturned& returned) { onReturned(event.session, returned.reason); },
                   [&](const wire::SessionEnded& ended) { onEnded(event.session, ended.reason, event.at); },
                   [&](const wire::SessionCompleted&) { applyCompleted(event.session); },
                   [this](const model::Presence& presence) { onStatus(presence); },
                   [this](const wire::ConfigChanged& config) { onConfig(config); },
                   [&](const wire::TransferFailed& failed) { Q_EMIT transferFailed(event.session, failed); },
               },
               event.body);
    // The cursor on the disk is never ahead of the messages on the disk: both go in one write.
    if (m_unkept.size() < 5'000)
        m_unkeptCursor = std::max(m_unkeptCursor, event.seq);
    if (!m_keepTimer.isActive())
        m_keepTimer.start();
}

void WorkbenchState::onMessage(const wire::MessageView& message) {
    const auto session = message.message.session;
    const auto* known = m_sessions.find(session);
    const bool isNew = known == nullptr || message.message.seq > known->view.session.lastSeq;
    keep(message);
    if (const auto opened = m_transcripts.find(session); opened != m_transcripts.end())
        opened->second.model->add(message); // first: a row that waits turns into this one
    m_sources.outbox.confirm(session, message.message.uuid);
    noteDelivered(session, message.message.seq);
    if (!isNew)
        return; // replayed: the live state of the welcome counts it already
    change(session, [&](SessionItem& item) { notePreview(item, message); });
    if (message.message.side == model::Side::Customer)
        Q_EMIT messageArrived(session, message);
}

void WorkbenchState::notePreview(SessionItem& item, const wire::MessageView& message) {
    const auto& m = message.message;
    auto& view = item.view;
    view.session.lastSeq = std::max(view.session.lastSeq, m.seq);
    if (m.kind == model::MessageKind::Note)
        return;
    view.preview = std::string(base::prefix(lineOf(message), kPreview));
    view.previewKind = m.kind;
    view.previewSide = m.side;
    view.previewAt = m.at;
    if (m.side == model::Side::Customer) {
        item.customerTyping = false;
        if (m.seq > m_marks[m.session].read)
            ++view.unread;
        if (view.customerWaitsSince == base::TimePoint{})
            view.customerWaitsSince = m.at;
    } else if (m.side == model::Side::Agent) {
        view.customerWaitsSince = {};
    }
}

void WorkbenchState::onOwnSent(const sync::OutboxItem& item, const wire::Sent& sent) {
    const auto message = sentMessage(item, sent, m_me.id);
    keep(message);
    const auto* known = m_sessions.find(item.session);
    if (known != nullptr && sent.seq > known->view.session.lastSeq)
        change(item.session, [&](SessionItem& row) { notePreview(row, message); });
}

void WorkbenchState::onOffered(const model::OfferView& offer) {
    const bool isNew = m_sessions.find(offer.offer) == nullptr;
    m_sessions.put(ringing(offer));
    if (isNew)
        Q_EMIT offerArrived(offer.offer);
}

void WorkbenchState::onAssigned(const model::SessionView& view) {
    const auto session = view.session.id;
    const auto* before = m_sessions.find(session);
    const bool isNew = before == nullptr || before->section == Section::Ringing;
    if (!isNew && before->view.session.lastSeq > view.session.lastSeq)
        return; // the answer of a command came after newer events
    m_sessions.put(ours(view));
    noteFloor();
    noteDelivered(session, view.session.lastSeq);
    if (const auto opened = m_transcripts.find(session); opened != m_transcripts.end()) {
        opened->second.model->setLive(true);
        opened->second.model->setCustomerName(bridge::toQt(view.customerName));
        opened->second.model->setMarks(view.session.customerDelivered, view.session.customerRead);
    }
    if (isNew)
        Q_EMIT sessionAssigned(session);
}

void WorkbenchState::onReturned(model::SessionId session, model::ReturnReason reason) {
    if (m_sessions.find(session) == nullptr)
        return;
    drop(session);
    Q_EMIT sessionReturned(session, reason);
}

void WorkbenchState::onEnded(model::SessionId session, model::EndReason reason, base::TimePoint at) {
    const auto* item = m_sessions.find(session);
    if (item == nullptr || item->section != Section::Open)
        return;
    change(session, [&](SessionItem& row) {
        row.section = Section::WrapUp;
        row.view.session.state = model::SessionState::WrapUp;
        row.view.session.endReason = reason;
        row.view.session.endedAt = at;
        row.view.customerWaitsSince = {};
        row.customerTyping = false;
    });
    noteFloor();
    Q_EMIT sessionEnded(session, reason);
}

void WorkbenchState::onStatus(const model::Presence& presence) {
    const bool changed = presence.status != m_presence.status || presence.reason != m_presence.reason;
    m_presence = presence;
    Q_EMIT presenceChanged();
    if (changed && isForced(presence.reason))
        Q_EMIT statusForced(presence.reason);
}

void WorkbenchState::onConfig(const wire::ConfigChanged& config) {
    if (config.groups) {
        m_groups = *config.groups;
        Q_EMIT groupsChanged();
        Q_EMIT groupsConfigured();
    }
    if (config.settings) {
        m_settings = *config.settings;
        Q_EMIT settingsChanged();
    }
    if (config.me) {
        m_me = *config.me;
        Q_EMIT meChanged();
    }
    if (config.quickReplies)
        Q_EMIT quickRepliesChanged();
    if (config.screenPops)
        Q_EMIT screenPopsChanged();
    if (config.lists)
        Q_EMIT listsChanged();
    noteFloor();
}

void WorkbenchState::onTyping(const wire::Typing& typing) {
    const auto session = typing.session;
    if (m_sessions.find(session) == nullptr)
        return;
    change(session, [&](SessionItem& item) { item.customerTyping = typing.on; });
    auto& timer = m_typing[session];
    if (!timer) {
        timer = std::make_unique<QTimer>();
        timer->setSingleShot(true);
        connect(timer.get(), &QTimer::timeout, this,
                [this, session] { change(session, [](SessionItem& item) { item.customerTyping = false; }); });
    }
    if (typing.on)
        timer->start(kTypingMillis);
    else
        timer->stop();
}

void WorkbenchState::onMark(const wire::Mark& mark) {
    change(mark.session, [&](SessionItem& item) {
        item.view.session.customerDelivered = std::max(item.view.session.customerDelivered, mark.delivered);
        item.view.session.customerRead = std::max(item.view.session.customerRead, mark.read);
    });
    if (const auto opened = m_transcripts.find(mark.session); opened != m_transcripts.end())
        opened->second.model->setMarks(mark.delivered, mark.read);
}

void WorkbenchState::onQueue(const wire::Queue& queue) {
    for (const auto& figures : queue.groups)
        for (auto& view : m_groups)
            if (view.group.id == figures.id) {
                view.waiting = figures.waiting;
                view.online = figures.online;
                view.free = figures.free;
            }
    Q_EMIT groupsChanged();
}

void WorkbenchState::onColleagues(const wire::Colleagues& colleagues) {
    for (const auto& changed : colleagues.colleagues) {
        const auto found = std::find_if(m_colleagues.begin(), m_colleagues.end(),
                                        [&](const auto& known) { return known.agent == changed.agent; });
        if (found == m_colleagues.end())
            m_colleagues.push_back(changed);
        else
            *found = changed;
    }
    Q_EMIT colleaguesChanged();
}

void WorkbenchState::onCall(const wire::CallChanged& call) {
    change(call.session, [&](SessionItem& item) { item.view.call = call.call; });
}

void WorkbenchState::onCustomer(const wire::CustomerOnline& customer) {
    change(customer.session, [&](SessionItem& item) {
        item.view.customerOnline = customer.online;
        if (!customer.pageUrl.empty())
            item.view.pageUrl = customer.pageUrl;
    });
}

} // namespace cb::state
