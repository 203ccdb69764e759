#pragma once

#include "server/channels/phone/rules/admission.h"
#include "server/net/addresses.h"
#include "shared/model/phone.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cb::phone {

/// Which trunk a call belongs to. A value: made anew when trunks or their addresses change.
class TrunkBook {
public:
    /// What the names of hosts stand for just now ("192.0.2.7", "2001:db8::1").
    using Addresses = std::map<model::TrunkId, std::vector<std::string>>;

    TrunkBook() = default;
    /// Deleted and disabled ones are left out. A host that is an address needs no resolving. What cannot be read in
    /// `allow` allows nobody.
    explicit TrunkBook(std::vector<model::Trunk> trunks, const Addresses& resolved = {});

    /// nullptr: none, or not in use.
    const model::Trunk* find(model::TrunkId id) const;
    /// Its own limits; none when it is not in use.
    CallLimits limits(model::TrunkId id) const;
    /// Where its requests go: the host's own address, or what its name stands for; empty: not known just now.
    std::vector<std::string> targets(model::TrunkId id) const;
    /// In the order of fail-over, then of ids.
    const std::vector<model::Trunk>& all() const { return m_trunks; }

    /// Who calls from this address (IPv4, IPv6, IPv4-mapped; without port, with or without zone). Where several allow
    /// it, the narrowest network, then the first in order. None: nobody we know.
    std::optional<model::TrunkId> callerOf(std::string_view address) const;

    /// What a call out from this number tries, one after the other. Empty: it may not call, or its trunk is not in use.
    std::vector<model::TrunkId> outboundOrder(const model::PhoneNumber& number) const;

private:
    struct Way {
        net::Network from;
        std::size_t trunk = 0; ///< index
    };
    std::vector<model::Trunk> m_trunks;
    std::vector<Way> m_ways;
    Addresses m_targets;
};

} // namespace cb::phone
