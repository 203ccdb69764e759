#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cb::http {

/// Who may call a route.
enum class Access {
    Anyone,
    Agent,      ///< a signed-in agent or admin whose password is their own
    AgentFresh, ///< likewise, also while the password must be changed
    Admin,
    Visitor, ///< "Authorization: Visitor <token>" of that channel
};

/// How it is carried out.
enum class Work {
    Inline,   ///< at once, on the net thread: embedded files, health
    Json,     ///< in the router's pool
    Hash,     ///< in the hashing pool: it hashes a password
    Change,   ///< in a pool of its own, one at a time: it changes the configuration and waits for the commit
    Erase,    ///< in a pool of its own: it removes all that a customer said, which may take long
    Upload,   ///< streamed to disk
    Download, ///< streamed from disk
    Sound,    ///< likewise, when it was made or its listener was written down: that takes a while
    Figures,  ///< gathered in the files' pool: it asks the system for every open file
};

/// Answered by a handler with JSON, or with nothing.
constexpr bool answersJson(Work work) {
    return work == Work::Json || work == Work::Hash || work == Work::Change || work == Work::Erase;
}

enum class RouteId {
    SignIn,
    Password,
    PasswordForgot,
    PasswordReset,
    SignOut,
    Me,
    SessionMessages,
    CustomerSessions,
    SessionOffers,
    QuickReplies,
    FlowList,
    FlowGet,
    FlowAdd,
    FlowPut,
    FlowPublish,
    FlowUnpublish,
    FlowRestore,
    FlowDelete,
    FlowVersions,
    FlowTests,
    SessionReplay,
    SessionRecording,
    GroupList,
    GroupAdd,
    GroupPut,
    GroupDelete,
    GroupMembers,
    AgentList,
    AgentAdd,
    AgentPut,
    AgentDelete,
    AgentResetPassword,
    AgentBulk,
    ChannelList,
    ChannelAdd,
    ChannelPut,
    ChannelDelete,
    ChannelFlow,
    NumberList,
    NumberFlow,
    AudioList,
    AudioPost,
    AudioPut,
    AudioDelete,
    AudioFile,
    AudioPreview,
    Speech,
    BlockedCustomers,
    CustomerUnblock,
    SettingsGet,
    SettingsPut,
    QuickReplyAdd,
    QuickReplyPut,
    QuickReplyDelete,
    ScreenPopList,
    ScreenPopsPut,
    AuditPage,
    RecordList,
    RecordGet,
    CustomerErase,
    ExportAdd,
    ExportList,
    ExportGet,
    ExportFile,
    ExportCancel,
    AttachmentPost,
    AttachmentGet,
    WidgetFace,
    WidgetMessages,
    WidgetAttachmentPost,
    WidgetAttachmentGet,
    WidgetScript,
    OpenApi,
    Health,
    Metrics,
    Demo,
    Online,
    Programs,
    ProgramFile,
    ResetPage,
};

struct Parameter {
    std::string_view name;
    std::string_view type; ///< "integer" or "string"
    std::string_view text;
    bool required = false;
};

struct Route {
    RouteId id;
    std::string_view method;
    std::string_view pattern; ///< {name} is one path segment; {id} and {…_id} digits only
    Access access;
    Work work;
    bool cors = false; ///< called by pages of the channel's domain
    std::string_view summary;
    std::vector<Parameter> query;
    std::string_view requestSchema;  ///< name of a schema of openapi.cpp; empty = no body
    std::string_view responseSchema; ///< likewise; empty = no JSON
    std::vector<std::string_view> errors;
};

/// All of them, those of admin_table.cpp and records_table.cpp included.
std::span<const Route> routes();

constexpr std::size_t kMaxBulkBody = 4 * 1024 * 1024; ///< bytes of an upload of agents

struct Match {
    const Route* route = nullptr;
    std::vector<std::string> values; ///< of the pattern's placeholders, percent-decoded, in order
    std::string allow;               ///< when no route: the methods this path has; empty = no such path
};

/// HEAD finds the GET route.
Match match(std::string_view method, std::string_view path);

} // namespace cb::http
