#include "server/app/application.h"
#include "server/app/commands.h"
#include "server/app/demo.h"
#include "server/ops/log.h"
#include "shared/model/ids.h"

#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <string>

#include <pthread.h>
#include <sys/stat.h>

namespace {

/// Waits for the signals that every thread has blocked.
void serve(cb::app::Application& application, const sigset_t& signals) {
    int number = 0;
    while (sigwait(&signals, &number) == 0 && number == SIGHUP) {
        const auto reloaded = application.reloadCertificates();
        if (reloaded)
            spdlog::info("event=certificates_reloaded");
        else
            spdlog::error("event=certificates_kept code={} detail=\"{}\"", reloaded.error().code,
                          reloaded.error().detail);
    }
}

} // namespace

int main(int argc, char** argv) {
    const auto parsed = cb::app::parseOptions(argc, argv);
    if (parsed.finished)
        return parsed.exitCode;
    ::umask(0077); // customers' words are nobody else's business, whatever the folder's rights are
    const auto& options = parsed.options;
    if (const auto log = cb::ops::setUpLog(options.logLevel); !log) {
        std::fprintf(stderr, "--log-level: %s\n", log.error().detail.c_str());
        return 2;
    }
    if (options.command != cb::app::Command::Serve)
        return cb::app::runCommand(options);

    std::signal(SIGPIPE, SIG_IGN);
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, number);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any thread: all inherit it

    cb::app::Application application(options);
    if (const auto started = application.start(); !started) {
        std::fprintf(stderr, "%s: %s\n", started.error().code.c_str(), started.error().detail.c_str());
        return 1;
    }
    const std::string here = application.address();
    std::printf("listening on %s\n", here.c_str());
    if (options.demo)
        std::printf(
            "demo page  %s/demo\nsign in at %s/online/%lld as agent1@demo.test or admin@demo.test, password %s\n",
            here.c_str(), here.c_str(), static_cast<long long>(cb::model::kFirstInstance), cb::app::kDemoPassword);
    std::fflush(stdout);
    serve(application, signals);
    application.stop();
    return 0;
}
