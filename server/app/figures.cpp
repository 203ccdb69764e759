#include "server/app/figures.h"

#include "server/desk/desk.h"
#include "server/hub/hub.h"
#include "server/mail/sender.h"
#include "server/net/server.h"
#include "server/ops/metrics.h"
#include "server/search/indexer.h"
#include "server/store/writer.h"
#include "shared/base/worker_pool.h"

namespace cb::app {

namespace {

void portFigures(const FigureSources& sources, ops::MetricsText& out) {
    const auto stats = sources.server.stats();
    out.gauge("cloudbell_connections", "Open TCP connections", static_cast<double>(stats.connections));
    out.gauge("cloudbell_websockets", "Open WebSocket connections", static_cast<double>(stats.sockets));
    out.counter("cloudbell_accepted_total", "Connections accepted", static_cast<double>(stats.accepted));
    out.counter("cloudbell_refused_total", "Connections over a limit", static_cast<double>(stats.refused));
    out.counter("cloudbell_http_requests_total", "HTTP requests", static_cast<double>(stats.requests));
    out.counter("cloudbell_rate_limited_total", "HTTP requests over an address's rate",
                static_cast<double>(stats.rateLimited));
    out.counter("cloudbell_frames_in_total", "WebSocket messages received", static_cast<double>(stats.framesIn));
    out.counter("cloudbell_frames_out_total", "WebSocket messages sent", static_cast<double>(stats.framesOut));
    out.counter("cloudbell_slow_readers_total", "Connections closed with 4008", static_cast<double>(stats.slowReaders));
    const auto hub = sources.hub.stats();
    out.gauge("cloudbell_agent_connections", "Agents' connections", static_cast<double>(hub.agents));
    out.gauge("cloudbell_visitor_connections", "Visitors' connections", static_cast<double>(hub.visitors));
    out.counter("cloudbell_session_starts_limited_total", "Session starts over an address's rate",
                static_cast<double>(hub.startsLimited));
    out.counter("cloudbell_effects_total", "Effects of the desk", static_cast<double>(hub.effects));
    out.counter("cloudbell_effects_dropped_total", "Effects dropped because the net thread was behind",
                static_cast<double>(hub.dropped));
}

void deskFigures(const FigureSources& sources, ops::MetricsText& out) {
    const auto desk = sources.desk.stats();
    out.counter("cloudbell_commands_total", "Commands of the desk", static_cast<double>(desk.commands));
    out.counter("cloudbell_commands_refused_total", "Commands its queue had no room for",
                static_cast<double>(desk.refused));
    out.gauge("cloudbell_desk_queue", "Commands waiting", static_cast<double>(desk.queued));
    out.gauge("cloudbell_desk_turns_pending", "Turns not yet committed", static_cast<double>(desk.turnsPending));
    out.gauge("cloudbell_open_sessions", "Sessions not completed", static_cast<double>(desk.openSessions));
    out.gauge("cloudbell_waiting_sessions", "Sessions in queues", static_cast<double>(desk.waiting));
    out.gauge("cloudbell_agents_online", "Agents online", static_cast<double>(desk.agentsOnline));
    out.counter("cloudbell_reloads_total", "Instances read again after a failed commit",
                static_cast<double>(desk.reloads));
    const auto writer = sources.writer.stats();
    out.counter("cloudbell_commits_total", "Commits", static_cast<double>(writer.commits));
    out.counter("cloudbell_commits_failed_total", "Commits that failed", static_cast<double>(writer.failedCommits));
    out.counter("cloudbell_rows_total", "Rows written", static_cast<double>(writer.rows));
    sources.commits.write(out, "cloudbell_commit_seconds", "Time of a commit, each one counted");
}

void mailFigures(const FigureSources& sources, ops::MetricsText& out) {
    const auto mail = sources.mail.stats();
    out.counter("cloudbell_mails_sent_total", "Letters sent", static_cast<double>(mail.sent));
    out.counter("cloudbell_mail_attempts_failed_total", "Attempts to send a letter that failed",
                static_cast<double>(mail.failed));
    out.counter("cloudbell_mails_given_up_total", "Letters given up", static_cast<double>(mail.givenUp));
    out.gauge("cloudbell_mails_waiting", "Letters neither sent nor given up", static_cast<double>(mail.waiting));
}

/// By instance and group: as many series as the desk names groups, at most desk::Desk::kMaxGroupFigures.
void groupFigures(const FigureSources& sources, ops::MetricsText& out) {
    const auto groups = sources.desk.groups();
    const auto each = [&](std::string_view name, std::string_view help, auto value) {
        for (const auto& group : groups.rows)
            out.labelled(
                name, help, "gauge",
                {{"instance", std::to_string(group.instance.value)}, {"group", std::to_string(group.group.value)}},
                static_cast<double>(value(group)));
    };
    each("cloudbell_group_waiting", "Customers waiting in a skill group", [](const auto& g) { return g.waiting; });
    each("cloudbell_group_agents_online", "Members of a skill group who are online",
         [](const auto& g) { return g.online; });
    out.gauge("cloudbell_groups", "Skill groups, those without figures of their own too",
              static_cast<double>(groups.total));
}

} // namespace

std::string figures(const FigureSources& sources) {
    ops::MetricsText out;
    portFigures(sources, out);
    deskFigures(sources, out);
    groupFigures(sources, out);
    mailFigures(sources, out);
    for (const auto& [pool, name] : {std::pair{&sources.json, "json"}, std::pair{&sources.hash, "hash"},
                                     std::pair{&sources.changes, "changes"}, std::pair{&sources.erasing, "erasing"},
                                     std::pair{&sources.lookups, "lookups"}, std::pair{&sources.files, "files"}})
        out.labelled("cloudbell_pool_waiting", "Work waiting for a worker", "gauge", {{"pool", name}},
                     static_cast<double>(pool->waiting()));
    for (const auto& [code, count] : sources.errors.all())
        out.labelled("cloudbell_errors_total", "Errors told, by code", "counter", {{"code", code}},
                     static_cast<double>(count));
    out.gauge("cloudbell_search_behind", "Events that are not in the search index yet",
              static_cast<double>(sources.indexer.behind()));
    out.gauge("cloudbell_search_bytes", "Size of the search index; 0 = in the database",
              static_cast<double>(sources.search.bytes()));
    const auto process = ops::processFigures();
    out.gauge("process_resident_memory_bytes", "Resident memory", static_cast<double>(process.residentBytes));
    out.counter("process_cpu_seconds_total", "Processor time", process.cpuSeconds);
    out.gauge("process_open_fds", "Open files", process.openFiles);
    return out.take();
}

} // namespace cb::app
