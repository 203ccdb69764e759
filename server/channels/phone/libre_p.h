#pragma once

// libre and librem behind one door: their headers want C's, and define words of the language.
#include <cstdint>
#include <memory>
#include <string_view>

#include <re.h>
#include <rem.h>
#undef min
#undef max
#undef bool
#undef true
#undef false

namespace cb::phone {

/// Gives a reference of a libre object back. On the loop's thread only: counts are plain integers.
struct Deref {
    void operator()(void* object) const { mem_deref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Deref>;

/// libre's text: not terminated, not owned.
inline std::string_view view(const pl& text) {
    return text.p == nullptr ? std::string_view{} : std::string_view(text.p, text.l);
}

} // namespace cb::phone
