#include "client/records/record_words.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"
#include "shared/model/names.h"

#include <QtCore/QLocale>

#include <array>

namespace cb::records {

namespace {

const QString kNone = QStringLiteral("–");

bool isOver(const wire::Record& record) {
    return record.state == model::SessionState::WrapUp || record.state == model::SessionState::Completed;
}

bool isDialled(const wire::Record& record) {
    return record.call && record.call->direction == model::CallDirection::Out;
}

bool wasAnswered(const wire::Record& record) {
    return record.answeredAt != base::TimePoint{};
}

QString orNone(const std::string& text) {
    return text.empty() ? kNone : bridge::toQt(text);
}

QString spanOf(base::TimePoint from, base::TimePoint to) {
    const auto seconds = secondsBetween(from, to);
    return seconds ? widgets::formatElapsed(*seconds) : kNone;
}

QString exact(base::TimePoint at) {
    return at == base::TimePoint{} ? QString() : QLocale().toString(bridge::toQt(at).toLocalTime());
}

QString person(const std::string& name, const std::string& staffNo) {
    if (name.empty())
        return kNone;
    return staffNo.empty() ? bridge::toQt(name)
                           : QStringLiteral("%1 (%2)").arg(bridge::toQt(name), bridge::toQt(staffNo));
}

constexpr std::array kAllModes{model::Mode::Chat, model::Mode::AllMedia, model::Mode::Phone};
constexpr std::array kKinds{model::ChannelKind::Website, model::ChannelKind::Kiosk, model::ChannelKind::WeChatAccount,
                            model::ChannelKind::MiniProgram, model::ChannelKind::Phone};
constexpr std::array kAllStates{model::SessionState::Flow, model::SessionState::Queued, model::SessionState::Offered,
                                model::SessionState::Open, model::SessionState::WrapUp, model::SessionState::Completed};
constexpr std::array kAllReasons{
    model::EndReason::AgentEnded, model::EndReason::CustomerLeft, model::EndReason::CustomerSilent,
    model::EndReason::FlowEnded,  model::EndReason::Abandoned,    model::EndReason::Failed,
    model::EndReason::HungUp,     model::EndReason::MediaLost,    model::EndReason::ServerRestarted};
constexpr std::array kDirections{model::CallDirection::In, model::CallDirection::Out};
constexpr std::array kCauses{"busy",      "no_answer",  "rejected",         "unreachable", "hung_up",
                             "cancelled", "media_lost", "server_restarted", "forwarded"};

/// What the exported file says for the server's codes.
template <class Codes>
std::vector<wire::ExportWord> wordsOf(const Codes& codes, QString (*word)(typename Codes::value_type)) {
    std::vector<wire::ExportWord> words;
    words.reserve(codes.size());
    for (const auto code : codes)
        words.push_back({std::string(model::name(code)), bridge::toStd(word(code))});
    return words;
}

QString talkTime(const wire::RecordedCall& call) {
    return call.talkMillis > 0 ? widgets::formatElapsed(call.talkMillis / 1'000) : kNone;
}

const char* idOf(RecordWords::Column column) {
    using Column = RecordWords::Column;
    switch (column) {
    case Column::Time:
        return "time";
    case Column::Source:
        return "source";
    case Column::Visitor:
        return "visitor";
    case Column::Name:
        return "name";
    case Column::Direction:
        return "direction";
    case Column::Caller:
        return "caller";
    case Column::Callee:
        return "callee";
    case Column::Group:
        return "group";
    case Column::Agent:
        return "agent";
    case Column::State:
        return "state";
    case Column::Duration:
        return "duration";
    case Column::Recorded:
        return "recorded";
    }
    return "";
}

} // namespace

std::optional<qint64> secondsBetween(base::TimePoint from, base::TimePoint to) {
    if (from == base::TimePoint{} || to == base::TimePoint{} || to < from)
        return {};
    return std::chrono::duration_cast<std::chrono::seconds>(to - from).count();
}

std::vector<RecordWords::Column> RecordWords::columns(model::Mode mode, bool withAgent) {
    const bool phone = mode == model::Mode::Phone;
    std::vector<Column> all{Column::Time};
    if (phone)
        all.insert(all.end(),
                   {Column::Direction, Column::Caller, Column::Callee, Column::State, Column::Duration, Column::Group});
    else
        all.insert(all.end(), {Column::Source, Column::Visitor, Column::Name, Column::Group});
    if (withAgent)
        all.push_back(Column::Agent);
    if (phone)
        all.push_back(Column::Recorded);
    else
        all.insert(all.end(), {Column::State, Column::Duration});
    return all;
}

std::vector<widgets::TableColumn> RecordWords::tableColumns(const std::vector<Column>& columns) {
    std::vector<widgets::TableColumn> all;
    for (const auto column : columns) {
        const bool wide = column == Column::Time || column == Column::Visitor || column == Column::Caller;
        all.push_back({QLatin1String(idOf(column)), {}, wide ? 140 : 118, column == Column::Duration});
    }
    return all;
}

QStringList RecordWords::titles(const std::vector<Column>& columns, model::Mode mode) {
    const bool phone = mode == model::Mode::Phone;
    QStringList all;
    for (const auto column : columns)
        switch (column) {
        case Column::Time:
            all << tr("Time");
            break;
        case Column::Source:
            all << tr("Source");
            break;
        case Column::Visitor:
            all << tr("OpenID or visitor");
            break;
        case Column::Name:
            all << tr("Nickname");
            break;
        case Column::Direction:
            all << tr("Call type");
            break;
        case Column::Caller:
            all << tr("Caller");
            break;
        case Column::Callee:
            all << tr("Called number");
            break;
        case Column::Group:
            all << tr("Skill group");
            break;
        case Column::Agent:
            all << tr("Agent");
            break;
        case Column::State:
            all << (phone ? tr("Answered?") : tr("Service state"));
            break;
        case Column::Duration:
            all << (phone ? tr("Talk time") : tr("Duration"));
            break;
        case Column::Recorded:
            all << tr("Recording");
            break;
        }
    return all;
}

QString RecordWords::customer(const wire::Record& record) {
    if (!record.customerName.empty())
        return bridge::toQt(record.customerName);
    if (!record.externalId.empty())
        return bridge::toQt(record.externalId);
    return record.customer ? tr("Customer %1").arg(record.customer.value) : tr("Unknown customer");
}

QString RecordWords::direction(model::CallDirection direction) {
    switch (direction) {
    case model::CallDirection::In:
        return tr("Incoming");
    case model::CallDirection::Out:
        return tr("Outgoing");
    }
    return {};
}

QString RecordWords::state(const wire::Record& record) {
    if (!isOver(record))
        return bridge::word(record.state);
    return wasAnswered(record) ? tr("Answered") : tr("Not answered");
}

QString RecordWords::time(base::TimePoint at, const QDateTime& now) {
    const QDateTime local = bridge::toQt(at).toLocalTime();
    if (!local.isValid())
        return kNone;
    const QLocale locale;
    const QString clock = locale.toString(local.time(), QLocale::ShortFormat);
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days == 0)
        return tr("today, %1").arg(clock);
    return days == 1 ? tr("yesterday, %1").arg(clock) : locale.toString(local, QLocale::ShortFormat);
}

widgets::TableCell RecordWords::cell(const wire::Record& record, Column column, const QDateTime& now) {
    switch (column) {
    case Column::Time:
        return {time(record.startedAt, now), {}, exact(record.startedAt)};
    case Column::Source:
        return {orNone(record.channelName), {}, bridge::word(record.channelKind)};
    case Column::Visitor:
        return {record.externalId.empty() && record.customer ? QStringLiteral("#%1").arg(record.customer.value)
                                                             : orNone(record.externalId)};
    case Column::Name:
        return {orNone(record.customerName)};
    case Column::Direction:
        return {record.call ? direction(record.call->direction) : kNone};
    case Column::Caller:
        return numberCell(record, true);
    case Column::Callee:
        return numberCell(record, false);
    case Column::Group:
        return {orNone(record.groupName)};
    case Column::Agent:
        return {orNone(record.agentName), {}, bridge::toQt(record.agentStaffNo)};
    case Column::State:
        return {state(record),
                {},
                ending(record),
                isOver(record) && !wasAnswered(record) ? widgets::Tone::Muted : widgets::Tone::Normal};
    case Column::Duration:
        return {record.call ? talkTime(*record.call) : spanOf(record.answeredAt, record.endedAt)};
    case Column::Recorded:
        return {record.call && record.call->recorded ? tr("recorded") : kNone};
    }
    return {};
}

/// The customer's number has their name on hover.
widgets::TableCell RecordWords::numberCell(const wire::Record& record, bool caller) {
    const bool customers = caller == !isDialled(record);
    const std::string& number = record.call ? (caller ? record.call->caller : record.call->callee)
                                            : (caller ? record.externalId : record.channelName);
    if (number.empty())
        return {kNone, {}, customers ? tr("The number was withheld, or it was erased.") : QString()};
    return {bridge::toQt(number), {}, customers ? customer(record) : QString()};
}

QString RecordWords::cause(const std::string& cause) {
    return cause == "forwarded" ? tr("It was forwarded to an outside number.") : bridge::callCause(cause);
}

/// Of calls the telephone may know better: "The line is busy."
QString RecordWords::ending(const wire::Record& record) {
    if (const QString known = record.call ? cause(record.call->cause) : QString(); !known.isEmpty())
        return known;
    return isDialled(record) && record.endReason == model::EndReason::HungUp ? tr("The person who was called hung up.")
                                                                             : bridge::sentence(record.endReason);
}

std::vector<widgets::FactList::Fact> RecordWords::facts(const wire::Record& record) {
    std::vector<widgets::FactList::Fact> all;
    const auto fact = [&all](const QString& name, const QString& value) {
        if (!value.isEmpty() && value != kNone)
            all.push_back({name, value});
    };
    const auto afterQueue = wasAnswered(record) ? record.answeredAt : record.endedAt;
    fact(tr("Started"), exact(record.startedAt));
    fact(tr("Waited"), spanOf(record.queuedAt, afterQueue));
    fact(tr("Rang"), record.offers > 0 ? QLocale().toString(record.offers) + QChar(0xD7) : QString());
    fact(tr("With the agent"), record.call ? talkTime(*record.call) : spanOf(record.answeredAt, record.endedAt));
    fact(tr("Wrap-up"), spanOf(record.endedAt, record.completedAt));
    fact(tr("In all"), spanOf(record.startedAt, record.endedAt));
    fact(tr("State"), bridge::word(record.state));
    fact(tr("How it ended"), ending(record));
    fact(tr("Agent"), person(record.agentName, record.agentStaffNo));
    if (record.lastAgent != record.agent)
        fact(tr("Before that"), orNone(record.lastAgentName));
    fact(tr("Skill group"), orNone(record.groupName));
    fact(tr("Source"), record.channelName.empty() ? QString()
                                                  : QStringLiteral("%1 (%2)").arg(bridge::toQt(record.channelName),
                                                                                  bridge::word(record.channelKind)));
    if (record.call) {
        fact(tr("Call type"), direction(record.call->direction));
        fact(tr("Caller"), numberCell(record, true).text);
        fact(tr("Called number"), numberCell(record, false).text);
    } else {
        fact(tr("OpenID or number"), orNone(record.externalId));
    }
    if (!record.flowName.empty())
        fact(tr("Flow"), tr("%1, version %2").arg(bridge::toQt(record.flowName), QString::number(record.flowVersion)));
    fact(tr("Path"), orNone(record.flowPath));
    fact(tr("Category"), orNone(record.wrapUp.category));
    fact(tr("Note"), orNone(record.wrapUp.note));
    fact(tr("Session"), QString::number(record.id.value));
    return all;
}

std::vector<wire::ExportColumn> RecordWords::exportColumns() {
    std::vector<wire::ExportColumn> all;
    const auto column = [&all](const char* name, const QString& title, std::vector<wire::ExportWord> words = {}) {
        all.push_back({name, bridge::toStd(title), std::move(words)});
    };
    column("id", tr("Session"));
    column("mode", tr("Kind"), wordsOf(kAllModes, bridge::word));
    column("channel", tr("Source"));
    column("channel_kind", tr("Kind of source"), wordsOf(kKinds, bridge::word));
    column("customer", tr("Customer"));
    column("external_id", tr("OpenID or number"));
    column("group", tr("Skill group"));
    column("agent", tr("Agent"));
    column("staff_no", tr("Staff number"));
    column("last_agent", tr("Agent before"));
    column("answered", tr("Service state"),
           {{"yes", bridge::toStd(tr("Answered"))}, {"no", bridge::toStd(tr("Not answered"))}});
    column("state", tr("State"), wordsOf(kAllStates, bridge::word));
    column("end_reason", tr("How it ended"), wordsOf(kAllReasons, bridge::sentence));
    column("direction", tr("Call type"), wordsOf(kDirections, &RecordWords::direction));
    column("caller", tr("Caller"));
    column("callee", tr("Called number"));
    std::vector<wire::ExportWord> causes;
    for (const char* name : kCauses)
        causes.push_back({name, bridge::toStd(cause(name))});
    column("call_cause", tr("What happened to the call"), std::move(causes));
    column("recorded", tr("Recording"), {{"yes", bridge::toStd(tr("recorded"))}, {"no", {}}});
    column("started_at", tr("Started"));
    column("queued_at", tr("Waiting since"));
    column("answered_at", tr("Answered at"));
    column("ended_at", tr("Ended at"));
    column("completed_at", tr("Completed at"));
    column("wait_seconds", tr("Waited (s)"));
    column("talk_seconds", tr("With the agent (s)"));
    column("total_seconds", tr("In all (s)"));
    column("wrap_up_category", tr("Category"));
    column("wrap_up_note", tr("Note"));
    column("flow", tr("Flow"));
    column("flow_version", tr("Version of the flow"));
    column("flow_path", tr("Path"));
    return all;
}

QString RecordWords::error(const base::Error& error) {
    const auto field = error.params.find("field");
    if (error.code == "bad_field" && field != error.params.end() && field->second == "text")
        return tr("This cannot be searched for. Write one to twenty words.");
    return bridge::errorText(error);
}

} // namespace cb::records
