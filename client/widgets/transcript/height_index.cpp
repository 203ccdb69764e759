#include "client/widgets/transcript/height_index.h"

namespace cb::widgets {

namespace {
std::size_t lowBit(std::size_t i) {
    return i & (~i + 1);
}
} // namespace

void HeightIndex::clear() {
    m_heights.clear();
    m_tree.assign(1, 0);
}

void HeightIndex::append(int height) {
    if (m_tree.empty())
        m_tree.push_back(0);
    m_heights.push_back(height);
    const std::size_t i = m_heights.size();
    // The node covers the last lowBit(i) rows: the new one and the nodes that end just before it.
    qint64 sum = height;
    for (std::size_t j = i - 1; j > i - lowBit(i); j -= lowBit(j))
        sum += m_tree[j];
    m_tree.push_back(sum);
}

void HeightIndex::insert(int row, const std::vector<int>& heights) {
    if (row == count()) {
        for (const int height : heights)
            append(height);
        return;
    }
    m_heights.insert(m_heights.begin() + row, heights.begin(), heights.end());
    rebuild();
}

void HeightIndex::remove(int row, int number) {
    m_heights.erase(m_heights.begin() + row, m_heights.begin() + row + number);
    rebuild();
}

void HeightIndex::set(int row, int height) {
    const qint64 change = qint64(height) - m_heights[std::size_t(row)];
    if (change == 0)
        return;
    m_heights[std::size_t(row)] = height;
    for (std::size_t i = std::size_t(row) + 1; i < m_tree.size(); i += lowBit(i))
        m_tree[i] += change;
}

qint64 HeightIndex::top(int row) const {
    qint64 sum = 0;
    for (std::size_t i = std::size_t(row); i > 0; i -= lowBit(i))
        sum += m_tree[i];
    return sum;
}

int HeightIndex::rowAt(qint64 y) const {
    if (m_heights.empty())
        return -1;
    std::size_t step = 1;
    while (step * 2 < m_tree.size())
        step *= 2;
    std::size_t at = 0;
    for (; step > 0; step /= 2) {
        if (at + step < m_tree.size() && m_tree[at + step] <= y) {
            at += step;
            y -= m_tree[at];
        }
    }
    return qMin(int(at), count() - 1);
}

void HeightIndex::rebuild() {
    m_tree.assign(m_heights.size() + 1, 0);
    for (std::size_t i = 1; i < m_tree.size(); ++i) {
        m_tree[i] += m_heights[i - 1];
        if (i + lowBit(i) < m_tree.size())
            m_tree[i + lowBit(i)] += m_tree[i];
    }
}

} // namespace cb::widgets
