#include "server/store/search_p.h"

#include "server/store/pool_p.h"

#include <random>

namespace cb::store {

SearchIndex::Key randomSearchKey() {
    std::random_device device;
    SearchIndex::Key key{};
    for (auto& byte : key)
        byte = static_cast<unsigned char>(device());
    return key;
}

std::string keyText(const SearchIndex::Key& key) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : key) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

SearchIndex::Key parseKey(const std::string& text) {
    SearchIndex::Key key{};
    const auto digit = [&](std::size_t at) {
        const char c = text.at(at);
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            throw Failure(base::retry("storage_unavailable", "the search index has no key"));
        return c <= '9' ? c - '0' : c - 'a' + 10;
    };
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<unsigned char>(digit(2 * i) * 16 + digit(2 * i + 1));
    return key;
}

base::Result<std::unique_ptr<Connection>> SearchReaders::take() {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            auto connection = std::move(m_idle.back());
            m_idle.pop_back();
            return connection;
        }
    }
    return connect(m_options, Connection::Use::Read);
}

void SearchReaders::giveBack(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(connection));
}

base::Result<std::unique_ptr<SearchIndex>> SearchIndex::open(const DatabaseOptions& options) {
    return engineOf(options.where) == Engine::Sqlite ? openSqliteSearch(options) : openPostgresSearch(options);
}

} // namespace cb::store
