#include "server/media/file_name.h"
#include "server/media/picture.h"

#include <cstdint>
#include <cstdlib>

/// Any bytes as an upload and as its name: what is taken for a picture has sane sides, no name carries a path or a
/// header out.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    int reads = 0;
    const auto picture = media::inspectPicture([&](std::int64_t offset, std::size_t wanted) {
        require(offset >= 0 && ++reads < 10'000);
        return static_cast<std::size_t>(offset) >= size
                   ? std::string()
                   : std::string(bytes.substr(static_cast<std::size_t>(offset), wanted));
    });
    if (picture)
        require(picture->width > 0 && picture->height > 0 && picture->width <= media::kMaxSide &&
                picture->height <= media::kMaxSide &&
                std::int64_t(picture->width) * picture->height <= media::kMaxPixels);
    const auto name = media::cleanFileName(bytes);
    require(!name.empty() && name != "." && name != ".." && name.find_first_of("/\\\r\n") == std::string::npos);
    require(media::cleanFileName(name) == name);
    const auto header = media::contentDisposition(name);
    for (const char c : header)
        require(c >= 0x20 && c < 0x7F);
    return 0;
}
