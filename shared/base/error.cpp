#include "shared/base/error.h"

#include <utility>

namespace cb::base {

namespace {

Error make(Grade grade, std::string_view code, std::string_view detail) {
    return Error{std::string(code), grade, {}, std::string(detail)};
}

} // namespace

Error rejected(std::string_view code, std::string_view detail) {
    return make(Grade::Rejected, code, detail);
}
Error conflict(std::string_view code, std::string_view detail) {
    return make(Grade::Conflict, code, detail);
}
Error retry(std::string_view code, std::string_view detail) {
    return make(Grade::Retry, code, detail);
}
Error fatal(std::string_view code, std::string_view detail) {
    return make(Grade::Fatal, code, detail);
}

Error with(Error error, std::string key, std::string value) {
    error.params.insert_or_assign(std::move(key), std::move(value));
    return error;
}

std::string_view gradeName(Grade grade) {
    switch (grade) {
    case Grade::Retry:
        return "retry";
    case Grade::Rejected:
        return "rejected";
    case Grade::Conflict:
        return "conflict";
    case Grade::Fatal:
        return "fatal";
    }
    return "fatal";
}

} // namespace cb::base
