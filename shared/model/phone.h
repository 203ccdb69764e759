#pragma once

#include "shared/base/clock.h"
#include "shared/model/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cb::model {

/// What a phone number may do (spec 1.5).
enum class CallType { In, Out, Both };

enum class TrunkTransport { Udp, Tcp, Tls };

/// A way to the telephone network（SIP 中继）. It is the operator's and belongs to no instance.
struct Trunk {
    TrunkId id;
    std::string name;
    TrunkTransport transport = TrunkTransport::Udp;
    std::string host; ///< name or address of the far end; IPv6 without brackets
    int port = 5060;
    std::vector<std::string> allow; ///< "192.0.2.0/24", "2001:db8::/32": who may call in over it; empty: host's own
                                    ///< addresses only
    bool registers = false;         ///< signs on to the far end (REGISTER), which then calls us there
    std::string user;
    std::string password;   ///< plain here only; encrypted in the database, never logged or printed
    std::string realm;      ///< SIP domain; empty = host
    int maxCalls = 0;       ///< at once; 0 = no limit of its own
    int callsPerSecond = 0; ///< set-ups; 0 = no limit of its own
    bool srtp = false;      ///< media must be encrypted (SDES)
    bool enabled = true;
    int order = 0; ///< fail-over of outgoing calls: lower first
    bool deleted = false;

    bool operator==(const Trunk&) const = default;
};

/// A phone number（电话号码）. Its channel, of kind Phone, links it to an IVR.
struct PhoneNumber {
    ChannelId channel;
    InstanceId instance;
    std::string number; ///< E.164 with its plus: "+8675512345678"
    CallType type = CallType::In;
    TrunkId trunk;         ///< the only one it comes and goes by; 0 = any
    bool released = false; ///< given back; the row stays for the records

    bool operator==(const PhoneNumber&) const = default;
};

enum class AudioState { Unreviewed, Approved, Rejected };

/// An uploaded sound（音频）, spec 2.3. Its bytes are on disk and synced before a row names it.
struct Audio {
    AudioId id;
    InstanceId instance;
    std::string name;
    AudioState state = AudioState::Unreviewed;
    std::string format; ///< "wav" or "mp3", by content
    std::int64_t bytes = 0;
    std::string sha256;      ///< hex, of the file as uploaded
    std::int64_t millis = 0; ///< how long it sounds
    base::TimePoint createdAt{};
    bool deleted = false;

    bool operator==(const Audio&) const = default;
};

enum class CallDirection { In, Out };

/// What an agent does once a call is over: take the next one, or finish notes first（话后整理）.
enum class AfterCall { Ready, WrapUp };

/// What the telephone knows of a session of mode Phone: one row per session.
struct Call {
    SessionId session;
    InstanceId instance;
    CallDirection direction = CallDirection::In;
    std::string caller; ///< E.164 where it could be read so; empty = withheld
    std::string callee;
    TrunkId trunk;
    base::TimePoint startedAt{};
    base::TimePoint connectedAt{}; ///< the far end and we can hear each other; 0 = never
    base::TimePoint talkFrom{};    ///< the first agent joined; 0 = never
    base::TimePoint endedAt{};
    std::int64_t talkMillis = 0; ///< with an agent
    std::string cause;     ///< stable lower_snake: "", "busy", "no_answer", "rejected", "unreachable", "media_lost",
                           ///< "cancelled", …
    std::string recording; ///< file name in the recordings folder; empty = none

    bool operator==(const Call&) const = default;
};

} // namespace cb::model
