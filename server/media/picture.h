#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace cb::media {

struct PictureInfo {
    std::string contentType; ///< image/png, image/jpeg, image/gif, image/webp
    int width = 0;           ///< pixels
    int height = 0;

    bool operator==(const PictureInfo&) const = default;
};

constexpr int kMaxSide = 20'000;                 ///< pixels; larger ones are no pictures to us
constexpr std::int64_t kMaxPixels = 100'000'000; ///< a picture nobody can decode is a weapon

/// Up to `size` bytes from `offset`; fewer at the end.
using ReadAt = std::function<std::string(std::int64_t offset, std::size_t size)>;

/// What the bytes are, by signature and header; whatever the sender says does not count. Reads at most a few dozen
/// small pieces. nullopt: none of the four kinds, broken, or too large.
std::optional<PictureInfo> inspectPicture(const ReadAt& read);

} // namespace cb::media
