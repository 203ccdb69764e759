#include "server/store/rows_p.h"

#include <algorithm>

namespace cb::store {

base::Result<std::vector<TrunkRow>> Telephone::trunks() {
    return reading(*m_connection, [&] { return Select<TrunkRow>(*m_connection, "ORDER BY position, id").all(); });
}

base::Result<std::optional<TrunkRow>> Telephone::trunk(model::TrunkId id) {
    return reading(*m_connection, [&] { return Select<TrunkRow>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<std::vector<model::PhoneNumber>> Telephone::numbers() {
    return reading(*m_connection, [&] { return Select<model::PhoneNumber>(*m_connection, "ORDER BY channel").all(); });
}

base::Result<std::vector<model::PhoneNumber>> Telephone::numbers(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::PhoneNumber>(*m_connection, "WHERE instance = :i ORDER BY channel").bind(instance).all();
    });
}

base::Result<std::optional<model::PhoneNumber>> Telephone::number(std::string_view number) {
    return reading(*m_connection, [&] {
        return Select<model::PhoneNumber>(*m_connection, "WHERE number = :n AND released = 0").bind(number).first();
    });
}

base::Result<std::optional<model::PhoneNumber>> Telephone::numberOf(model::ChannelId channel) {
    return reading(*m_connection, [&] {
        return Select<model::PhoneNumber>(*m_connection, "WHERE channel = :c").bind(channel).first();
    });
}

base::Result<std::vector<model::Audio>> Telephone::audio() {
    return reading(*m_connection, [&] { return Select<model::Audio>(*m_connection, "ORDER BY id").all(); });
}

base::Result<std::vector<model::Audio>> Telephone::audio(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::Audio>(*m_connection, "WHERE instance = :i ORDER BY id").bind(instance).all();
    });
}

base::Result<std::optional<model::Audio>> Telephone::audio(model::AudioId id) {
    return reading(*m_connection,
                   [&] { return Select<model::Audio>(*m_connection, "WHERE id = :id").bind(id).first(); });
}

base::Result<std::optional<model::Call>> Calls::bySession(model::SessionId session) {
    return reading(*m_connection,
                   [&] { return Select<model::Call>(*m_connection, "WHERE session = :s").bind(session).first(); });
}

base::Result<std::vector<model::Call>> Calls::bySessions(std::span<const model::SessionId> sessions) {
    return reading(*m_connection, [&] {
        std::vector<model::SessionId> wanted(sessions.begin(), sessions.end());
        std::sort(wanted.begin(), wanted.end());
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        std::vector<model::Call> found;
        for (std::size_t at = 0; at < wanted.size(); at += kMaxPlaceholders) {
            const std::size_t count = std::min(kMaxPlaceholders, wanted.size() - at);
            Select<model::Call> select(*m_connection,
                                       "WHERE session IN (" + placeholders(count) + ") ORDER BY session");
            for (std::size_t i = 0; i < count; ++i)
                select.bind(wanted[at + i]);
            for (model::Call row; select.next(row);)
                found.push_back(std::move(row));
        }
        return found;
    });
}

base::Result<std::vector<model::Call>> Calls::ofOpen(model::InstanceId instance) {
    return reading(*m_connection, [&] {
        return Select<model::Call>(*m_connection, "WHERE session IN (SELECT id FROM session WHERE instance = :i AND "
                                                  "state <> 'completed') ORDER BY session")
            .bind(instance)
            .all();
    });
}

} // namespace cb::store
