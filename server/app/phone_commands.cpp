#include "server/app/phone_commands.h"

#include "server/app/console.h"
#include "server/app/new_number.h"
#include "server/app/trunks.h"
#include "server/app/words.h"
#include "server/ops/data_directory.h"
#include "server/store/run_job.h"
#include "server/store/tables.h"
#include "shared/model/names.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <map>

namespace cb::app {

namespace {

CLI::App* action(CLI::App* parent, Options& options, PhoneAction action, const char* name, const char* text) {
    auto* command = parent->add_subcommand(name, text);
    command->callback([&options, action] {
        options.command = Command::Phone;
        options.order.action = action;
    });
    return command;
}

CLI::App* topic(CLI::App& app, const char* name, const char* text) {
    auto* parent = app.add_subcommand(name, text);
    parent->require_subcommand(1);
    return parent;
}

void addTrunkCommands(CLI::App& app, Options& options) {
    auto* trunk = topic(app, "trunk", "ways to the telephone network");
    auto* add = action(trunk, options, PhoneAction::TrunkAdd, "add", "make one");
    TrunkOrder& order = options.order.trunk;
    add->add_option("--name", order.name, "how lists call it")->required();
    add->add_option("--host", order.host, "name or address of the far end")->required();
    add->add_option("--port", order.port, "of the far end; 5060, with tls 5061")->check(CLI::Range(1, 65'535));
    add->add_option("--transport", order.transport, "udp, tcp or tls")
        ->check(CLI::IsMember({"udp", "tcp", "tls"}))
        ->capture_default_str();
    add->add_option("--allow", order.allow,
                    "addresses or networks that may call in over it; without any only the far end's own addresses");
    add->add_flag("--register", order.registers, "sign on to the far end, which then sends calls here");
    add->add_option("--user", order.user, "who we are to the far end");
    add->add_option("--password-file", order.passwordFile, "file whose first line is the password");
    add->add_option("--realm", order.realm, "SIP domain, when it is not the host");
    add->add_option("--max-calls", order.maxCalls, "at once; 0 = no limit of its own")->capture_default_str();
    add->add_option("--calls-per-second", order.callsPerSecond, "set up; 0 = no limit of its own")
        ->capture_default_str();
    add->add_flag("--srtp", order.srtp, "media must be encrypted");
    add->add_option("--order", order.order, "outgoing calls try lower ones first")->capture_default_str();
    action(trunk, options, PhoneAction::TrunkList, "list", "list them");
    auto* remove = action(trunk, options, PhoneAction::TrunkRemove, "remove", "remove one that no number names");
    remove->add_option("id", options.order.id, "of the trunk")->required();
}

void addNumberCommands(CLI::App& app, Options& options) {
    auto* number = topic(app, "number", "phone numbers");
    auto* add = action(number, options, PhoneAction::NumberAdd, "add",
                       "give an instance one, with an IVR that transfers to its default phone group");
    NumberOrder& order = options.order.number;
    add->add_option("--instance", order.instance, "SDKAppID")->required();
    add->add_option("--number", order.number, "with +COUNTRY; without it a Chinese one")->required();
    add->add_option("--type", order.type, "calls in, out or both")
        ->check(CLI::IsMember({"in", "out", "both"}))
        ->capture_default_str();
    add->add_option("--trunk", order.trunk, "the only one it comes and goes by");
    add->add_option("--language", order.language, "zh or en: of what the IVR says")
        ->check(CLI::IsMember({"zh", "en"}))
        ->capture_default_str();
    auto* list = action(number, options, PhoneAction::NumberList, "list", "list them");
    list->add_option("--instance", options.order.instance, "only of this one");
    auto* remove =
        action(number, options, PhoneAction::NumberRemove, "remove", "give one back; calls under way finish");
    remove->add_option("number", order.number)->required();
}

void addAudioCommands(CLI::App& app, Options& options) {
    auto* audio = topic(app, "audio", "uploaded audio");
    auto* review =
        action(audio, options, PhoneAction::AudioReview, "review", "on: no new audio is used before it is approved");
    review->add_option("state", options.order.review, "on or off")->required()->check(CLI::IsMember({"on", "off"}));
    auto* list = action(audio, options, PhoneAction::AudioList, "list", "list it");
    list->add_option("--instance", options.order.instance, "only of this one");
    auto* approve = action(audio, options, PhoneAction::AudioApprove, "approve", "it may be used");
    approve->add_option("id", options.order.id)->required();
    auto* reject = action(audio, options, PhoneAction::AudioReject, "reject", "it may not be used");
    reject->add_option("id", options.order.id)->required();
}

void tellServer(const Options& options, const Words& words) {
    std::cout << (leaveWords(options.data, words) ? "a running server takes it up within seconds\n"
                                                  : "a running server must be started anew: it could not be told\n");
}

Words trunksWord() {
    Words words;
    words.trunks = true;
    return words;
}

Words numbersWord(model::InstanceId instance) {
    Words words;
    words.numbers = true;
    words.instances.insert(instance);
    return words;
}

int addTrunk(const Options& options, store::Database& database) {
    auto trunk = trunkOf(options.order.trunk);
    if (!trunk)
        return tellError(trunk.error());
    const bool open = trunk->srtp && trunk->transport != model::TrunkTransport::Tls;
    auto row = sealedTrunk(std::move(*trunk), ops::DataDirectory::keyOf(options.data));
    if (!row)
        return tellError(row.error());
    const auto id = database.reserveIds(store::IdKind::Trunk, 1);
    if (!id)
        return tellError(id.error());
    row->trunk.id = model::TrunkId{*id};
    store::Writer writer(database, 64);
    const auto done = store::runJob(writer, [&row = *row](store::Tables& tables) -> base::Result<void> {
        const auto all = tables.telephone().trunks();
        if (!all)
            return all.error();
        for (const auto& other : *all)
            if (!other.trunk.deleted && other.trunk.name == row.trunk.name)
                return base::with(base::conflict("trunk_name_taken"), "trunk", std::to_string(other.trunk.id.value));
        return tables.put(row);
    });
    if (!done)
        return tellError(done.error());
    std::cout << "trunk " << *id << '\n';
    if (open)
        std::cerr << "the keys of encrypted media can be read on their way: use --transport tls with --srtp\n";
    tellServer(options, trunksWord());
    return 0;
}

std::string trunkLine(const model::Trunk& trunk) {
    const bool six = trunk.host.find(':') != std::string::npos;
    auto line =
        fmt::format("{} {}  {} {}{}{}:{} order={}", trunk.id.value, shown(trunk.name), model::name(trunk.transport),
                    six ? "[" : "", trunk.host, six ? "]" : "", trunk.port, trunk.order);
    for (const auto& network : trunk.allow)
        line += " allow=" + network;
    if (!trunk.user.empty())
        line += " user=" + trunk.user;
    if (!trunk.realm.empty())
        line += " realm=" + trunk.realm;
    if (trunk.registers)
        line += " register";
    if (trunk.maxCalls > 0)
        line += fmt::format(" max-calls={}", trunk.maxCalls);
    if (trunk.callsPerSecond > 0)
        line += fmt::format(" calls-per-second={}", trunk.callsPerSecond);
    return line + (trunk.srtp ? " srtp" : "") + (trunk.enabled ? "" : " off") + '\n';
}

int listTrunks(const Options& /*options*/, store::Database& database) {
    auto reader = database.reader();
    if (!reader)
        return tellError(reader.error());
    const auto rows = reader->telephone().trunks();
    if (!rows)
        return tellError(rows.error());
    for (const auto& row : *rows)
        if (!row.trunk.deleted)
            std::cout << trunkLine(row.trunk);
    return 0;
}

/// Refused while a number names it.
base::Result<void> removeTrunkFrom(store::Tables& tables, model::TrunkId id) {
    auto row = tables.telephone().trunk(id);
    if (!row)
        return row.error();
    if (!*row || (*row)->trunk.deleted)
        return base::rejected("trunk_unknown");
    const auto numbers = tables.telephone().numbers();
    if (!numbers)
        return numbers.error();
    for (const auto& number : *numbers)
        if (!number.released && number.trunk == id)
            return base::with(base::conflict("trunk_in_use"), "number", number.number);
    (*row)->trunk.deleted = true;
    (*row)->sealedPassword.clear();
    return tables.put(**row);
}

int removeTrunk(const Options& options, store::Database& database) {
    store::Writer writer(database, 64);
    const auto done = store::runJob(
        writer, [id = model::TrunkId{options.order.id}](store::Tables& tables) { return removeTrunkFrom(tables, id); });
    if (!done)
        return tellError(done.error());
    tellServer(options, trunksWord());
    return 0;
}

int addNumberCommand(const Options& options, store::Database& database) {
    const base::SystemClock clock;
    store::Writer writer(database, 64);
    const auto made = addNumber(database, writer, clock, options.order.number);
    if (!made)
        return tellError(made.error());
    std::cout << "number " << made->number.number << "\ngroup " << shown(made->group)
              << (made->groupIsNew ? " (new, with all admins)" : "") << "\nivr " << shown(made->flow) << '\n';
    tellServer(options, numbersWord(made->number.instance));
    return 0;
}

/// Names of the IVRs that the instance's phone channels are linked to.
base::Result<std::map<model::ChannelId, std::string>> linkedFlows(store::Reader& reader, model::InstanceId instance) {
    auto channels = reader.directory().channels(instance);
    if (!channels)
        return channels.error();
    auto flows = reader.directory().flows(instance);
    if (!flows)
        return flows.error();
    std::map<model::ChannelId, std::string> names;
    for (const auto& channel : *channels)
        for (const auto& flow : *flows)
            if (channel.flow && flow.flow == channel.flow)
                names[channel.id] = flow.name;
    return names;
}

int listNumbers(const Options& options, store::Database& database) {
    auto reader = database.reader();
    if (!reader)
        return tellError(reader.error());
    const model::InstanceId wanted{options.order.instance};
    const auto numbers = wanted ? reader->telephone().numbers(wanted) : reader->telephone().numbers();
    if (!numbers)
        return tellError(numbers.error());
    std::map<model::InstanceId, std::map<model::ChannelId, std::string>> flows;
    for (const auto& number : *numbers) {
        if (number.released)
            continue;
        if (flows.count(number.instance) == 0) {
            auto linked = linkedFlows(*reader, number.instance);
            if (!linked)
                return tellError(linked.error());
            flows[number.instance] = std::move(*linked);
        }
        const auto& ivr = flows[number.instance][number.channel];
        std::cout << fmt::format("{} {} instance={} trunk={} ivr={}\n", number.number, model::name(number.type),
                                 number.instance.value,
                                 number.trunk ? std::to_string(number.trunk.value) : std::string("any"),
                                 ivr.empty() ? std::string("none") : shown(ivr));
    }
    return 0;
}

int removeNumber(const Options& options, store::Database& database) {
    store::Writer writer(database, 64);
    const auto released = releaseNumber(writer, options.order.number.number);
    if (!released)
        return tellError(released.error());
    tellServer(options, numbersWord(released->instance));
    return 0;
}

int setReview(const Options& options, store::Database& database) {
    store::Writer writer(database, 64);
    const auto done = store::runJob(writer, [&options](store::Tables& tables) {
        return tables.putOperatorSetting(store::kAudioReview, options.order.review);
    });
    return done ? 0 : tellError(done.error());
}

int listAudio(const Options& options, store::Database& database) {
    auto reader = database.reader();
    if (!reader)
        return tellError(reader.error());
    const model::InstanceId wanted{options.order.instance};
    const auto rows = wanted ? reader->telephone().audio(wanted) : reader->telephone().audio();
    if (!rows)
        return tellError(rows.error());
    for (const auto& row : *rows)
        if (!row.deleted)
            std::cout << fmt::format("{} {:10} instance={} {} {:.1f}s {} bytes  {}\n", row.id.value,
                                     model::name(row.state), row.instance.value, row.format,
                                     static_cast<double>(row.millis) / 1'000, row.bytes, shown(row.name));
    return 0;
}

int judgeAudio(const Options& options, store::Database& database) {
    const bool approve = options.order.action == PhoneAction::AudioApprove;
    const auto state = approve ? model::AudioState::Approved : model::AudioState::Rejected;
    const model::AudioId id{options.order.id};
    model::InstanceId instance;
    store::Writer writer(database, 64);
    const auto done = store::runJob(writer, [&](store::Tables& tables) -> base::Result<void> {
        auto row = tables.telephone().audio(id);
        if (!row)
            return row.error();
        if (!*row || (*row)->deleted)
            return base::rejected("audio_unknown");
        (*row)->state = state;
        instance = (*row)->instance;
        return tables.put(**row);
    });
    if (!done)
        return tellError(done.error());
    Words words;
    words.audio.insert(instance);
    tellServer(options, words);
    return 0;
}

} // namespace

void addPhoneCommands(CLI::App& app, Options& options) {
    addTrunkCommands(app, options);
    addNumberCommands(app, options);
    addAudioCommands(app, options);
}

int runPhoneCommand(const Options& options, store::Database& database) {
    switch (options.order.action) {
    case PhoneAction::TrunkAdd:
        return addTrunk(options, database);
    case PhoneAction::TrunkList:
        return listTrunks(options, database);
    case PhoneAction::TrunkRemove:
        return removeTrunk(options, database);
    case PhoneAction::NumberAdd:
        return addNumberCommand(options, database);
    case PhoneAction::NumberList:
        return listNumbers(options, database);
    case PhoneAction::NumberRemove:
        return removeNumber(options, database);
    case PhoneAction::AudioReview:
        return setReview(options, database);
    case PhoneAction::AudioList:
        return listAudio(options, database);
    case PhoneAction::AudioApprove:
    case PhoneAction::AudioReject:
        return judgeAudio(options, database);
    case PhoneAction::None:
        break;
    }
    return 1;
}

} // namespace cb::app
