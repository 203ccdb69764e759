#pragma once

#include "server/store/connection_p.h"
#include "server/store/records.h"
#include "shared/base/clock.h"
#include "shared/base/id.h"
#include "shared/base/uuid.h"
#include "shared/model/event.h"
#include "shared/model/names.h"

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

/// A table layer that knows nothing of the domain: rows_p.h names the columns of each row type once, in a function
/// fields(visitor, row); the visitors here describe, write and read them.
namespace cb::store {

/// The value of one column on its way. Everything is a 64-bit integer or a text.
struct Cell {
    bool isText = false;
    std::int64_t number = 0;
    std::string text;
};

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<base::Id<Tag>> : std::true_type {};

[[noreturn]] void throwBadRow(const char* column, const std::string& value);

template <class T>
std::optional<T> nameParsed(std::string_view text) {
    if constexpr (std::is_same_v<T, TokenKind>)
        return parseTokenKind(text);
    else
        return model::parse<T>(text);
}

template <class T>
constexpr bool isTextColumn() {
    return std::is_enum_v<T> || std::is_same_v<T, std::string> || std::is_same_v<T, model::EventDetail> ||
           std::is_same_v<T, std::vector<model::OfferCandidate>> || std::is_same_v<T, std::vector<std::string>>;
}

/// Compact JSON; the only columns that are JSON made here.
void encodeJson(const model::EventDetail& detail, std::string& text);
void encodeJson(const std::vector<model::OfferCandidate>& candidates, std::string& text);
void encodeJson(const std::vector<std::string>& texts, std::string& text);
void decodeJson(const std::string& text, model::EventDetail& detail);
void decodeJson(const std::string& text, std::vector<model::OfferCandidate>& candidates);
void decodeJson(const std::string& text, std::vector<std::string>& texts);

template <class T>
void encode(const T& value, Cell& cell) {
    if constexpr (std::is_same_v<T, std::string>)
        cell.text = value;
    else if constexpr (std::is_enum_v<T>)
        cell.text = name(value);
    else if constexpr (isTextColumn<T>())
        encodeJson(value, cell.text);
    else if constexpr (IsId<T>::value)
        cell.number = value.value;
    else if constexpr (std::is_same_v<T, base::TimePoint>)
        cell.number = base::toUnixMillis(value);
    else
        cell.number = static_cast<std::int64_t>(value);
}

template <class T>
void decode(Cell& cell, const char* column, T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
        value = cell.text;
    } else if constexpr (std::is_enum_v<T>) {
        const auto parsed = nameParsed<T>(cell.text);
        if (!parsed)
            throwBadRow(column, cell.text);
        value = *parsed;
    } else if constexpr (isTextColumn<T>()) {
        decodeJson(cell.text, value);
    } else if constexpr (IsId<T>::value) {
        value = T(cell.number);
    } else if constexpr (std::is_same_v<T, base::TimePoint>) {
        value = base::fromUnixMillis(cell.number);
    } else {
        value = static_cast<T>(cell.number);
    }
}

/// Names and kinds of the columns, in order.
class Describe {
public:
    template <class T>
    void operator()(const char* column, const T&) {
        if constexpr (std::is_same_v<std::remove_const_t<T>, base::Uuid>) {
            add("uuid_high", false);
            add("uuid_low", false);
        } else {
            add(column, isTextColumn<std::remove_const_t<T>>());
        }
    }
    template <class T>
    void onlyIf(bool, const char* column, const T& value) {
        (*this)(column, value);
    }
    const std::vector<std::string>& names() const { return m_names; }
    std::vector<Cell> cells() const { return m_cells; }

private:
    void add(const char* column, bool isText) {
        m_names.emplace_back(column);
        m_cells.push_back(Cell{isText, 0, {}});
    }
    std::vector<std::string> m_names;
    std::vector<Cell> m_cells;
};

std::int64_t uuidHigh(const base::Uuid& uuid);
std::int64_t uuidLow(const base::Uuid& uuid);
base::Uuid uuidOf(std::int64_t high, std::int64_t low);

/// Row → cells.
class Encode {
public:
    explicit Encode(std::vector<Cell>& cells)
        : m_next(cells.data()) {}
    template <class T>
    void operator()(const char*, const T& value) {
        if constexpr (std::is_same_v<T, base::Uuid>) {
            (m_next++)->number = uuidHigh(value);
            (m_next++)->number = uuidLow(value);
        } else {
            encode(value, *m_next++);
        }
    }
    /// Columns that mean nothing for this row stay empty.
    template <class T>
    void onlyIf(bool meant, const char* column, const T& value) {
        if (meant)
            return (*this)(column, value);
        for (int i = 0; i < (std::is_same_v<T, base::Uuid> ? 2 : 1); ++i, ++m_next) {
            m_next->number = 0;
            m_next->text.clear();
        }
    }

private:
    Cell* m_next;
};

/// Cells → row.
class Decode {
public:
    explicit Decode(std::vector<Cell>& cells)
        : m_next(cells.data()) {}
    template <class T>
    void operator()(const char* column, T& value) {
        if constexpr (std::is_same_v<T, base::Uuid>) {
            value = uuidOf(m_next[0].number, m_next[1].number);
            m_next += 2;
        } else {
            decode(*m_next++, column, value);
        }
    }
    template <class T>
    void onlyIf(bool meant, const char* column, T& value) {
        if (meant)
            (*this)(column, value);
        else
            m_next += std::is_same_v<T, base::Uuid> ? 2 : 1;
    }

private:
    Cell* m_next;
};

} // namespace cb::store
