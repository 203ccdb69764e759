#include "server/media/sound/speech_p.h"

#include <espeak-ng/speak_lib.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace cb::sound {

namespace {

struct KnownVoice {
    const char* name; ///< ours, in flows and settings
    const char* file; ///< espeak-ng's
};
/// In the order to show. Not Japanese: espeak-ng knows none of its Chinese characters.
constexpr std::array kKnownVoices{
    // "cmn" itself reads the pinyin it has made of a character as English ("hao three"): espeak-ng 1.51, issue 1044.
    KnownVoice{"cmn", "cmn-latn-pinyin"},
    KnownVoice{"yue", "yue"},
    KnownVoice{"en-us", "en-us"},
    KnownVoice{"en-gb", "en"},
    KnownVoice{"ko", "ko"},
    KnownVoice{"fr-fr", "fr"},
    KnownVoice{"de", "de"},
    KnownVoice{"es", "es"},
    KnownVoice{"ru", "ru"},
};

const char* espeakFile(const std::string& voice) {
    const auto known =
        std::find_if(kKnownVoices.begin(), kKnownVoices.end(), [&](const auto& k) { return voice == k.name; });
    return known == kKnownVoices.end() ? voice.c_str() : known->file;
}

/// The library's state is the process's: whoever calls it holds this.
std::mutex& espeakMutex() {
    static std::mutex mutex;
    return mutex;
}

/// Hz; 0 = it cannot be used. Initialised once and never ended: after espeak_Terminate() a second time hangs.
int espeakRate() {
    static int rate = 0;
    if (rate <= 0)
        rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
    return std::max(rate, 0);
}

class Espeak final : public Speech {
public:
    Espeak(std::string defaultVoice, int rate, std::vector<std::string> voices, const std::string& version)
        : m_default(std::move(defaultVoice))
        , m_rate(rate)
        , m_voices(std::move(voices))
        , m_name("espeak-ng " + version + ' ' + espeakFile(m_default)) {}

    std::vector<std::string> voices() const override { return m_voices; }
    std::string name() const override { return m_name; }

    base::Result<Pcm> speak(const std::string& text, const std::string& voice) override {
        const auto line = spokenText(text, voice, m_voices);
        if (!line)
            return line.error();
        std::vector<std::int16_t> samples;
        {
            const std::lock_guard lock(espeakMutex());
            if (espeak_SetVoiceByName(espeakFile(voice.empty() ? m_default : voice)) != EE_OK)
                return speechFailed("voice");
            espeak_SetSynthCallback(&Espeak::take);
            const auto done =
                espeak_Synth(line->c_str(), line->size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, &samples);
            if (done != EE_OK || espeak_Synchronize() != EE_OK)
                return speechFailed("synth");
        }
        if (samples.empty())
            return speechFailed("silent");
        return resampled(samples, m_rate);
    }

private:
    static int take(short* wave, int count, espeak_EVENT* events) {
        if (wave != nullptr && count > 0) {
            auto& samples = *static_cast<std::vector<std::int16_t>*>(events->user_data);
            samples.insert(samples.end(), wave, wave + count);
        }
        return 0;
    }

    const std::string m_default;
    const int m_rate;
    const std::vector<std::string> m_voices;
    const std::string m_name;
};

} // namespace

base::Result<std::unique_ptr<Speech>> espeakSpeech(const std::string& defaultVoice) {
    const std::lock_guard lock(espeakMutex());
    const int rate = espeakRate();
    if (rate == 0)
        return speechFailed("espeak-ng: not installed");
    std::vector<std::string> voices;
    for (const auto& known : kKnownVoices)
        if (espeak_SetVoiceByName(known.file) == EE_OK)
            voices.emplace_back(known.name);
    if (defaultVoice.empty() || espeak_SetVoiceByName(espeakFile(defaultVoice)) != EE_OK)
        return speechFailed("espeak-ng: no voice " + defaultVoice);
    return std::unique_ptr<Speech>(
        std::make_unique<Espeak>(defaultVoice, rate, std::move(voices), espeak_Info(nullptr)));
}

} // namespace cb::sound
