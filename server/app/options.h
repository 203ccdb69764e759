#pragma once

#include "server/app/phone_order.h"
#include "server/channels/phone/engine.h"
#include "server/media/sound/speech.h"
#include "server/net/server.h"
#include "shared/base/result.h"

#include <string>
#include <vector>

namespace cb::app {

enum class Command { Serve, Backup, Restore, Check, Rollback, InstanceAdd, Passwd, MailList, MailRetry, Phone };

/// How letters leave the house.
struct MailOptions {
    std::string url; ///< empty: they become files in the data directory
    std::string user;
    std::string passwordFile;
    std::string caFile;
    std::string tls = "required"; ///< or "off"
    std::string from;
};

/// The telephone; without anything to listen on there is none.
struct PhoneOptions {
    phone::EngineOptions engine;
    sound::SpeechOptions speech;
};

struct Options {
    Command command = Command::Serve;
    std::string data;
    std::string database;  ///< PostgreSQL URL; empty = the file in the data directory
    std::string publicUrl; ///< without a slash at the end; empty = not told
    std::string metricsToken;
    std::string logLevel = "info";
    bool demo = false;
    MailOptions mail;
    PhoneOptions phone;
    net::ServerOptions net;
    net::Rate sessionStarts;                         ///< of the visitors at one address; perSecond 0 = no limit
    std::int64_t freeBytesFloor = 256 * 1024 * 1024; ///< below it no new session starts

    std::string target; ///< backup: folder to make; restore: folder to read
    std::string instanceName;
    std::string adminName = "Admin";
    std::string adminEmail;
    std::string timeZone = "Asia/Shanghai"; ///< of a new instance, IANA name
    std::int64_t instance = 0;
    std::int64_t mailId = 0; ///< 0 = all
    PhoneOrder order;        ///< Command::Phone
};

struct Parsed {
    Options options;
    bool finished = false; ///< --help, --version or a mistake: the text was printed
    int exitCode = 0;
};

/// Command line and configuration file (TOML or INI; names as the long options).
Parsed parseOptions(int argc, char** argv);

/// "127.0.0.1:8080", "[::1]:0", ":8080" into address and port. Errors: bad_field.
base::Result<void> parseListen(const std::string& text, net::ServerOptions& out);

} // namespace cb::app
