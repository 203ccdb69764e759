#include "shared/wire/answers.h"

#include "shared/wire/fields_p.h"
#include "shared/wire/reader_p.h"

namespace cb::wire {

template <class A, Of<AgentWelcome> V>
void fields(A& a, V& v) {
    a.field("protocol", v.protocol);
    a.maybe("server", v.server);
    a.plain("features", v.features);
    a.plain("now", v.now);
    a.plain("resumed", v.resumed);
    a.plain("cursor", v.cursor);
    a.field("me", v.me);
    a.field("presence", v.presence);
    a.plain("offers", v.offers);
    a.plain("sessions", v.sessions);
    a.plain("groups", v.groups);
    a.plain("colleagues", v.colleagues);
    a.plain("settings", v.settings);
    a.plain("lines", v.lines);
}

template <class A, Of<ChannelFace> V>
void fields(A& a, V& v) {
    a.maybe("name", v.name);
    a.maybe("colour", v.colour);
}

template <class A, Of<VisitorWelcome> V>
void fields(A& a, V& v) {
    a.field("protocol", v.protocol);
    a.maybe("server", v.server);
    a.plain("now", v.now);
    a.plain("resumed", v.resumed);
    a.plain("cursor", v.cursor);
    a.plain("channel", v.channel);
    a.maybe("session", v.session);
    a.plain("settings", v.settings);
}

template <class A, Of<CallSdp> V>
void fields(A& a, V& v) {
    a.field("sdp", v.sdp);
}
template <class A, Of<Sent> V>
void fields(A& a, V& v) {
    a.field("seq", v.seq);
    a.field("at", v.at);
    a.maybe("session", v.session);
}

namespace {

constexpr std::size_t kViewSize = 700; ///< bytes a SessionView usually takes, with room

struct PresenceAnswer {
    model::Presence presence;
};
template <class T>
struct SessionAnswer {
    T session;
};

std::optional<base::Grade> parseGrade(std::string_view name) {
    for (const auto grade : {base::Grade::Retry, base::Grade::Rejected, base::Grade::Conflict, base::Grade::Fatal})
        if (base::gradeName(grade) == name)
            return grade;
    return std::nullopt;
}

std::string paramText(const nlohmann::json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace

std::string encodeWelcome(std::uint64_t re, const AgentWelcome& welcome) {
    const std::size_t size = 2048 + kViewSize * (welcome.offers.size() + welcome.sessions.size()) +
                             128 * (welcome.groups.size() + welcome.colleagues.size());
    return writeFrame(
        FrameType::Welcome, 0, re, [&](Writer& w) { fields(w, welcome); }, Audience::Agent, size);
}

std::string encodeWelcome(std::uint64_t re, const VisitorWelcome& welcome) {
    return writeFrame(
        FrameType::Welcome, 0, re, [&](Writer& w) { fields(w, welcome); }, Audience::Visitor, kViewSize);
}

std::string encodeOk(std::uint64_t re) {
    return writeEmptyFrame(FrameType::Ok, 0, re);
}

std::string encodeOk(std::uint64_t re, const model::Presence& presence) {
    return writeFrame(FrameType::Ok, 0, re, [&](Writer& w) { w.field("presence", presence); });
}

std::string encodeOk(std::uint64_t re, const model::SessionView& session) {
    return writeFrame(
        FrameType::Ok, 0, re, [&](Writer& w) { w.field("session", session); }, Audience::Agent, kViewSize);
}

std::string encodeOk(std::uint64_t re, const model::VisitorView& session) {
    return writeFrame(
        FrameType::Ok, 0, re, [&](Writer& w) { w.field("session", session); }, Audience::Visitor, kViewSize);
}

std::string encodeOk(std::uint64_t re, const Sent& sent) {
    return writeFrame(
        FrameType::Ok, 0, re, [&](Writer& w) { fields(w, sent); }, Audience::Agent, 96);
}

std::string encodeOk(std::uint64_t re, const CallSdp& answer) {
    return writeFrame(
        FrameType::Ok, 0, re, [&](Writer& w) { fields(w, answer); }, Audience::Agent, 96);
}

void writeError(Writer& w, const base::Error& error) {
    w.field("code", error.code);
    w.field("grade", base::gradeName(error.grade));
    if (!error.params.empty()) {
        w.key("params");
        w.objectOf([&](Writer& params) {
            for (const auto& [key, value] : error.params)
                params.field(key, value);
        });
    }
    w.maybe("detail", error.detail);
}

std::string encodeError(std::uint64_t re, const base::Error& error) {
    return writeFrame(FrameType::Error, 0, re, [&](Writer& w) { writeError(w, error); });
}

base::Result<AgentWelcome> decodeAgentWelcome(const nlohmann::json& d) {
    return read<AgentWelcome>(d);
}

base::Result<VisitorWelcome> decodeVisitorWelcome(const nlohmann::json& d) {
    return read<VisitorWelcome>(d);
}

base::Result<model::Presence> decodeOkPresence(const nlohmann::json& d) {
    auto answer = readWith<PresenceAnswer>(
        d, false, [](Reader& reader, PresenceAnswer& value) { reader.field("presence", value.presence); });
    return answer ? base::Result<model::Presence>(answer->presence) : answer.error();
}

namespace {

template <class View>
base::Result<View> decodeSession(const nlohmann::json& d) {
    auto answer = readWith<SessionAnswer<View>>(
        d, false, [](Reader& reader, SessionAnswer<View>& value) { reader.field("session", value.session); });
    return answer ? base::Result<View>(std::move(answer->session)) : answer.error();
}

} // namespace

base::Result<model::SessionView> decodeOkSession(const nlohmann::json& d) {
    return decodeSession<model::SessionView>(d);
}

base::Result<model::VisitorView> decodeOkVisitorSession(const nlohmann::json& d) {
    return decodeSession<model::VisitorView>(d);
}

base::Result<Sent> decodeOkSent(const nlohmann::json& d) {
    return read<Sent>(d);
}

base::Result<CallSdp> decodeOkCallSdp(const nlohmann::json& d) {
    return read<CallSdp>(d);
}

base::Error decodeError(const nlohmann::json& d) {
    const auto text = [&d](const char* key) {
        const auto found = d.is_object() ? d.find(key) : d.end();
        return found != d.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    base::Error error;
    error.code = text("code");
    const auto grade = parseGrade(text("grade"));
    if (error.code.empty() || !grade)
        return base::rejected("bad_frame", "not an error object");
    error.grade = *grade;
    error.detail = text("detail");
    if (const auto params = d.find("params"); params != d.end() && params->is_object())
        for (const auto& [key, value] : params->items())
            error.params.emplace(key, paramText(value));
    return error;
}

} // namespace cb::wire
