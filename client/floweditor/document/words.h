#pragma once

#include "client/floweditor/document/choices.h"
#include "client/widgets/theme/icon.h"
#include "shared/flow/validate.h"

#include <QtCore/QString>

/// What people read of a flow.
namespace cb::floweditor {

/// "Message", "Branch", … of a node; the phone's own words for an IVR.
QString kindName(const flow::NodeData& data);
QString kindName(flow::Kind kind, flow::Mode mode);
widgets::Glyph glyphOf(flow::Kind kind, flow::Mode mode);
widgets::Glyph glyphOf(const flow::NodeData& data);

/// The label, or the kind's name when it has none.
QString titleOf(const flow::Node& node);
/// What the node says or does, in at most a few lines; empty for a start.
QString excerptOf(const flow::NodeData& data, const Choices& choices);
/// Everything that is written in the node, for a search: label, texts, names and keywords of branches, group, sounds.
QStringList textsOf(const flow::Node& node, const Choices& choices);
/// What a sound plays.
QString soundName(const flow::Sound& sound, const Choices& choices);
/// "then", "served", "not served", or the branch's own name.
QString portName(const flow::NodeData& data, const std::string& port);

/// "queue_text" of the document format → what stands at that field in the form.
QString fieldName(const QString& field);

/// Why the flow cannot be published, in a sentence; what it refers to by its labels.
QString sentenceOf(const flow::Problem& problem, const flow::Graph& graph);

} // namespace cb::floweditor
