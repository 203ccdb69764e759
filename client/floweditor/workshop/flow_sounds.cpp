#include "client/floweditor/workshop/flow_sounds.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "shared/model/names.h"

namespace cb::floweditor {

Choices choicesOf(const wire::GroupList& groups, const wire::AudioList& audio) {
    Choices choices;
    for (const auto& group : groups.groups)
        if (const auto mode = flow::parseMode(model::name(group.mode)))
            choices.groups.push_back({flow::GroupId{group.id.value}, bridge::toQt(group.name), *mode});
    for (const auto& one : audio.audio)
        choices.audio.push_back(
            {flow::AudioId{one.id.value}, bridge::toQt(one.name), one.state == model::AudioState::Approved});
    for (const auto& voice : audio.voices)
        choices.voices.push_back(bridge::toQt(voice));
    return choices;
}

Listener::Fetch soundsFrom(api::AdminClient& client) {
    return [&client](const flow::Sound& sound, QObject* context, Listener::Then then) {
        const auto take = [then = std::move(then)](const base::Result<QByteArray>& file) {
            if (!file)
                return then({}, bridge::errorText(file.error()));
            auto pcm = widgets::readWav(*file);
            if (pcm && !pcm->isEmpty())
                then(std::move(*pcm), {});
            else
                then({}, bridge::errorText(base::rejected("sound_unplayable")));
        };
        if (sound.source == flow::Sound::Source::Audio)
            client.hearAudio(model::AudioId{sound.audio.value}, context, take);
        else
            client.hearSpeech(bridge::toQt(sound.text), bridge::toQt(sound.voice), context, take);
    };
}

} // namespace cb::floweditor
