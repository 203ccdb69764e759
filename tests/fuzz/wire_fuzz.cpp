#include "shared/wire/admin.h"
#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "shared/wire/http.h"
#include "shared/wire/overview.h"
#include "shared/wire/records.h"
#include "shared/wire/requests.h"

#include <cstdint>
#include <cstdlib>

/// Any bytes: no reader crashes, and whatever a body, or an agent's or visitor's request, was read as reads the same
/// again after it was written.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

template <class Decode, class Encode>
void again(const wire::Frame& frame, Decode decode, Encode encode) {
    const auto request = decode(frame);
    if (!request)
        return;
    const auto text = encode(frame.id, *request);
    const auto second = wire::parseFrame(text, {wire::kMaxServerFrame, wire::kMaxDepth});
    require(second.ok() && second->id == frame.id);
    const auto same = decode(*second);
    require(same.ok() && *same == *request);
}

template <class T>
void settle(const base::Result<T>& result) {
    if (!result)
        require(!result.error().code.empty());
}

template <class Body>
void body(std::string_view text) {
    const auto first = wire::decodeBody<Body>(text);
    settle(first);
    if (!first)
        return;
    // What was left out is written, so it may be larger and deeper.
    const auto second = wire::decodeBody<Body>(wire::encodeBody(*first), {8 * wire::kMaxBody, wire::kMaxDepth + 4});
    require(second.ok() && *second == *first);
}

template <class... Bodies>
void each(std::string_view text) {
    (body<Bodies>(text), ...);
}

void bodies(std::string_view text) {
    using namespace wire;
    require(!decodeErrorBody(text).code.empty());
    if (!parseJson(text))
        return body<SignIn>(text); // so would all others say
    each<SignIn, SignedIn, PasswordChange, PasswordForgot, PasswordReset, NewToken, MeAnswer, MessagePage, SessionPage,
         OfferList, QuickReplyList, AttachmentAnswer, WidgetFace>(text);
    each<Made, FlowList, FlowHead, FlowDocument, NewFlow, FlowDraft, FlowPublish, FlowChange, FlowVersions,
         FlowTestsDraft, Replay>(text);
    each<GroupList, GroupRow, GroupDraft, MembersChange, AgentList, AgentRow, AgentDraft, BulkAgents, BulkResult>(text);
    each<ChannelList, model::Channel, ChannelDraft, ChannelLink, BlockList, InstanceForm, QuickReplyDraft,
         ScreenPopForm, AuditPage>(text);
    each<Record, RecordPage, NewExport, ExportJob, ExportList>(text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    bodies(text);
    const auto frame = wire::parseFrame(text);
    if (!frame)
        return 0;
    again(*frame, wire::decodeAgentRequest, wire::encodeAgentRequest);
    again(*frame, wire::decodeVisitorRequest, wire::encodeVisitorRequest);
    settle(wire::decodeAgentWelcome(frame->d));
    settle(wire::decodeVisitorWelcome(frame->d));
    settle(wire::decodeOkPresence(frame->d));
    settle(wire::decodeOkSession(frame->d));
    settle(wire::decodeOkVisitorSession(frame->d));
    settle(wire::decodeOkSent(frame->d));
    settle(wire::decodeOkCallSdp(frame->d));
    settle(wire::decodeAgentEvent(frame->d));
    settle(wire::decodeVisitorEvent(frame->d));
    settle(wire::decodeTyping(frame->d));
    settle(wire::decodeMark(frame->d));
    settle(wire::decodeQueue(frame->d));
    settle(wire::decodeColleagues(frame->d));
    settle(wire::decodeCustomerOnline(frame->d));
    settle(wire::decodePosition(frame->d));
    settle(wire::decodeBye(frame->d));
    settle(wire::decodeOverview(frame->d));
    require(!wire::decodeError(frame->d).code.empty());
    return 0;
}
