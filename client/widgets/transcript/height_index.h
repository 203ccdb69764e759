#pragma once

#include <QtGlobal>

#include <vector>

namespace cb::widgets {

/// The heights of many rows: sums and the row at a place in O(log n), appending too (a Fenwick tree). Inserting or
/// removing elsewhere rebuilds in O(n), which for 100,000 rows is under a millisecond.
class HeightIndex {
public:
    int count() const { return int(m_heights.size()); }
    int height(int row) const { return m_heights[std::size_t(row)]; }
    void clear();
    void append(int height);
    void insert(int row, const std::vector<int>& heights);
    void remove(int row, int number);
    void set(int row, int height);
    /// The sum of all rows before \p row.
    qint64 top(int row) const;
    qint64 total() const { return top(count()); }
    /// The row that covers \p y; the first or the last when y is outside; -1 when there are none.
    int rowAt(qint64 y) const;

private:
    void rebuild();

    std::vector<int> m_heights;
    std::vector<qint64> m_tree; // 1-based
};

} // namespace cb::widgets
