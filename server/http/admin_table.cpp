#include "server/http/admin_table_p.h"

namespace cb::http {

namespace {

using Errors = std::vector<std::string_view>;

Route list(RouteId id, std::string_view pattern, std::string_view summary, std::string_view response,
           Access access = Access::Admin) {
    return {id, "GET", pattern, access, Work::Json, false, summary, {}, "", response, {}};
}

Route change(RouteId id, std::string_view method, std::string_view pattern, std::string_view summary,
             std::string_view request, std::string_view response, Errors errors) {
    return {id, method, pattern, Access::Admin, Work::Change, false, summary, {}, request, response, std::move(errors)};
}

/// A file to be listened to.
Route sound(RouteId id, std::string_view pattern, Access access, Work work, std::string_view summary, Errors errors) {
    return {id, "GET", pattern, access, work, false, summary, {}, "", "", std::move(errors)};
}

void addPeople(std::vector<Route>& all) {
    using enum RouteId;
    all.push_back(list(GroupList, "/api/v1/groups", "Skill groups with their members", "GroupList"));
    all.push_back(change(GroupAdd, "POST", "/api/v1/groups", "A new skill group; its mode is fixed", "GroupDraft",
                         "Group", {"bad_field", "group_name_taken", "too_many_groups"}));
    all.push_back(change(GroupPut, "PUT", "/api/v1/groups/{id}", "Change name and limit", "GroupDraft", "Group",
                         {"not_found", "bad_field", "group_name_taken"}));
    all.push_back(change(GroupDelete, "DELETE", "/api/v1/groups/{id}",
                         "Delete a group that no published flow names and no session is in; its agents stay", "", "",
                         {"not_found", "group_in_use"}));
    all.push_back(change(GroupMembers, "POST", "/api/v1/groups/{id}/members",
                         "Add and remove members; offers and chats of who is removed go back to the queue",
                         "MembersChange", "Group", {"not_found", "agent_unknown", "bad_field"}));
    all.push_back(list(AgentList, "/api/v1/agents", "Agents and admins", "AgentList"));
    all.push_back(change(AgentAdd, "POST", "/api/v1/agents", "Add somebody; they are mailed a one-time password",
                         "AgentDraft", "AgentRow",
                         {"bad_field", "email_taken", "staff_no_taken", "group_unknown", "too_many_agents"}));
    all.push_back(change(AgentPut, "PUT", "/api/v1/agents/{id}", "Change name, nickname, mobile and groups",
                         "AgentDraft", "AgentRow", {"not_found", "bad_field", "group_unknown"}));
    all.push_back(change(AgentDelete, "DELETE", "/api/v1/agents/{id}",
                         "Delete somebody; they are signed out, their offer and chats go back to the queue", "", "",
                         {"not_found", "agent_is_self", "last_admin"}));
    all.push_back(change(AgentResetPassword, "POST", "/api/v1/agents/{id}/reset-password",
                         "The old password is void at once, a new one-time password is mailed", "", "",
                         {"not_found", "agent_is_self"}));
    all.push_back(
        change(AgentBulk, "POST", "/api/v1/agents/bulk",
               "Add many, or only look them over; every bad row is told, and nothing is added unless all are good or "
               "add_good is set",
               "BulkAgents", "BulkResult", {"bad_field", "too_many_agents"}));
}

void addChannels(std::vector<Route>& all) {
    using enum RouteId;
    all.push_back(list(ChannelList, "/api/v1/channels", "Ways in", "ChannelList"));
    all.push_back(change(ChannelAdd, "POST", "/api/v1/channels", "A new website or kiosk; the server makes its key",
                         "ChannelDraft", "Channel", {"bad_field", "channel_kind_unavailable", "too_many_channels"}));
    all.push_back(change(ChannelPut, "PUT", "/api/v1/channels/{id}", "Change name, domain and colour", "ChannelDraft",
                         "Channel", {"not_found", "bad_field"}));
    all.push_back(change(ChannelDelete, "DELETE", "/api/v1/channels/{id}",
                         "Delete a channel: its sessions finish, new ones are refused", "", "", {"not_found"}));
    all.push_back(change(ChannelFlow, "PUT", "/api/v1/channels/{id}/flow",
                         "Link a published flow for new sessions; 0: none", "ChannelLink", "Channel",
                         {"not_found", "flow_unknown", "flow_not_published", "mode_not_carried"}));
}

/// The telephone: numbers and what callers hear.
void addPhone(std::vector<Route>& all) {
    using enum RouteId;
    all.push_back(list(NumberList, "/api/v1/numbers", "Phone numbers with their IVRs", "NumberList"));
    all.push_back(change(NumberFlow, "PUT", "/api/v1/numbers/{id}/flow",
                         "Link a published IVR for new calls; 0: none. The id is the number's channel", "ChannelLink",
                         "Number", {"not_found", "flow_unknown", "flow_not_published", "mode_not_carried"}));
    all.push_back(list(AudioList, "/api/v1/audio", "Uploaded audio, newest first, and the voices of text to speech",
                       "AudioList"));
    Route upload{
        AudioPost,
        "POST",
        "/api/v1/audio",
        Access::Admin,
        Work::Upload,
        false,
        "Upload a wav or mp3 file of at most 5 MiB; the body is the bytes",
        {{"name", "string", "what it is called", true}},
        "",
        "Audio",
        {"bad_field", "file_too_large", "audio_format", "audio_unreadable", "audio_too_long", "too_many_audio"}};
    all.push_back(std::move(upload));
    all.push_back(
        change(AudioPut, "PUT", "/api/v1/audio/{id}", "Rename it", "AudioDraft", "Audio", {"not_found", "bad_field"}));
    all.push_back(change(AudioDelete, "DELETE", "/api/v1/audio/{id}", "Delete audio that no published IVR uses", "", "",
                         {"not_found", "audio_in_use"}));
    all.push_back(sound(AudioFile, "/api/v1/audio/{id}/file", Access::Admin, Work::Download,
                        "The file as it was uploaded; Range works", {"not_found"}));
    all.push_back(sound(AudioPreview, "/api/v1/audio/{id}/preview", Access::Admin, Work::Sound,
                        "A wav file of it as callers hear it; Range works", {"not_found"}));
    auto speech = sound(Speech, "/api/v1/speech", Access::Admin, Work::Sound,
                        "A wav file of a text as callers hear it; of each agent 30 at once and one a second",
                        {"bad_field", "rate_limited", "speech_failed"});
    speech.query = {{"text", "string", "at most 1,000 characters", true},
                    {"voice", "string", "one of the voices; the server's own when left out"}};
    all.push_back(std::move(speech));
    all.push_back(sound(SessionRecording, "/api/v1/sessions/{id}/recording", Access::Agent, Work::Sound,
                        "The recording of a call: agents their own, admins all, which is audited; Range works",
                        {"not_found", "forbidden", "recording_unknown", "recording_not_ready"}));
}

void addRest(std::vector<Route>& all) {
    using enum RouteId;
    all.push_back(list(BlockedCustomers, "/api/v1/blocked-customers", "Blocked customers, newest first, at most 1,000",
                       "BlockList"));
    all.push_back(change(CustomerUnblock, "POST", "/api/v1/customers/{id}/unblock", "Let a blocked customer in again",
                         "", "", {"not_found"}));
    all.push_back(list(SettingsGet, "/api/v1/settings", "Settings of the instance", "InstanceForm"));
    all.push_back(change(SettingsPut, "PUT", "/api/v1/settings",
                         "Change the settings, all of them; they take effect at once", "InstanceForm", "InstanceForm",
                         {"bad_field"}));
    all.push_back(change(QuickReplyAdd, "POST", "/api/v1/quick-replies", "A new canned text", "QuickReplyDraft", "Made",
                         {"bad_field", "too_many_quick_replies"}));
    all.push_back(change(QuickReplyPut, "PUT", "/api/v1/quick-replies/{id}", "Change a canned text", "QuickReplyDraft",
                         "", {"not_found", "bad_field"}));
    all.push_back(change(QuickReplyDelete, "DELETE", "/api/v1/quick-replies/{id}", "Delete a canned text", "", "",
                         {"not_found"}));
    all.push_back(list(ScreenPopList, "/api/v1/screen-pops", "Pages to show when a session rings, in their order",
                       "ScreenPopForm", Access::Agent));
    all.push_back(change(ScreenPopsPut, "PUT", "/api/v1/screen-pops", "The whole list of them, at most 5",
                         "ScreenPopForm", "ScreenPopForm", {"bad_field", "too_many_screen_pops"}));
    all.push_back(
        change(FlowTests, "PUT", "/api/v1/flows/{id}/tests", "Change the tests kept with a flow, in every state of it",
               "FlowTests", "FlowHead",
               {"not_found", "flow_changed", "flow_tests_bad_json", "flow_tests_bad_value", "flow_tests_too_many"}));
    all.push_back(list(SessionReplay, "/api/v1/sessions/{id}/replay",
                       "The way a session went through its flow, step by step, with that version of it", "Replay"));
    auto audit = list(AuditPage, "/api/v1/audit", "What admins did, newest first", "AuditPage");
    audit.query = {{"before", "integer", "entries with a lower seq"},
                   {"limit", "integer", "at most 200; 50 when left out"},
                   {"agent", "integer", "of this agent only"},
                   {"action", "string", "actions that begin with this, e.g. flow."}};
    all.push_back(std::move(audit));
}

} // namespace

std::vector<Route> adminRoutes() {
    std::vector<Route> all;
    addPeople(all);
    addChannels(all);
    addPhone(all);
    addRest(all);
    return all;
}

} // namespace cb::http
