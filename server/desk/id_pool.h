#pragma once

#include "server/desk/ids.h"
#include "server/desk/storage.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace cb::desk {

/// Keeps blocks of row ids at hand, so that the desk never waits for the disk to get one. A thread of its own fetches
/// the next block when half of one is left; when the storage fails it tries again a second later.
class IdPool final : public IdSource {
public:
    IdPool(Storage& storage, std::int64_t block);
    ~IdPool() override;

    /// The first blocks, on the calling thread; then starts the fetching one.
    base::Result<void> start();
    void stop();

    model::SessionId nextSession() override { return model::SessionId{next(0)}; }
    model::CustomerId nextCustomer() override { return model::CustomerId{next(1)}; }
    model::OfferId nextOffer() override { return model::OfferId{next(2)}; }

private:
    struct Block {
        std::int64_t first = 0;
        std::int64_t count = 0;
    };
    std::int64_t next(std::size_t kind);
    std::int64_t left(std::size_t kind) const;
    std::optional<std::size_t> shortOf() const;
    void run();

    Storage& m_storage;
    const std::int64_t m_block;
    std::mutex m_mutex; ///< guards what follows; never held while the storage works
    std::condition_variable m_wake;
    std::array<std::deque<Block>, 3> m_blocks;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace cb::desk
