#pragma once

#include <string>
#include <vector>

/// Documents and what reading them says. Apart from the test class because moc loses its way in raw strings.
namespace cb::test {

struct JsonCase {
    std::string document;
    std::string expected; ///< "code at", or "ok"
};

std::string documentOf(const std::string& nodes, const std::string& edges = "[]");
std::vector<JsonCase> brokenDocuments();
std::vector<JsonCase> brokenFields();
std::vector<JsonCase> oversized();
/// A key branch, id 7, prompt "hi", among fields nobody knows yet.
std::string documentFromTheFuture();

} // namespace cb::test
