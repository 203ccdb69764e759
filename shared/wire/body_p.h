#pragma once

#include "shared/wire/http.h"
#include "shared/wire/reader_p.h"

/// The codecs of http.h, made from the fields of a body. For the files that define those.
namespace cb::wire {

template <class Body>
std::string encodeBody(const Body& body) {
    std::string out;
    Writer(out).object(body);
    return out;
}

/// Of a body with a list in which nothing may be left out: a name this version does not know is bad_field there, too.
template <class Body>
inline constexpr bool kStrictBody = false;

template <class Body>
base::Result<Body> decodeBody(std::string_view text, Limits limits) {
    const auto json = parseJson(text, limits);
    return json ? read<Body>(*json, kStrictBody<Body>) : json.error();
}

#define CLOUDBELL_BODY(Body)                                                                                           \
    template std::string encodeBody(const Body&);                                                                      \
    template base::Result<Body> decodeBody<Body>(std::string_view, Limits);

} // namespace cb::wire
