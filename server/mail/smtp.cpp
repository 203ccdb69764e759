#include "server/mail/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <optional>

#include <sys/socket.h>

namespace cb::mail {

namespace {

using Steady = std::chrono::steady_clock;

/// Once per process, before the first handle.
void ready() {
    static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)done;
}

std::string printable(std::string_view text) {
    std::string out(text.substr(0, Transport::kMaxReply));
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E)
            c = ' ';
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

} // namespace

struct Smtp::Handle {
    CURL* curl = curl_easy_init();
    Handle() = default;
    ~Handle() { curl_easy_cleanup(curl); }
    /// Else curl says QUIT and waits a minute for somebody who does not answer.
    void hangUp() const {
        curl_socket_t socket = CURL_SOCKET_BAD;
        if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket != CURL_SOCKET_BAD)
            ::shutdown(socket, SHUT_RDWR);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
};

/// What one letter needs while curl works on it.
struct Smtp::Transfer {
    const SmtpOptions& options;
    const std::atomic<bool>& stopping;
    std::string_view left; ///< of the message
    bool whole = false;    ///< curl has had all of it: from here on the other side may have it, too
    std::string refusal;   ///< the newest line
    std::optional<Steady::time_point> stoppedAt;

    static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        const auto bytes = std::min(size * count, transfer.left.size());
        std::memcpy(to, transfer.left.data(), bytes);
        transfer.left.remove_prefix(bytes);
        transfer.whole = bytes == 0;
        return bytes;
    }
    static std::size_t line(char* from, std::size_t size, std::size_t count, void* self) {
        if (size * count > 0 && (*from == '4' || *from == '5')) // not the goodbye after it
            static_cast<Transfer*>(self)->refusal.assign(from, std::min<std::size_t>(size * count, 1'000));
        return size * count;
    }
    /// About once a second. Not 0 ends the transfer.
    static int progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        auto& transfer = *static_cast<Transfer*>(self);
        if (!transfer.stopping)
            return 0;
        if (!transfer.whole)
            return 1;
        if (!transfer.stoppedAt)
            transfer.stoppedAt = Steady::now();
        return Steady::now() - *transfer.stoppedAt > std::chrono::seconds(transfer.options.lastSeconds) ? 1 : 0;
    }

    base::Result<void> outcome(CURLcode code, long answer) const {
        if (code == CURLE_OK)
            return {};
        const std::string said = answer >= 400 ? printable(refusal) : std::string(curl_easy_strerror(code));
        if (code == CURLE_ABORTED_BY_CALLBACK && !whole)
            return base::retry("cancelled", "the server is stopping");
        // curl says SEND_ERROR for MAIL, RCPT and DATA, WEIRD_SERVER_REPLY for the end of the text, and for the
        // greeting.
        const bool ofLetter = code == CURLE_SEND_ERROR || (code == CURLE_WEIRD_SERVER_REPLY && whole);
        if (!ofLetter || answer == 0 || answer == 530) // 530: it wants authentication first
            return base::retry(whole ? "mail_deferred" : "mail_unreachable", said);
        return answer / 100 == 5 ? base::rejected("mail_refused", said) : base::retry("mail_deferred", said);
    }
};

bool isSmtpUrl(std::string_view url) {
    const bool scheme = url.rfind("smtp://", 0) == 0 || url.rfind("smtps://", 0) == 0;
    const auto host = url.substr(std::min(url.size(), url.find("//") + 2));
    return scheme && !host.empty() && host.front() != '/' && host.find_first_of("@?# \t\r\n") == std::string_view::npos;
}

Smtp::Smtp(SmtpOptions options)
    : m_options(std::move(options)) {
    ready();
}

Smtp::~Smtp() = default;

void Smtp::rest() {
    if (m_handle && m_stopping)
        m_handle->hangUp();
    m_handle.reset(); // says QUIT
}

base::Result<void> Smtp::deliver(const Envelope& envelope) {
    if (!m_handle)
        m_handle = std::make_unique<Handle>();
    CURL* curl = m_handle->curl;
    if (curl == nullptr)
        return base::retry("mail_unreachable", "no memory");
    Transfer transfer{m_options, m_stopping, envelope.message, false, {}, {}};
    curl_easy_reset(curl); // keeps the connection
    curl_easy_setopt(curl, CURLOPT_URL, m_options.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); // not what some variable of the environment says
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, m_options.connectSeconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, m_options.totalSeconds);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(m_options.tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!m_options.caFile.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, m_options.caFile.c_str());
    if (!m_options.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, m_options.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, m_options.password.c_str());
    }
    const std::string from = '<' + envelope.from + '>';
    const std::string to = '<' + envelope.to + '>';
    curl_slist* recipients = curl_slist_append(nullptr, to.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Transfer::read);
    curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Transfer::line);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Transfer::progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
    const CURLcode code = curl_easy_perform(curl);
    long answer = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    curl_slist_free_all(recipients);
    auto result = transfer.outcome(code, answer);
    if (!result) { // whatever state it is in, the next one starts afresh
        m_handle->hangUp();
        rest();
    }
    return result;
}

} // namespace cb::mail
