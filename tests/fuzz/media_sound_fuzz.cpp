#include "server/media/sound/clip.h"

#include <cstdlib>

#include <sys/mman.h>
#include <unistd.h>

/// Any bytes as an uploaded sound, told by its content, and as the file of a clip: what is read sounds no longer than
/// it may, and is the same after it was written.
using namespace cb;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

void upload(std::string_view bytes) {
    constexpr base::Seconds kLongest{10};
    const auto pcm = sound::decoded(bytes, kLongest);
    if (!pcm) {
        require(pcm.error().code.starts_with("audio_"));
        require((pcm.error().code == "audio_format") == (sound::formatOf(bytes) == sound::Format::Unknown));
        return;
    }
    const auto most = kLongest + base::Seconds{1}; // a resampler rounds
    require(!pcm->samples.empty() && pcm->length() <= most);
    const auto again = sound::decoded(sound::wavOf(*pcm), most);
    require(again.ok() && *again == *pcm);
    const auto clip = sound::clipOf(*pcm);
    require(clip->ulaw.size() == clip->alaw.size() && clip->ulaw.size() == clip->frames() * sound::kFrame);
    require(clip->ulaw.size() >= pcm->samples.size() && clip->ulaw.size() < pcm->samples.size() + sound::kFrame);
}

/// In memory, but by its name.
void file(std::string_view bytes) {
    static const int memory = ::memfd_create("clip", 0);
    require(memory >= 0 && ::ftruncate(memory, 0) == 0);
    require(::pwrite(memory, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    const auto clip = sound::loadClip("/proc/self/fd/" + std::to_string(memory));
    if (clip)
        require((*clip)->ulaw.size() == (*clip)->alaw.size() && (*clip)->bytes() + 12 == bytes.size());
    else
        require(clip.error().code == "audio_unreadable");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with("CBG711"))
        file(bytes);
    else
        upload(bytes);
    return 0;
}
