#pragma once

#include "shared/flow/graph.h"

#include <map>
#include <string>
#include <string_view>

namespace cb::flow {

/// What the numbers in a graph are called in the call centre it was drawn in.
struct Names {
    std::map<GroupId, std::string> groups; ///< of the graph's mode
    std::map<AudioId, std::string> audio;

    bool operator==(const Names&) const = default;
};

/// A flow as a file that may leave its call centre: the document of json.h, with the names of what it uses.
std::string toFile(const Graph& graph, const Names& names);

/// The names a file has; none when it has none, or they cannot be read.
Names namesIn(std::string_view file);

struct TakenOver {
    int lost = 0;   ///< places that point nowhere now (0): nothing here has that name
    int unsure = 0; ///< places whose number stands here, too, but the file does not say what it meant there
};
/// The numbers of another call centre become those of the same name `here`.
TakenOver takeOver(Graph& graph, const Names& there, const Names& here);

} // namespace cb::flow
