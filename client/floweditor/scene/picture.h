#pragma once

#include "shared/base/result.h"

#include <QtCore/QString>

namespace cb::floweditor {

class FlowScene;

/// The whole flow as a picture file, in the colours of the screen, nothing chosen. Error: picture_not_written.
base::Result<void> writePng(FlowScene& scene, const QString& path);
base::Result<void> writeSvg(FlowScene& scene, const QString& path, const QString& title);

} // namespace cb::floweditor
