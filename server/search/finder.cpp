#include "server/search/finder.h"

#include "server/search/indexer.h"

#include <algorithm>
#include <unordered_map>

namespace cb::search {

namespace {

constexpr std::size_t kMostLooked = 4'000; ///< records the index names, for one page
constexpr std::size_t kMostRead = 600;     ///< records whose messages are read again, for one page
constexpr std::size_t kMostTexts = 30'000; ///< messages read again, for one page
constexpr std::size_t kStep = 250;         ///< records asked for at once

std::vector<store::SearchTerm> termsOf(const store::SearchIndex& index, const RecordQuery& query) {
    const Terms make(index.key(), query.filter.instance);
    std::vector<store::SearchTerm> terms;
    make.addQuery(Terms::Field::Text, query.text, terms);
    make.addQuery(Terms::Field::Name, query.customer, terms);
    if (query.filter.agent)
        terms.push_back(make.agent(query.filter.agent));
    if (query.filter.group)
        terms.push_back(make.group(query.filter.group));
    makeUnique(terms);
    return terms;
}

using Names = std::unordered_map<model::CustomerId, std::string>;

base::Result<Names> namesOf(store::Reader& reader, const std::vector<model::Session>& rows) {
    std::vector<model::CustomerId> ids;
    ids.reserve(rows.size());
    for (const auto& row : rows)
        ids.push_back(row.customer);
    auto customers = reader.customers().byIds(ids);
    if (!customers)
        return customers.error();
    Names names;
    for (auto& customer : *customers)
        names.emplace(customer.id, std::move(customer.name));
    return names;
}

/// The index says it may; the row says whether it does. Adds the messages that were read to `count`.
base::Result<bool> says(store::Reader& reader, const RecordQuery& query, const model::Session& row,
                        const std::string& name, std::size_t& count) {
    Matcher customer(query.customer);
    customer.read(name);
    if (!customer.matched())
        return false;
    Matcher text(query.text);
    text.read(name);
    if (text.matched())
        return true;
    auto texts = reader.events().texts(row.id, kIndexedMessages);
    if (!texts)
        return texts.error();
    count += texts->size();
    for (const auto& line : *texts)
        text.read(line);
    return text.matched();
}

} // namespace

base::Result<store::RecordPage> findRecords(store::Reader& reader, store::SearchIndex& index, const RecordQuery& query,
                                            model::SessionId before, std::size_t limit) {
    auto records = reader.records();
    if (!query.searches())
        return records.page(query.filter, before, limit);
    auto range = records.range(query.filter);
    if (!range)
        return range.error();
    model::SessionId end = before && before < range->end ? before : range->end;
    const auto terms = termsOf(index, query);
    store::RecordPage page;
    std::size_t read = 0;
    std::size_t texts = 0;
    for (std::size_t looked = 0; looked < kMostLooked;) {
        auto named = index.find(terms, range->first, end, kStep);
        if (!named)
            return named.error();
        auto rows = records.among(query.filter, *named);
        if (!rows)
            return rows.error();
        auto names = namesOf(reader, *rows);
        if (!names)
            return names.error();
        for (auto& row : *rows) {
            if (read++ >= kMostRead || texts >= kMostTexts) {
                page.next = model::SessionId(row.id.value + 1);
                return page;
            }
            auto found = says(reader, query, row, (*names)[row.customer], texts);
            if (!found)
                return found.error();
            if (!*found)
                continue;
            if (page.rows.size() == limit) {
                page.next = page.rows.back().id;
                return page;
            }
            page.rows.push_back(std::move(row));
        }
        if (named->size() < kStep)
            return page;
        looked += named->size();
        end = named->back();
    }
    page.next = end;
    return page;
}

} // namespace cb::search
