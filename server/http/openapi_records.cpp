#include "server/http/openapi_p.h"

namespace cb::http {

void addRecordBodies(Document& all) {
    const auto text = property("string");
    const auto number = property("integer");
    const auto yes = property("boolean");
    const Document direction{{"enum", {"in", "out"}}};
    all["RecordedCall"] = object({{"direction", direction},
                                  {"caller", text},
                                  {"callee", text},
                                  {"connected_at", number},
                                  {"talk_ms", number},
                                  {"cause", text},
                                  {"recorded", yes}},
                                 {"direction"});
    all["Record"] = object({{"id", number},
                            {"mode", text},
                            {"state", text},
                            {"end_reason", text},
                            {"channel", number},
                            {"channel_name", text},
                            {"channel_kind", text},
                            {"customer", number},
                            {"customer_name", text},
                            {"external_id", text},
                            {"group", number},
                            {"group_name", text},
                            {"agent", number},
                            {"agent_name", text},
                            {"agent_staff_no", text},
                            {"last_agent", number},
                            {"last_agent_name", text},
                            {"flow", number},
                            {"flow_name", text},
                            {"flow_version", number},
                            {"flow_path", text},
                            {"started_at", number},
                            {"queued_at", number},
                            {"answered_at", number},
                            {"ended_at", number},
                            {"completed_at", number},
                            {"wrap_up", reference("WrapUp")},
                            {"offers", number},
                            {"call", reference("RecordedCall")}},
                           {"id", "mode", "state"});
    all["RecordPage"] =
        object({{"records", listOf(reference("Record"))}, {"next", number}, {"count", number}, {"count_more", yes}},
               {"records"});
    const auto filters = object({{"mode", text},
                                 {"from", number},
                                 {"to", number},
                                 {"group", number},
                                 {"agent", number},
                                 {"channel", number},
                                 {"state", text},
                                 {"end_reason", text},
                                 {"answered", yes},
                                 {"customer", text},
                                 {"text", text},
                                 {"direction", direction},
                                 {"recorded", yes},
                                 {"number", text}});
    all["NewExport"] = object(
        {{"kind", {{"enum", {"records"}}}},
         {"filters", filters},
         {"columns", listOf(object({{"name", text},
                                    {"title", text},
                                    {"words", listOf(object({{"code", text}, {"word", text}}, {"code", "word"}))}},
                                   {"name"}))}},
        {"kind"});
    all["ExportJob"] = object({{"id", number},
                               {"state", {{"enum", {"waiting", "running", "done", "failed", "cancelled"}}}},
                               {"rows", number},
                               {"percent", number},
                               {"bytes", number},
                               {"created_at", number},
                               {"error", text}},
                              {"id", "state"});
    all["ExportList"] = object({{"exports", listOf(reference("ExportJob"))}}, {"exports"});
}

} // namespace cb::http
