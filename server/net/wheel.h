#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cb::net {

/// One timer for any number of connections: a hashed wheel of whole ticks (a second in production). Entries are links
/// inside the connections, so a deadline costs no memory and no system call. One thread.
class Wheel {
public:
    using Ticks = std::int64_t;

    class Entry {
    public:
        Entry() = default;
        virtual ~Entry() { unlink(); }
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;

    protected:
        virtual void onDue() = 0; ///< may set itself again, or destroy itself

    private:
        friend class Wheel;
        void unlink();
        Entry* m_previous = nullptr;
        Entry* m_next = nullptr;
        Ticks m_due = 0;
    };

    Wheel();
    ~Wheel();
    Wheel(const Wheel&) = delete;
    Wheel& operator=(const Wheel&) = delete;

    Ticks now() const { return m_now; }
    /// Due at the first tick ≥ `in` full ticks from now; replaces an earlier setting.
    void set(Entry& entry, Ticks in);
    void cancel(Entry& entry) { entry.unlink(); }
    /// One tick passed: calls onDue of what is due.
    void advance();

private:
    struct Anchor final : Entry {
        void onDue() override {}
    };
    static void insertBefore(Entry& anchor, Entry& entry);

    static constexpr std::size_t kSlots = 64;
    std::array<Anchor, kSlots> m_slots;
    Ticks m_now = 0;
};

} // namespace cb::net
