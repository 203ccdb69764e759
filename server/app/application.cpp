#include "server/app/application.h"

#include "server/app/commands.h"
#include "server/app/demo.h"
#include "server/app/figures.h"
#include "server/app/letters.h"
#include "server/app/telephone.h"
#include "server/app/words.h"
#include "server/channels/web/origin.h"
#include "server/channels/web/web_files.h"
#include "server/desk/desk.h"
#include "server/flowhost/flow_host.h"
#include "server/http/http_application.h"
#include "server/hub/hub.h"
#include "server/hub/store_backend.h"
#include "server/jobs/retention.h"
#include "server/media/recording_shelf.h"
#include "server/net/server.h"
#include "server/ops/data_directory.h"
#include "server/ops/metrics.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "shared/base/running_clock.h"
#include "shared/base/worker_pool.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>
#include <utility>

#include <sys/resource.h>

namespace cb::app {

namespace {

/// As many files as the system lets us open: every connection is one.
void raiseFileLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

http::EmbeddedFile widgetFile() {
    return {web::widgetScript, web::widgetScriptGzip, web::widgetScriptEtag, "text/javascript; charset=utf-8"};
}
http::EmbeddedFile demoFile(bool offered) {
    if (!offered)
        return {};
    return {web::demoPage, web::demoPageGzip, web::demoPageEtag, "text/html; charset=utf-8"};
}

/// What the desk tells: calls to the telephone, everything else to the hub.
class Fork final : public desk::EffectSink {
public:
    Fork(hub::Hub& hub, Telephone& telephone)
        : m_hub(hub)
        , m_telephone(telephone) {}

    void deliver(desk::Effects effects) override {
        const auto ofCall = [](const desk::Effect& effect) { return std::holds_alternative<desk::CallEffect>(effect); };
        if (std::none_of(effects.begin(), effects.end(), ofCall)) // nearly always
            return m_hub.deliver(std::move(effects));
        const auto calls = std::stable_partition(effects.begin(), effects.end(), std::not_fn(ofCall));
        std::vector<desk::CallEffect> forCalls;
        for (auto it = calls; it != effects.end(); ++it)
            forCalls.push_back(std::get<desk::CallEffect>(std::move(*it)));
        effects.erase(calls, effects.end());
        if (!effects.empty())
            m_hub.deliver(std::move(effects));
        if (!forCalls.empty())
            m_telephone.deliver(std::move(forCalls));
    }

private:
    hub::Hub& m_hub;
    Telephone& m_telephone;
};

constexpr std::size_t kUploads = 64; ///< at once
constexpr int kHousekeepingTicks = 5;
constexpr int kTrunkTicks = 60; ///< what their names stand for may have changed
constexpr int kCleaningTicks = 3600;
constexpr std::chrono::hours kLettersKept{24 * 30}; ///< once they were sent or given up
constexpr int kFirstSweep = 1800;                   ///< not while everybody comes back after a start

} // namespace

/// In the order of their lives: what stands lower uses what stands higher and ends first.
struct Application::Impl {
    explicit Impl(Options o)
        : options(std::move(o)) {}

    Options options;
    base::SystemClock wall;
    base::RunningClock clock{wall}; ///< deadlines go on when the wall clock is set back
    std::unique_ptr<ops::DataDirectory> folder;
    std::unique_ptr<store::Database> database;
    ops::Histogram commits;
    std::unique_ptr<store::Writer> writer;
    std::unique_ptr<mail::Sender> sender;
    std::unique_ptr<auth::Accounts> accounts;
    std::unique_ptr<media::AttachmentStore> attachments;
    std::unique_ptr<media::RecordingShelf> recordings;
    std::unique_ptr<store::SearchIndex> search;
    std::unique_ptr<search::Indexer> indexer;
    std::unique_ptr<jobs::Exports> exports;
    std::unique_ptr<jobs::Erasure> erasure;
    net::ErrorCounts errors;
    std::atomic<bool> ready{false};
    int ticks = 0;

    std::unique_ptr<media::ProgramShelf> programs;
    std::unique_ptr<media::AudioShelf> audio;
    std::unique_ptr<media::SoundBooth> booth;
    std::unique_ptr<http::Services> services;
    std::unique_ptr<base::WorkerPool> json;
    std::unique_ptr<base::WorkerPool> hash;
    std::unique_ptr<base::WorkerPool> files;
    std::unique_ptr<base::WorkerPool> lookups;
    std::unique_ptr<base::WorkerPool> changes;
    std::unique_ptr<base::WorkerPool> erasing;
    std::unique_ptr<base::WorkerPool> letters;
    std::unique_ptr<auth::PasswordReset> passwordReset;
    std::unique_ptr<http::HttpApplication> http;
    std::unique_ptr<net::Server> server;
    std::unique_ptr<hub::StoreBackend> backend;
    std::unique_ptr<hub::Hub> hub;
    std::unique_ptr<Telephone> telephone;
    std::unique_ptr<Fork> effects;
    std::unique_ptr<flowhost::FlowHost> flows;
    std::unique_ptr<desk::Desk> desk;
    std::unique_ptr<jobs::Retention> retention;

    base::Result<void> openStorage() {
        auto opened = ops::DataDirectory::open(options.data);
        if (!opened)
            return opened.error();
        folder = std::move(*opened);
        store::DatabaseOptions where;
        where.where = databaseOf(options);
        where.readers = 6;
        auto db = store::Database::open(where);
        if (!db)
            return db.error();
        database = std::move(*db);
        if (auto ids = database->takeBackIds(); !ids)
            return ids;
        writer = std::make_unique<store::Writer>(*database, 8'192, [this](std::chrono::microseconds took) {
            commits.add(std::chrono::duration<double>(took).count());
        });
        auto mail = makeSender(options, *database, *writer, clock);
        if (!mail)
            return mail.error();
        sender = std::move(*mail);
        writer->onMails([this] { sender->wake(); });
        accounts = std::make_unique<auth::Accounts>(*database, *writer, clock);
        attachments =
            std::make_unique<media::AttachmentStore>(ops::DataDirectory::attachmentsOf(options.data), *database,
                                                     *writer, clock, kUploads, options.freeBytesFloor);
        if (auto prepared = attachments->prepare(); !prepared)
            return prepared;
        programs = std::make_unique<media::ProgramShelf>(ops::DataDirectory::programsOf(options.data));
        if (auto prepared = programs->prepare(); !prepared)
            return prepared;
        audio = std::make_unique<media::AudioShelf>(ops::DataDirectory::audioOf(options.data), *database, clock,
                                                    options.freeBytesFloor);
        if (auto prepared = audio->prepare(); !prepared)
            return prepared;
        recordings =
            std::make_unique<media::RecordingShelf>(ops::DataDirectory::recordingsOf(options.data), *database, *writer);
        const auto found = recordings->prepare();
        if (!found)
            return found.error();
        if (found->named + found->removed > 0)
            spdlog::info("event=recordings_found named={} removed={}", found->named, found->removed);
        if (auto jobs = openJobs(where); !jobs)
            return jobs;
        if (!options.demo)
            return {};
        auto filled = fillDemo(*database, *writer, clock);
        return filled ? base::Result<void>{} : base::Result<void>{filled.error()};
    }

    base::Result<void> openJobs(const store::DatabaseOptions& where) {
        auto opened = store::SearchIndex::open(where);
        if (!opened)
            return opened.error();
        search = std::move(*opened);
        indexer = std::make_unique<search::Indexer>(*database, *writer, *search);
        jobs::Exports::Options limits;
        limits.freeBytes = options.freeBytesFloor;
        exports = std::make_unique<jobs::Exports>(ops::DataDirectory::exportsOf(options.data), *database, *search,
                                                  clock, limits);
        erasure = std::make_unique<jobs::Erasure>(
            *database, *writer, *attachments, *search, *indexer,
            [this](const std::vector<model::AttachmentId>& gone) { hub->removed(gone); },
            [this](model::InstanceId instance) { exports->forget(instance); },
            [this](const std::vector<std::string>& gone) { recordings->remove(gone); });
        return exports->prepare();
    }

    /// What admins listen to; the telephone has its own of the same files.
    void makeBooth() {
        sound::LibraryOptions library;
        library.folder = options.data;
        library.mostBytes = 16 << 20;
        library.original = [this](std::int64_t id) { return audio->original(model::AudioId{id}); };
        booth = std::make_unique<media::SoundBooth>(options.phone.speech, std::move(library));
    }

    void compose() {
        makeBooth();
        json = std::make_unique<base::WorkerPool>("http", 2, 256);
        hash = std::make_unique<base::WorkerPool>("hash", 2, 32);
        files = std::make_unique<base::WorkerPool>("files", 2, 1'024);
        lookups = std::make_unique<base::WorkerPool>("lookups", 2, 16'384);
        changes = std::make_unique<base::WorkerPool>("changes", 1, 32);
        erasing = std::make_unique<base::WorkerPool>("erasing", 1, 16);
        letters = std::make_unique<base::WorkerPool>("letters", 1, 64);
        passwordReset = std::make_unique<auth::PasswordReset>(
            *database, *writer, clock, *accounts,
            [this](std::function<void()> work) { return letters->post(std::move(work)); },
            [this] { return options.publicUrl.empty() ? address() : options.publicUrl; });
        services.reset(
            new http::Services{*database,
                               *accounts,
                               *passwordReset,
                               *attachments,
                               *search,
                               *exports,
                               *erasure,
                               clock,
                               [this](desk::Command command) { return desk->post(std::move(command)); },
                               web::originAllowed,
                               [this](const model::Attachment& row) { hub->uploaded(row); },
                               [this] { return ready && desk->stats().unavailable == 0; },
                               [this] { return metrics(); },
                               options.metricsToken,
                               {},
                               {},
                               widgetFile(),
                               demoFile(options.demo),
                               {web::onlinePage, web::onlinePageGzip, web::onlinePageEtag, "text/html; charset=utf-8"},
                               options.publicUrl,
                               {web::resetPage, web::resetPageGzip, web::resetPageEtag, "text/html; charset=utf-8"},
                               *programs,
                               web::downloadPage,
                               *audio,
                               *booth,
                               recordings->folder(),
                               !options.mail.url.empty()});
        http = std::make_unique<http::HttpApplication>(
            *services, http::Pools{*json, *hash, *files, *changes, *erasing},
            http::HttpApplication::Upgrades{[this] { return hub->agentUpgrade(); },
                                            [this](std::string origin, std::string address) {
                                                return hub->visitorUpgrade(std::move(origin), std::move(address));
                                            }},
            errors);
        server = std::make_unique<net::Server>(*http, *files, options.net);
        hub::HubOptions hubOptions;
        hubOptions.sessionStarts = options.sessionStarts;
        backend = std::make_unique<hub::StoreBackend>(*server, *lookups, *database, *accounts, clock,
                                                      web::originAllowed, hubOptions.replayLimit);
        hub = std::make_unique<hub::Hub>(*server, *backend, errors, hubOptions);
        flows = std::make_unique<flowhost::FlowHost>();
        telephone = std::make_unique<Telephone>(
            options, *database, *lookups, [this](desk::Command command) { return desk->post(std::move(command)); });
        effects = std::make_unique<Fork>(*hub, *telephone);
        desk = std::make_unique<desk::Desk>(*database, *writer, *effects, *flows, clock, desk::DeskOptions{});
        backend->setDesk(*desk);
        retention = std::make_unique<jobs::Retention>(
            *database, *writer, *search, *attachments, *erasure, clock,
            [this](desk::Command command) { return desk->post(std::move(command)); }, jobs::Retention::Options{});
        accounts->onRevoked([this](const std::vector<std::string>& hashes) { hub->revoked(hashes); });
        server->onTick([this] { tick(); });
    }

    std::string metrics() const {
        return figures({*server, errors, *hub, *desk, *writer, *json, *hash, *changes, *erasing, *lookups, *files,
                        commits, *indexer, *search, *sender}) +
               telephone->metrics();
    }

    /// Net thread, once a second.
    void tick() {
        hub->tick();
        ++ticks;
        if (ticks % kHousekeepingTicks == 0)
            files->post([this, minute = ticks % kTrunkTicks == 0] {
                lookAtSpace();
                actOn(takeWords(options.data), minute);
            });
        if (ticks % kCleaningTicks == 1)
            files->post([this] { clean(); });
        if (ticks % kCleaningTicks == 2)
            files->post([this] { exports->sweep(); });
        if (ticks % kCleaningTicks == kFirstSweep)
            files->post([this] { sweepUploads(); });
        if (ticks == kFirstSweep)
            files->post([this] { sweepFiles(); });
    }

    /// What operators' commands did beside us.
    void actOn(const Words& words, bool minute) {
        if (words.mails)
            sender->wake();
        for (const model::InstanceId instance : words.instances)
            (void)desk->post(desk::LoadInstance{instance, true});
        if (words.trunks || words.numbers || !words.audio.empty() || minute)
            telephone->reload();
    }

    std::string address() const {
        const auto& net = options.net;
        const bool six = net.address.find(':') != std::string::npos;
        return std::string(net.certificateFile.empty() ? "http" : "https") + "://" + (six ? "[" : "") + net.address +
               (six ? "]" : "") + ':' + std::to_string(server->port());
    }

    void lookAtSpace() {
        const auto free = database->freeBytes();
        if (free)
            desk->setStorageLow(*free < static_cast<std::uint64_t>(options.freeBytesFloor));
    }

    void clean() {
        const auto before = clock.now() - std::chrono::hours(24);
        auto done = store::runJob(
            *writer, [before, old = clock.now() - kLettersKept](store::Tables& tables) -> base::Result<void> {
                if (auto removed = tables.removeTokensExpiredBefore(before); !removed)
                    return removed.error();
                auto removed = tables.removeMailsBefore(old);
                return removed ? base::Result<void>{} : base::Result<void>{removed.error()};
            });
        if (!done)
            spdlog::warn("event=cleaning_failed what=tokens code={}", done.error().code);
    }

    /// Uploads that were never sent.
    void sweepUploads() {
        const auto removed = attachments->removeOrphans(clock.now() - std::chrono::hours(24));
        if (!removed)
            spdlog::warn("event=cleaning_failed what=uploads code={}", removed.error().code);
        else if (*removed > 0)
            spdlog::info("event=uploads_removed count={}", *removed);
    }

    /// Files whose rows a crash prevented.
    void sweepFiles() {
        const auto removed = attachments->removeStrays(clock.now() - std::chrono::hours(24));
        if (!removed)
            spdlog::warn("event=cleaning_failed what=files code={}", removed.error().code);
        else if (*removed > 0)
            spdlog::info("event=stray_files_removed count={}", *removed);
        const auto sounds = audio->removeStrays(clock.now() - std::chrono::hours(24));
        if (!sounds)
            spdlog::warn("event=cleaning_failed what=audio code={}", sounds.error().code);
        else if (*sounds > 0)
            spdlog::info("event=stray_audio_removed count={}", *sounds);
    }
};

Application::Application(Options options)
    : m_impl(std::make_unique<Impl>(std::move(options))) {}

Application::~Application() {
    stop();
}

base::Result<void> Application::start() {
    auto& impl = *m_impl;
    raiseFileLimit();
    if (auto opened = impl.openStorage(); !opened)
        return opened;
    impl.compose();
    if (auto started = impl.desk->start(); !started)
        return started;
    if (auto listening = impl.telephone->start(); !listening)
        return listening;
    impl.indexer->start();
    impl.retention->start();
    impl.ready = true;
    impl.sender->start();
    if (auto listening = impl.server->start(); !listening) {
        impl.ready = false;
        return listening;
    }
    spdlog::info("event=started version={} port={} data={} public_url={}", CLOUDBELL_VERSION, impl.server->port(),
                 impl.options.data, impl.options.publicUrl);
    return {};
}

std::string Application::address() const {
    return m_impl->address();
}

std::uint16_t Application::port() const {
    return m_impl->server->port();
}

base::Result<void> Application::reloadCertificates() {
    return m_impl->server->reloadCertificates();
}

void Application::stop() {
    auto& impl = *m_impl;
    if (!impl.server)
        return;
    impl.ready = false;
    impl.telephone->stop();
    impl.server->stop();
    impl.retention->stop(); // while the desk and the writer still answer it
    impl.exports->stop();
    impl.indexer->stop();
    // Nobody is there any more to be answered; a disk that hangs would make each of them wait.
    for (auto* pool : {impl.json.get(), impl.hash.get(), impl.changes.get(), impl.erasing.get(), impl.lookups.get(),
                       impl.letters.get()})
        pool->cancel();
    impl.booth->stop();
    impl.files->stop();
    impl.desk->stop();
    impl.writer->flush();
    impl.sender->stop();
    impl.desk.reset();
    impl.server.reset();
    impl.hub.reset();
    spdlog::info("event=stopped");
}

} // namespace cb::app
