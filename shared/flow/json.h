#pragma once

#include "shared/base/result.h"
#include "shared/flow/graph.h"

#include <string>
#include <string_view>

namespace cb::flow {

/// The schema this program writes. Older documents are upgraded while reading (upgrade_p.h), newer ones refused.
inline constexpr int kSchema = 1;

enum class Layout {
    Compact, ///< for the database and the wire
    Pretty,  ///< two spaces per level, for an exported file
};

/// {"schema":1,"mode":"chat","nodes":[{"id":1,"type":"start","label":"","x":0,"y":0}],"edges":[{"from":1,"port":"next","to":2}]}
/// plus the fields of each kind; field names as in graph.h, snake case. Reading gives back an equal graph when its
/// strings are UTF-8, its coordinates finite and limits.h holds. Bytes that are not UTF-8 are written as U+FFFD.
std::string toJson(const Graph& graph, Layout layout = Layout::Compact);

/// Fields it does not know are ignored; fields that are missing take the defaults of graph.h. Errors, all Rejected,
/// with the parameter "at" naming the place ("byte 17", "nodes[3].options[0].name"):
///   flow_too_large     more than limits.h allows
///   flow_bad_json      not JSON, or a field of the wrong type
///   flow_bad_schema    "schema" missing or not a number known
///   flow_newer_schema  written by a newer program
///   flow_bad_mode      "mode" unknown
///   flow_bad_node      a node's type is unknown, its id is missing, out of range or used twice
///   flow_bad_value     a number out of its range
base::Result<Graph> parseJson(std::string_view text);

} // namespace cb::flow
