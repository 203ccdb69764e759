#include "server/admin/audio_rules.h"

#include "server/admin/fields.h"
#include "shared/flow/json.h"
#include "shared/model/names.h"

namespace cb::admin {

namespace {

std::string target(const model::Audio& audio) {
    return targetOf("audio", audio.id.value, audio.name);
}

std::string described(const model::Audio& audio) {
    return audio.name + ", " + audio.format + ", " + std::to_string(audio.bytes) + " bytes, " +
           std::string(model::name(audio.state));
}

} // namespace

std::vector<model::AudioId> audioNamed(const std::string& json) {
    const auto graph = flow::parseJson(json);
    if (!graph)
        return {};
    std::vector<model::AudioId> audio;
    for (const auto id : flow::audioUsed(*graph))
        audio.emplace_back(id.value);
    return audio;
}

base::Result<std::string> mayUpload(const std::string& name, std::size_t have) {
    if (have >= kMaxAudio)
        return base::with(base::rejected("too_many_audio"), "limit", std::to_string(kMaxAudio));
    return checkedLine("name", name, kMaxAudioName);
}

Change newAudio(const model::Audio& row) {
    Change change;
    change.action = "audio.add";
    change.target = target(row);
    change.after = described(row);
    change.rows.audio.push_back(row);
    return change;
}

base::Result<Change> renameAudio(const model::Audio& stored, const wire::AudioDraft& wanted) {
    auto name = checkedLine("name", wanted.name, kMaxAudioName);
    if (!name)
        return name.error();
    Change change;
    change.action = "audio.save";
    change.target = target(stored);
    change.before = stored.name;
    change.after = *name;
    model::Audio row = stored;
    row.name = *name;
    change.rows.audio.push_back(std::move(row));
    return change;
}

base::Result<Change> deleteAudio(const model::Audio& stored, const std::vector<std::string>& flows) {
    if (!flows.empty())
        return naming(base::conflict("audio_in_use"), "flows", flows);
    Change change;
    change.action = "audio.delete";
    change.target = target(stored);
    change.before = described(stored);
    model::Audio row = stored;
    row.deleted = true;
    change.rows.audio.push_back(std::move(row));
    return change;
}

} // namespace cb::admin
