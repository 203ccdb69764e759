#pragma once

#include "shared/flow/exchange.h"

#include <QtCore/QString>

#include <optional>

namespace cb::floweditor {

/// A flow that came in a file.
struct FlowFile {
    std::optional<flow::Graph> graph; ///< with the numbers of this call centre; nothing: it cannot be taken
    QString remark;                   ///< why not, or what has to be looked at now; empty: nothing
};

/// `here`: what may be referred to in this call centre.
FlowFile readFlowFile(const QString& path, flow::Mode mode, const flow::Names& here);

} // namespace cb::floweditor
