#include "tests/shared/wire/samples.h"

#include "shared/wire/admin.h"
#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "shared/wire/http.h"
#include "shared/wire/overview.h"
#include "shared/wire/records.h"
#include "shared/wire/requests.h"

namespace cb::test {

namespace {

using namespace model;
using base::fromUnixMillis;

const auto kAt = fromUnixMillis(1'790'000'000'123);
const auto kUuid = base::uuidFrom(0x0123456789ABCDEF, 0xFEDCBA9876543210);

Message message() {
    Message m;
    m.session = SessionId(7);
    m.seq = 4711;
    m.uuid = kUuid;
    m.side = Side::Agent;
    m.agent = AgentId(3);
    m.text = "你好 \"quoted\" \\ tab\t line\n";
    m.at = kAt;
    return m;
}

Attachment attachment() {
    Attachment a;
    a.id = AttachmentId(12);
    a.session = SessionId(7);
    a.kind = AttachmentKind::Picture;
    a.name = "照片.png";
    a.contentType = "image/png";
    a.bytes = 34'567;
    a.width = 640;
    a.height = 480;
    return a;
}

wire::MessageView picture() {
    wire::MessageView v{message(), attachment()};
    v.message.kind = MessageKind::Picture;
    v.message.text = "照片.png";
    v.message.attachment = v.attachment->id;
    return v;
}

Agent agent() {
    Agent a;
    a.id = AgentId(3);
    a.name = "阿狸";
    a.nickname = "Ali";
    a.email = "ali@example.com";
    a.staffNo = "000010";
    a.mobile = "13800000000";
    a.role = Role::Admin;
    a.groups = {GroupId(1), GroupId(2)};
    return a;
}

Presence presence() {
    Presence p;
    p.status = AgentStatus::Busy;
    p.pending = AgentStatus::Break;
    p.hasPending = true;
    p.reason = StatusReason::Load;
    p.since = kAt;
    return p;
}

SessionView session() {
    SessionView v;
    Session& s = v.session;
    s.id = SessionId(7);
    s.mode = Mode::Chat;
    s.state = SessionState::WrapUp;
    s.channel = ChannelId(1);
    s.customer = CustomerId(5);
    s.group = GroupId(1);
    s.agent = AgentId(3);
    s.lastAgent = AgentId(4);
    s.flowPath = "Start › Menu › 人工";
    s.startedAt = kAt;
    s.queuedAt = kAt + base::Millis(10);
    s.answeredAt = kAt + base::Millis(20);
    s.endedAt = kAt + base::Millis(30);
    s.endReason = EndReason::AgentEnded;
    s.lastSeq = 4711;
    s.customerDelivered = 4710;
    s.customerRead = 4709;
    s.agentDelivered = 4708;
    s.agentRead = 4707;
    s.wrapUp = {"sales", "called back"};
    v.channelName = "Shop";
    v.channelKind = ChannelKind::Kiosk;
    v.customerName = "李女士";
    v.customerNotes = "regular";
    v.customerLocale = "zh_CN";
    v.externalId = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    v.pageUrl = "https://shop.example/cart";
    v.groupName = "产品咨询客服1组";
    v.lastAgentName = "Bo";
    v.lastAgentStaffNo = "000011";
    v.preview = "在吗？";
    v.previewSide = Side::Customer;
    v.previewKind = MessageKind::File;
    v.previewAt = kAt;
    v.customerWaitsSince = kAt;
    v.waitingSince = kAt + base::Millis(40);
    v.transferNote = "asks about the invoice of May";
    v.unread = 2;
    v.customerOnline = false;
    return v;
}

CallView call() {
    CallView v;
    v.direction = CallDirection::Out;
    v.number = "+8613800138000";
    v.line = "+8675512345678";
    v.startedAt = kAt;
    v.connectedAt = kAt + base::Millis(2'000);
    v.held = true;
    v.recorded = true;
    v.early = true;
    v.cause = "hung_up";
    return v;
}

OfferView offer() {
    return {OfferId(9), kAt, kAt + base::Millis(30'000), session()};
}

VisitorView visitorView() {
    VisitorView v;
    v.session = SessionId(7);
    v.state = SessionState::Queued;
    v.mode = Mode::AllMedia;
    v.ahead = 0;
    v.agentName = "Ali";
    v.agentStaffNo = "000010";
    v.endReason = EndReason::CustomerLeft;
    v.lastSeq = 11;
    v.agentDelivered = 10;
    v.agentRead = 9;
    v.customerRead = 8;
    return v;
}

GroupView group() {
    GroupView v;
    v.group.id = GroupId(1);
    v.group.name = "产品咨询客服1组";
    v.group.mode = Mode::Chat;
    v.group.limit = 3;
    v.waiting = 4;
    v.online = 2;
    v.free = 1;
    v.member = true;
    return v;
}

ColleagueView colleague() {
    return {AgentId(4), "Bo", "000011", AgentStatus::Break, {GroupId(1)}};
}

Offer offerRecord() {
    Offer o;
    o.id = OfferId(9);
    o.session = SessionId(7);
    o.group = GroupId(1);
    o.agent = AgentId(3);
    o.at = kAt;
    o.expiresAt = kAt + base::Millis(30'000);
    o.outcome = OfferOutcome::Declined;
    o.decidedAt = kAt + base::Millis(5'000);
    o.rule = OfferRule::LongestIdle;
    o.candidatesTotal = 2;
    o.candidates = {{AgentId(3), 1, 4'000, 2, SkipReason::None, true},
                    {AgentId(4), 0, 0, 0, SkipReason::OnBreak, false}};
    return o;
}

// ---- how to write and read again ---------------------------------------------------------------------------------

WireSample agentRequest(std::string name, wire::AgentRequest request) {
    return {std::move(name), [request] { return wire::encodeAgentRequest(17, request); },
            [](const std::string& text) -> base::Result<std::string> {
                const auto frame = wire::parseFrame(text);
                if (!frame)
                    return frame.error();
                const auto decoded = wire::decodeAgentRequest(*frame);
                return decoded ? wire::encodeAgentRequest(frame->id, *decoded)
                               : base::Result<std::string>(decoded.error());
            }};
}

WireSample visitorRequest(std::string name, wire::VisitorRequest request) {
    return {std::move(name), [request] { return wire::encodeVisitorRequest(17, request); },
            [](const std::string& text) -> base::Result<std::string> {
                const auto frame = wire::parseFrame(text);
                if (!frame)
                    return frame.error();
                const auto decoded = wire::decodeVisitorRequest(*frame);
                return decoded ? wire::encodeVisitorRequest(frame->id, *decoded)
                               : base::Result<std::string>(decoded.error());
            }};
}

model::Overview overview() {
    const DayTally today{5, 3, 1, 1, 1, 2, 31'500, 2, 240'000};
    Overview v;
    v.dayFrom = kAt - std::chrono::hours(9);
    v.dayTo = kAt + std::chrono::hours(15);
    v.timeZone = "Asia/Shanghai";
    v.threshold = 20;
    v.agents = {1, 2, 3, 4, 5};
    v.modes = {{Mode::Chat, today}};
    v.channels = {{ChannelId(1), "官网", today}};
    v.groups = {{GroupId(1), "Sales", Mode::Chat, 2, kAt, 3, 4, 1, today},
                {GroupId(2), "Hotline", Mode::Phone, 0, {}, 0, 0, 0, {}}};
    v.offered = {0, 4, 1};
    v.answered = {0, 3, 0};
    v.abandoned = {0, 1, 0};
    return v;
}

/// A frame of the server: `encode(value)` and `decode(d)`.
template <class T, class Encode, class Decode>
WireSample serverFrame(std::string name, T value, Encode encode, Decode decode) {
    return {std::move(name), [value, encode] { return encode(value); },
            [encode, decode](const std::string& text) -> base::Result<std::string> {
                const auto frame = wire::parseFrame(text, {wire::kMaxServerFrame, wire::kMaxDepth});
                if (!frame)
                    return frame.error();
                const auto decoded = decode(frame->d);
                return decoded ? encode(*decoded) : base::Result<std::string>(decoded.error());
            }};
}

template <class T>
WireSample answer(std::string name, T value, base::Result<T> (*decode)(const nlohmann::json&)) {
    return serverFrame(
        std::move(name), std::move(value), [](const T& v) { return wire::encodeOk(17, v); }, decode);
}

WireSample agentEvent(std::string name, decltype(wire::AgentEvent::body) body) {
    wire::AgentEvent event{4711, kAt, SessionId(7), std::move(body)};
    return serverFrame(
        std::move(name), std::move(event), [](const wire::AgentEvent& e) { return wire::encodeEvent(e); },
        wire::decodeAgentEvent);
}

template <class T>
WireSample body(std::string name, T value) {
    return {std::move(name), [value] { return wire::encodeBody(value); },
            [](const std::string& text) -> base::Result<std::string> {
                const auto decoded = wire::decodeBody<T>(text);
                return decoded ? wire::encodeBody(*decoded) : base::Result<std::string>(decoded.error());
            }};
}

void addRequests(std::vector<WireSample>& out) {
    const SessionId s(7);
    out.push_back(agentRequest("ping", wire::Ping{}));
    out.push_back(agentRequest("agent_hello", wire::AgentHello{1, "tok", "cloudbell/0.1.0", "office-pc", 4700, true}));
    out.push_back(agentRequest("status_set", wire::SetStatus{AgentStatus::Break}));
    out.push_back(agentRequest("status_cancel", wire::CancelStatus{}));
    out.push_back(agentRequest("offer_answer", wire::AnswerOffer{OfferId(9)}));
    out.push_back(agentRequest("offer_decline", wire::DeclineOffer{OfferId(9)}));
    out.push_back(
        agentRequest("message_send", wire::SendMessage{s, kUuid, MessageKind::Picture, "照片.png", AttachmentId(12)}));
    out.push_back(agentRequest("session_end", wire::EndSession{s}));
    out.push_back(agentRequest("session_complete", wire::CompleteSession{s, {"sales", "done"}}));
    out.push_back(agentRequest("session_transfer_group", wire::TransferSession{s, GroupId(2), {}, "please"}));
    out.push_back(agentRequest("session_transfer_agent", wire::TransferSession{s, {}, AgentId(4), "please"}));
    out.push_back(agentRequest("call_offer", wire::CallOffer{s, "v=0\r\n"}));
    out.push_back(agentRequest("call_hold", wire::HoldCall{s, true}));
    out.push_back(agentRequest("call_after", wire::AfterCall{model::AfterCall::WrapUp}));
    out.push_back(agentRequest("call_dial", wire::DialCall{"138 0013 8000", ChannelId(4)}));
    out.push_back(agentRequest("call_forward", wire::ForwardCall{s, "138 0013 8000"}));
    out.push_back(agentRequest("customer_update", wire::UpdateCustomer{CustomerId(5), "李女士", "regular"}));
    out.push_back(agentRequest("customer_block", wire::BlockCustomer{CustomerId(5), false}));
    out.push_back(agentRequest("overview_watch", wire::WatchOverview{true}));
    out.push_back(agentRequest("agent_mark", wire::Mark{s, 11, 10}));
    out.push_back(agentRequest("agent_typing", wire::Typing{s, true}));
    out.push_back(
        visitorRequest("visitor_hello", wire::VisitorHello{1, "KEY", "tok", 3, "zh-CN", {"https://x/", "首页"}}));
    out.push_back(visitorRequest("session_start", wire::StartSession{}));
    out.push_back(visitorRequest("session_leave", wire::LeaveSession{}));
    out.push_back(visitorRequest("page", wire::Page{"https://x/cart", "Cart"}));
    out.push_back(visitorRequest("visitor_message_send", wire::SendMessage{{}, kUuid, MessageKind::Text, "hi", {}}));
    out.push_back(visitorRequest("visitor_mark", wire::Mark{{}, 11, 10}));
    out.push_back(visitorRequest("visitor_typing", wire::Typing{{}, false}));
}

void addAnswers(std::vector<WireSample>& out) {
    wire::AgentWelcome agentWelcome{
        1,          "0.1.0",   {"x"},       kAt,       true,          4711, agent(),
        presence(), {offer()}, {session()}, {group()}, {colleague()}, {},   {{ChannelId(4), "+8675512345678"}}};
    out.push_back(serverFrame(
        "agent_welcome", agentWelcome, [](const wire::AgentWelcome& w) { return wire::encodeWelcome(1, w); },
        wire::decodeAgentWelcome));
    wire::VisitorWelcome visitorWelcome{1, "0.1.0", kAt, false, 11, {"Shop", "#0B6E6E"}, visitorView(), {}};
    out.push_back(serverFrame(
        "visitor_welcome", visitorWelcome, [](const wire::VisitorWelcome& w) { return wire::encodeWelcome(1, w); },
        wire::decodeVisitorWelcome));
    out.push_back(answer("ok_presence", presence(), wire::decodeOkPresence));
    out.push_back(answer("ok_session", session(), wire::decodeOkSession));
    SessionView calling = session();
    calling.session.mode = Mode::Phone;
    calling.call = call();
    out.push_back(answer("ok_session_call", calling, wire::decodeOkSession));
    out.push_back(answer("ok_visitor_session", visitorView(), wire::decodeOkVisitorSession));
    out.push_back(answer("ok_call_sdp", wire::CallSdp{"v=0\r\n"}, wire::decodeOkCallSdp));
    out.push_back(answer("ok_sent", wire::Sent{4711, kAt, SessionId(7)}, wire::decodeOkSent));
    const auto error = base::with(base::conflict("already_signed_in", "detail"), "device", "office-pc");
    out.push_back({"error", [error] { return wire::encodeError(17, error); },
                   [](const std::string& text) -> base::Result<std::string> {
                       const auto frame = wire::parseFrame(text);
                       return frame ? wire::encodeError(17, wire::decodeError(frame->d))
                                    : base::Result<std::string>(frame.error());
                   }});
}

void addEvents(std::vector<WireSample>& out) {
    out.push_back(agentEvent("event_message", wire::MessageView{message(), std::nullopt}));
    out.push_back(agentEvent("event_message_picture", picture()));
    out.push_back(agentEvent("event_session_offered", offer()));
    out.push_back(agentEvent("event_offer_closed", wire::OfferClosed{OfferId(9), OfferOutcome::TimedOut}));
    out.push_back(agentEvent("event_session_assigned", session()));
    out.push_back(agentEvent("event_session_returned", wire::SessionReturned{ReturnReason::Transferred}));
    out.push_back(agentEvent("event_session_ended", wire::SessionEnded{EndReason::CustomerLeft}));
    out.push_back(agentEvent("event_session_completed", wire::SessionCompleted{}));
    out.push_back(agentEvent("event_agent_status", presence()));
    out.push_back(agentEvent("event_config_changed", wire::ConfigChanged{std::vector<GroupView>{group()},
                                                                         wire::Settings{}, agent(), true, true}));
    out.push_back(
        agentEvent("event_transfer_failed", wire::TransferFailed{AgentId(4), "Bo", "000011", ReturnReason::Declined,
                                                                 GroupId(1), "Sales", "Visitor 9"}));
    wire::MessageView note{message(), std::nullopt, "阿狸", "000010"};
    note.message.side = Side::System;
    note.message.kind = MessageKind::Note;
    out.push_back(agentEvent("event_message_note", note));
    const auto visitor = [](const wire::VisitorEvent& e) { return wire::encodeEvent(e); };
    wire::MessageView seen{message(), attachment()};
    out.push_back(serverFrame("visitor_event_message",
                              wire::VisitorEvent{4711, kAt, EventKind::Message, SessionId(7), seen, std::nullopt},
                              visitor, wire::decodeVisitorEvent));
    out.push_back(
        serverFrame("visitor_event_session_queued",
                    wire::VisitorEvent{11, kAt, EventKind::SessionQueued, SessionId(7), std::nullopt, visitorView()},
                    visitor, wire::decodeVisitorEvent));
    VisitorView again = visitorView();
    again.returned = ReturnReason::Transferred;
    again.direct = true;
    out.push_back(
        serverFrame("visitor_event_session_returned",
                    wire::VisitorEvent{12, kAt, EventKind::SessionReturned, SessionId(7), std::nullopt, again}, visitor,
                    wire::decodeVisitorEvent));
    out.push_back(serverFrame("typing", wire::Typing{SessionId(7), true}, wire::encodeTyping, wire::decodeTyping));
    out.push_back(serverFrame("mark", wire::Mark{SessionId(7), 11, 10}, wire::encodeMark, wire::decodeMark));
    out.push_back(serverFrame("queue", wire::Queue{{{GroupId(1), 4, 2, 1}}}, wire::encodeQueue, wire::decodeQueue));
    out.push_back(
        serverFrame("colleagues", wire::Colleagues{{colleague()}}, wire::encodeColleagues, wire::decodeColleagues));
    out.push_back(serverFrame("customer", wire::CustomerOnline{SessionId(7), false, "https://x/"},
                              wire::encodeCustomerOnline, wire::decodeCustomerOnline));
    out.push_back(
        serverFrame("call", wire::CallChanged{SessionId(7), call()}, wire::encodeCallChanged, wire::decodeCallChanged));
    out.push_back(serverFrame("position", wire::Position{2}, wire::encodePosition, wire::decodePosition));
    out.push_back(serverFrame("overview", overview(), wire::encodeOverview, wire::decodeOverview));
    out.push_back(serverFrame("bye", wire::Bye{"taken_over"}, wire::encodeBye, wire::decodeBye));
}

void addBodies(std::vector<WireSample>& out) {
    const wire::InstanceFace instance{InstanceId(1'400'000'001), "Shop", "Asia/Shanghai"};
    wire::SessionSummary summary{SessionId(7),          Mode::Chat, kAt,
                                 kAt + base::Millis(9), "Ali",      "Sales",
                                 EndReason::AgentEnded, "bye",      {"sales", "done"}};
    out.push_back(body("body_sign_in", wire::SignIn{InstanceId(1'400'000'001), "a@b.c", "secret", true, "office-pc"}));
    out.push_back(body("body_signed_in", wire::SignedIn{"tok", kAt, true, agent(), instance}));
    out.push_back(body("body_password", wire::PasswordChange{"old-secret", "new-secret"}));
    out.push_back(body("body_token", wire::NewToken{"tok", kAt}));
    out.push_back(body("body_me", wire::MeAnswer{agent(), instance, false}));
    out.push_back(body("body_messages", wire::MessagePage{{{message(), std::nullopt}, picture()}, true}));
    out.push_back(body("body_sessions", wire::SessionPage{{summary}, true}));
    out.push_back(body("body_offers", wire::OfferList{{offerRecord()}}));
    out.push_back(
        body("body_quick_replies", wire::QuickReplyList{{{QuickReplyId(1), {}, "hi", "你好，请问有什么可以帮您？"}}}));
    out.push_back(body("body_attachment", wire::AttachmentAnswer{attachment()}));
    out.push_back(body("body_widget", wire::WidgetFace{"Shop", "#0B6E6E", Mode::AllMedia, true}));
}

wire::FlowHead flowHead() {
    return {FlowId(7), "夜班", Mode::Chat, FlowState::InUse, 3, 12, kAt, "阿狸", {ChannelId(1), ChannelId(2)}};
}

void addFlowBodies(std::vector<WireSample>& out) {
    const wire::Json graph{R"({"edges":[],"mode":"chat","nodes":[],"schema":1})"};
    const wire::Json tests{R"([{"name":"走一遍"}])"};
    out.push_back(body("body_made", wire::Made{4}));
    out.push_back(body("body_flows", wire::FlowList{{flowHead()}}));
    out.push_back(body("body_flow_head", flowHead()));
    out.push_back(body("body_flow", wire::FlowDocument{flowHead(), 2, graph, tests}));
    out.push_back(body("body_flow_new", wire::NewFlow{"夜班", Mode::AllMedia, graph, tests}));
    out.push_back(body("body_flow_draft", wire::FlowDraft{12, "夜班", graph, tests}));
    out.push_back(body("body_flow_publish", wire::FlowPublish{12, true}));
    out.push_back(body("body_flow_change", wire::FlowChange{12, 2}));
    out.push_back(body("body_flow_versions", wire::FlowVersions{{{2, kAt, "阿狸"}, {0, kAt, ""}}}));
}

void addPeopleBodies(std::vector<WireSample>& out) {
    const wire::GroupRow row{GroupId(1), Mode::Chat, "产品咨询客服1组", 3, {AgentId(3)}, {"夜班"}, true};
    const wire::AgentDraft draft{"阿狸", "Ali", "ali@example.com", "000010", "13800000000", Role::Admin, {GroupId(1)}};
    out.push_back(body("body_groups", wire::GroupList{{row}}));
    out.push_back(body("body_group", row));
    out.push_back(body("body_group_draft", wire::GroupDraft{Mode::Phone, "Hotline", 1, true}));
    out.push_back(body("body_members", wire::MembersChange{{AgentId(3)}, {AgentId(4), AgentId(5)}}));
    out.push_back(body("body_agents", wire::AgentList{{{agent(), kAt, true}}, false}));
    out.push_back(body("body_agent", wire::AgentRow{agent(), kAt, true}));
    out.push_back(body("body_agent_draft", draft));
    out.push_back(body("body_agents_bulk", wire::BulkAgents{{draft}, true, true}));
    out.push_back(body("body_agents_bulk_result", wire::BulkResult{4999, {{17, "email", "email_taken"}}, {3, 18}}));
}

void addAdminBodies(std::vector<WireSample>& out) {
    const Channel channel{ChannelId(1), {},   ChannelKind::Website, "Shop", "key", "shop.example", "#0B6E6E",
                          FlowId(7),    false};
    InstanceSettings settings;
    settings.blending = false;
    settings.chatAnswerSeconds = 45;
    out.push_back(body("body_channels", wire::ChannelList{{channel}}));
    out.push_back(body("body_channel", channel));
    out.push_back(body("body_channel_draft", wire::ChannelDraft{ChannelKind::Kiosk, "Lobby", "x.example", "#112233"}));
    out.push_back(body("body_channel_link", wire::ChannelLink{FlowId(7)}));
    const wire::NumberRow number{ChannelId(2), "+8675512345678", CallType::Both, FlowId(7), "IVR", FlowState::InUse};
    const wire::AudioRow sound{AudioId(4), "欢迎", AudioState::Approved, "wav", 160'044, 10'000, kAt, {"IVR"}};
    out.push_back(body("body_numbers", wire::NumberList{{number}}));
    out.push_back(body("body_number", number));
    out.push_back(body("body_audio_list", wire::AudioList{{sound}, true, true, {"cmn", "en-gb"}}));
    out.push_back(body("body_audio", sound));
    out.push_back(body("body_audio_draft", wire::AudioDraft{"欢迎"}));
    out.push_back(body("body_blocked", wire::BlockList{{{CustomerId(5), "Eve", "rude", "Shop", kAt}}}));
    out.push_back(body("body_settings", wire::InstanceForm{"Shop", "Asia/Shanghai", settings}));
    out.push_back(body("body_quick_reply_draft", wire::QuickReplyDraft{"hi", "你好"}));
    out.push_back(
        body("body_screen_pops", wire::ScreenPopForm{{{"CRM", "https://crm.example/?n=${Nickname}", false}}}));
    out.push_back(body("body_audit",
                       wire::AuditPage{{{9, kAt, AgentId(3), "阿狸", "flow.publish", "flow 7", "was", "is"}}, true}));
}

wire::Record record() {
    wire::Record r;
    r.id = SessionId(7);
    r.mode = Mode::AllMedia;
    r.state = SessionState::Completed;
    r.endReason = EndReason::AgentEnded;
    r.channel = ChannelId(1);
    r.channelName = "Shop";
    r.channelKind = ChannelKind::MiniProgram;
    r.customer = CustomerId(5);
    r.customerName = "王芳";
    r.externalId = "oAbc";
    r.group = GroupId(1);
    r.groupName = "售前";
    r.agent = AgentId(3);
    r.agentName = "阿狸";
    r.agentStaffNo = "000010";
    r.lastAgent = AgentId(4);
    r.lastAgentName = "Ben";
    r.flow = FlowId(7);
    r.flowName = "夜班";
    r.flowVersion = 3;
    r.flowPath = "Greeting › Sales";
    r.startedAt = r.queuedAt = r.answeredAt = r.endedAt = r.completedAt = kAt;
    r.wrapUp = {"sale", "call back"};
    r.offers = 2;
    r.call = wire::RecordedCall{CallDirection::Out, "+8675512345678", "+8613800000000", kAt, 65'000, "hung_up", true};
    return r;
}

void addRecordBodies(std::vector<WireSample>& out) {
    wire::RecordFilters filters;
    filters.mode = Mode::Chat;
    filters.from = filters.to = kAt;
    filters.group = GroupId(1);
    filters.agent = AgentId(3);
    filters.channel = ChannelId(1);
    filters.state = SessionState::Completed;
    filters.endReason = EndReason::Abandoned;
    filters.answered = false;
    filters.customer = "王";
    filters.text = "退款";
    filters.direction = CallDirection::In;
    filters.recorded = true;
    filters.number = "138";
    out.push_back(body("body_record", record()));
    out.push_back(body("body_records", wire::RecordPage{{record()}, SessionId(7), 10'000, true}));
    out.push_back(body("body_export_new",
                       wire::NewExport{"records", filters, {{"id", "编号"}, {"state", "", {{"open", "服务中"}}}}}));
    out.push_back(body("body_export", wire::ExportJob{9, "failed", 500, 42, 12'345, kAt, "storage_unavailable"}));
    out.push_back(body("body_exports", wire::ExportList{{{9, "done", 3, 100, 99, kAt, ""}}}));
}

} // namespace

std::vector<WireSample> wireSamples() {
    std::vector<WireSample> out;
    addRequests(out);
    addAnswers(out);
    addEvents(out);
    addBodies(out);
    addFlowBodies(out);
    addPeopleBodies(out);
    addAdminBodies(out);
    addRecordBodies(out);
    return out;
}

} // namespace cb::test
