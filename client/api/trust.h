#pragma once

#include "shared/base/result.h"

#include <QtCore/QString>

namespace cb::api {

/// Trusts the issuers in a PEM file beside the system's, for every connection made from here on. For companies that
/// sign their own certificates and do not install their root on every machine. GUI thread, before the first connection.
/// Errors: file_unreadable (params.reason), ca_file_empty (params.file).
base::Result<void> trustAlso(const QString& path);

} // namespace cb::api
