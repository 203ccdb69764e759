#pragma once

#include <cstddef>
#include <cstdint>

/// Bounds of a flow. The hard ones are enforced when reading JSON, so that no input costs much; the others by
/// validate() when publishing, so that a draft can be over them for a while. Lengths count characters unless they say
/// bytes.
namespace cb::flow {

// Hard: a document beyond these is not read.
inline constexpr std::size_t kMaxBytes = 1'000'000; ///< of the JSON text: with its tests it fits into a request
inline constexpr std::size_t kMaxDepth = 16;        ///< of nested arrays and objects
inline constexpr std::size_t kMaxNodes = 5'000;
inline constexpr std::size_t kMaxEdges = 20'000;
inline constexpr std::size_t kMaxTextBytes = 16 * 1024; ///< of any one string
inline constexpr std::size_t kMaxOptions = 200;         ///< of one branch
inline constexpr std::size_t kMaxKeywords = 500;        ///< of one option
inline constexpr double kMaxCoordinate = 1e7;
inline constexpr std::int64_t kMaxId = (std::int64_t{1} << 53) - 1; ///< what JSON readers in browsers keep exactly

// Checked when publishing.
inline constexpr std::size_t kMaxLabel = 40; ///< also of a branch's name
inline constexpr std::size_t kMaxText = 1'000;
inline constexpr std::size_t kMaxKeyword = 40;
inline constexpr int kMinKeyTimeout = 1; ///< seconds
inline constexpr int kMaxKeyTimeout = 120;
inline constexpr int kMaxErrors = 20;
inline constexpr int kMaxWait = 86'400;    ///< seconds
inline constexpr int kMaxSilence = 86'400; ///< seconds

} // namespace cb::flow
