#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/wire/admin.h"

#include <map>
#include <span>

/// Uploaded audio（音频管理）, spec 2.3. Its bytes are server/media's business.
namespace cb::admin {

inline constexpr std::size_t kMaxAudioName = 60; ///< characters
inline constexpr std::size_t kMaxAudio = 500;    ///< of an instance, deleted ones not counted

/// Names of the published IVRs that use each audio.
using AudioUse = std::map<model::AudioId, std::vector<std::string>>;
/// What an IVR plays; none when it cannot be read: then it runs nowhere, either.
std::vector<model::AudioId> audioNamed(const std::string& json);

/// Before any of its bytes are read; `have` of the instance. The name as it will stand. Errors: bad_field (name),
/// too_many_audio (rejected; params.limit).
base::Result<std::string> mayUpload(const std::string& name, std::size_t have);
/// Its files are on disk.
Change newAudio(const model::Audio& row);
/// Errors: bad_field (name).
base::Result<Change> renameAudio(const model::Audio& stored, const wire::AudioDraft& wanted);
/// Refused while a published IVR uses it: audio_in_use (conflict; params.flows, names).
base::Result<Change> deleteAudio(const model::Audio& stored, const std::vector<std::string>& flows);

} // namespace cb::admin
