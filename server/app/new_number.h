#pragma once

#include "server/app/phone_order.h"
#include "server/store/database.h"
#include "server/store/writer.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/model/phone.h"

#include <string>

namespace cb::app {

/// The number in E.164, as somebody writes it; a number without a country's code is a Chinese one. Errors: bad_field
/// (number).
base::Result<std::string> numberOf(const std::string& text);

struct NewNumber {
    model::PhoneNumber number;
    std::string group; ///< its name
    bool groupIsNew = false;
    std::string flow; ///< its name
};

/// Makes a number with its channel and a published, linked IVR that greets and transfers to the instance's default
/// phone group, which is made with all admins as members when it is not there (spec 1.5); all in one commit. Errors:
/// bad_field (number, type, language), instance_unknown, trunk_unknown, number_taken (conflict; params.instance),
/// too_many_channels, overloaded, storage_unavailable.
base::Result<NewNumber> addNumber(store::Database& database, store::Writer& writer, const base::Clock& clock,
                                  const NumberOrder& order);

/// Gives it back: its channel is deleted, calls under way finish, the IVR and the group stay. Returns the number as it
/// is now. Errors: bad_field, number_unknown, overloaded, storage_unavailable.
base::Result<model::PhoneNumber> releaseNumber(store::Writer& writer, const std::string& text);

} // namespace cb::app
