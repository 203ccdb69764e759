#include "server/media/picture.h"

#include <string_view>

namespace cb::media {

namespace {

std::uint32_t byteAt(std::string_view b, std::size_t i) {
    return static_cast<unsigned char>(b[i]);
}
std::uint32_t big16(std::string_view b, std::size_t i) {
    return byteAt(b, i) << 8 | byteAt(b, i + 1);
}
std::uint32_t big32(std::string_view b, std::size_t i) {
    return big16(b, i) << 16 | big16(b, i + 2);
}
std::uint32_t little16(std::string_view b, std::size_t i) {
    return byteAt(b, i) | byteAt(b, i + 1) << 8;
}
std::uint32_t little24(std::string_view b, std::size_t i) {
    return little16(b, i) | byteAt(b, i + 2) << 16;
}

std::optional<PictureInfo> sized(const char* type, std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0 || width > kMaxSide || height > kMaxSide ||
        static_cast<std::int64_t>(width) * height > kMaxPixels)
        return std::nullopt;
    return PictureInfo{type, static_cast<int>(width), static_cast<int>(height)};
}

/// PNG (ISO/IEC 15948) 11.2.2: the first chunk is IHDR.
std::optional<PictureInfo> png(std::string_view head) {
    if (head.size() < 24 || big32(head, 8) != 13 || head.substr(12, 4) != "IHDR")
        return std::nullopt;
    return sized("image/png", big32(head, 16), big32(head, 20));
}

/// GIF89a 18: logical screen descriptor.
std::optional<PictureInfo> gif(std::string_view head) {
    if (head.size() < 10)
        return std::nullopt;
    return sized("image/gif", little16(head, 6), little16(head, 8));
}

/// WebP container (RFC 9649) 2.5–2.7: VP8, VP8L or VP8X comes first.
std::optional<PictureInfo> webp(std::string_view head) {
    if (head.size() < 30)
        return std::nullopt;
    const auto kind = head.substr(12, 4);
    if (kind == "VP8X")
        return sized("image/webp", little24(head, 24) + 1, little24(head, 27) + 1);
    if (kind == "VP8 " && head.substr(23, 3) == "\x9d\x01\x2a")
        return sized("image/webp", little16(head, 26) & 0x3FFF, little16(head, 28) & 0x3FFF);
    if (kind == "VP8L" && byteAt(head, 20) == 0x2F) {
        const std::uint32_t bits = little16(head, 21) | little16(head, 23) << 16;
        return sized("image/webp", (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
    }
    return std::nullopt;
}

bool isStartOfFrame(std::uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// JPEG (ITU-T T.81 Annex B): segments until a start of frame. At most kMaxSegments of them.
std::optional<PictureInfo> jpeg(const ReadAt& read) {
    constexpr int kMaxSegments = 200;
    std::int64_t at = 2;
    for (int i = 0; i < kMaxSegments; ++i) {
        const std::string segment = read(at, 9);
        if (segment.size() < 4 || byteAt(segment, 0) != 0xFF)
            return std::nullopt;
        const std::uint32_t marker = byteAt(segment, 1);
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        const std::uint32_t length = big16(segment, 2);
        if (marker == 0xD9 || marker == 0xDA || length < 2)
            return std::nullopt;
        if (isStartOfFrame(marker))
            return segment.size() < 9 ? std::nullopt : sized("image/jpeg", big16(segment, 7), big16(segment, 5));
        at += 2 + static_cast<std::int64_t>(length);
    }
    return std::nullopt;
}

} // namespace

std::optional<PictureInfo> inspectPicture(const ReadAt& read) {
    const std::string head = read(0, 32);
    const std::string_view view(head);
    if (view.substr(0, 8) == std::string_view("\x89PNG\r\n\x1a\n", 8))
        return png(view);
    if (view.substr(0, 6) == "GIF87a" || view.substr(0, 6) == "GIF89a")
        return gif(view);
    if (view.substr(0, 4) == "RIFF" && view.size() >= 12 && view.substr(8, 4) == "WEBP")
        return webp(view);
    if (view.substr(0, 3) == "\xFF\xD8\xFF")
        return jpeg(read);
    return std::nullopt;
}

} // namespace cb::media
