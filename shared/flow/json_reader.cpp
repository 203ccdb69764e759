#include "shared/flow/json_reader_p.h"

#include "shared/flow/limits.h"

#include <cmath>
#include <limits>

namespace cb::flow {

JsonReader::Scope::Scope(JsonReader& reader, std::string_view field)
    : m_reader(reader)
    , m_length(reader.m_path.size()) {
    reader.push(field);
}

JsonReader::Scope::Scope(JsonReader& reader, std::size_t index)
    : m_reader(reader)
    , m_length(reader.m_path.size()) {
    reader.m_path += '[';
    reader.m_path += std::to_string(index);
    reader.m_path += ']';
}

JsonReader::Scope::~Scope() {
    m_reader.m_path.resize(m_length);
}

void JsonReader::push(std::string_view part) {
    if (!m_path.empty())
        m_path += '.';
    m_path += part;
}

void JsonReader::fail(std::string_view code, std::string_view detail) {
    if (!m_error)
        m_error = base::with(base::rejected(code, detail), "at", m_path);
}

const JsonReader::Json* JsonReader::field(const Json& object, const char* name) const {
    if (failed())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

bool JsonReader::isObject(const Json& value) {
    if (!value.is_object())
        fail("flow_bad_json", "not an object");
    return !failed();
}

bool JsonReader::isShort(const std::string& text) {
    if (text.size() > kMaxTextBytes)
        fail("flow_too_large", "text too long");
    return !failed();
}

void JsonReader::text(const Json& object, const char* name, std::string& target) {
    const Json* value = field(object, name);
    if (!value)
        return;
    const Scope scope(*this, name);
    if (!value->is_string())
        return fail("flow_bad_json", "not a string");
    const auto& string = value->get_ref<const std::string&>();
    if (isShort(string))
        target = string;
}

void JsonReader::number(const Json& object, const char* name, std::int64_t low, std::int64_t high,
                        std::int64_t& target) {
    const Json* value = field(object, name);
    if (!value)
        return;
    const Scope scope(*this, name);
    if (!value->is_number_integer())
        return fail("flow_bad_json", "not a whole number");
    const bool isHuge =
        value->is_number_unsigned() &&
        value->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto number = value->get<std::int64_t>();
    if (isHuge || number < low || number > high)
        return fail("flow_bad_value", "out of range");
    target = number;
}

void JsonReader::integer(const Json& object, const char* name, int& target) {
    std::int64_t value = target;
    number(object, name, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(), value);
    target = static_cast<int>(value);
}

void JsonReader::seconds(const Json& object, const char* name, base::Seconds& target) {
    std::int64_t value = target.count();
    number(object, name, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(), value);
    target = base::Seconds{value};
}

void JsonReader::coordinate(const Json& object, const char* name, double& target) {
    const Json* value = field(object, name);
    if (!value)
        return;
    const Scope scope(*this, name);
    if (!value->is_number())
        return fail("flow_bad_json", "not a number");
    const auto number = value->get<double>();
    if (!std::isfinite(number) || std::fabs(number) > kMaxCoordinate)
        return fail("flow_bad_value", "out of range");
    target = number;
}

template <class Tag>
void JsonReader::id(const Json& object, const char* name, base::Id<Tag>& target) {
    number(object, name, 0, kMaxId, target.value);
}
template void JsonReader::id(const Json&, const char*, base::Id<NodeTag>&);
template void JsonReader::id(const Json&, const char*, base::Id<GroupTag>&);
template void JsonReader::id(const Json&, const char*, base::Id<AudioTag>&);

const JsonReader::Json* JsonReader::array(const Json& object, const char* name, std::size_t most) {
    const Json* value = field(object, name);
    if (!value)
        return nullptr;
    const Scope scope(*this, name);
    if (!value->is_array()) {
        fail("flow_bad_json", "not an array");
        return nullptr;
    }
    if (value->size() > most) {
        fail("flow_too_large", "too many elements");
        return nullptr;
    }
    return value;
}

} // namespace cb::flow
