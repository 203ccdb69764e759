#pragma once

#include "shared/base/error.h"

#include <QtCore/QString>

namespace cb::bridge {

/// What a user reads about an error: one or two whole sentences that say what happened and, where it helps, what to do.
/// An unknown code gives a general sentence of its grade. GUI thread; in the program's present language.
QString errorText(const base::Error& error);

/// The small print beside it: the code, as it is named in docs/protocol.md.
QString errorCode(const base::Error& error);

} // namespace cb::bridge
