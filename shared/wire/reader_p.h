#pragma once

#include "shared/base/clock.h"
#include "shared/base/id.h"
#include "shared/base/result.h"
#include "shared/base/uuid.h"
#include "shared/model/names.h"
#include "shared/wire/writer_p.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cb::wire {

/// What a reading has met so far; shared by the readers of nested objects.
struct ReadState {
    bool strict = false;     ///< an enumerator of an unknown name is bad_field (requests); else the object is opaque
    bool opaque = false;     ///< an essential enumerator had a name this version does not know
    std::string badField;    ///< path of the first field that is missing, of the wrong type or out of range
    std::string opaqueField; ///< path of the enumerator
};

base::Error badField(std::string_view path);

/// The other half of Writer: takes the same calls and fills the values. After the first bad field the rest is skipped.
class Reader {
public:
    static constexpr bool kReads = true;

    Reader(const nlohmann::json& object, ReadState& state, const Reader* parent = nullptr, std::string_view name = {})
        : m_object(object)
        , m_state(state)
        , m_parent(parent)
        , m_name(name) {}

    template <class T>
    void field(std::string_view name, T& value) {
        const auto* found = find(name);
        if (found == nullptr)
            return fail(name);
        take(name, *found, value);
        if constexpr (requires { value.value; })
            if (!value)
                fail(name); // an id that is asked for is not "none"
    }
    template <class T>
    void plain(std::string_view name, T& value) {
        if (const auto* found = find(name))
            take(name, *found, value);
    }
    template <Enumerator E>
    void soft(std::string_view name, E& value) {
        const auto* found = find(name);
        if (found == nullptr)
            return;
        if (!found->is_string())
            return fail(name);
        if (const auto parsed = model::parse<E>(found->get_ref<const std::string&>()))
            value = *parsed;
    }
    template <class T>
    void maybe(std::string_view name, T& value) {
        plain(name, value);
    }
    template <class T>
    void maybe(std::string_view name, std::optional<T>& value) {
        if (const auto* found = find(name))
            take(name, *found, value.emplace());
    }
    template <class T>
    void flagged(std::string_view name, T& value, bool& flag) {
        const auto* found = find(name);
        flag = found != nullptr;
        if (found != nullptr)
            take(name, *found, value);
    }
    void fail(std::string_view name) {
        if (m_state.badField.empty())
            m_state.badField = path(name);
    }
    bool bad() const { return !m_state.badField.empty(); }

private:
    std::string path(std::string_view name) const {
        const std::string own = m_name.empty() ? std::string() : std::string(m_name);
        const std::string front = m_parent != nullptr ? m_parent->path(own) : own;
        return front.empty() ? std::string(name) : front + '.' + std::string(name);
    }
    /// nullptr when absent; null counts as absent.
    const nlohmann::json* find(std::string_view name) const {
        if (bad() || !m_object.is_object())
            return nullptr;
        const auto found = m_object.find(name);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }

    void take(std::string_view name, const nlohmann::json& from, std::string& value) {
        if (!from.is_string())
            return fail(name);
        value = from.get_ref<const std::string&>();
    }
    void take(std::string_view, const nlohmann::json& from, Json& value) {
        value.text = from.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    void take(std::string_view name, const nlohmann::json& from, bool& value) {
        if (!from.is_boolean())
            return fail(name);
        value = from.get<bool>();
    }
    template <std::signed_integral I>
    void take(std::string_view name, const nlohmann::json& from, I& value) {
        if (from.is_number_unsigned()) {
            const auto number = from.get<std::uint64_t>();
            if (number > static_cast<std::uint64_t>(std::numeric_limits<I>::max()))
                return fail(name);
            value = static_cast<I>(number);
        } else if (from.is_number_integer()) {
            const auto number = from.get<std::int64_t>();
            if (number < std::numeric_limits<I>::min())
                return fail(name);
            value = static_cast<I>(number);
        } else {
            fail(name);
        }
    }
    template <class Tag>
    void take(std::string_view name, const nlohmann::json& from, base::Id<Tag>& id) {
        take(name, from, id.value);
        if (id.value < 0)
            fail(name);
    }
    void take(std::string_view name, const nlohmann::json& from, base::TimePoint& time) {
        std::int64_t millis = 0;
        take(name, from, millis);
        time = base::fromUnixMillis(millis);
    }
    void take(std::string_view name, const nlohmann::json& from, base::Uuid& uuid) {
        const auto parsed =
            from.is_string() ? base::parseUuid(from.get_ref<const std::string&>()) : std::optional<base::Uuid>();
        if (!parsed)
            return fail(name);
        uuid = *parsed;
    }
    template <Enumerator E>
    void take(std::string_view name, const nlohmann::json& from, E& value) {
        if (!from.is_string())
            return fail(name);
        const auto parsed = model::parse<E>(from.get_ref<const std::string&>());
        if (parsed) {
            value = *parsed;
        } else if (m_state.strict) {
            fail(name);
        } else {
            m_state.opaque = true;
            if (m_state.opaqueField.empty())
                m_state.opaqueField = path(name);
        }
    }
    /// Elements this version does not understand are left out.
    template <class T>
    void take(std::string_view name, const nlohmann::json& from, std::vector<T>& values) {
        if (!from.is_array())
            return fail(name);
        values.clear();
        values.reserve(from.size());
        const bool before = m_state.opaque;
        for (const auto& element : from) {
            m_state.opaque = false;
            T value{};
            take(name, element, value);
            if (bad())
                return;
            if (!m_state.opaque)
                values.push_back(std::move(value));
        }
        m_state.opaque = before;
    }
    template <class T>
    requires std::is_class_v<T>
    void take(std::string_view name, const nlohmann::json& from, T& value) {
        if (!from.is_object())
            return fail(name);
        Reader nested(from, m_state, this, name);
        fields(nested, value);
    }

    const nlohmann::json& m_object;
    ReadState& m_state;
    const Reader* m_parent;
    std::string_view m_name;
};

/// Reads the fields of `value` out of `d` with `fill`, or says which one is bad.
template <class T, class Fill>
base::Result<T> readWith(const nlohmann::json& d, bool strict, Fill&& fill) {
    if (!d.is_object())
        return badField("");
    ReadState state;
    state.strict = strict;
    Reader reader(d, state);
    T value{};
    fill(reader, value);
    if (!state.badField.empty())
        return badField(state.badField);
    if (state.opaque)
        return badField(state.opaqueField);
    return value;
}

template <class T>
base::Result<T> read(const nlohmann::json& d, bool strict = false) {
    return readWith<T>(d, strict, [](Reader& reader, T& value) { fields(reader, value); });
}

} // namespace cb::wire
