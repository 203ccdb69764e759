#pragma once

#include "server/app/phone_order.h"
#include "server/store/readers.h"
#include "shared/base/result.h"

#include <string>
#include <vector>

namespace cb::app {

/// Checks it and reads the password's file; without an id. Errors: bad_field (name, host, port, transport, allow, user,
/// password-file, realm, register, max-calls, calls-per-second).
base::Result<model::Trunk> trunkOf(const TrunkOrder& order);

/// As the database keeps it: the password encrypted with the key in `keyFile`, which is made when it is missing.
/// Errors: those of auth::SecretBox::openOrMake.
base::Result<store::TrunkRow> sealedTrunk(model::Trunk trunk, const std::string& keyFile);

/// Those that are neither deleted nor switched off, in the order of fail-over, with their passwords. One whose password
/// cannot be opened is left out and logged: the others go on. Errors: those of the store.
base::Result<std::vector<model::Trunk>> trunksInUse(store::Reader& reader, const std::string& keyFile);

} // namespace cb::app
