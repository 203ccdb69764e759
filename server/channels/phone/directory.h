#pragma once

#include "server/channels/phone/rules/trunks.h"
#include "shared/model/phone.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace cb::phone {

/// The trunks and numbers at one moment; never changed once made.
class Directory {
public:
    Directory(TrunkBook book, std::vector<model::PhoneNumber> numbers);

    const TrunkBook& trunks() const { return m_trunks; }
    /// Whose number was dialled; nullptr: nobody's, released, not for calls in, or not by this trunk.
    const model::PhoneNumber* dialled(const std::string& e164, model::TrunkId by) const;

    /// A number in use by its channel; nullptr: none.
    const model::PhoneNumber* line(model::ChannelId channel) const;

private:
    TrunkBook m_trunks;
    std::unordered_map<std::string, model::PhoneNumber> m_numbers;
};

} // namespace cb::phone
