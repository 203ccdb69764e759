#pragma once

#include "server/channels/phone/engine.h"
#include "server/media/sound/library.h"
#include "server/media/sound/recorder.h"
#include "shared/base/worker_pool.h"

#include <QString>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <vector>

namespace cb::test {

inline const QString kNumber = "+8675512345678";
inline constexpr std::int64_t kShort = 7; ///< an audio of 400 ms
inline constexpr std::int64_t kLong = 8;  ///< of 5 s

inline sound::ClipPtr tone(double seconds) {
    sound::Pcm pcm;
    for (int i = 0; i < static_cast<int>(seconds * sound::kRate); ++i)
        pcm.samples.push_back(static_cast<std::int16_t>(8'000 * std::sin(2 * 3.14159265 * 1'000 * i / sound::kRate)));
    return sound::clipOf(pcm);
}

/// Options of an engine whose trunks are SIPp processes, which know of no more than their scenario.
inline phone::EngineOptions quiet(phone::EngineOptions options = {}) {
    options.askTrunks = false;
    return options;
}

/// The engine with a desk that writes down what it hears.
struct Rig {
    explicit Rig(phone::EngineOptions options = quiet(), const std::string& allowed = "127.0.0.0/8") {
        std::filesystem::create_directories(folder.filePath("audio").toStdString());
        const std::string path = folder.path().toStdString();
        (void)sound::saveClip(sound::audioClipPath(path, kShort), *tone(0.4));
        (void)sound::saveClip(sound::audioClipPath(path, kLong), *tone(5));
        sound::LibraryOptions wanted;
        wanted.folder = path;
        library = std::make_unique<sound::Library>(std::move(wanted), nullptr);
        options.listen = {"udp:127.0.0.1:0"};
        options.firstPort = 31'000;
        options.lastPort = 31'999;
        engine = std::make_unique<phone::Engine>(
            options, *library, pool, pool, [](model::ChannelId, const std::string&) { return phone::KnownCaller{}; },
            [this](desk::Command command) {
                const std::lock_guard lock(mutex);
                commands.push_back(std::move(command));
                came.notify_all();
                return true;
            },
            &recorder);
        (void)recorder.start();
        started = engine->start();
        model::Trunk trunk;
        trunk.id = model::TrunkId{1};
        trunk.host = "192.0.2.1";
        trunk.allow = {allowed};
        use({trunk});
    }
    ~Rig() {
        engine->stop();
        recorder.stop();
    }

    void use(std::vector<model::Trunk> trunks) {
        model::PhoneNumber number;
        number.channel = model::ChannelId{4};
        number.instance = model::InstanceId{1'400'000'001};
        number.number = kNumber.toStdString();
        number.type = model::CallType::Both;
        engine->use(std::make_shared<const phone::Directory>(phone::TrunkBook(std::move(trunks)), std::vector{number}));
    }

    quint16 port() const {
        const QString address = QString::fromStdString(engine->addresses().at(0));
        return address.mid(address.lastIndexOf(':') + 1).toUShort();
    }
    /// The next command of this kind; nullopt after five seconds without one. Others before it are passed over.
    template <class T>
    std::optional<T> next() {
        std::unique_lock lock(mutex);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        for (;;) {
            for (; seen < commands.size(); ++seen)
                if (auto* one = std::get_if<T>(&commands[seen])) {
                    ++seen;
                    return *one;
                }
            if (came.wait_until(lock, until) == std::cv_status::timeout)
                return std::nullopt;
        }
    }
    template <class T>
    int count() {
        const std::lock_guard lock(mutex);
        return static_cast<int>(std::count_if(commands.begin(), commands.end(), [](const desk::Command& command) {
            return std::holds_alternative<T>(command);
        }));
    }
    void tell(desk::CallId call, desk::CallStep step) { engine->deliver({desk::CallEffect{call, std::move(step)}}); }
    /// The call that arrives, answered.
    desk::CallId answered() {
        const auto call = next<desk::CallArrived>();
        if (!call)
            return 0;
        tell(call->call, desk::CallTaken{model::SessionId{1}});
        return call->call;
    }

    QTemporaryDir folder;
    base::WorkerPool pool{"test", 2, 1'000};
    std::unique_ptr<sound::Library> library;
    sound::Recorder recorder{folder.filePath("recordings").toStdString()};
    std::unique_ptr<phone::Engine> engine;
    base::Result<void> started;
    std::mutex mutex;
    std::condition_variable came;
    std::vector<desk::Command> commands;
    std::size_t seen = 0;
};

} // namespace cb::test
