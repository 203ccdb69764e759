#pragma once

#include "tests/server/app/demo_server.h"

namespace cb::test {

/// A demonstration with a visitor in service at agent 1, an attachment, and two more instances.
struct House {
    House();

    DemoServer demo;
    std::string trouble; ///< empty when all is ready
    std::string admin;   ///< tokens
    std::string agent1;  ///< serves the visitor
    std::string agent2;
    std::string otherAdmin; ///< of another instance
    std::string fresh;      ///< of a third one, with a one-time password
    std::unique_ptr<Talker> agent;
    std::unique_ptr<Talker> visitor;
    std::string visitorToken;
    std::int64_t session = 0;
    std::int64_t customer = 0;
    std::int64_t flow = 0;
    std::int64_t exported = 0;   ///< an export of agent 1's records, done
    std::int64_t attachment = 0; ///< a picture, sent by the visitor

    std::uint16_t port() const { return demo.port(); }
    /// Of the admin, or of `token`; JSON unless `body` is null.
    /// The export when it is done; 0 = it is not.
    std::int64_t finishedExport(const std::string& token, const Json& order) const;
    Reply call(const std::string& method, const std::string& target, const Json& body = nullptr) const;
    Reply callAs(const std::string& token, const std::string& method, const std::string& target,
                 const Json& body = nullptr) const;
    /// A flow "start, transfer to the group, end", published when wanted. Its id; 0 when something is refused.
    std::int64_t newFlow(const std::string& name, std::int64_t group, bool published) const;
    Reply upload(const std::string& name, const std::string& bytes, const std::string& kind = "file") const;

private:
    std::string build();
    std::string serve();
};

/// A picture of one pixel.
std::string smallPng();

} // namespace cb::test
