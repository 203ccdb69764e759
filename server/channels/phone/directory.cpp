#include "server/channels/phone/directory.h"

#include <utility>

namespace cb::phone {

Directory::Directory(TrunkBook book, std::vector<model::PhoneNumber> numbers)
    : m_trunks(std::move(book)) {
    for (model::PhoneNumber& row : numbers)
        if (!row.released)
            m_numbers[row.number] = std::move(row);
}

const model::PhoneNumber* Directory::dialled(const std::string& e164, model::TrunkId by) const {
    const auto found = m_numbers.find(e164);
    if (found == m_numbers.end())
        return nullptr;
    const model::PhoneNumber& row = found->second;
    const bool in = row.type != model::CallType::Out && (!row.trunk || row.trunk == by);
    return in ? &row : nullptr;
}

const model::PhoneNumber* Directory::line(model::ChannelId channel) const {
    for (const auto& [number, row] : m_numbers) // asked for calls out only
        if (row.channel == channel)
            return &row;
    return nullptr;
}

} // namespace cb::phone
