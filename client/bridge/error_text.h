#pragma once

#include "shared/base/error.h"

#include <QtCore/QString>

#include <string_view>

namespace cb::bridge {

/// What a user reads about an error: one or two whole sentences that say what happened and, where it helps, what to do.
/// An unknown code gives a general sentence of its grade. GUI thread; in the program's present language.
QString errorText(const base::Error& error);

/// What is wrong with one field of a form or of a row, for the line below it: the `why` of a bad_field, or a code of
/// its own (email_taken). Empty when nothing is known that could be said there.
QString fieldText(std::string_view why, const base::Error& error = {});

/// The small print beside it: the code, as it is named in docs/protocol.md.
QString errorCode(const base::Error& error);

} // namespace cb::bridge
