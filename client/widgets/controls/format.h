#pragma once

#include <QString>

namespace cb::widgets {

/// 0:07, 4:12, 1:04:12. Negative counts as zero.
QString formatElapsed(qint64 seconds);
/// 12 B, 3.4 KB, 12 MB: in the current locale.
QString formatBytes(qint64 bytes);
/// 7, 99, 99+.
QString formatCount(int count);
/// One or two characters that stand for a person: 李 for 李女士, AM for Anna Maria.
/// A tool tip that says exactly this: what a customer wrote is never read as markup.
QString tipOf(const QString& text);
QString initialsOf(const QString& name);

} // namespace cb::widgets
