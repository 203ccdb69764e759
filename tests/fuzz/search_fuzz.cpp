#include "server/search/terms.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

/// Any bytes as a query and as a text: a text is found by everything it is made of, and whatever matches has the terms
/// the index is asked for.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto half = bytes.find('\n');
    const auto query = bytes.substr(0, half);
    const auto text = half == std::string_view::npos ? std::string_view() : bytes.substr(half + 1);
    const auto whole = search::piecesOf(text);
    search::Matcher itself(whole);
    itself.read(text);
    require(itself.matched());
    const auto pieces = search::parseQuery(query, "text");
    if (!pieces)
        return 0;
    require(pieces->words.size() + pieces->runs.size() <= search::kMaxPieces);
    search::Matcher matcher(*pieces);
    matcher.read(text);
    const search::Terms make({}, model::InstanceId(1));
    std::vector<store::SearchTerm> have, want;
    make.addText(search::Terms::Field::Text, text, have);
    make.addQuery(search::Terms::Field::Text, *pieces, want);
    search::makeUnique(have);
    if (matcher.matched())
        for (const auto term : want)
            require(std::binary_search(have.begin(), have.end(), term));
    return 0;
}
