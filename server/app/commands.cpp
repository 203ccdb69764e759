#include "server/app/commands.h"

#include "server/app/console.h"
#include "server/app/letters.h"
#include "server/app/new_instance.h"
#include "server/app/phone_commands.h"
#include "server/auth/accounts.h"
#include "server/media/attachment_files.h"
#include "server/media/audio_shelf.h"
#include "server/ops/backup.h"
#include "server/ops/data_directory.h"
#include "server/store/database.h"
#include "server/store/writer.h"
#include "shared/base/clock.h"

#include <filesystem>
#include <iostream>

namespace cb::app {

namespace {

/// Where the account is of use.
void tellAddress(const Options& options, model::InstanceId instance) {
    const bool known = !options.publicUrl.empty();
    std::cout << "address " << (known ? options.publicUrl : "http://SERVER:PORT") << "/online/" << instance.value
              << '\n';
}

base::Result<std::unique_ptr<store::Database>> openDatabase(const Options& options) {
    store::DatabaseOptions where;
    where.where = databaseOf(options);
    where.migrate = false; // an older server may be at work on it: only a server's start brings it up to date
    return store::Database::open(where);
}

/// One that is there: a mistyped folder must not look like a call centre without customers.
base::Result<std::unique_ptr<store::Database>> existingDatabase(const Options& options) {
    std::error_code error;
    const auto file = ops::DataDirectory::databaseOf(options.data);
    if (options.database.empty() && !std::filesystem::exists(file, error))
        return base::rejected("no_database", file);
    return openDatabase(options);
}

int backup(const Options& options) {
    auto database = existingDatabase(options);
    if (!database)
        return tellError(database.error());
    auto report = ops::backup(**database, options.data, options.target);
    if (!report)
        return tellError(report.error());
    std::cout << "backup complete: " << options.target << ", " << report->files << " attachments, " << report->sounds
              << " sounds, " << report->recordings << " recordings\n";
    return 0;
}

int restore(const Options& options) {
    if (!options.database.empty())
        return tellError(base::rejected("backup_unsupported", "use the tools of the database"));
    auto folder = ops::DataDirectory::open(options.data);
    if (!folder)
        return tellError(folder.error());
    auto report = ops::restore(options.target, options.data, base::SystemClock().now());
    if (!report)
        return tellError(report.error());
    std::cout << "restored into " << options.data << ", " << report->files << " attachments, " << report->sounds
              << " sounds, " << report->recordings << " recordings\n";
    return 0;
}

int rollback(const Options& options) {
    auto folder = ops::DataDirectory::open(options.data);
    if (!folder)
        return tellError(folder.error());
    auto version = store::Database::restoreSnapshot(databaseOf(options));
    if (!version)
        return tellError(version.error());
    std::cout << "back before migration " << *version << '\n';
    return 0;
}

int check(const Options& options) {
    auto database = existingDatabase(options);
    if (!database)
        return tellError(database.error());
    auto report = (*database)->check();
    if (!report)
        return tellError(report.error());
    for (const auto& problem : report->problems)
        std::cout << problem.code << ": " << problem.detail << '\n';
    auto files = media::checkFiles(ops::DataDirectory::attachmentsOf(options.data), **database);
    if (!files)
        return tellError(files.error());
    for (const auto& problem : files->problems)
        std::cout << problem.code << ": attachment " << problem.attachment.value << '\n';
    for (const auto& copy : store::Database::oldCopies(databaseOf(options)))
        std::cout << "copy " << copy << ": customers erased since are still in it, delete it when nobody needs to go "
                  << "back\n";
    auto sounds = media::checkAudio(ops::DataDirectory::audioOf(options.data), **database);
    if (!sounds)
        return tellError(sounds.error());
    for (const auto& problem : sounds->problems)
        std::cout << problem.code << ": audio " << problem.audio.value << '\n';
    const auto problems = report->problems.size() + files->problems.size() + sounds->problems.size();
    std::cout << "schema " << report->schemaVersion << ", " << report->events << " events, " << files->rows
              << " attachments, " << sounds->rows << " sounds, " << problems << " problems\n";
    return problems == 0 ? 0 : 3;
}

/// Also before the first start of a server: an instance may be the first thing there is.
int addOne(const Options& options) {
    std::error_code error;
    if (options.database.empty() && !std::filesystem::exists(options.data, error))
        if (auto made = ops::DataDirectory::open(options.data); !made)
            return tellError(made.error());
    auto database = openDatabase(options);
    if (!database)
        return tellError(database.error());
    const base::SystemClock clock;
    store::Writer writer(**database, 64);
    auto added = addInstance(**database, writer, clock,
                             {options.instanceName, options.adminName, options.adminEmail, options.timeZone});
    if (!added)
        return tellError(added.error());
    tellAddress(options, added->instance);
    std::cout << "instance " << added->instance.value << "\nadmin " << options.adminEmail << "\npassword "
              << added->password << "\n(to be changed at the first sign-in)\n";
    return 0;
}

int passwd(const Options& options) {
    auto database = existingDatabase(options);
    if (!database)
        return tellError(database.error());
    const base::SystemClock clock;
    store::Writer writer(**database, 64);
    model::AgentId agent;
    const model::InstanceId instance{options.instance};
    {
        auto reader = (*database)->reader();
        if (!reader)
            return tellError(reader.error());
        auto found = reader->credentials().byEmail(instance, options.adminEmail);
        if (!found)
            return tellError(found.error());
        if (!*found || (*found)->deleted)
            return tellError(base::rejected("agent_unknown"));
        agent = (*found)->credential.agent;
    }
    auth::Accounts accounts(**database, writer, clock);
    auto password = accounts.resetPassword(instance, agent);
    if (!password)
        return tellError(password.error());
    tellAddress(options, instance);
    std::cout << "password " << *password << "\n(to be changed at the next sign-in; open sessions end)\n";
    return 0;
}

int onDatabase(const Options& options, int (*command)(const Options&, store::Database&)) {
    auto database = existingDatabase(options);
    return database ? command(options, **database) : tellError(database.error());
}

} // namespace

std::string databaseOf(const Options& options) {
    return options.database.empty() ? ops::DataDirectory::databaseOf(options.data) : options.database;
}

int runCommand(const Options& options) {
    switch (options.command) {
    case Command::Backup:
        return backup(options);
    case Command::Restore:
        return restore(options);
    case Command::Check:
        return check(options);
    case Command::Rollback:
        return rollback(options);
    case Command::InstanceAdd:
        return addOne(options);
    case Command::Passwd:
        return passwd(options);
    case Command::MailList:
        return onDatabase(options, listMails);
    case Command::MailRetry:
        return onDatabase(options, retryMails);
    case Command::Phone:
        return onDatabase(options, runPhoneCommand);
    case Command::Serve:
        break;
    }
    return 1;
}

} // namespace cb::app
