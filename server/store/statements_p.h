#pragma once

#include "server/store/rows_p.h"

#include <memory>
#include <string>
#include <vector>

namespace cb::store {

/// A prepared statement that writes, used again and again: set() the parameters by their place, then run().
class Prepared {
public:
    /// `texts[i]` says whether parameter i is a text.
    Prepared(Connection& connection, const std::string& sql, std::vector<Cell> parameters);

    std::vector<Cell>& cells() { return m_cells; }
    Prepared& set(std::size_t at, std::int64_t value);
    Prepared& set(std::size_t at, std::string_view value);
    std::int64_t run(); ///< rows changed

private:
    std::vector<Cell> m_cells; ///< never resized: the statement points to them
    soci::statement m_statement;
};

/// A parameter list: 'i' a number, 't' a text.
std::vector<Cell> parameters(const char* kinds);

enum class OnConflict { Fail, Replace };

/// INSERT of a whole row, or insert-or-update by its key.
template <class Row>
class RowWriter {
public:
    RowWriter(Connection& connection, OnConflict onConflict)
        : m_statement(connection, sql(onConflict), described().cells()) {}

    void write(const Row& row) {
        Encode encode(m_statement.cells());
        fields(encode, row);
        m_statement.run();
    }

private:
    static Describe described() {
        Describe describe;
        const Row row{};
        fields(describe, row);
        return describe;
    }
    static std::string sql(OnConflict onConflict) {
        std::string columns, values, updates;
        const std::string key = Table<Row>::kKey;
        const Describe all = described();
        for (const std::string& column : all.names()) {
            columns += (columns.empty() ? "" : ", ") + column;
            values += (values.empty() ? ":" : ", :") + column;
            if (column != key)
                updates.append(updates.empty() ? "" : ", ").append(column).append(" = excluded.").append(column);
        }
        std::string text =
            std::string("INSERT INTO ") + Table<Row>::kName + " (" + columns + ") VALUES (" + values + ")";
        if (onConflict == OnConflict::Replace)
            text += " ON CONFLICT (" + key + ") DO UPDATE SET " + updates;
        return text;
    }

    Prepared m_statement;
};

/// Makes its statement when first needed, so that a connection costs nothing for what it never does.
template <class T>
class Lazy {
public:
    template <class... Args>
    T& get(Args&&... args) {
        if (!m_value)
            m_value = std::make_unique<T>(std::forward<Args>(args)...);
        return *m_value;
    }

private:
    std::unique_ptr<T> m_value;
};

} // namespace cb::store
