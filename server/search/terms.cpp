#include "server/search/terms.h"

#include "shared/base/text.h"

#include <sodium.h>
#include <utf8proc.h>

#include <algorithm>
#include <iterator>

namespace cb::search {

namespace {

enum class Kind { Separator, Word, Run };

struct Range {
    utf8proc_int32_t first;
    utf8proc_int32_t last;
};
/// Written without blanks between words, or as pictures. Ascending.
constexpr Range kRuns[] = {
    {0x0E00, 0x0EFF},   // Thai, Lao
    {0x1000, 0x109F},   // Myanmar
    {0x1100, 0x11FF},   // Hangul Jamo
    {0x1780, 0x17FF},   // Khmer
    {0x2E80, 0x2FDF},   // radicals
    {0x3005, 0x3007},   // 々〆〇
    {0x3021, 0x3029},   // Hangzhou numerals
    {0x3031, 0x3035},   // kana repeat marks
    {0x3041, 0x30FA},   // Hiragana, Katakana
    {0x30FC, 0x30FF},   //
    {0x3105, 0x31FF},   // Bopomofo, Hangul compatibility, small kana
    {0x3400, 0x4DBF},   // Han
    {0x4E00, 0xA4CF},   // Han, Yi
    {0xAC00, 0xD7FB},   // Hangul
    {0xF900, 0xFAFF},   // Han, compatibility
    {0x1F000, 0x1FAFF}, // pictures
    {0x20000, 0x3FFFD}, // Han
};

Kind kindOf(utf8proc_int32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? Kind::Word
                                                                                          : Kind::Separator;
    const auto* range = std::lower_bound(std::begin(kRuns), std::end(kRuns), c,
                                         [](const Range& r, auto point) { return r.last < point; });
    if (range != std::end(kRuns) && c >= range->first)
        return Kind::Run;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return Kind::Word;
    case UTF8PROC_CATEGORY_SO:
        return Kind::Run;
    default:
        return Kind::Separator;
    }
}

/// Calls `found(kind, piece)` for every word and run of a folded text.
template <class Found>
void eachPiece(std::string_view folded, Found&& found) {
    Kind kind = Kind::Separator;
    std::size_t begin = 0;
    std::size_t at = 0;
    const auto close = [&](std::size_t end) {
        if (kind != Kind::Separator)
            found(kind, folded.substr(begin, end - begin));
    };
    while (at < folded.size()) {
        utf8proc_int32_t point = -1;
        const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(folded.data() + at),
                                           static_cast<utf8proc_ssize_t>(folded.size() - at), &point);
        const Kind next = size <= 0 ? Kind::Separator : kindOf(point);
        if (next != kind) {
            close(at);
            kind = next;
            begin = at;
        }
        at += size <= 0 ? 1 : static_cast<std::size_t>(size);
    }
    close(at);
}

/// Bytes of the character that begins here, of well-formed UTF-8.
std::size_t sizeOf(char first) {
    const auto c = static_cast<unsigned char>(first);
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

template <class List>
void addOnce(List& list, std::string_view text) {
    if (std::find(list.begin(), list.end(), text) == list.end())
        list.emplace_back(text);
}

base::Error badField(std::string_view field, std::string_view detail) {
    return base::with(base::rejected("bad_field", detail), "field", std::string(field));
}

} // namespace

Pieces piecesOf(std::string_view text) {
    Pieces pieces;
    const std::string folded = base::keywordForm(text);
    eachPiece(folded, [&](Kind kind, std::string_view piece) {
        (kind == Kind::Word ? pieces.words : pieces.runs).emplace_back(piece);
    });
    return pieces;
}

base::Result<Pieces> parseQuery(std::string_view text, std::string_view field) {
    if (!base::isUtf8(text))
        return badField(field, "not UTF-8");
    if (base::length(text) > kMaxQuery)
        return badField(field, "too long");
    const Pieces all = piecesOf(text);
    Pieces pieces;
    for (const auto& word : all.words)
        addOnce(pieces.words, word);
    for (const auto& run : all.runs)
        addOnce(pieces.runs, run);
    if (pieces.words.size() + pieces.runs.size() > kMaxPieces)
        return badField(field, "too many words");
    if (pieces.empty() && !base::trimmed(text).empty())
        return badField(field, "nothing that can be searched");
    return pieces;
}

Matcher::Matcher(const Pieces& wanted)
    : m_wanted(wanted)
    , m_words(wanted.words.size())
    , m_runs(wanted.runs.size())
    , m_missing(wanted.words.size() + wanted.runs.size()) {}

void Matcher::read(std::string_view text) {
    if (m_missing == 0 || text.empty())
        return;
    const std::string folded = base::keywordForm(text);
    eachPiece(folded, [&](Kind kind, std::string_view piece) {
        if (kind == Kind::Word) {
            for (std::size_t i = 0; i < m_words.size(); ++i)
                if (!m_words[i] && piece == m_wanted.words[i]) {
                    m_words[i] = true;
                    --m_missing;
                }
            return;
        }
        for (std::size_t i = 0; i < m_runs.size(); ++i)
            if (!m_runs[i] && piece.find(m_wanted.runs[i]) != std::string_view::npos) {
                m_runs[i] = true;
                --m_missing;
            }
    });
}

/// SipHash-2-4 of instance, kind and text.
store::SearchTerm Terms::term(char kind, std::string_view text) const {
    static_assert(crypto_shorthash_KEYBYTES == std::tuple_size_v<store::SearchIndex::Key>);
    static_assert(crypto_shorthash_BYTES == sizeof(store::SearchTerm));
    std::string input;
    input.reserve(text.size() + 9);
    for (int i = 0; i < 8; ++i)
        input += static_cast<char>(m_instance.value >> (8 * i));
    input += kind;
    input += text;
    unsigned char out[crypto_shorthash_BYTES];
    crypto_shorthash(out, reinterpret_cast<const unsigned char*>(input.data()), input.size(), m_key.data());
    store::SearchTerm value = 0;
    for (const unsigned char byte : out)
        value = (value << 8) | byte;
    return value;
}

void Terms::addRun(Field field, std::string_view run, bool singles, std::vector<store::SearchTerm>& terms) const {
    std::size_t before = 0; // bytes of the character before
    for (std::size_t at = 0; at < run.size();) {
        const std::size_t size = std::min(sizeOf(run[at]), run.size() - at);
        if (singles || size == run.size())
            terms.push_back(term(static_cast<char>(field), run.substr(at, size)));
        if (before != 0)
            terms.push_back(term(static_cast<char>(field), run.substr(at - before, before + size)));
        before = size;
        at += size;
    }
}

void Terms::addText(Field field, std::string_view text, std::vector<store::SearchTerm>& terms) const {
    if (text.empty())
        return;
    const std::string folded = base::keywordForm(text);
    eachPiece(folded, [&](Kind kind, std::string_view piece) {
        if (kind == Kind::Word)
            terms.push_back(term(static_cast<char>(field), piece));
        else
            addRun(field, piece, true, terms);
    });
}

void Terms::addQuery(Field field, const Pieces& pieces, std::vector<store::SearchTerm>& terms) const {
    for (const auto& word : pieces.words)
        terms.push_back(term(static_cast<char>(field), word));
    for (const auto& run : pieces.runs)
        addRun(field, run, false, terms);
}

store::SearchTerm Terms::agent(model::AgentId id) const {
    return term('a', std::to_string(id.value));
}

store::SearchTerm Terms::group(model::GroupId id) const {
    return term('g', std::to_string(id.value));
}

void makeUnique(std::vector<store::SearchTerm>& terms) {
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
}

} // namespace cb::search
