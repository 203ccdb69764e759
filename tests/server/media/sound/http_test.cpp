#include "server/media/sound/speech.h"
#include "tests/server/media/sound/sounds.h"
#include "tests/support/suite.h"

#include <QtTest/QtTest>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace cb;
using namespace cb::sound;
using namespace cb::test;

namespace {

/// Answers every request with what it was given; remembers the last one. One connection at a time.
class SpeechPeer {
public:
    SpeechPeer() {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(m_listener, 8) == 0 &&
            ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) == 0)
            m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~SpeechPeer() {
        ::shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
    }
    SpeechPeer(const SpeechPeer&) = delete;
    SpeechPeer& operator=(const SpeechPeer&) = delete;

    std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(m_port) + path; }
    /// For the next request; "" = never. Before it comes.
    void answer(std::string text) {
        const std::lock_guard lock(m_mutex);
        m_answer = std::move(text);
    }
    void answerWith(const std::string& status, const std::string& body) {
        answer("HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    /// The last request; after its answer has come.
    std::string request() const {
        const std::lock_guard lock(m_mutex);
        return m_request;
    }

private:
    void serve() {
        for (;;) {
            const int peer = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (peer < 0)
                return;
            char block[4'096];
            std::string request;
            while (!isWhole(request)) {
                const auto got = ::recv(peer, block, sizeof block, 0);
                if (got <= 0)
                    break;
                request.append(block, static_cast<std::size_t>(got));
            }
            const std::string answer = exchange(std::move(request));
            if (answer.empty())
                while (::recv(peer, block, sizeof block, 0) > 0) { // until they give up
                }
            for (std::string_view left = answer; !left.empty();) {
                const auto sent = ::send(peer, left.data(), left.size(), MSG_NOSIGNAL);
                if (sent <= 0)
                    break;
                left.remove_prefix(static_cast<std::size_t>(sent));
            }
            ::close(peer);
        }
    }
    std::string exchange(std::string request) {
        const std::lock_guard lock(m_mutex);
        m_request = std::move(request);
        return m_answer;
    }
    static bool isWhole(const std::string& request) {
        const auto head = request.find("\r\n\r\n");
        const auto length = request.find("Content-Length: ");
        return head != std::string::npos && length != std::string::npos &&
               request.size() - head - 4 >= std::stoul(request.substr(length + 16));
    }

    int m_listener = -1;
    int m_port = 0;
    mutable std::mutex m_mutex; // of the two below
    std::string m_answer, m_request;
    std::thread m_thread;
};

} // namespace

class HttpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aServiceSpeaks() {
        const auto tone = toneOf(700, 0.5);
        SpeechOptions options;
        options.kind = SpeechKind::Http;
        options.defaultVoice = "晓燕";
        options.voices = {"a/b &c"};
        options.url = m_peer.url("/say?voice={voice}");
        const auto speech = makeSpeech(options);
        QVERIFY(speech.ok());
        m_peer.answerWith("200 OK", wavOf(tone));
        const auto spoken = (*speech)->speak("您好，\n欢迎", "");
        QVERIFY2(spoken.ok(), spoken ? "" : spoken.error().detail.c_str());
        QVERIFY(*spoken == tone);
        auto request = m_peer.request();
        QVERIFY2(request.starts_with("POST /say?voice=%E6%99%93%E7%87%95 HTTP/1.1\r\n"), request.c_str());
        QVERIFY(request.find("Content-Type: text/plain; charset=utf-8\r\n") != std::string::npos);
        QVERIFY(request.ends_with("\r\n\r\n您好， 欢迎"));
        QVERIFY((*speech)->speak("x", "a/b &c").ok());
        request = m_peer.request();
        QVERIFY2(request.starts_with("POST /say?voice=a%2Fb%20%26c HTTP/1.1\r\n"), request.c_str());
        QCOMPARE(codeIn((*speech)->speak("x", "somebody")), std::string("bad_field"));
        QCOMPARE(codeIn((*speech)->speak(" ", "")), std::string("bad_field"));
        options.url += "&fast";
        QVERIFY((*httpSpeech(options))->name() != (*speech)->name());
    }
    void badAnswersAreFailures() {
        const auto good = wavOf(toneOf(700, 0.5));
        const auto speech = service(base::Millis(5'000));
        for (const char* status : {"500 Oh", "404 No", "204 Nothing", "401 Who"}) {
            m_peer.answerWith(status, good);
            QCOMPARE(codeIn(speech->speak("x", "")), std::string("speech_failed"));
        }
        m_peer.answerWith("200 OK", "<html>");
        QCOMPARE(codeIn(speech->speak("x", "")), std::string("speech_failed"));
        m_peer.answer("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(good.size() + 1) + "\r\n\r\n" + good);
        QCOMPARE(codeIn(speech->speak("x", "")), std::string("speech_failed")); // cut off
        m_peer.answer("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(codeIn(speech->speak("x", "")), std::string("speech_failed"));
        m_peer.answerWith("200 OK", good + std::string(kMostSpeechBytes, 'x'));
        QCOMPARE(codeIn(speech->speak("x", "")), std::string("speech_failed"));
        m_peer.answerWith("200 OK", good);
        QVERIFY(speech->speak("x", "").ok());
    }
    void silenceEnds() {
        m_peer.answer({});
        QCOMPARE(codeIn(service(base::Millis(300))->speak("x", "")), std::string("speech_failed"));
        SpeechOptions nobody;
        nobody.url = "http://127.0.0.1:1/";
        QCOMPARE(codeIn((*httpSpeech(nobody))->speak("x", "")), std::string("speech_failed"));
    }
    void onlyHttpAddressesAreTaken() {
        SpeechOptions options;
        for (const char* url :
             {"", "say", "ftp://host/x", "file:///etc/passwd", "http://", "http:///x", "https:// x"}) {
            options.url = url;
            QCOMPARE(codeIn(httpSpeech(options)), std::string("bad_field"));
        }
        options.url = "https://host/x";
        QVERIFY(httpSpeech(options).ok());
    }

private:
    std::unique_ptr<Speech> service(base::Millis limit) const {
        SpeechOptions options;
        options.url = m_peer.url("/");
        options.limit = limit;
        return std::move(*httpSpeech(options));
    }

    SpeechPeer m_peer;
};

static const cb::test::Add<HttpTest> addedHttpTest;
#include "http_test.moc"
