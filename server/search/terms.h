#pragma once

#include "server/store/search_index.h"
#include "shared/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace cb::search {

/// What a text is made of, in the form in which it is compared (base::keywordForm): words are letters and digits in a
/// row; a run is a row of characters that are written without blanks between words (Chinese, Japanese, Korean, Thai, …)
/// or are pictures. Everything else separates.
struct Pieces {
    std::vector<std::string> words;
    std::vector<std::string> runs;

    bool empty() const { return words.empty() && runs.empty(); }
    bool operator==(const Pieces&) const = default;
};

Pieces piecesOf(std::string_view text);

/// What somebody types into a search field: each piece must be found. Errors: bad_field (params.field = `field`) when
/// it is longer than kMaxQuery characters, has more than kMaxPieces pieces, or text but none that can be searched.
base::Result<Pieces> parseQuery(std::string_view text, std::string_view field);
inline constexpr std::size_t kMaxQuery = 200;
inline constexpr std::size_t kMaxPieces = 20;

/// Whether texts, one after the other, have all pieces: a word as a whole word, a run as part of one. A value; the
/// pieces must outlive it.
class Matcher {
public:
    explicit Matcher(const Pieces& wanted);
    void read(std::string_view text);
    bool matched() const { return m_missing == 0; }

private:
    const Pieces& m_wanted;
    std::vector<bool> m_words;
    std::vector<bool> m_runs;
    std::size_t m_missing;
};

/// Makes terms for one instance of one index.
class Terms {
public:
    Terms(const store::SearchIndex::Key& key, model::InstanceId instance)
        : m_key(key)
        , m_instance(instance) {}

    enum class Field : char { Text = 't', Name = 'n' };
    /// Of what is to be found: words, characters, pairs of characters. May repeat.
    void addText(Field field, std::string_view text, std::vector<store::SearchTerm>& terms) const;
    /// Of what is looked for: all of them must be there.
    void addQuery(Field field, const Pieces& pieces, std::vector<store::SearchTerm>& terms) const;
    store::SearchTerm agent(model::AgentId id) const;
    store::SearchTerm group(model::GroupId id) const;

private:
    store::SearchTerm term(char kind, std::string_view text) const;
    void addRun(Field field, std::string_view run, bool singles, std::vector<store::SearchTerm>& terms) const;

    store::SearchIndex::Key m_key;
    model::InstanceId m_instance;
};

/// Each once.
void makeUnique(std::vector<store::SearchTerm>& terms);

} // namespace cb::search
