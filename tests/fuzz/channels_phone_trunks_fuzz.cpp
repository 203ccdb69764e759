#include "server/channels/phone/rules/trunks.h"

#include <cstdint>
#include <cstdlib>
#include <sstream>

/// A trunk on each line, its host and the networks that may call over it; on the last one the address of a caller. The
/// narrowest network has it, and of equal ones the first trunk.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

model::Trunk trunkOf(const std::string& line, std::int64_t id) {
    model::Trunk trunk;
    trunk.id = model::TrunkId(id);
    std::istringstream words(line);
    words >> trunk.host;
    for (std::string network; words >> network;)
        trunk.allow.push_back(network);
    return trunk;
}

/// The same, looked for one by one.
std::optional<model::TrunkId> callerOf(const std::vector<model::Trunk>& trunks, std::string_view address) {
    const auto caller = net::parseAddress(address.substr(0, address.find('%')));
    std::optional<model::TrunkId> found;
    int narrowest = -1;
    for (const auto& trunk : trunks)
        for (const auto& text : trunk.allow.empty() ? std::vector{trunk.host} : trunk.allow) {
            const auto network = net::parseNetwork(text);
            if (!caller || !network || !network->contains(*caller) || network->prefix <= narrowest)
                continue;
            narrowest = network->prefix;
            found = trunk.id;
        }
    return found;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
    std::vector<model::Trunk> trunks;
    std::string line;
    for (std::string next; std::getline(lines, next) && trunks.size() < 64; line = next)
        if (!line.empty())
            trunks.push_back(trunkOf(line, static_cast<std::int64_t>(trunks.size()) + 1));
    const phone::TrunkBook book(trunks);
    const auto caller = book.callerOf(line);
    require(caller == callerOf(trunks, line));
    require(!caller || book.find(*caller) != nullptr);
    require(book.all().size() == trunks.size());
    model::PhoneNumber number;
    number.type = model::CallType::Both;
    require(book.outboundOrder(number).size() == trunks.size());
    return 0;
}
