#pragma once

#include "server/media/sound/pcm.h"

#include <memory>
#include <string>
#include <vector>

namespace cb::sound {

inline constexpr std::size_t kMostSpoken = 2'000;         ///< characters of one text
inline constexpr base::Seconds kLongestSpoken{15 * 60};   ///< of sound; more is taken for a fault
inline constexpr std::size_t kMostSpeechBytes = 32 << 20; ///< of what a program or a service answers

/// Text to speech. Any thread; blocks while it speaks.
class Speech {
public:
    virtual ~Speech() = default;
    /// What `voice` of a flow may say besides "", the default; in the order to show.
    virtual std::vector<std::string> voices() const = 0;
    /// Text of 1–kMostSpoken characters; lines and blanks are the same. Errors: bad_field (voice, text), speech_failed
    /// (retry).
    virtual base::Result<Pcm> speak(const std::string& text, const std::string& voice) = 0;
    /// Changes when the same text would sound different: part of a cache's key. May hold a secret of the URL: not for
    /// logs.
    virtual std::string name() const = 0;
};

enum class SpeechKind { Espeak, Command, Http };

struct SpeechOptions {
    SpeechKind kind = SpeechKind::Espeak;
    std::string defaultVoice = "cmn";
    std::vector<std::string> voices;  ///< Command, Http: what may be asked for besides the default; espeak has its own
    std::vector<std::string> command; ///< Command: a program's path and its arguments
    std::string url;                  ///< Http: http:// or https://
    std::string caFile;               ///< Http: PEM; empty = the system's
    base::Millis limit{20'000};       ///< Command, Http: for one text
};

/// One of those below. Errors: theirs.
base::Result<std::unique_ptr<Speech>> makeSpeech(const SpeechOptions& options);

/// The espeak-ng library, offline. The process has one; its calls take turns. Error: speech_failed when its voices are
/// not installed.
base::Result<std::unique_ptr<Speech>> espeakSpeech(const std::string& defaultVoice);

/// A program: the text, one line of UTF-8, on its standard input; a wav or mp3 file on its standard output; 0 when it
/// ends. "{voice}" in its arguments becomes the voice. No shell. It gets none of our descriptors, and with it go those
/// it started once the time is over. Error: bad_field (command).
base::Result<std::unique_ptr<Speech>> commandSpeech(const SpeechOptions& options);

/// A service: POST of the text (text/plain, UTF-8), answered 200 with a wav or mp3 file. "{voice}" in the URL becomes
/// the voice, percent-encoded. Follows no redirection, asks no proxy. Error: bad_field (url).
base::Result<std::unique_ptr<Speech>> httpSpeech(const SpeechOptions& options);

} // namespace cb::sound
