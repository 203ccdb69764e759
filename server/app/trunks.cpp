#include "server/app/trunks.h"

#include "server/admin/fields.h"
#include "server/app/console.h"
#include "server/auth/secret_box.h"
#include "server/net/addresses.h"
#include "shared/model/names.h"

#include <spdlog/spdlog.h>

#include <optional>

namespace cb::app {

namespace {

constexpr std::size_t kMaxTrunkName = 40; ///< characters
constexpr std::size_t kMaxUser = 100;
constexpr int kSipPort = 5060;
constexpr int kSipsPort = 5061; ///< RFC 3261, 19.1.2

bool isHost(const std::string& text) {
    return admin::isHostName(text) || net::parseAddress(text).has_value();
}

/// As in a URL: "[2001:db8::1]".
std::string withoutBrackets(const std::string& host) {
    const bool has = host.size() > 2 && host.front() == '[' && host.back() == ']';
    return has ? host.substr(1, host.size() - 2) : host;
}

/// In a SIP header it stands between quotes.
base::Result<std::string> checkedUser(const std::string& text) {
    auto user = admin::checkedLine("user", text, kMaxUser, admin::Need::Optional);
    if (user && user->find_first_of("\"\\") != std::string::npos)
        return admin::badField("user", "bad_text");
    return user;
}

base::Result<void> checkAddress(const TrunkOrder& order, model::Trunk& trunk) {
    const auto transport = model::parse<model::TrunkTransport>(order.transport);
    if (!transport)
        return admin::badField("transport", "unknown");
    trunk.transport = *transport;
    trunk.host = withoutBrackets(order.host);
    if (!isHost(trunk.host))
        return admin::badField("host", "bad_host");
    trunk.port = order.port != 0 ? order.port : trunk.transport == model::TrunkTransport::Tls ? kSipsPort : kSipPort;
    if (trunk.port < 1 || trunk.port > 65'535)
        return admin::outOfRange("port", 1, 65'535);
    for (const auto& network : order.allow)
        if (!net::parseNetwork(network))
            return admin::badField("allow", "bad_network");
    trunk.allow = order.allow;
    return {};
}

base::Result<void> checkAccount(const TrunkOrder& order, model::Trunk& trunk) {
    auto user = checkedUser(order.user);
    if (!user)
        return user.error();
    trunk.user = std::move(*user);
    if (trunk.user.empty() != order.passwordFile.empty())
        return admin::badField(trunk.user.empty() ? "user" : "password-file", "required");
    if (!order.passwordFile.empty()) {
        auto password = secretIn(order.passwordFile, "password-file");
        if (!password)
            return password.error();
        trunk.password = std::move(*password);
    }
    trunk.realm = withoutBrackets(order.realm);
    if (!trunk.realm.empty() && !isHost(trunk.realm))
        return admin::badField("realm", "bad_host");
    trunk.registers = order.registers;
    if (trunk.registers && trunk.user.empty())
        return admin::badField("register", "without_user");
    return {};
}

} // namespace

base::Result<model::Trunk> trunkOf(const TrunkOrder& order) {
    model::Trunk trunk;
    auto name = admin::checkedLine("name", order.name, kMaxTrunkName);
    if (!name)
        return name.error();
    trunk.name = std::move(*name);
    if (auto good = checkAddress(order, trunk); !good)
        return good.error();
    if (auto good = checkAccount(order, trunk); !good)
        return good.error();
    if (order.maxCalls < 0)
        return admin::badField("max-calls", "negative");
    if (order.callsPerSecond < 0)
        return admin::badField("calls-per-second", "negative");
    trunk.maxCalls = order.maxCalls;
    trunk.callsPerSecond = order.callsPerSecond;
    trunk.srtp = order.srtp;
    trunk.order = order.order;
    return trunk;
}

base::Result<store::TrunkRow> sealedTrunk(model::Trunk trunk, const std::string& keyFile) {
    store::TrunkRow row;
    row.trunk = std::move(trunk);
    if (row.trunk.password.empty())
        return row;
    const auto box = auth::SecretBox::openOrMake(keyFile);
    if (!box)
        return box.error();
    row.sealedPassword = box->sealed(row.trunk.password);
    row.trunk.password.clear();
    return row;
}

base::Result<std::vector<model::Trunk>> trunksInUse(store::Reader& reader, const std::string& keyFile) {
    auto rows = reader.telephone().trunks();
    if (!rows)
        return rows.error();
    std::optional<base::Result<auth::SecretBox>> box; // most have no password
    std::vector<model::Trunk> trunks;
    for (store::TrunkRow& row : *rows) {
        if (row.trunk.deleted || !row.trunk.enabled)
            continue;
        if (!row.sealedPassword.empty()) {
            if (!box)
                box = auth::SecretBox::open(keyFile);
            auto password = *box ? (*box)->opened(row.sealedPassword) : base::Result<std::string>(box->error());
            if (!password) {
                spdlog::error("event=trunk_left_out trunk={} code={}", row.trunk.id.value, password.error().code);
                continue;
            }
            row.trunk.password = std::move(*password);
        }
        trunks.push_back(std::move(row.trunk));
    }
    return trunks;
}

} // namespace cb::app
