#pragma once

#include "shared/base/clock.h"
#include "shared/base/uuid.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <string>
#include <string_view>

namespace cb::bridge {

/// UTF-8 both ways; malformed bytes become U+FFFD, lone surrogates too.
QString toQt(std::string_view utf8);
std::string toStd(const QString& text);
std::string_view view(const QByteArray& bytes); ///< valid as long as `bytes`

/// In local time; the epoch ("never") is an invalid QDateTime, and back.
QDateTime toQt(base::TimePoint time);
base::TimePoint toStd(const QDateTime& time);

/// A version 4 UUID from the system's random numbers.
base::Uuid newUuid();

} // namespace cb::bridge
