#include "shared/wire/answers.h"
#include "shared/wire/events.h"
#include "shared/wire/http.h"
#include "shared/wire/overview.h"
#include "shared/wire/requests.h"

#include <cstdint>
#include <cstdlib>

/// Any bytes: no reader crashes, and whatever an agent's or visitor's request was read as reads the same again after it
/// was written.
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

void bodies(std::string_view text) {
    settle(wire::decodeBody<wire::SignIn>(text));
    settle(wire::decodeBody<wire::SignedIn>(text));
    settle(wire::decodeBody<wire::MessagePage>(text));
    settle(wire::decodeBody<wire::SessionPage>(text));
    settle(wire::decodeBody<wire::OfferList>(text));
    settle(wire::decodeBody<wire::QuickReplyList>(text));
    require(!wire::decodeErrorBody(text).code.empty());
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
    settle(wire::decodeAgentEvent(frame->d));
    settle(wire::decodeVisitorEvent(frame->d));
    settle(wire::decodeQueue(frame->d));
    settle(wire::decodeColleagues(frame->d));
    settle(wire::decodeOverview(frame->d));
    require(!wire::decodeError(frame->d).code.empty());
    return 0;
}
