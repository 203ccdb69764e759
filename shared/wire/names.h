#pragma once

#include <cstdint>
#include <string_view>

namespace cb::wire {

/// The protocol version this build speaks, and the oldest it still understands (docs/protocol.md).
constexpr int kProtocol = 1;
constexpr int kProtocolMin = 1;

/// Every frame there is, in both directions. Append only: a name is never renamed, reused or removed.
enum class FrameType : std::uint8_t {
    Unknown, ///< a name this version does not know; never sent
    Hello,
    Welcome,
    Ok,
    Error,
    Event,
    Ping,
    Bye,
    StatusSet,
    StatusCancel,
    OfferAnswer,
    OfferDecline,
    MessageSend,
    SessionEnd,
    SessionComplete,
    SessionTransfer,
    CustomerUpdate,
    CustomerBlock,
    Mark,
    Typing,
    Queue,
    Colleagues,
    Customer,
    SessionStart,
    SessionLeave,
    Page,
    Position,
    OverviewWatch,
    Overview,
    CallOffer,
    CallHold,
    CallAfter,
    CallDial,
    CallForward,
    Call,
};

/// The name on the wire ("message.send"); empty for Unknown.
std::string_view frameName(FrameType type);
/// The way back; Unknown for a name this version does not know.
FrameType frameType(std::string_view name);

} // namespace cb::wire
