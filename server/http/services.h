#pragma once

#include "server/auth/accounts.h"
#include "server/auth/password_reset.h"
#include "server/desk/commands.h"
#include "server/http/flow_uses.h"
#include "server/http/listening.h"
#include "server/http/turns.h"
#include "server/jobs/erasure.h"
#include "server/jobs/exports.h"
#include "server/media/attachment_store.h"
#include "server/media/audio_shelf.h"
#include "server/media/program_shelf.h"
#include "server/media/sound_booth.h"
#include "shared/base/clock.h"

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

namespace cb::store {
class Database;
}

namespace cb::http {

/// A file built into the program.
struct EmbeddedFile {
    std::string_view bytes;
    std::string_view gzip; ///< the same compressed; may be empty
    std::string_view etag; ///< quoted
    std::string_view contentType;
};

/// What the routes need of the outside. Functions are safe from any thread.
struct Services {
    store::Database& database;
    auth::Accounts& accounts;
    auth::PasswordReset& passwordReset;
    media::AttachmentStore& attachments;
    store::SearchIndex& search;
    jobs::Exports& exports;
    jobs::Erasure& erasure;
    const base::Clock& clock;
    std::function<bool(desk::Command)> toDesk;
    std::function<bool(std::string_view origin, std::string_view domain)> originAllowed;
    std::function<void(const model::Attachment&)> uploaded;
    std::function<bool()> healthy;        ///< 503 otherwise
    std::function<std::string()> metrics; ///< Prometheus text
    std::string metricsToken;             ///< empty: loopback only
    /// Changes of the configuration take turns, each until its commit is known: what one decided on is still so when it
    /// is stored.
    Turns configTurns;
    FlowUses flowUses;
    EmbeddedFile widget;
    EmbeddedFile demo; ///< empty bytes: not offered
    EmbeddedFile online;
    std::string publicUrl; ///< how the outside reaches this server, without a slash at the end; empty: not told
    EmbeddedFile reset;
    const media::ProgramShelf& programs;
    std::string_view programPage; ///< see media::programPage
    media::AudioShelf& audio;
    media::SoundBooth& booth;
    std::string recordings;    ///< the folder of model::Call::recording
    bool lettersLeave = false; ///< by a mail server; else they become files, and the operator hands them on
    std::atomic<int> audioUploads{0};
    SpokenRate spokenRate{};
    HeardLately heardLately{};
};

} // namespace cb::http
