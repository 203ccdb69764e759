#include "server/admin/audio_rules.h"
#include "server/http/admin_handlers.h"
#include "server/http/config_turn.h"
#include "server/http/file_part.h"
#include "server/media/file_name.h"
#include "server/store/records.h"
#include "shared/wire/admin.h"

#include <algorithm>

namespace cb::http {

namespace {

static_assert(admin::kMaxAudioName == media::AudioShelf::kMostName);

wire::AudioRow audioRow(const model::Audio& row, const admin::AudioUse& use) {
    wire::AudioRow out{row.id, row.name, row.state, row.format, row.bytes, row.millis, row.createdAt, {}};
    if (const auto found = use.find(row.id); found != use.end())
        out.flows = found->second;
    return out;
}

base::Result<model::Audio> findAudio(store::Reader& reader, const Call& call) {
    auto row = reader.telephone().audio(model::AudioId{call.id(0)});
    if (!row)
        return row.error();
    if (!*row || (*row)->instance != call.who.instance || (*row)->deleted)
        return base::rejected("not_found");
    return **row;
}

/// A change of one audio; the row as it is then, with who uses it.
template <class Decide>
base::Result<wire::AudioRow> changeAudio(Services& services, const Call& call, const Decide& decide) {
    auto turn = ConfigTurn::begin(services, call);
    if (!turn)
        return turn.error();
    auto stored = findAudio(turn->reader(), call);
    if (!stored)
        return stored.error();
    auto use = services.flowUses.readAudio(turn->reader(), turn->instance());
    if (!use)
        return use.error();
    base::Result<admin::Change> change = decide(*stored, audioRow(*stored, *use).flows);
    if (!change)
        return change.error();
    const auto then = audioRow(change->rows.audio.front(), *use);
    if (auto done = turn->commit(std::move(*change)); !done)
        return done.error();
    return then;
}

} // namespace

Answer audioList(Services& services, const Call& call) {
    wire::AudioList list;
    if (auto voices = services.booth.voices()) {
        list.speaks = true;
        list.voices = std::move(*voices);
    }
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto rows = reader->telephone().audio(call.who.instance);
    if (!rows)
        return rows.error();
    auto use = services.flowUses.readAudio(*reader, call.who.instance);
    if (!use)
        return use.error();
    auto review = reader->directory().operatorSetting(store::kAudioReview);
    if (!review)
        return review.error();
    list.review = *review == "on";
    for (const auto& row : *rows)
        if (!row.deleted)
            list.audio.push_back(audioRow(row, *use));
    std::reverse(list.audio.begin(), list.audio.end());
    return wire::encodeBody(list);
}

Answer audioPut(Services& services, const Call& call) {
    auto wanted = wire::decodeBody<wire::AudioDraft>(call.body);
    if (!wanted)
        return wanted.error();
    auto row = changeAudio(services, call, [&](const model::Audio& stored, const std::vector<std::string>&) {
        return admin::renameAudio(stored, *wanted);
    });
    return row ? Answer(wire::encodeBody(*row)) : Answer(row.error());
}

Answer audioDelete(Services& services, const Call& call) {
    auto row = changeAudio(services, call, [](const model::Audio& stored, const std::vector<std::string>& flows) {
        return admin::deleteAudio(stored, flows);
    });
    if (!row)
        return row.error();
    services.audio.removeFiles(row->id);
    services.booth.forget(row->id.value);
    return std::string();
}

base::Result<net::Response> audioFile(Services& services, const Call& call, const net::Head& head) {
    model::Audio row;
    {
        auto reader = services.database.reader();
        if (!reader)
            return reader.error();
        auto found = findAudio(*reader, call);
        if (!found)
            return found.error();
        row = std::move(*found);
    }
    auto descriptor = services.audio.open(row);
    if (!descriptor)
        return descriptor.error();
    const auto name = media::cleanFileName(row.name + '.' + row.format);
    return partOfFile(*descriptor,
                      {{"Content-Type", row.format == "mp3" ? "audio/mpeg" : "audio/wav"},
                       {"Content-Disposition", media::contentDisposition(name)},
                       {"Cache-Control", "private, no-store"}},
                      head);
}

} // namespace cb::http
