#pragma once

#include "shared/wire/admin.h"

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

/// "group 7 Night" → "skill group “Night”"; without a name "skill group 7".
QString auditTarget(std::string_view target);

/// The name; what nobody of this call centre did was done by the operator or by the server itself.
QString auditWho(const wire::AuditEntry& entry);

/// What was before or is after: "wrap_up_seconds 77" → "a chat completes itself after 77 s". What people wrote, and
/// what this version does not know, stays as it is.
QString auditText(std::string_view action, std::string_view text);

} // namespace cb::admin
