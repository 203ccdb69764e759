#pragma once

#include "shared/base/error.h"
#include "shared/model/agent.h"
#include "shared/wire/frame.h"
#include "shared/wire/objects.h"

#include <optional>
#include <string>
#include <vector>

namespace cb::wire {

/// Answer to an agent's hello. `cursor` is the newest seq the live state below includes.
struct AgentWelcome {
    int protocol = kProtocol;
    std::string server; ///< its version
    std::vector<std::string> features;
    base::TimePoint now{};
    bool resumed = false;
    model::Seq cursor = 0;
    model::Agent me;
    model::Presence presence;
    std::vector<model::OfferView> offers;
    std::vector<model::SessionView> sessions;
    std::vector<model::GroupView> groups;
    std::vector<model::ColleagueView> colleagues;
    Settings settings;
    std::vector<model::LineView> lines; ///< numbers that agents may call out from, by number

    bool operator==(const AgentWelcome&) const = default;
};

struct ChannelFace {
    std::string name;
    std::string colour; ///< "#RRGGBB"
    bool operator==(const ChannelFace&) const = default;
};

struct VisitorWelcome {
    int protocol = kProtocol;
    std::string server;
    base::TimePoint now{};
    bool resumed = false;
    model::Seq cursor = 0;
    ChannelFace channel;
    std::optional<model::VisitorView> session;
    Settings settings; ///< wrapUpSeconds is not told to visitors

    bool operator==(const VisitorWelcome&) const = default;
};

/// ok of message.send. `session` is told to visitors, whose first message starts one; 0 = not told.
struct Sent {
    model::Seq seq = 0;
    base::TimePoint at{};
    model::SessionId session;
    bool operator==(const Sent&) const = default;
};

/// ok of call.offer: our end of the connection.
struct CallSdp {
    std::string sdp;
    bool operator==(const CallSdp&) const = default;
};

// ---- server side: whole frames -----------------------------------------------------------------------------------
std::string encodeWelcome(std::uint64_t re, const AgentWelcome& welcome);
std::string encodeWelcome(std::uint64_t re, const VisitorWelcome& welcome);
std::string encodeOk(std::uint64_t re);
std::string encodeOk(std::uint64_t re, const model::Presence& presence);
std::string encodeOk(std::uint64_t re, const model::SessionView& session);
std::string encodeOk(std::uint64_t re, const model::VisitorView& session);
std::string encodeOk(std::uint64_t re, const Sent& sent);
std::string encodeOk(std::uint64_t re, const CallSdp& answer);
/// re 0: an error that answers no request. Values of params are strings on the wire.
std::string encodeError(std::uint64_t re, const base::Error& error);

// ---- client side: the `d` of a frame -----------------------------------------------------------------------------
base::Result<AgentWelcome> decodeAgentWelcome(const nlohmann::json& d);
base::Result<VisitorWelcome> decodeVisitorWelcome(const nlohmann::json& d);
base::Result<model::Presence> decodeOkPresence(const nlohmann::json& d);
base::Result<model::SessionView> decodeOkSession(const nlohmann::json& d);
base::Result<model::VisitorView> decodeOkVisitorSession(const nlohmann::json& d);
base::Result<Sent> decodeOkSent(const nlohmann::json& d);
base::Result<CallSdp> decodeOkCallSdp(const nlohmann::json& d);
/// Never fails: what cannot be read as an error becomes the error `bad_frame` itself.
base::Error decodeError(const nlohmann::json& d);

} // namespace cb::wire
