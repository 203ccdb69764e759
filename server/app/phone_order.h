#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cb::app {

enum class PhoneAction {
    None,
    TrunkAdd,
    TrunkList,
    TrunkRemove,
    NumberAdd,
    NumberList,
    NumberRemove,
    AudioReview,
    AudioList,
    AudioApprove,
    AudioReject,
};

/// A trunk as the command line has it.
struct TrunkOrder {
    std::string name;
    std::string host;
    int port = 0; ///< 0: what is usual for the transport
    std::string transport = "udp";
    std::vector<std::string> allow;
    bool registers = false;
    std::string user;
    std::string passwordFile;
    std::string realm;
    int maxCalls = 0;
    int callsPerSecond = 0;
    bool srtp = false;
    int order = 0;
};

struct NumberOrder {
    std::int64_t instance = 0;
    std::string number; ///< as somebody writes it
    std::string type = "in";
    std::int64_t trunk = 0;      ///< 0 = any
    std::string language = "zh"; ///< of what the default IVR says: zh or en
};

/// What an operator wants done with the telephone.
struct PhoneOrder {
    PhoneAction action = PhoneAction::None;
    TrunkOrder trunk;
    NumberOrder number;
    std::int64_t id = 0;       ///< of a trunk or an audio
    std::int64_t instance = 0; ///< of a list; 0 = all
    std::string review;        ///< on or off
};

} // namespace cb::app
