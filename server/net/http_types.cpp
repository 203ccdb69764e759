#include "server/net/http_types.h"

#include <algorithm>
#include <cctype>
#include <cerrno>

#include <unistd.h>

namespace cb::net {

namespace {

bool sameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// What stands before and after the first `at`; all and nothing when there is none.
std::pair<std::string_view, std::string_view> cut(std::string_view text, char at) {
    const auto place = std::find(text.begin(), text.end(), at);
    const auto before = static_cast<std::size_t>(place - text.begin());
    return {text.substr(0, before), place == text.end() ? std::string_view{} : text.substr(before + 1)};
}

void appendClean(std::string& out, std::string_view value) {
    for (const char c : value)
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t')
            out += c;
}

} // namespace

std::string_view Head::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (sameName(key, name))
            return value;
    return {};
}

std::string Head::joined(std::string_view name) const {
    std::string all;
    for (const auto& [key, value] : headers)
        if (sameName(key, name))
            all += (all.empty() ? "" : ", ") + value;
    return all;
}

std::string_view Head::path() const {
    return cut(target, '?').first;
}

std::string_view Head::query() const {
    return cut(target, '?').second;
}

std::string percentDecoded(std::string_view text, bool plusIsSpace) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i] == '+' && plusIsSpace ? ' ' : text[i];
        }
    }
    return out;
}

std::string queryValue(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const auto [pair, rest] = cut(query, '&');
        const auto [key, value] = cut(pair, '=');
        if (percentDecoded(key, true) == name)
            return percentDecoded(value, true);
        query = rest;
    }
    return {};
}

FileBody::FileBody(int descriptor, std::int64_t offset, std::int64_t length)
    : m_descriptor(descriptor)
    , m_offset(offset)
    , m_length(length) {}

FileBody::~FileBody() {
    ::close(m_descriptor);
}

std::string FileBody::read(std::int64_t at, std::size_t size) const {
    std::string piece(static_cast<std::size_t>(std::min<std::int64_t>(m_length - at, static_cast<std::int64_t>(size))),
                      '\0');
    std::size_t got = 0;
    while (got < piece.size()) {
        const auto n =
            ::pread(m_descriptor, piece.data() + got, piece.size() - got, m_offset + at + static_cast<off_t>(got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return {};
        got += static_cast<std::size_t>(n);
    }
    return piece;
}

std::int64_t Response::length() const {
    if (const auto* text = std::get_if<std::string>(&body))
        return static_cast<std::int64_t>(text->size());
    if (const auto* bytes = std::get_if<StaticBody>(&body))
        return static_cast<std::int64_t>(bytes->size());
    return std::get<std::shared_ptr<const FileBody>>(body)->length();
}

std::string_view reason(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

std::string serializeHead(const Response& response, bool keepAlive, std::string_view date) {
    std::string out;
    out.reserve(512);
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    if (response.phrase.empty())
        out += reason(response.status);
    else
        appendClean(out, response.phrase);
    out += "\r\nDate: ";
    out += date;
    for (const auto& [name, value] : response.headers) {
        out += "\r\n";
        appendClean(out, name);
        out += ": ";
        appendClean(out, value);
    }
    if (response.status != 204 && response.status != 304) {
        out += "\r\nContent-Length: ";
        out += std::to_string(response.length());
    }
    out += keepAlive ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    return out;
}

} // namespace cb::net
