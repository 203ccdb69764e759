#include "server/media/sound/speech_p.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace cb::sound {

namespace {

struct CloseCurl {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeCurlList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string urlEncoded(const std::string& text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~'; // RFC 3986, 2.3
        if (plain)
            out += c;
        else
            (((out += '%') += kHex[byte >> 4]) += kHex[byte & 0x0F]);
    }
    return out;
}

std::size_t takeAnswer(char* from, std::size_t size, std::size_t count, void* to) {
    auto& bytes = *static_cast<std::string*>(to);
    if (bytes.size() + size * count > kMostSpeechBytes)
        return 0; // ends the transfer
    bytes.append(from, size * count);
    return size * count;
}

class HttpSpeech final : public Speech {
public:
    explicit HttpSpeech(SpeechOptions options)
        : m_options(std::move(options)) {
        static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT); // before the first handle
        (void)ready;
    }

    std::vector<std::string> voices() const override { return m_options.voices; }
    std::string name() const override { return "http " + m_options.defaultVoice + '\n' + m_options.url; }

    base::Result<Pcm> speak(const std::string& text, const std::string& voice) override {
        const auto line = spokenText(text, voice, m_options.voices);
        if (!line)
            return line.error();
        const auto bytes = ask(*line, voice.empty() ? m_options.defaultVoice : voice);
        return bytes ? spokenFile(*bytes) : bytes.error();
    }

private:
    base::Result<std::string> ask(const std::string& line, const std::string& voice) const {
        const std::unique_ptr<CURL, CloseCurl> handle(curl_easy_init());
        CURL* curl = handle.get();
        if (curl == nullptr)
            return speechFailed("http: no memory");
        std::unique_ptr<curl_slist, FreeCurlList> headers;
        for (const char* header :
             {"Content-Type: text/plain; charset=utf-8", "Accept: audio/wav, audio/mpeg", "Expect:"}) // no asking first
            if (curl_slist* longer = curl_slist_append(headers.get(), header)) {
                (void)headers.release();
                headers.reset(longer);
            }
        std::string bytes;
        const std::string url = withVoice(m_options.url, urlEncoded(voice));
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_PROXY, ""); // not what some variable of the environment says
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(m_options.limit.count()));
        curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!m_options.caFile.empty())
            curl_easy_setopt(curl, CURLOPT_CAINFO, m_options.caFile.c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, line.data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(line.size()));
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &takeAnswer);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &bytes);
        const CURLcode code = curl_easy_perform(curl);
        if (code != CURLE_OK)
            return speechFailed(std::string("http: ") + curl_easy_strerror(code));
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (status != 200)
            return speechFailed("http: " + std::to_string(status));
        return bytes;
    }

    const SpeechOptions m_options;
};

} // namespace

base::Result<std::unique_ptr<Speech>> httpSpeech(const SpeechOptions& options) {
    const std::string& url = options.url;
    const bool scheme = url.starts_with("http://") || url.starts_with("https://");
    const auto host = scheme ? url.find("://") + 3 : url.size();
    const bool blank = std::any_of(url.begin(), url.end(), [](char c) { return c >= 0 && c <= ' '; });
    if (host >= url.size() || url[host] == '/' || blank)
        return base::with(base::rejected("bad_field"), "field", "url");
    return std::unique_ptr<Speech>(std::make_unique<HttpSpeech>(options));
}

} // namespace cb::sound
