#pragma once

#include <QString>

namespace cb::widgets {

/// How well \p query fits \p text: 0 when its characters do not all occur in order, otherwise higher is better. Starts
/// of words and runs count more; case and width do not matter. Spaces in the query separate parts that must all fit.
int fuzzyScore(const QString& query, const QString& text);

} // namespace cb::widgets
