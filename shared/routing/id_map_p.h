#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace cb::routing {

using Index = std::uint32_t;
constexpr Index kNone = 0xffffffff;

/// Row number → slot. Open addressing with linear probing and backward-shift deletion (Knuth, TAOCP 6.4 R): no node per
/// entry, no allocation below the reserved size. Id 0 is not stored.
class IdMap {
public:
    IdMap() { m_cells.resize(64); }

    Index find(std::int64_t id) const {
        if (id == 0)
            return kNone;
        for (std::size_t at = home(id);; at = next(at)) {
            if (m_cells[at].id == id)
                return m_cells[at].index;
            if (m_cells[at].id == 0)
                return kNone;
        }
    }

    void insert(std::int64_t id, Index index) {
        if ((m_count + 1) * 2 > m_cells.size())
            grow(m_cells.size() * 2);
        place({id, index});
        ++m_count;
    }

    void erase(std::int64_t id) {
        std::size_t hole = home(id);
        while (m_cells[hole].id != id) {
            if (m_cells[hole].id == 0)
                return;
            hole = next(hole);
        }
        for (std::size_t at = next(hole); m_cells[at].id != 0; at = next(at)) {
            const std::size_t wanted = home(m_cells[at].id);
            if (((at - wanted) & mask()) >= ((at - hole) & mask())) {
                m_cells[hole] = m_cells[at];
                hole = at;
            }
        }
        m_cells[hole] = {};
        --m_count;
    }

    void reserve(std::size_t count) {
        std::size_t cells = m_cells.size();
        while (cells < (count + 1) * 2)
            cells *= 2;
        if (cells > m_cells.size())
            grow(cells);
    }

    std::size_t size() const { return m_count; }

private:
    struct Cell {
        std::int64_t id = 0;
        Index index = kNone;
    };

    std::size_t mask() const { return m_cells.size() - 1; }
    std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
    std::size_t home(std::int64_t id) const {
        return static_cast<std::size_t>((static_cast<std::uint64_t>(id) * 0x9E3779B97F4A7C15ull) >> 20) & mask();
    }

    void place(Cell cell) {
        std::size_t at = home(cell.id);
        while (m_cells[at].id != 0)
            at = next(at);
        m_cells[at] = cell;
    }

    void grow(std::size_t cells) {
        std::vector<Cell> old(cells);
        old.swap(m_cells);
        for (const Cell& cell : old)
            if (cell.id != 0)
                place(cell);
    }

    std::vector<Cell> m_cells;
    std::size_t m_count = 0;
};

/// Values at fixed addresses with reused slots. A reused slot keeps its vectors' capacity: T has `void reset()`.
template <class T>
class Slab {
public:
    Index take() {
        if (m_spare.empty()) {
            m_items.emplace_back();
            return static_cast<Index>(m_items.size() - 1);
        }
        const Index at = m_spare.back();
        m_spare.pop_back();
        return at;
    }
    void release(Index at) {
        m_items[at].reset();
        m_spare.push_back(at);
    }
    T& operator[](Index at) { return m_items[at]; }
    const T& operator[](Index at) const { return m_items[at]; }
    /// Slots in use and free; a free one has a zero id.
    std::deque<T>& all() { return m_items; }
    void reserve(std::size_t count) {
        const std::size_t have = m_items.size();
        if (count <= have)
            return;
        m_items.resize(count);
        m_spare.reserve(count);
        for (std::size_t at = count; at > have; --at)
            m_spare.push_back(static_cast<Index>(at - 1));
    }

private:
    std::deque<T> m_items;
    std::vector<Index> m_spare;
};

} // namespace cb::routing
