#pragma once

#include <QtCore/QString>

namespace cb::bridge {

/// What somebody typed or pasted, as it is dialled: digits, * and #, with a plus in front when there was one. Spaces,
/// brackets and the like go, full-width characters become narrow, of several numbers the first counts; a tel: link is
/// read, too. Empty when there is nothing to dial.
QString cleanNumber(const QString& pasted);

} // namespace cb::bridge
