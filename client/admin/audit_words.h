#pragma once

#include <QtCore/QString>

#include <string_view>
#include <utility>
#include <vector>

namespace cb::admin {

/// "flow.publish" → "Published a flow"; an action this version does not know stays as it is named. In the program's
/// present language.
QString auditAction(std::string_view action);

/// The kinds of things to filter by: the beginning of their actions, and a word.
std::vector<std::pair<QString, QString>> auditKinds();

/// "group 7" → "skill group 7"
QString auditTarget(std::string_view target);

} // namespace cb::admin
