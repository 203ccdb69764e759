#include "shared/wire/reader_p.h"

namespace cb::wire {

base::Error badField(std::string_view path) {
    return base::with(base::rejected("bad_field"), "field", std::string(path));
}

} // namespace cb::wire
