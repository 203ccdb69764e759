#include "server/app/letters.h"

#include "server/app/console.h"
#include "server/app/words.h"
#include "server/mail/folder.h"
#include "server/mail/smtp.h"
#include "server/store/database.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"

#include <fmt/chrono.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <iostream>

namespace cb::app {

namespace {

constexpr std::size_t kListed = 1'000;
constexpr const char* kLocalSender = "cloudbell@localhost";

std::string timeText(base::TimePoint time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::time_point_cast<std::chrono::seconds>(time)));
}

const char* stateOf(const store::Mail& row) {
    if (row.sentAt != base::TimePoint{})
        return "sent";
    return row.dueAt == store::kMailGivenUp ? "given_up" : "waiting";
}

} // namespace

std::string mailFolderOf(const std::string& data) {
    return data + "/mail";
}

std::string mistakeIn(const MailOptions& mail, const std::string& publicUrl) {
    if (!mail.from.empty() && !mail::parseMailbox(mail.from))
        return "--mail-from: not an address: " + mail.from;
    if (mail.tls != "required" && mail.tls != "off")
        return "--smtp-tls: required or off: " + mail.tls;
    if (mail.url.empty())
        return mail.user.empty() && mail.passwordFile.empty() ? std::string() : "--smtp-user needs --smtp-url";
    if (!mail::isSmtpUrl(mail.url))
        return "--smtp-url: not smtp://HOST[:PORT] or smtps://HOST[:PORT]";
    if (mail.from.empty() || publicUrl.empty())
        return "--smtp-url needs --mail-from and --public-url: letters have a sender, and links";
    if (mail.user.empty() != mail.passwordFile.empty())
        return "--smtp-user and --smtp-password-file belong together";
    return {};
}

base::Result<std::unique_ptr<mail::Sender>> makeSender(const Options& options, store::Database& database,
                                                       store::Writer& writer, const base::Clock& clock) {
    const MailOptions& given = options.mail;
    mail::SenderOptions how;
    auto from = mail::parseMailbox(given.from.empty() ? kLocalSender : given.from);
    if (!from)
        return from.error();
    how.from = std::move(*from);
    std::unique_ptr<mail::Transport> transport;
    if (given.url.empty()) {
        transport = std::make_unique<mail::Folder>(mailFolderOf(options.data));
    } else {
        mail::SmtpOptions smtp;
        smtp.url = given.url;
        smtp.user = given.user;
        smtp.caFile = given.caFile;
        smtp.tls = given.tls == "required" || given.url.rfind("smtps://", 0) == 0;
        if (!given.passwordFile.empty()) {
            auto secret = secretIn(given.passwordFile, "smtp-password-file");
            if (!secret)
                return secret.error();
            smtp.password = std::move(*secret);
        }
        if (!smtp.tls)
            spdlog::warn("event=mail_not_encrypted detail=\"letters, and the password, can be read on their way\"");
        transport = std::make_unique<mail::Smtp>(std::move(smtp));
    }
    return std::make_unique<mail::Sender>(database, writer, clock, std::move(transport), std::move(how));
}

int listMails(const Options& options, store::Database& database) {
    auto reader = database.reader();
    auto rows = reader ? reader->mails().newest(kListed) : base::Result<std::vector<store::Mail>>(reader.error());
    if (!rows) {
        std::cerr << rows.error().code << ": " << rows.error().detail << '\n';
        return 1;
    }
    for (const store::Mail& row : *rows) {
        std::cout << fmt::format("{} {:8} {} {}  {}\n", row.id, stateOf(row), timeText(row.createdAt), shown(row.to),
                                 shown(row.subject));
        if (!row.error.empty())
            std::cout << fmt::format("    attempts {}: {}\n", row.attempts, shown(row.error));
        std::error_code error;
        const auto file = mail::Folder::fileOf(mailFolderOf(options.data), row.id);
        if (std::filesystem::exists(file, error))
            std::cout << "    file " << file << '\n';
    }
    return 0;
}

int retryMails(const Options& options, store::Database& database) {
    const base::SystemClock clock;
    store::Writer writer(database, 64);
    auto count = std::make_shared<std::int64_t>(0); // filled on the writer's thread
    const auto done = store::runJob(
        writer, [id = options.mailId, now = clock.now(), count](store::Tables& tables) -> base::Result<void> {
            auto due = tables.retryMails(id, now);
            if (!due)
                return due.error();
            *count = *due;
            return {};
        });
    if (!done) {
        std::cerr << done.error().code << ": " << done.error().detail << '\n';
        return 1;
    }
    Words words;
    words.mails = true;
    leaveWords(options.data, words);
    std::cout << *count << " letters are due; a running server takes them up within seconds\n";
    return 0;
}

} // namespace cb::app
