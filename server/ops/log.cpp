#include "server/ops/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace cb::ops {

base::Result<void> setUpLog(const std::string& level) {
    const auto parsed = spdlog::level::from_str(level == "warn" ? "warning" : level);
    if (parsed == spdlog::level::off && level != "off")
        return base::with(base::rejected("bad_field", "log level " + level), "field", "log-level");
    auto logger = std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ level=%l %v",
                                                                      spdlog::pattern_time_type::utc));
    logger->set_level(parsed);
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
    return {};
}

} // namespace cb::ops
