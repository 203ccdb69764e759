#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

/// The pieces a description is made of.
namespace cb::http {

using Document = nlohmann::ordered_json;

inline Document property(const char* type) {
    return {{"type", type}};
}
inline Document reference(std::string_view schema) {
    return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}
inline Document listOf(Document items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
inline Document object(Document properties, Document required = Document::array()) {
    Document out{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        out["required"] = std::move(required);
    return out;
}

/// Everything that routes name.
Document schemas();
/// Those of administration, flows' left out.
void addAdminBodies(Document& all);
void addRecordBodies(Document& all);

} // namespace cb::http
