#include "client/bridge/error_text.h"

#include "client/bridge/convert.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <array>
#include <string_view>

namespace cb::bridge {

namespace {

constexpr const char* kContext = "Error";

struct Sentence {
    std::string_view code;
    const char* text;
    const char* param = nullptr; ///< its value is %1
};

// clang-format off
constexpr std::array kSentences{
    Sentence{"agent_is_self", QT_TRANSLATE_NOOP("Error", "You cannot do this to your own account.")},
    Sentence{"agent_offline", QT_TRANSLATE_NOOP("Error", "This colleague is not online.")},
    Sentence{"agent_unknown", QT_TRANSLATE_NOOP("Error", "This colleague does not exist any more.")},
    Sentence{"already_signed_in", QT_TRANSLATE_NOOP("Error", "Your workbench is open on %1."), "device"},
    Sentence{"already_open", QT_TRANSLATE_NOOP("Error", "The program is open already and does not answer. End it and start again. While it runs, it keeps the file %1."), "file"},
    Sentence{"attachment_unknown", QT_TRANSLATE_NOOP("Error", "The file is not on the server. Send it again.")},
    Sentence{"audio_format", QT_TRANSLATE_NOOP("Error", "This is neither a wav nor an mp3 file.")},
    Sentence{"audio_in_use", QT_TRANSLATE_NOOP("Error", "Published IVRs use this audio: %1. Change or unpublish them first."), "flows"},
    Sentence{"audio_too_long", QT_TRANSLATE_NOOP("Error", "The audio is longer than %1 seconds, which is the most there may be."), "seconds"},
    Sentence{"audio_unreadable", QT_TRANSLATE_NOOP("Error", "The file cannot be played: it is broken, or there is nothing in it.")},
    Sentence{"bad_address", QT_TRANSLATE_NOOP("Error", "This is not a sign-in address. It looks like https://example.com/online/1400000001.")},
    Sentence{"bad_answer", QT_TRANSLATE_NOOP("Error", "The server answered something this program does not understand. Is the address right, and is the program up to date?")},
    Sentence{"bad_credentials", QT_TRANSLATE_NOOP("Error", "The e-mail address or the password is wrong.")},
    Sentence{"bad_field", QT_TRANSLATE_NOOP("Error", "The server did not accept the value of “%1”."), "field"},
    Sentence{"bad_number", QT_TRANSLATE_NOOP("Error", "This is not a number that can be called.")},
    Sentence{"bad_sdp", QT_TRANSLATE_NOOP("Error", "The sound of the call could not be set up. Is the program up to date?")},
    Sentence{"bad_text", QT_TRANSLATE_NOOP("Error", "The text has characters that cannot be sent.")},
    Sentence{"bad_token", QT_TRANSLATE_NOOP("Error", "Your sign-in is not valid any more. Please sign in again.")},
    Sentence{"blocked", QT_TRANSLATE_NOOP("Error", "This visitor is blocked.")},
    Sentence{"busy", QT_TRANSLATE_NOOP("Error", "You have a call, or have not finished the last one.")},
    Sentence{"ca_file_empty", QT_TRANSLATE_NOOP("Error", "There is no certificate in the file %1. It has to be in PEM form."), "file"},
    Sentence{"cache_newer", QT_TRANSLATE_NOOP("Error", "The local data was written by a newer version of the program. Please update.")},
    Sentence{"cache_unavailable", QT_TRANSLATE_NOOP("Error", "The local data cannot be written: %1"), "reason"},
    Sentence{"call_engine_missing", QT_TRANSLATE_NOOP("Error", "This installation has no telephone sound: its part for calls is missing. Tell your administrator.")},
    Sentence{"cancelled", QT_TRANSLATE_NOOP("Error", "Cancelled.")},
    Sentence{"channel_kind_unavailable", QT_TRANSLATE_NOOP("Error", "Channels of this kind cannot be added yet.")},
    Sentence{"channel_unknown", QT_TRANSLATE_NOOP("Error", "This channel does not exist any more.")},
    Sentence{"customer_busy", QT_TRANSLATE_NOOP("Error", "A conversation with this customer is not completed yet. Complete it first.")},
    Sentence{"customer_erased", QT_TRANSLATE_NOOP("Error", "A customer was erased while the file was written, so it was not kept. Export again.")},
    Sentence{"deleted", QT_TRANSLATE_NOOP("Error", "Your account was deleted by an admin. What was kept of it on this computer was removed.")},
    Sentence{"deleted_unsent", QT_TRANSLATE_NOOP("Error", "Your account was deleted by an admin. Messages, drafts or wrap-up notes that were never sent are still on this computer (%1); “Forget this account” removes them."), "count"},
    Sentence{"disconnected", QT_TRANSLATE_NOOP("Error", "There is no connection to the server.")},
    Sentence{"email_taken", QT_TRANSLATE_NOOP("Error", "Somebody has this e-mail address already. That of a deleted agent stays reserved, too.")},
    Sentence{"event_unreadable", QT_TRANSLATE_NOOP("Error", "The server sent something this program does not understand. It is probably too old for the server: please update it.")},
    Sentence{"export_not_ready", QT_TRANSLATE_NOOP("Error", "The file is not ready yet.")},
    Sentence{"export_running", QT_TRANSLATE_NOOP("Error", "An export of yours is being written already. Wait for it, or cancel it.")},
    Sentence{"export_too_large", QT_TRANSLATE_NOOP("Error", "These are more than a million records. Choose a shorter time.")},
    Sentence{"file_empty", QT_TRANSLATE_NOOP("Error", "The file is empty.")},
    Sentence{"file_too_large", QT_TRANSLATE_NOOP("Error", "The file is too large. The limit is %1."), "limit"},
    Sentence{"file_unreadable", QT_TRANSLATE_NOOP("Error", "The file cannot be read: %1"), "reason"},
    Sentence{"file_unwritable", QT_TRANSLATE_NOOP("Error", "The file cannot be written: %1"), "reason"},
    Sentence{"flow_changed", QT_TRANSLATE_NOOP("Error", "Somebody else changed this flow meanwhile (%1). Look at it again."), "by"},
    Sentence{"flow_in_use", QT_TRANSLATE_NOOP("Error", "Customers of %1 go through this flow. Link another one there first."), "channels"},
    Sentence{"flow_invalid", QT_TRANSLATE_NOOP("Error", "The flow cannot be published: it has problems, which stand at its nodes.")},
    Sentence{"flow_not_published", QT_TRANSLATE_NOOP("Error", "The flow is not published.")},
    Sentence{"flow_published", QT_TRANSLATE_NOOP("Error", "The flow is published. Unpublish it to edit it, or edit a copy.")},
    Sentence{"flow_tests_failed", QT_TRANSLATE_NOOP("Error", "The flow was not published: it fails tests that are kept with it.")},
    Sentence{"flow_too_large", QT_TRANSLATE_NOOP("Error", "The flow is too large.")},
    Sentence{"flow_unknown", QT_TRANSLATE_NOOP("Error", "This flow does not exist any more.")},
    Sentence{"forbidden", QT_TRANSLATE_NOOP("Error", "You are not allowed to do this.")},
    Sentence{"group_in_use", QT_TRANSLATE_NOOP("Error", "Published flows use this skill group: %1. Change or unpublish them first."), "flows"},
    Sentence{"group_in_use", QT_TRANSLATE_NOOP("Error", "The skill group has sessions that are waiting, ringing or open: %1. Delete it when they have ended."), "sessions"},
    Sentence{"group_name_taken", QT_TRANSLATE_NOOP("Error", "There is a skill group of this name already.")},
    Sentence{"group_unknown", QT_TRANSLATE_NOOP("Error", "This skill group does not exist any more.")},
    Sentence{"host_not_found", QT_TRANSLATE_NOOP("Error", "The server %1 cannot be found. Check the address and your network."), "host"},
    Sentence{"internal", QT_TRANSLATE_NOOP("Error", "The server has a fault. It has been recorded there.")},
    Sentence{"key_store_refused", QT_TRANSLATE_NOOP("Error", "The key store of this computer did not give out your sign-in, so please enter your password.")},
    Sentence{"last_admin", QT_TRANSLATE_NOOP("Error", "This is the last admin. Add another admin first.")},
    Sentence{"line_unknown", QT_TRANSLATE_NOOP("Error", "This number of yours cannot be called from any more. Choose another one.")},
    Sentence{"media_failed", QT_TRANSLATE_NOOP("Error", "The sound of the call failed. It is being set up again.")},
    Sentence{"microphone_busy", QT_TRANSLATE_NOOP("Error", "The microphone cannot be opened. Another program may be using it.")},
    Sentence{"microphone_denied", QT_TRANSLATE_NOOP("Error", "This computer does not let the program use the microphone. Allow it in the system's settings.")},
    Sentence{"microphone_missing", QT_TRANSLATE_NOOP("Error", "There is no microphone. Plug one in: the call goes on without it until then.")},
    Sentence{"mode_not_carried", QT_TRANSLATE_NOOP("Error", "This channel cannot carry a flow of this kind.")},
    Sentence{"network_error", QT_TRANSLATE_NOOP("Error", "The network failed: %1"), "reason"},
    Sentence{"no_line", QT_TRANSLATE_NOOP("Error", "There is no number of yours that can be called from.")},
    Sentence{"no_ports", QT_TRANSLATE_NOOP("Error", "The server has no room for another call. Try again in a moment.")},
    Sentence{"no_trunk", QT_TRANSLATE_NOOP("Error", "There is no way to the telephone network at the moment. Tell the operator.")},
    Sentence{"nobody_online", QT_TRANSLATE_NOOP("Error", "Nobody else of this skill group is online.")},
    Sentence{"not_a_member", QT_TRANSLATE_NOOP("Error", "This colleague is not in that skill group.")},
    Sentence{"not_a_picture", QT_TRANSLATE_NOOP("Error", "This file is not a picture that can be shown.")},
    Sentence{"not_after_call", QT_TRANSLATE_NOOP("Error", "The time after the call is over already.")},
    Sentence{"not_found", QT_TRANSLATE_NOOP("Error", "The server does not have this any more.")},
    Sentence{"not_online", QT_TRANSLATE_NOOP("Error", "Go online first.")},
    Sentence{"offer_gone", QT_TRANSLATE_NOOP("Error", "This session is not ringing at you any more.")},
    Sentence{"overloaded", QT_TRANSLATE_NOOP("Error", "Too much is waiting. Try again in a moment.")},
    Sentence{"password_change_required", QT_TRANSLATE_NOOP("Error", "Please choose a password of your own first.")},
    Sentence{"password_same", QT_TRANSLATE_NOOP("Error", "The new password must differ from the old one.")},
    Sentence{"password_weak", QT_TRANSLATE_NOOP("Error", "The new password needs at least %1 characters."), "min"},
    Sentence{"phone_failed", QT_TRANSLATE_NOOP("Error", "The telephone of the server has a fault. It has been recorded there.")},
    Sentence{"protocol_unsupported", QT_TRANSLATE_NOOP("Error", "This program is too old for the server. Please update it.")},
    Sentence{"rate_limited", QT_TRANSLATE_NOOP("Error", "That was too fast. Try again in a moment.")},
    Sentence{"recording_not_ready", QT_TRANSLATE_NOOP("Error", "The call is not over yet. Then its recording can be heard.")},
    Sentence{"recording_unknown", QT_TRANSLATE_NOOP("Error", "There is no recording of this call, or not any more.")},
    Sentence{"refused", QT_TRANSLATE_NOOP("Error", "The server %1 does not answer. Check the address and whether the server runs."), "server"},
    Sentence{"same_place", QT_TRANSLATE_NOOP("Error", "The session is already there.")},
    Sentence{"session_ended", QT_TRANSLATE_NOOP("Error", "The session is over.")},
    Sentence{"session_gone", QT_TRANSLATE_NOOP("Error", "This session is not yours any more.")},
    Sentence{"sheet_empty", QT_TRANSLATE_NOOP("Error", "There is nothing in the file.")},
    Sentence{"sheet_no_titles", QT_TRANSLATE_NOOP("Error", "There is no column “%1” in the first line. Please use the template."), "title"},
    Sentence{"sheet_old_format", QT_TRANSLATE_NOOP("Error", "This is an Excel file of the old kind (.xls). Save it as .xlsx or .csv.")},
    Sentence{"sheet_too_large", QT_TRANSLATE_NOOP("Error", "The file is too large. The limit is %1."), "limit"},
    Sentence{"sheet_too_many_rows", QT_TRANSLATE_NOOP("Error", "The file has too many lines. At most %1 agents can be added at once."), "rows"},
    Sentence{"sheet_unreadable", QT_TRANSLATE_NOOP("Error", "The file cannot be read. It should be an Excel file (.xlsx) or a text file (.csv).")},
    Sentence{"sound_unplayable", QT_TRANSLATE_NOOP("Error", "This sound cannot be played on this computer.")},
    Sentence{"speech_failed", QT_TRANSLATE_NOOP("Error", "The text could not be spoken. Try again in a moment.")},
    Sentence{"staff_no_taken", QT_TRANSLATE_NOOP("Error", "Somebody has this staff number already. That of a deleted agent stays reserved, too.")},
    Sentence{"storage_unavailable", QT_TRANSLATE_NOOP("Error", "The server cannot store anything at the moment. Nothing was changed.")},
    Sentence{"taken_over", QT_TRANSLATE_NOOP("Error", "Your workbench was opened on another machine.")},
    Sentence{"text_empty", QT_TRANSLATE_NOOP("Error", "There is nothing to send.")},
    Sentence{"text_too_long", QT_TRANSLATE_NOOP("Error", "The text is longer than 4,000 characters.")},
    Sentence{"throttled", QT_TRANSLATE_NOOP("Error", "Too many attempts. Try again in %1."), "retry_ms"},
    Sentence{"timeout", QT_TRANSLATE_NOOP("Error", "The server %1 did not answer in time."), "server"},
    Sentence{"tls_expired", QT_TRANSLATE_NOOP("Error", "The certificate of %1 has expired, so nothing was sent. Check the date of this computer; if it is right, the server's administrator has to renew the certificate."), "host"},
    Sentence{"tls_failed", QT_TRANSLATE_NOOP("Error", "No secure connection to %1 could be made, so nothing was sent. Check the address and its port; if they are right, tell the server's administrator."), "host"},
    Sentence{"tls_not_yet_valid", QT_TRANSLATE_NOOP("Error", "The certificate of %1 is not valid yet, so nothing was sent. Check the date of this computer; if it is right, tell the server's administrator."), "host"},
    Sentence{"tls_untrusted", QT_TRANSLATE_NOOP("Error", "This computer does not know who issued the certificate of %1, so nothing was sent. If your company issues its own certificates, its root certificate has to be installed on this computer; ask your administrator."), "host"},
    Sentence{"tls_wrong_host", QT_TRANSLATE_NOOP("Error", "The certificate was issued for another name than %1, so nothing was sent. Check the address; if it is right, tell the server's administrator."), "host"},
    Sentence{"token_revoked", QT_TRANSLATE_NOOP("Error", "You were signed out by the server. Please sign in again.")},
    Sentence{"too_many_agents", QT_TRANSLATE_NOOP("Error", "There can be at most %1 agents."), "count"},
    Sentence{"too_many_audio", QT_TRANSLATE_NOOP("Error", "There can be at most %1 audio files."), "count"},
    Sentence{"too_many_channels", QT_TRANSLATE_NOOP("Error", "There can be at most %1 channels."), "count"},
    Sentence{"too_many_flows", QT_TRANSLATE_NOOP("Error", "There can be at most %1 flows."), "count"},
    Sentence{"too_many_groups", QT_TRANSLATE_NOOP("Error", "There can be at most %1 skill groups."), "count"},
    Sentence{"too_many_quick_replies", QT_TRANSLATE_NOOP("Error", "There can be at most %1 quick replies."), "count"},
    Sentence{"too_many_screen_pops", QT_TRANSLATE_NOOP("Error", "There can be at most %1 screen pops."), "count"},
    Sentence{"type_not_allowed", QT_TRANSLATE_NOOP("Error", "Files of this kind cannot be sent.")},
    Sentence{"upgrade_refused", QT_TRANSLATE_NOOP("Error", "%1 answers, but not with the live connection (WebSocket) the workbench needs. Something in between may not let it through; tell the server's administrator."), "server"},
};
// clang-format on

QString tr(const char* text) {
    return QCoreApplication::translate(kContext, text);
}

QString paramOf(const base::Error& error, std::string_view name) {
    // "limit" is a number of bytes in some errors and of things in others.
    const bool counted = name == "count" || name == "rows";
    auto found = error.params.find(std::string(name));
    if (found == error.params.end() && counted)
        found = error.params.find("limit");
    if (found == error.params.end())
        return {};
    if (counted && found->first == "limit")
        return QLocale().toString(toQt(found->second).toLongLong());
    if (name == "limit")
        return QLocale().formattedDataSize(toQt(found->second).toLongLong());
    if (name == "retry_ms")
        return QCoreApplication::translate("Error", "%1 s")
            .arg(QLocale().toString((toQt(found->second).toLongLong() + 999) / 1000));
    // Lists hold the first few; how many there are beyond them stands beside.
    const bool list = name == "flows" || name == "channels" || name == "sessions";
    if (const auto more = error.params.find("more"); list && more != error.params.end())
        return QCoreApplication::translate("Error", "%1 and %2 more")
            .arg(toQt(found->second), QLocale().toString(toQt(more->second).toLongLong()));
    return toQt(found->second);
}

/// Of a field; `param` is %1, `second` %2.
struct Trouble {
    std::string_view why;
    const char* text;
    const char* param = nullptr;
    const char* second = nullptr;
};

// clang-format off
constexpr std::array kTroubles{
    Trouble{"bad_colour", QT_TRANSLATE_NOOP("Error", "A colour looks like #0B6E6E.")},
    Trouble{"bad_domain", QT_TRANSLATE_NOOP("Error", "A domain looks like shop.example.com, without https:// and without a path.")},
    Trouble{"bad_email", QT_TRANSLATE_NOOP("Error", "This is not an e-mail address.")},
    Trouble{"bad_mobile", QT_TRANSLATE_NOOP("Error", "This is not a phone number.")},
    Trouble{"bad_role", QT_TRANSLATE_NOOP("Error", "The role is neither agent nor admin.")},
    Trouble{"bad_staff_no", QT_TRANSLATE_NOOP("Error", "This staff number cannot be used.")},
    Trouble{"bad_text", QT_TRANSLATE_NOOP("Error", "There are characters that cannot stand here.")},
    Trouble{"bad_url", QT_TRANSLATE_NOOP("Error", "An address begins with https:// or http:// and has no spaces.")},
    Trouble{"email_repeated", QT_TRANSLATE_NOOP("Error", "A line before has the same e-mail address.")},
    Trouble{"email_taken", QT_TRANSLATE_NOOP("Error", "Somebody has this e-mail address already. That of a deleted agent stays reserved, too.")},
    Trouble{"fixed", QT_TRANSLATE_NOOP("Error", "This cannot be changed any more.")},
    Trouble{"group_ambiguous", QT_TRANSLATE_NOOP("Error", "Several skill groups have this name. Write the kind behind it, as in “Sales (Chat)”.")},
    Trouble{"group_name_taken", QT_TRANSLATE_NOOP("Error", "There is a skill group of this name already.")},
    Trouble{"group_unknown", QT_TRANSLATE_NOOP("Error", "There is no skill group of this name.")},
    Trouble{"out_of_range", QT_TRANSLATE_NOOP("Error", "It must be from %1 to %2."), "min", "max"},
    Trouble{"required", QT_TRANSLATE_NOOP("Error", "Please fill this in.")},
    Trouble{"staff_no_repeated", QT_TRANSLATE_NOOP("Error", "A line before has the same staff number.")},
    Trouble{"staff_no_taken", QT_TRANSLATE_NOOP("Error", "Somebody has this staff number already. That of a deleted agent stays reserved, too.")},
    Trouble{"too_long", QT_TRANSLATE_NOOP("Error", "This is too long.")},
    Trouble{"unknown_placeholder", QT_TRANSLATE_NOOP("Error", "There is no placeholder %1."), "placeholder"},
};
// clang-format on

QString ofGrade(base::Grade grade) {
    switch (grade) {
    case base::Grade::Retry:
        return tr(QT_TRANSLATE_NOOP("Error", "This does not work at the moment. Try again later."));
    case base::Grade::Rejected:
        return tr(QT_TRANSLATE_NOOP("Error", "The server did not accept this."));
    case base::Grade::Conflict:
        return tr(QT_TRANSLATE_NOOP("Error", "Something changed in the meantime. Look again, then decide."));
    case base::Grade::Fatal:
        break;
    }
    return tr(QT_TRANSLATE_NOOP("Error", "Something went wrong."));
}

} // namespace

QString errorText(const base::Error& error) {
    for (const auto& sentence : kSentences) {
        if (sentence.code != error.code)
            continue;
        if (sentence.param == nullptr)
            return tr(sentence.text);
        // A code may have several sentences, by what is told with it.
        if (const QString param = paramOf(error, sentence.param); !param.isEmpty())
            return tr(sentence.text).arg(param);
    }
    return ofGrade(error.grade);
}

QString fieldText(std::string_view why, const base::Error& error) {
    for (const auto& trouble : kTroubles) {
        if (trouble.why != why)
            continue;
        QString text = tr(trouble.text);
        if (trouble.param != nullptr)
            text = text.arg(paramOf(error, trouble.param));
        if (trouble.second != nullptr)
            text = text.arg(paramOf(error, trouble.second));
        return text;
    }
    return {};
}

QString errorCode(const base::Error& error) {
    return toQt(error.code);
}

} // namespace cb::bridge
