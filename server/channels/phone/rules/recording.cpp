#include "server/channels/phone/rules/recording.h"

#include <algorithm>
#include <cstdlib>

namespace cb::phone {

std::int64_t RecordingTrack::place(std::uint32_t source, std::uint32_t timestamp, std::int64_t now) {
    if (m_anchored && source == m_source) {
        const std::int64_t position = m_position + static_cast<std::int32_t>(timestamp - m_timestamp);
        if (std::abs(position - now) <= kSlack)
            return position;
    }
    m_anchored = true;
    m_source = source;
    m_timestamp = timestamp;
    m_position = now;
    return now;
}

void StereoBlocks::put(Side side, std::int64_t position, std::span<const std::int16_t> samples) {
    const std::size_t channel = side == Side::Left ? 0 : 1;
    for (const std::int16_t sample : samples) {
        const std::int64_t at = position++ - m_base;
        if (at >= 0 && at < static_cast<std::int64_t>(kWindow))
            m_window[2 * static_cast<std::size_t>(at) + channel] = sample;
    }
}

std::optional<StereoBlocks::Block> StereoBlocks::take(std::int64_t now) {
    if (now - m_base < static_cast<std::int64_t>(kBlock) + kLate)
        return std::nullopt;
    const auto middle = m_window.begin() + static_cast<std::ptrdiff_t>(2 * kBlock);
    Block block{m_base, {m_window.begin(), middle}};
    std::copy(middle, m_window.end(), m_window.begin());
    std::fill(middle, m_window.end(), std::int16_t{0});
    m_base += static_cast<std::int64_t>(kBlock);
    return block;
}

StereoBlocks::Block StereoBlocks::rest(std::int64_t now) {
    const auto most = static_cast<std::int64_t>(kWindow);
    const auto left = static_cast<std::size_t>(std::clamp<std::int64_t>(now - m_base, 0, most));
    const auto end = m_window.begin() + static_cast<std::ptrdiff_t>(2 * left);
    Block block{m_base, {m_window.begin(), end}};
    m_base += static_cast<std::int64_t>(left);
    std::fill(m_window.begin(), m_window.end(), std::int16_t{0});
    return block;
}

} // namespace cb::phone
