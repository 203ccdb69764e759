#pragma once

#include <map>
#include <string>
#include <string_view>

namespace cb::base {

/// What a caller can do about an error.
enum class Grade {
    Retry,    ///< The same request may succeed later (storage, overload, network).
    Rejected, ///< The request is wrong or not allowed; repeating it changes nothing.
    Conflict, ///< The state moved on; look at it again, then decide.
    Fatal,    ///< The program or its data is at fault.
};

/// A failure with a stable code. Codes are lower_snake, never renamed once released, and listed in docs/protocol.md.
/// No text for users here: the client turns code + params into a sentence (client/bridge/error_text).
struct Error {
    std::string code;                          ///< e.g. "storage_unavailable"
    Grade grade = Grade::Rejected;             ///< see Grade
    std::map<std::string, std::string> params; ///< facts for the sentence, e.g. {"field","email"}
    std::string detail;                        ///< for the log and developers; never a secret

    bool operator==(const Error&) const = default;
};

Error rejected(std::string_view code, std::string_view detail = {});
Error conflict(std::string_view code, std::string_view detail = {});
Error retry(std::string_view code, std::string_view detail = {});
Error fatal(std::string_view code, std::string_view detail = {});

/// The same error with one more parameter.
Error with(Error error, std::string key, std::string value);

/// "retry", "rejected", "conflict", "fatal": the names on the wire.
std::string_view gradeName(Grade grade);

} // namespace cb::base
