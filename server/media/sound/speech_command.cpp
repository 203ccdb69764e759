#include "server/media/sound/speech_p.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace cb::sound {

namespace {

using CommandClock = std::chrono::steady_clock;

struct CommandPipe {
    int out = -1, in = -1; ///< to read from, to write to

    CommandPipe() {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) == 0) {
            out = ends[0];
            in = ends[1];
        }
    }
    ~CommandPipe() {
        shut(out);
        shut(in);
    }
    CommandPipe(const CommandPipe&) = delete;
    CommandPipe& operator=(const CommandPipe&) = delete;

    bool good() const { return out >= 0; }
    static void shut(int& end) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
};

/// What the program starts with: our pipes, nothing else of ours, a process group of its own, no signal blocked or
/// ignored.
struct SpawnPlan {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;

    SpawnPlan(int in, int out) {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
        posix_spawn_file_actions_addclosefrom_np(&files, 3); // libre's sockets are not close-on-exec
#endif
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan() {
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&files);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
};

/// A running program. Ended, with all it started, and waited for at the latest when this goes.
class CommandRun {
public:
    CommandRun(pid_t pid, CommandClock::time_point until)
        : m_pid(pid)
        , m_until(until) {}
    ~CommandRun() {
        if (m_pid <= 0)
            return;
        ::kill(-m_pid, SIGKILL);
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
    CommandRun(const CommandRun&) = delete;
    CommandRun& operator=(const CommandRun&) = delete;

    /// Everything it writes.
    base::Result<std::string> output(int from) const {
        std::string bytes;
        char block[64 * 1'024];
        for (;;) {
            pollfd ready{from, POLLIN, 0};
            const int polled = ::poll(&ready, 1, millisLeft());
            if (polled < 0 && errno == EINTR)
                continue;
            if (polled <= 0)
                return speechFailed("command: too slow");
            const auto got = ::read(from, block, sizeof block);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return speechFailed("command: read");
            if (got == 0)
                return bytes;
            bytes.append(block, static_cast<std::size_t>(got));
            if (bytes.size() > kMostSpeechBytes)
                return speechFailed("command: too much");
        }
    }

    /// How it ended: it has closed its output, so that is now.
    base::Result<void> end() {
        for (;;) {
            int status = 0;
            const pid_t ended = ::waitpid(m_pid, &status, WNOHANG);
            if (ended == 0) {
                if (millisLeft() == 0)
                    return speechFailed("command: does not end");
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
                continue;
            }
            if (ended < 0 && errno == EINTR)
                continue;
            m_pid = 0;
            if (ended < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
                return speechFailed("command: failed with " + std::to_string(ended < 0 ? -1 : status));
            return {};
        }
    }

private:
    int millisLeft() const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_until - CommandClock::now()).count();
        return left > 0 ? static_cast<int>(std::min<std::int64_t>(left, 3'600'000)) : 0;
    }

    pid_t m_pid;
    CommandClock::time_point m_until;
};

base::Result<std::string> answerOf(std::vector<std::string> command, const std::string& input, base::Millis limit) {
    const auto until = CommandClock::now() + limit;
    CommandPipe to, from;
    if (!to.good() || !from.good())
        return speechFailed("command: no pipe");
    // 2,000 characters are less than a pipe holds: this never waits, and nobody has closed the other end yet.
    if (::write(to.in, input.data(), input.size()) != static_cast<ssize_t>(input.size()))
        return speechFailed("command: write");
    CommandPipe::shut(to.in);
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (auto& word : command)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const SpawnPlan plan(to.out, from.in);
    pid_t pid = 0;
    const int failure = ::posix_spawn(&pid, arguments[0], &plan.files, &plan.attributes, arguments.data(), environ);
    if (failure != 0)
        return speechFailed(std::string("command: ") + std::strerror(failure));
    CommandRun run(pid, until);
    CommandPipe::shut(from.in);
    CommandPipe::shut(to.out);
    auto bytes = run.output(from.out);
    if (!bytes)
        return bytes;
    if (const auto ended = run.end(); !ended)
        return ended.error();
    return bytes;
}

class CommandSpeech final : public Speech {
public:
    explicit CommandSpeech(SpeechOptions options)
        : m_options(std::move(options)) {}

    std::vector<std::string> voices() const override { return m_options.voices; }
    std::string name() const override {
        std::string name = "command " + m_options.defaultVoice;
        for (const auto& word : m_options.command)
            name += '\n' + word;
        return name;
    }
    base::Result<Pcm> speak(const std::string& text, const std::string& voice) override {
        const auto line = spokenText(text, voice, m_options.voices);
        if (!line)
            return line.error();
        auto command = m_options.command;
        for (std::size_t i = 1; i < command.size(); ++i)
            command[i] = withVoice(command[i], voice.empty() ? m_options.defaultVoice : voice);
        const auto bytes = answerOf(std::move(command), *line + '\n', m_options.limit);
        return bytes ? spokenFile(*bytes) : bytes.error();
    }

private:
    const SpeechOptions m_options;
};

} // namespace

base::Result<std::unique_ptr<Speech>> commandSpeech(const SpeechOptions& options) {
    if (options.command.empty() || options.command.front().empty() || options.command.front().front() != '/' ||
        ::access(options.command.front().c_str(), X_OK) != 0)
        return base::with(base::rejected("bad_field", "the path of a program"), "field", "command");
    return std::unique_ptr<Speech>(std::make_unique<CommandSpeech>(options));
}

} // namespace cb::sound
