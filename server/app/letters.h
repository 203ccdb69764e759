#pragma once

#include "server/app/options.h"
#include "server/mail/sender.h"
#include "shared/base/result.h"

#include <memory>
#include <string>

namespace cb::app {

/// The sender these options ask for: by SMTP, or into the folder when no mail server is named. Errors: bad_field
/// (the password's file cannot be read).
base::Result<std::unique_ptr<mail::Sender>> makeSender(const Options& options, store::Database& database,
                                                       store::Writer& writer, const base::Clock& clock);

/// What is wrong with them; empty = nothing.
std::string mistakeIn(const MailOptions& mail, const std::string& publicUrl);

/// Where letters go without a mail server.
std::string mailFolderOf(const std::string& data);

/// The operator's commands; exit codes as runCommand.
int listMails(const Options& options, store::Database& database);
int retryMails(const Options& options, store::Database& database);

} // namespace cb::app
