#pragma once

#include "shared/base/result.h"
#include "shared/wire/names.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cb::wire {

constexpr std::size_t kMaxClientFrame = 64 * 1024; ///< bytes a client may send in one frame
constexpr std::size_t kMaxServerFrame =
    8 * 1024 * 1024;                          ///< bytes a client accepts in one frame (a welcome is the largest)
constexpr std::size_t kMaxBody = 1024 * 1024; ///< bytes of a JSON body over HTTP
constexpr int kMaxDepth = 12;                 ///< nested objects and arrays; deeper text is not parsed at all

struct Limits {
    std::size_t bytes = kMaxClientFrame;
    int depth = kMaxDepth;
};

/// One WebSocket text frame (docs/protocol.md 2), taken apart but not yet understood. All functions of this room are
/// pure and may be called on any thread; none throws.
struct Frame {
    FrameType type = FrameType::Unknown;
    std::uint64_t id = 0; ///< of a request; 0 = no answer wanted
    std::uint64_t re = 0; ///< of an answer; 0 = none
    nlohmann::json d = nlohmann::json::object();
};

/// Errors: frame_too_large, bad_json (also malformed UTF-8 and text nested too deep), bad_frame (no object, no `t`, an
/// `id`/`re` that is no positive integer, a `d` that is no object). An unknown `t` is a good frame of type Unknown.
base::Result<Frame> parseFrame(std::string_view text, Limits limits = {});

/// JSON with the same bounds; for HTTP bodies. Errors: body_too_large, bad_json.
base::Result<nlohmann::json> parseJson(std::string_view text, Limits limits = {kMaxBody, kMaxDepth});

} // namespace cb::wire
