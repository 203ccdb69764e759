#include "server/desk/centre.h"
#include "shared/model/flow_trace.h"

#include <utility>

namespace cb::desk {

namespace {

constexpr std::size_t kMaxPath = 600; ///< bytes; older labels of a long way fall off
constexpr std::string_view kArrow = " › ";

void extend(std::string& path, const std::string& label) {
    if (label.empty())
        return;
    if (!path.empty())
        path += kArrow;
    path += label;
    while (path.size() > kMaxPath) {
        const auto arrow = path.find(kArrow);
        if (arrow == std::string::npos)
            return;
        path.erase(0, arrow + kArrow.size());
    }
}

} // namespace

void Centre::tellFlow(model::SessionId session, FlowEvent event) {
    m_flowWork.push_back(FlowWork{session, std::move(event)});
}

void Centre::drain(Turn& turn) {
    if (m_draining)
        return; // whoever drains already sees what was added
    m_draining = true;
    while (!m_flowWork.empty()) {
        const FlowWork work = std::move(m_flowWork.front());
        m_flowWork.pop_front();
        LiveSession* session = find(work.session);
        if (session == nullptr || isEnded(session->row.state))
            continue;
        if (!session->hasFlow) { // a call out, or served on without its flow after a restart
            withoutFlow(*session, work.event.signal, turn);
            continue;
        }
        FlowActions actions;
        if (m_services.flows.apply(work.session, work.event, actions))
            changed(*session);
        act(work.session, actions, turn);
    }
    m_draining = false;
}

void Centre::act(model::SessionId id, FlowActions& actions, Turn& turn) {
    for (FlowAction& action : actions) {
        LiveSession* session = find(id);
        if (session == nullptr || isEnded(session->row.state))
            return;
        if (auto* entered = std::get_if<FlowEntered>(&action)) {
            extend(session->row.flowPath, entered->label);
            model::extendTrace(session->row.flowTrace, {entered->node, std::move(entered->port),
                                                        (turn.now - session->row.startedAt) / base::Millis(1)});
            changed(*session);
        } else if (auto* text = std::get_if<FlowSay>(&action)) {
            say(*session, text->text, turn);
        } else if (auto* timer = std::get_if<FlowTimer>(&action)) {
            if (timer->after > base::Millis{0})
                m_services.deadlines.arm(session->flowTimer, turn.now + timer->after, Deadlines::Kind::Flow,
                                         m_instance.id, id.value);
            else
                Deadlines::disarm(session->flowTimer);
        } else if (auto* transfer = std::get_if<FlowTransfer>(&action)) {
            if (session->row.state != model::SessionState::Flow)
                continue;
            routing::event::SessionEnqueue enqueue;
            enqueue.session = id;
            enqueue.group = transfer->group;
            enqueue.mode = session->row.mode;
            enqueue.lastAgent = session->row.lastAgent;
            if (!enqueue.lastAgent && session->call != nullptr)
                enqueue.lastAgent = session->call->lastAgent;
            enqueue.longestWait = transfer->longestWait;
            session->longestWait = transfer->longestWait;
            if (route(enqueue, turn)) // no such group any more, or of another mode: as if nobody were there
                tellFlow(id, FlowEvent{FlowSignal::TransferFailed, {}, 0});
        } else if (auto* end = std::get_if<FlowEnd>(&action)) {
            finish(*session, end->reason, turn);
        } else {
            sound(*session, action, turn);
        }
    }
}

} // namespace cb::desk
