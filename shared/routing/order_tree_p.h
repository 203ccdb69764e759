#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cb::routing {

/// An ordered set that also knows ranks: a treap with subtree sizes, nodes in one vector (no allocation once it has
/// grown). Priorities come from a fixed sequence, so the shape is the same in every run. Expected O(log n). `Key` is
/// ordered by < and unique.
template <class Key>
class OrderTree {
public:
    std::size_t size() const { return sizeOf(m_root); }
    bool empty() const { return m_root == kNil; }

    void insert(const Key& key) {
        const std::uint32_t node = make(key);
        std::uint32_t* link = &m_root;
        while (*link != kNil && m_nodes[*link].priority >= m_nodes[node].priority) {
            ++m_nodes[*link].size;
            link = key < m_nodes[*link].key ? &m_nodes[*link].left : &m_nodes[*link].right;
        }
        split(*link, key, m_nodes[node].left, m_nodes[node].right);
        update(node);
        *link = node;
        if (m_least == kNil || key < m_nodes[m_least].key)
            m_least = node;
    }

    /// False when it was not there.
    bool erase(const Key& key) {
        const bool wasFirst = m_least != kNil && !(m_nodes[m_least].key < key);
        const bool gone = eraseAt(m_root, key);
        if (wasFirst && gone)
            m_least = leftmost();
        return gone;
    }

    /// The smallest; the tree is not empty. O(1).
    const Key& first() const { return m_nodes[m_least].key; }

    /// The smallest one greater than `key`.
    std::optional<Key> firstAfter(const Key& key) const {
        std::uint32_t best = kNil;
        for (std::uint32_t at = m_root; at != kNil;) {
            if (key < m_nodes[at].key) {
                best = at;
                at = m_nodes[at].left;
            } else {
                at = m_nodes[at].right;
            }
        }
        return best == kNil ? std::nullopt : std::optional<Key>(m_nodes[best].key);
    }

    /// How many are smaller than `key`.
    std::size_t rank(const Key& key) const {
        std::size_t below = 0;
        for (std::uint32_t at = m_root; at != kNil;) {
            const Node& node = m_nodes[at];
            if (node.key < key) {
                below += 1 + sizeOf(node.left);
                at = node.right;
            } else {
                at = node.left;
            }
        }
        return below;
    }

    /// In order, until `f(key)` is false.
    template <class F>
    void visit(F&& f) const {
        visitAt(m_root, f);
    }

    void clear() {
        m_nodes.clear();
        m_root = m_spare = m_least = kNil;
    }

private:
    static constexpr std::uint32_t kNil = 0xffffffff;

    struct Node {
        Key key;
        std::uint32_t left = kNil;
        std::uint32_t right = kNil;
        std::uint32_t size = 1;
        std::uint32_t priority = 0;
    };

    std::uint32_t sizeOf(std::uint32_t at) const { return at == kNil ? 0 : m_nodes[at].size; }
    void update(std::uint32_t at) { m_nodes[at].size = 1 + sizeOf(m_nodes[at].left) + sizeOf(m_nodes[at].right); }

    std::uint32_t leftmost() const {
        std::uint32_t at = m_root;
        while (at != kNil && m_nodes[at].left != kNil)
            at = m_nodes[at].left;
        return at;
    }

    std::uint32_t make(const Key& key) {
        m_random ^= m_random << 13; // xorshift32 (Marsaglia 2003)
        m_random ^= m_random >> 17;
        m_random ^= m_random << 5;
        std::uint32_t at = m_spare;
        if (at == kNil) {
            at = static_cast<std::uint32_t>(m_nodes.size());
            m_nodes.push_back(Node{key, kNil, kNil, 1, m_random});
        } else {
            m_spare = m_nodes[at].left;
            m_nodes[at] = Node{key, kNil, kNil, 1, m_random};
        }
        return at;
    }

    /// `at` into what is smaller than `key` and the rest.
    void split(std::uint32_t at, const Key& key, std::uint32_t& left, std::uint32_t& right) {
        if (at == kNil) {
            left = right = kNil;
        } else if (m_nodes[at].key < key) {
            left = at;
            split(m_nodes[at].right, key, m_nodes[at].right, right);
            update(at);
        } else {
            right = at;
            split(m_nodes[at].left, key, left, m_nodes[at].left);
            update(at);
        }
    }

    std::uint32_t merge(std::uint32_t a, std::uint32_t b) {
        if (a == kNil || b == kNil)
            return a == kNil ? b : a;
        if (m_nodes[a].priority > m_nodes[b].priority) {
            m_nodes[a].right = merge(m_nodes[a].right, b);
            update(a);
            return a;
        }
        m_nodes[b].left = merge(a, m_nodes[b].left);
        update(b);
        return b;
    }

    bool eraseAt(std::uint32_t& link, const Key& key) {
        if (link == kNil)
            return false;
        Node& node = m_nodes[link];
        if (key < node.key || node.key < key) {
            const bool gone = eraseAt(key < node.key ? node.left : node.right, key);
            node.size -= gone ? 1 : 0;
            return gone;
        }
        const std::uint32_t old = link;
        link = merge(node.left, node.right);
        m_nodes[old].left = m_spare;
        m_spare = old;
        return true;
    }

    template <class F>
    bool visitAt(std::uint32_t at, F& f) const {
        if (at == kNil)
            return true;
        return visitAt(m_nodes[at].left, f) && f(m_nodes[at].key) && visitAt(m_nodes[at].right, f);
    }

    std::vector<Node> m_nodes;
    std::uint32_t m_root = kNil;
    std::uint32_t m_least = kNil;
    std::uint32_t m_spare = kNil; ///< free nodes, linked by `left`
    std::uint32_t m_random = 0x9E3779B9;
};

} // namespace cb::routing
