#include "server/http/openapi_p.h"

namespace cb::http {

namespace {

Document text() {
    return property("string");
}
Document number() {
    return property("integer");
}
Document yes() {
    return property("boolean");
}
Document modes() {
    return {{"enum", {"chat", "all_media", "phone"}}};
}

void addPeople(Document& all) {
    const Document role{{"enum", {"agent", "admin"}}};
    all["Group"] = object({{"id", number()},
                           {"mode", modes()},
                           {"name", text()},
                           {"limit", number()},
                           {"members", listOf(number())},
                           {"flows", listOf(text())},
                           {"record", yes()}},
                          {"id", "mode", "name", "limit"});
    all["GroupList"] = object({{"groups", listOf(reference("Group"))}}, {"groups"});
    all["GroupDraft"] = object({{"mode", modes()}, {"name", text()}, {"limit", number()}, {"record", yes()}}, {"name"});
    all["GroupDraft"]["example"] = {{"mode", "chat"}, {"name", "Sales"}, {"limit", 3}};
    all["MembersChange"] = object({{"add", listOf(number())}, {"remove", listOf(number())}});
    all["MembersChange"]["example"] = {{"add", {3}}, {"remove", Document::array()}};
    Document agent = all["Agent"];
    agent["properties"]["created_at"] = number();
    agent["properties"]["invited"] = yes();
    all["AgentRow"] = std::move(agent);
    all["AgentList"] = object({{"agents", listOf(reference("AgentRow"))}, {"mailed", yes()}}, {"agents"});
    all["AgentDraft"] = object({{"name", text()},
                                {"nickname", text()},
                                {"email", text()},
                                {"staff_no", text()},
                                {"mobile", text()},
                                {"role", role},
                                {"groups", listOf(number())}},
                               {"name"});
    all["AgentDraft"]["example"] = {{"name", "Anna Stein"},
                                    {"email", "anna@shop.example"},
                                    {"staff_no", "000020"},
                                    {"role", "agent"},
                                    {"groups", {1}}};
    all["BulkAgents"] =
        object({{"rows", listOf(reference("AgentDraft"))}, {"add_good", yes()}, {"check", yes()}}, {"rows"});
    all["BulkResult"] =
        object({{"added", number()},
                {"bad", listOf(object({{"row", number()}, {"field", text()}, {"code", text()}}, {"row", "code"}))},
                {"there", listOf(number())}},
               {"added"});
}

void addChannels(Document& all) {
    const Document kind{{"enum", {"website", "kiosk", "wechat_account", "mini_program", "phone"}}};
    all["Channel"] = object({{"id", number()},
                             {"kind", kind},
                             {"name", text()},
                             {"key", text()},
                             {"domain", text()},
                             {"colour", text()},
                             {"flow", number()}},
                            {"id", "kind", "name"});
    all["ChannelList"] = object({{"channels", listOf(reference("Channel"))}}, {"channels"});
    all["ChannelDraft"] = object({{"kind", kind}, {"name", text()}, {"domain", text()}, {"colour", text()}}, {"name"});
    all["ChannelDraft"]["example"] = {
        {"kind", "website"}, {"name", "Shop"}, {"domain", "shop.example"}, {"colour", "#0B6E6E"}};
    all["ChannelLink"] = object({{"flow", number()}});
    all["ChannelLink"]["example"] = {{"flow", 1}};
}

void addPhone(Document& all) {
    all["Number"] = object({{"channel", number()},
                            {"number", text()},
                            {"type", {{"enum", {"in", "out", "both"}}}},
                            {"flow", number()},
                            {"flow_name", text()},
                            {"flow_state", {{"enum", {"unpublished", "published", "in_use"}}}}},
                           {"channel", "number", "type"});
    all["NumberList"] = object({{"numbers", listOf(reference("Number"))}}, {"numbers"});
    all["Audio"] = object({{"id", number()},
                           {"name", text()},
                           {"state", {{"enum", {"unreviewed", "approved", "rejected"}}}},
                           {"format", {{"enum", {"wav", "mp3"}}}},
                           {"bytes", number()},
                           {"millis", number()},
                           {"created_at", number()},
                           {"flows", listOf(text())}},
                          {"id", "name", "state", "format"});
    all["AudioList"] = object(
        {{"audio", listOf(reference("Audio"))}, {"review", yes()}, {"speaks", yes()}, {"voices", listOf(text())}},
        {"audio"});
    all["AudioDraft"] = object({{"name", text()}}, {"name"});
}

void addRest(Document& all) {
    all["BlockList"] = object(
        {{"customers",
          listOf(object(
              {{"id", number()}, {"name", text()}, {"notes", text()}, {"channel", text()}, {"created_at", number()}},
              {"id"}))}},
        {"customers"});
    Document settings = Document::object();
    for (const char* name : {"chat_answer_timeout", "all_media_answer_timeout", "phone_answer_timeout",
                             "phone_recovery", "phone_fewest_calls", "phone_last_agent_first", "blending"})
        settings[name] = yes();
    for (const char* name :
         {"chat_answer_seconds", "all_media_answer_seconds", "phone_answer_seconds", "phone_recovery_seconds",
          "wrap_up_seconds", "service_level_seconds", "retention_days", "picture_bytes", "file_bytes"})
        settings[name] = number();
    all["InstanceForm"] =
        object({{"name", text()}, {"time_zone", text()}, {"settings", object(settings)}}, {"settings"});
    all["QuickReplyDraft"] = object({{"title", text()}, {"text", text()}}, {"title", "text"});
    all["Made"] = object({{"id", number()}}, {"id"});
    all["ScreenPopForm"] = object(
        {{"pops", listOf(object({{"name", text()}, {"url", text()}, {"enabled", yes()}}, {"name", "url"}))}}, {"pops"});
    all["ScreenPopForm"]["example"] = {
        {"pops", {{{"name", "CRM"}, {"url", "https://crm.example/find?phone=${CallerNumber}"}, {"enabled", true}}}}};
    all["AuditPage"] = object({{"entries", listOf(object({{"seq", number()},
                                                          {"at", number()},
                                                          {"agent", number()},
                                                          {"agent_name", text()},
                                                          {"action", text()},
                                                          {"target", text()},
                                                          {"before", text()},
                                                          {"after", text()}},
                                                         {"seq", "action"}))},
                               {"more", yes()}},
                              {"entries"});
}

} // namespace

void addAdminBodies(Document& all) {
    addPeople(all);
    addChannels(all);
    addPhone(all);
    addRest(all);
}

} // namespace cb::http
