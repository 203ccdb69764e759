#include "server/app/telephone.h"

#include "server/app/trunks.h"
#include "server/channels/phone/engine.h"
#include "server/media/sound/library.h"
#include "server/media/sound/recorder.h"
#include "server/ops/data_directory.h"
#include "server/store/database.h"
#include "shared/base/worker_pool.h"
#include "shared/flow/json.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <array>
#include <utility>

#include <netdb.h>
#include <sys/socket.h>

namespace cb::app {

namespace {

constexpr std::size_t kMostSpeaking = 4'096; ///< sounds that wait to be made

/// Everything an IVR may say.
void collect(const flow::Graph& graph, std::vector<sound::SoundKey>& out) {
    const auto add = [&out](const flow::Sound& one) {
        if (one.source == flow::Sound::Source::Audio)
            out.push_back({one.audio.value, {}, {}});
        else if (one.source == flow::Sound::Source::Speech)
            out.push_back({0, one.text, one.voice});
    };
    for (const flow::Node& node : graph.nodes) {
        if (const auto* play = std::get_if<flow::Play>(&node.data)) {
            add(play->sound);
        } else if (const auto* branch = std::get_if<flow::KeyBranch>(&node.data)) {
            for (const flow::Sound* one : {&branch->prompt, &branch->timeoutPrompt, &branch->wrongPrompt})
                add(*one);
        } else if (const auto* transfer = std::get_if<flow::CallTransfer>(&node.data)) {
            add(transfer->prompt);
            add(transfer->announcement);
            if (transfer->music)
                out.push_back({transfer->music.value, {}, {}});
        }
    }
}

/// What the trunks' names stand for just now. Blocks.
phone::TrunkBook::Addresses addressesOf(const std::vector<model::Trunk>& trunks) {
    phone::TrunkBook::Addresses all;
    for (const model::Trunk& trunk : trunks) {
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_DGRAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(trunk.host.c_str(), nullptr, &wanted, &found) != 0) {
            spdlog::warn("event=trunk_unresolved trunk={} host={}", trunk.id.value, trunk.host);
            continue;
        }
        for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
            std::array<char, NI_MAXHOST> text{};
            if (::getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
                all[trunk.id].emplace_back(text.data());
        }
        ::freeaddrinfo(found);
    }
    return all;
}

} // namespace

/// In the order of their lives.
struct Telephone::Impl {
    const Options& options;
    store::Database& database;
    base::WorkerPool& lookups;
    std::function<bool(desk::Command)> toDesk;
    std::unique_ptr<sound::Speech> speech;
    std::unique_ptr<sound::Library> library;
    std::unique_ptr<base::WorkerPool> speaking;
    std::unique_ptr<base::WorkerPool> reading; ///< of trunks and numbers: waits for name servers
    std::unique_ptr<sound::Recorder> recorder;
    std::unique_ptr<phone::Engine> engine;

    base::Result<phone::KnownCaller> findCaller(model::ChannelId channel, const std::string& number) const {
        auto reader = database.reader();
        if (!reader)
            return reader.error();
        auto customer = reader->customers().byExternalId(channel, number);
        if (!customer)
            return customer.error();
        phone::KnownCaller known;
        known.customer = std::move(*customer);
        if (!known.customer)
            return known;
        auto last = reader->sessions().lastAgentOf(known.customer->id);
        if (!last)
            return last.error();
        known.lastAgent = *last;
        return known;
    }

    base::Result<void> load() {
        auto reader = database.reader();
        if (!reader)
            return reader.error();
        auto known = trunksInUse(*reader, ops::DataDirectory::keyOf(options.data));
        if (!known)
            return known.error();
        auto numbers = reader->telephone().numbers();
        if (!numbers)
            return numbers.error();
        auto addresses = addressesOf(*known);
        engine->use(std::make_shared<const phone::Directory>(phone::TrunkBook(std::move(*known), addresses),
                                                             std::move(*numbers)));
        return {};
    }

    /// What published IVRs say is spoken before anybody calls.
    base::Result<void> prepareSounds() {
        auto reader = database.reader();
        if (!reader)
            return reader.error();
        auto instances = reader->directory().instances();
        if (!instances)
            return instances.error();
        std::vector<sound::SoundKey> keys;
        for (const model::Instance& instance : *instances) {
            auto flows = reader->directory().flows(instance.id);
            if (!flows)
                return flows.error();
            for (const store::FlowRow& row : *flows) {
                if (!row.published || row.mode != model::Mode::Phone)
                    continue;
                auto version = reader->directory().publishedFlow(row.flow);
                if (!version)
                    return version.error();
                if (!*version)
                    continue;
                if (const auto graph = flow::parseJson((*version)->json))
                    collect(*graph, keys);
            }
        }
        for (sound::SoundKey& key : keys)
            (void)speaking->post([this, key = std::move(key)] { (void)library->prepare(key); });
        return {};
    }
};

Telephone::Telephone(const Options& options, store::Database& database, base::WorkerPool& lookups,
                     std::function<bool(desk::Command)> toDesk)
    : m_impl(new Impl{options, database, lookups, std::move(toDesk), {}, {}, {}, {}, {}, {}}) {}

Telephone::~Telephone() {
    stop();
}

base::Result<void> Telephone::start() {
    Impl& impl = *m_impl;
    if (impl.options.phone.engine.listen.empty())
        return {};
    auto speech = sound::makeSpeech(impl.options.phone.speech);
    if (speech)
        impl.speech = std::move(*speech);
    else
        spdlog::warn("event=speech_missing code={} detail={}", speech.error().code, speech.error().detail);
    sound::LibraryOptions library;
    library.folder = impl.options.data; // `audio` and `speech` below it
    impl.library = std::make_unique<sound::Library>(std::move(library), impl.speech.get());
    impl.speaking = std::make_unique<base::WorkerPool>("speaking", 2, kMostSpeaking);
    impl.recorder = std::make_unique<sound::Recorder>(ops::DataDirectory::recordingsOf(impl.options.data),
                                                      static_cast<std::uint64_t>(impl.options.freeBytesFloor));
    if (auto started = impl.recorder->start(); !started)
        return started;
    impl.engine = std::make_unique<phone::Engine>(
        impl.options.phone.engine, *impl.library, impl.lookups, *impl.speaking,
        [&impl](model::ChannelId channel, const std::string& number) { return impl.findCaller(channel, number); },
        impl.toDesk, impl.recorder.get());
    if (auto started = impl.engine->start(); !started)
        return started;
    std::string addresses;
    for (const std::string& address : impl.engine->addresses())
        addresses += (addresses.empty() ? "" : ",") + address;
    spdlog::info("event=phone_started addresses={}", addresses);
    impl.reading = std::make_unique<base::WorkerPool>("trunks", 1, 1);
    reload();
    return {};
}

void Telephone::stop() {
    Impl& impl = *m_impl;
    if (!impl.engine)
        return;
    if (impl.reading)
        impl.reading->cancel();
    impl.speaking->cancel();
    impl.engine->stop();
    impl.recorder->stop(); // what calls left is closed, and told to the desk
}

void Telephone::reload() {
    if (!m_impl->reading)
        return;
    (void)m_impl->reading->post([impl = m_impl.get()] { // one that waits reads what is there then
        auto done = impl->load();
        if (done)
            done = impl->prepareSounds();
        if (!done)
            spdlog::warn("event=phone_reload_failed code={}", done.error().code);
    });
}

void Telephone::deliver(std::vector<desk::CallEffect> effects) {
    if (m_impl->engine)
        return m_impl->engine->deliver(std::move(effects));
    for (const desk::CallEffect& effect : effects) // somebody who waits for an answer
        if (const auto* wanted = std::get_if<desk::CallLookUp>(&effect.step))
            (void)m_impl->toDesk(desk::CallAnswered{wanted->origin, base::rejected("no_trunk")});
}

std::string Telephone::metrics() const {
    if (!m_impl->engine)
        return {};
    const phone::EngineStats stats = m_impl->engine->stats();
    std::string trunks;
    for (const phone::TrunkFigure& figure : stats.trunks)
        if (figure.state != phone::TrunkFigure::State::Unknown)
            trunks += fmt::format("cloudbell_trunk_up{{trunk=\"{}\"}} {}\n", figure.trunk.value,
                                  figure.state == phone::TrunkFigure::State::Up ? 1 : 0);
    return fmt::format("cloudbell_calls {}\ncloudbell_calls_arrived_total {}\ncloudbell_calls_dialled_total {}\n"
                       "cloudbell_calls_refused_total{{reason=\"stranger\"}} {}\n"
                       "cloudbell_calls_refused_total{{reason=\"number\"}} {}\n"
                       "cloudbell_calls_refused_total{{reason=\"capacity\"}} {}\n"
                       "cloudbell_phone_late_ticks_total {}\ncloudbell_recording_blocks_lost_total {}\n{}",
                       stats.calls, stats.arrived, stats.dialled, stats.refusedStrangers, stats.refusedNumbers,
                       stats.refusedCapacity, stats.lateTicks, m_impl->recorder->lost(), trunks);
}

} // namespace cb::app
