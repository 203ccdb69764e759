#pragma once

#include "shared/base/result.h"
#include "shared/flow/graph.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace cb::flow {

/// Reads typed fields out of a parsed document. Keeps the first error and the place it is at; after an error every read
/// is a no-op, so that a reader of many fields stays a list of them. A field that is missing or null leaves its target
/// alone.
class JsonReader {
public:
    using Json = nlohmann::json;

    /// Opens `document[field]` or `array[index]` for the reads that follow, until it goes out of scope.
    class Scope {
    public:
        Scope(JsonReader& reader, std::string_view field);
        Scope(JsonReader& reader, std::size_t index);
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

    private:
        JsonReader& m_reader;
        std::size_t m_length;
    };

    void text(const Json& object, const char* field, std::string& target);
    void number(const Json& object, const char* field, std::int64_t low, std::int64_t high, std::int64_t& target);
    void integer(const Json& object, const char* field, int& target);
    void seconds(const Json& object, const char* field, base::Seconds& target);
    void coordinate(const Json& object, const char* field, double& target);
    template <class Tag>
    void id(const Json& object, const char* field, base::Id<Tag>& target);

    /// The array `object[field]`, nullptr when missing. Errors: not an array, or more than `most` elements.
    const Json* array(const Json& object, const char* field, std::size_t most);
    /// False, with an error, unless `value` is an object.
    bool isObject(const Json& value);
    /// `text` itself, checked for its length in bytes.
    bool isShort(const std::string& text);

    void fail(std::string_view code, std::string_view detail = {});
    bool failed() const { return m_error.has_value(); }
    const base::Error& error() const { return *m_error; }

private:
    const Json* field(const Json& object, const char* name) const;
    void push(std::string_view part);

    std::string m_path;
    std::optional<base::Error> m_error;
};

} // namespace cb::flow
