#include "server/app/options.h"

#include "server/app/letters.h"
#include "server/app/phone_commands.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>

namespace cb::app {

namespace {

struct Texts {
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> proxies;
    double requestRate = 50;
    double requestBurst = 200;
    double startsPerMinute = 30;
    double startBurst = 100;
    std::string mediaPorts = "20000-29999";
    int mediaSeconds = 30;
};

void addServeOptions(CLI::App& app, Options& options, Texts& texts) {
    app.add_option("--listen", texts.listen, "address and port; port 0 takes any free one")->capture_default_str();
    app.add_option("--tls-cert", options.net.certificateFile, "PEM certificate chain; read again on SIGHUP");
    app.add_option("--tls-key", options.net.keyFile, "PEM key");
    app.add_option("--public-url", options.publicUrl, "how the outside reaches this server; told with new accounts");
    app.add_flag("--demo", options.demo, "fill an empty database with a demonstration, and serve /demo");
    app.add_option("--metrics-token", options.metricsToken, "bearer token for /metrics from elsewhere than this host");
    app.add_option("--trusted-proxies", texts.proxies, "addresses or networks whose X-Forwarded-For is believed");
    app.add_option("--max-connections", options.net.connections, "at once")->capture_default_str();
    app.add_option("--max-connections-per-address", options.net.connectionsPerAddress, "at once")
        ->capture_default_str();
    app.add_option("--requests-per-second", texts.requestRate, "HTTP requests of one address")->capture_default_str();
    app.add_option("--request-burst", texts.requestBurst, "HTTP requests of one address at once")
        ->capture_default_str();
    app.add_option("--session-starts-per-minute", texts.startsPerMinute,
                   "new sessions of the visitors at one address; 0 = no limit")
        ->capture_default_str();
    app.add_option("--session-start-burst", texts.startBurst, "new sessions of one address at once")
        ->capture_default_str();
    app.add_option("--free-bytes-floor", options.freeBytesFloor, "below it no new session starts")
        ->capture_default_str();
}

void addMailOptions(CLI::App& app, MailOptions& mail) {
    app.add_option("--smtp-url", mail.url,
                   "smtp://HOST[:PORT] or smtps://HOST[:PORT] that takes our letters; without it they become files in "
                   "the data directory");
    app.add_option("--smtp-tls", mail.tls, "required, or off: smtp:// without STARTTLS")->capture_default_str();
    app.add_option("--smtp-user", mail.user, "who we are to the mail server");
    app.add_option("--smtp-password-file", mail.passwordFile, "file whose first line is the password");
    app.add_option("--smtp-ca", mail.caFile, "PEM certificates that the mail server's one is checked against");
    app.add_option("--mail-from", mail.from, "sender of the letters: ADDRESS or \"NAME <ADDRESS>\"");
}

void addPhoneOptions(CLI::App& app, PhoneOptions& phone, Texts& texts) {
    app.add_option("--sip", phone.engine.listen,
                   "where SIP trunks reach us: udp:ADDRESS:PORT, tcp:… or tls:…, several times; without it there is no "
                   "telephone");
    app.add_option("--sip-cert", phone.engine.certificateFile, "for tls: PEM with certificate and key");
    app.add_option("--media-address", phone.engine.mediaAddress,
                   "address told for sound (NAT); else the one we are reached at");
    app.add_option("--media-ports", texts.mediaPorts, "UDP ports for sound: FIRST-LAST, two a call")
        ->capture_default_str();
    app.add_option("--max-calls", phone.engine.mostCalls, "at once")->capture_default_str();
    app.add_option("--call-setups-per-second", phone.engine.callsPerSecond, "further ones are told to come again")
        ->capture_default_str();
    app.add_option("--media-timeout", texts.mediaSeconds, "seconds without sound that end a call; 0 = never")
        ->capture_default_str();
    app.add_option("--phone-region", phone.engine.region, "of numbers without a country code, e.g. CN")
        ->capture_default_str();
    app.add_option("--speech-voice", phone.speech.defaultVoice, "what text to speech says without another choice")
        ->capture_default_str();
    app.add_option("--speech-command", phone.speech.command,
                   "program (and arguments) that speaks instead of espeak-ng: text on its input, wav or mp3 on its "
                   "output; {voice} stands for the voice");
    app.add_option("--speech-url", phone.speech.url, "service that speaks instead: POST of the text; {voice} as above");
    app.add_option("--speech-voices", phone.speech.voices, "voices that program or service has besides the default");
}

void addCommands(CLI::App& app, Options& options) {
    auto* backup = app.add_subcommand("backup", "copy everything into a new folder, while the server runs");
    backup->add_option("target", options.target, "folder to make")->required();
    backup->callback([&options] { options.command = Command::Backup; });
    auto* restore = app.add_subcommand("restore", "put a backup into an empty data directory");
    restore->add_option("source", options.target, "folder that backup made")->required();
    restore->callback([&options] { options.command = Command::Restore; });
    auto* check = app.add_subcommand("check", "read everything and report what is wrong");
    check->callback([&options] { options.command = Command::Check; });
    auto* rollback = app.add_subcommand("rollback", "go back to the snapshot taken before the newest migration");
    rollback->callback([&options] { options.command = Command::Rollback; });
    auto* instance = app.add_subcommand("instance", "call-centre instances");
    instance->require_subcommand(1);
    auto* add = instance->add_subcommand("add", "make one, with an admin; prints a one-time password");
    add->add_option("--name", options.instanceName, "name of the instance")->required();
    add->add_option("--admin-email", options.adminEmail, "the admin signs in with it")->required();
    add->add_option("--admin-name", options.adminName, "name of the admin")->capture_default_str();
    add->add_option("--time-zone", options.timeZone,
                    "when its days begin: a name of the IANA database, as Europe/Berlin; it stays")
        ->capture_default_str();
    add->callback([&options] { options.command = Command::InstanceAdd; });
    auto* passwd = app.add_subcommand("passwd", "give somebody a new one-time password");
    passwd->add_option("--instance", options.instance, "SDKAppID")->required();
    passwd->add_option("--email", options.adminEmail, "whose")->required();
    passwd->callback([&options] { options.command = Command::Passwd; });
    auto* mail =
        app.add_subcommand("mail", "list the newest letters: state, time, recipient, subject, what went wrong");
    mail->callback([&options] {
        if (options.command == Command::Serve)
            options.command = Command::MailList;
    });
    auto* again = mail->add_subcommand("retry", "try letters that were not sent again now, given up ones too");
    again->add_option("id", options.mailId, "only this one");
    again->callback([&options] { options.command = Command::MailRetry; });
}

std::string apply(const Texts& texts, PhoneOptions& phone) {
    const auto dash = texts.mediaPorts.find('-');
    const auto port = [&](const std::string& text, std::uint16_t& out) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
        return !text.empty() && error == std::errc{} && end == text.data() + text.size();
    };
    auto& engine = phone.engine;
    const bool read = dash != std::string::npos && port(texts.mediaPorts.substr(0, dash), engine.firstPort) &&
                      port(texts.mediaPorts.substr(dash + 1), engine.lastPort);
    if (!read || engine.firstPort == 0 || engine.lastPort - engine.firstPort < 2)
        return "--media-ports: not FIRST-LAST: " + texts.mediaPorts;
    if (engine.mostCalls < 1 || engine.callsPerSecond < 1 || texts.mediaSeconds < 0)
        return "--max-calls and --call-setups-per-second must be positive, --media-timeout must not be negative";
    engine.mediaTimeout = base::Seconds(texts.mediaSeconds);
    if (!phone.speech.command.empty() && !phone.speech.url.empty())
        return "--speech-command and --speech-url: one of them";
    phone.speech.kind = !phone.speech.command.empty() ? sound::SpeechKind::Command
                        : !phone.speech.url.empty()   ? sound::SpeechKind::Http
                                                      : sound::SpeechKind::Espeak;
    return {};
}

std::string apply(const Texts& texts, Options& options) {
    if (auto listen = parseListen(texts.listen, options.net); !listen)
        return "--listen: not ADDRESS:PORT: " + texts.listen;
    for (const auto& proxy : texts.proxies) {
        const auto network = net::parseNetwork(proxy);
        if (!network)
            return "--trusted-proxies: not an address or network: " + proxy;
        options.net.trustedProxies.push_back(*network);
    }
    auto& url = options.publicUrl;
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    if (!url.empty() && url.rfind("http://", 0) != 0 && url.rfind("https://", 0) != 0)
        return "--public-url: not http:// or https://: " + url;
    if (auto mistake = mistakeIn(options.mail, url); !mistake.empty())
        return mistake;
    if (auto mistake = apply(texts, options.phone); !mistake.empty())
        return mistake;
    options.net.requests = {texts.requestRate, texts.requestBurst};
    if (texts.requestRate <= 0 || texts.requestBurst < 1)
        return "--requests-per-second and --request-burst must be positive";
    options.sessionStarts = {texts.startsPerMinute / 60, texts.startBurst};
    if (texts.startsPerMinute < 0 || texts.startBurst < 1)
        return "--session-starts-per-minute must not be negative, --session-start-burst must be positive";
    if (options.net.certificateFile.empty() != options.net.keyFile.empty())
        return "--tls-cert and --tls-key belong together";
    return {};
}

} // namespace

base::Result<void> parseListen(const std::string& text, net::ServerOptions& out) {
    const auto colon = text.rfind(':');
    const auto bad = base::with(base::rejected("bad_field", text), "field", "listen");
    if (colon == std::string::npos)
        return bad;
    const std::string_view digits = std::string_view(text).substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
        return bad;
    std::string address = text.substr(0, colon);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    if (address.empty())
        address = "0.0.0.0";
    if (!net::parseAddress(address))
        return bad;
    out.address = address;
    out.port = port;
    return {};
}

Parsed parseOptions(int argc, char** argv) {
    Parsed parsed;
    Options& options = parsed.options;
    Texts texts;
    CLI::App app{"Cloudbell, a self-hosted call centre", "cloudbell-server"};
    app.set_version_flag("--version", CLOUDBELL_VERSION);
    app.set_config("--config", "", "options from a TOML or INI file: the names of the long options, without dashes");
    app.allow_config_extras(CLI::config_extras_mode::error); // a mistyped name must not be passed over
    app.add_option("--data", options.data, "data directory")->required();
    app.add_option("--database", options.database, "PostgreSQL URL instead of the file in the data directory");
    app.add_option("--log-level", options.logLevel, "debug, info, warn, error or off")->capture_default_str();
    addServeOptions(app, options, texts);
    addMailOptions(app, options.mail);
    addPhoneOptions(app, options.phone, texts);
    addCommands(app, options);
    addPhoneCommands(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        parsed.finished = true;
        parsed.exitCode = app.exit(error);
        return parsed;
    }
    if (const auto mistake = apply(texts, options); !mistake.empty()) {
        std::cerr << mistake << '\n';
        parsed.finished = true;
        parsed.exitCode = 2;
    }
    return parsed;
}

} // namespace cb::app
