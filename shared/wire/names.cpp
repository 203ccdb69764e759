#include "shared/wire/names.h"

#include <algorithm>
#include <array>

namespace cb::wire {

namespace {

/// In the order of FrameType. Append only.
constexpr std::array<std::string_view, 35> kFrames{
    "",
    "hello",
    "welcome",
    "ok",
    "error",
    "event",
    "ping",
    "bye",
    "status.set",
    "status.cancel",
    "offer.answer",
    "offer.decline",
    "message.send",
    "session.end",
    "session.complete",
    "session.transfer",
    "customer.update",
    "customer.block",
    "mark",
    "typing",
    "queue",
    "colleagues",
    "customer",
    "session.start",
    "session.leave",
    "page",
    "position",
    "overview.watch",
    "overview",
    "call.offer",
    "call.hold",
    "call.after",
    "call.dial",
    "call.forward",
    "call",
};
static_assert(kFrames.size() == static_cast<std::size_t>(FrameType::Call) + 1);

} // namespace

std::string_view frameName(FrameType type) {
    return kFrames[static_cast<std::size_t>(type)];
}

FrameType frameType(std::string_view name) {
    const auto found = std::find(kFrames.begin() + 1, kFrames.end(), name);
    return found == kFrames.end() ? FrameType::Unknown : static_cast<FrameType>(found - kFrames.begin());
}

} // namespace cb::wire
