#pragma once

#include "server/media/sound/library.h"
#include "shared/base/worker_pool.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace cb::media {

/// Where admins listen to what callers will hear: uploaded audio as the telephone has it, texts as they are spoken. The
/// voice is looked for when it is first needed. Any thread.
class SoundBooth {
public:
    SoundBooth(sound::SpeechOptions speech, sound::LibraryOptions library);

    using Heard = std::function<void(base::Result<std::string>)>;
    /// A wav file of 8 kHz for `then`, which is called once, by the booth's own thread. Errors: those of
    /// sound::Library::prepare; overloaded when too much waits (then by the caller's thread).
    void listen(const sound::SoundKey& key, const Heard& then);

    /// What may be asked for besides the default voice; nothing when texts cannot be spoken. Blocks the first time.
    std::optional<std::vector<std::string>> voices();

    /// The audio was deleted.
    void forget(std::int64_t audio);

    /// Forgets what waits: nobody is told of it any more.
    void stop() { m_worker.cancel(); }

private:
    sound::Library& library();

    const sound::SpeechOptions m_speechOptions;
    const sound::LibraryOptions m_libraryOptions;
    std::once_flag m_made;
    std::unique_ptr<sound::Speech> m_speech; ///< nullptr: there is none here
    std::unique_ptr<sound::Library> m_library;
    base::WorkerPool m_worker; ///< ends first
};

} // namespace cb::media
