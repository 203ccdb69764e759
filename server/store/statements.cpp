#include "server/store/statements_p.h"

namespace cb::store {

Prepared::Prepared(Connection& connection, const std::string& sql, std::vector<Cell> parameters)
    : m_cells(std::move(parameters))
    , m_statement(connection.sql()) {
    m_statement.alloc();
    m_statement.prepare(sql);
    for (Cell& cell : m_cells) {
        if (cell.isText)
            m_statement.exchange(soci::use(cell.text));
        else
            m_statement.exchange(soci::use(cell.number));
    }
    m_statement.define_and_bind();
}

Prepared& Prepared::set(std::size_t at, std::int64_t value) {
    m_cells.at(at).number = value;
    return *this;
}

Prepared& Prepared::set(std::size_t at, std::string_view value) {
    m_cells.at(at).text = value;
    return *this;
}

std::int64_t Prepared::run() {
    m_statement.execute(true);
    return m_statement.get_affected_rows();
}

std::vector<Cell> parameters(const char* kinds) {
    std::vector<Cell> cells;
    for (; *kinds != '\0'; ++kinds)
        cells.push_back(Cell{*kinds == 't', 0, {}});
    return cells;
}

} // namespace cb::store
