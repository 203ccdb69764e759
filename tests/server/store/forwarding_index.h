#pragma once

#include "server/store/search_index.h"

namespace cb::test {

/// A real index behind it; override what is to be otherwise.
class ForwardingIndex : public store::SearchIndex {
public:
    explicit ForwardingIndex(store::SearchIndex& real)
        : m_real(real) {}
    Key key() const override { return m_real.key(); }
    base::Result<std::map<model::InstanceId, model::Seq>> positions() override { return m_real.positions(); }
    base::Result<void> add(const store::SearchBatch& batch) override { return m_real.add(batch); }
    base::Result<void> remove(std::span<const store::SearchDocument> documents) override {
        return m_real.remove(documents);
    }
    base::Result<void> dropBefore(model::SessionId oldest) override { return m_real.dropBefore(oldest); }
    base::Result<void> clear() override { return m_real.clear(); }
    base::Result<std::vector<model::SessionId>> find(std::span<const store::SearchTerm> all, model::SessionId from,
                                                     model::SessionId before, std::size_t limit) override {
        return m_real.find(all, from, before, limit);
    }
    std::uint64_t bytes() const override { return m_real.bytes(); }

private:
    store::SearchIndex& m_real;
};

} // namespace cb::test
