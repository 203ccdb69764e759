#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace cb::test {

/// The media page of an agent as far as the server sees it: offers a connection (ICE, DTLS-SRTP, G.711 A-law), says one
/// value all the time and hears. On a loop of its own; its methods from the test's thread.
class Page {
public:
    explicit Page(std::uint8_t says);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    std::string offer() const;
    /// Begins to connect. `answer`: the server's SDP.
    void take(const std::string& answer);

    bool isUp() const;
    int heard() const; ///< packets so far

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cb::test
