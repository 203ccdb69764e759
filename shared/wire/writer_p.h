#pragma once

#include "shared/base/clock.h"
#include "shared/base/error.h"
#include "shared/base/id.h"
#include "shared/base/uuid.h"
#include "shared/model/names.h"
#include "shared/wire/names.h"
#include "shared/wire/objects.h"

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cb::wire {

/// Appends `text` as a JSON string; malformed UTF-8 becomes U+FFFD, so that no bad byte ever leaves.
void appendString(std::string& out, std::string_view text);

template <class E>
concept Enumerator = std::is_enum_v<E>;

/// Writes one object's fields straight into text. The same calls on a Reader take them apart again:
///   field   must be there
///   plain   always written; the reader keeps the default when it is absent
///   soft    an enumerator that only informs: the reader keeps the default for a name it does not know
///   maybe   left out when it has its default
///   flagged there when the flag is set
class Writer {
public:
    static constexpr bool kReads = false;

    explicit Writer(std::string& out, Audience audience = Audience::Agent)
        : m_out(out)
        , m_audience(audience) {}

    Audience audience() const { return m_audience; }

    template <class T>
    void field(std::string_view name, const T& value) {
        key(name);
        put(value);
    }
    template <class T>
    void plain(std::string_view name, const T& value) {
        field(name, value);
    }
    template <Enumerator E>
    void soft(std::string_view name, E value) {
        field(name, value);
    }
    template <class T>
    void maybe(std::string_view name, const T& value) {
        if (!(value == T{}))
            field(name, value);
    }
    template <class T>
    void maybe(std::string_view name, const std::optional<T>& value) {
        if (value)
            field(name, *value);
    }
    template <class T>
    void flagged(std::string_view name, const T& value, bool flag) {
        if (flag)
            field(name, value);
    }

    template <class T>
    void object(const T& value) {
        m_out += '{';
        m_first = true;
        fields(*this, value);
        m_out += '}';
        m_first = false;
    }
    /// An object whose fields `fill` writes.
    template <class Fill>
    void objectOf(Fill&& fill) {
        m_out += '{';
        m_first = true;
        fill(*this);
        m_out += '}';
        m_first = false;
    }
    void key(std::string_view name) {
        if (!m_first)
            m_out += ',';
        m_first = false;
        m_out += '"';
        m_out += name; // names of the protocol need no escapes
        m_out += "\":";
    }

private:
    void put(std::string_view text) { appendString(m_out, text); }
    void put(const std::string& text) { appendString(m_out, text); }
    void put(const Json& json) { m_out += json.text; }
    void put(bool value) { m_out += value ? "true" : "false"; }
    template <std::integral I>
    requires(!std::same_as<I, bool>) void put(I value) {
        char buffer[24];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
        m_out.append(buffer, end);
    }
    template <class Tag>
    void put(base::Id<Tag> id) {
        put(id.value);
    }
    void put(base::TimePoint time) { put(base::toUnixMillis(time)); }
    void put(const base::Uuid& uuid) {
        m_out += '"';
        m_out += base::toString(uuid);
        m_out += '"';
    }
    template <Enumerator E>
    void put(E value) {
        m_out += '"';
        m_out += model::name(value);
        m_out += '"';
    }
    template <class T>
    void put(const std::vector<T>& values) {
        m_out += '[';
        bool first = true;
        for (const T& value : values) {
            if (!first)
                m_out += ',';
            first = false;
            put(value);
        }
        m_out += ']';
    }
    template <class T>
    requires std::is_class_v<T>
    void put(const T& value) { object(value); }

    std::string& m_out;
    Audience m_audience;
    bool m_first = true;
};

/// A whole frame; `fill` writes the fields of `d`. Numbers that are 0 are left out.
template <class Fill>
std::string writeFrame(FrameType type, std::uint64_t id, std::uint64_t re, Fill&& fill,
                       Audience audience = Audience::Agent, std::size_t sizeHint = 256) {
    std::string out;
    out.reserve(sizeHint);
    Writer writer(out, audience);
    writer.objectOf([&](Writer& w) {
        w.field("t", frameName(type));
        w.maybe("id", id);
        w.maybe("re", re);
        w.key("d");
        w.objectOf(fill);
    });
    return out;
}

/// The fields of an error object.
void writeError(Writer& w, const base::Error& error);

/// A frame without `d`.
std::string writeEmptyFrame(FrameType type, std::uint64_t id, std::uint64_t re);

} // namespace cb::wire
