#include "client/api/admin_client.h"

#include "client/api/ask_p.h"

#include <QtCore/QIODevice>
#include <QtCore/QSaveFile>
#include <QtCore/QUrlQuery>

#include <algorithm>

namespace cb::api {

namespace {

const QString kGroups = QStringLiteral("/api/v1/groups");
const QString kAgents = QStringLiteral("/api/v1/agents");
const QString kChannels = QStringLiteral("/api/v1/channels");
const QString kSettings = QStringLiteral("/api/v1/settings");
const QString kReplies = QStringLiteral("/api/v1/quick-replies");
const QString kPops = QStringLiteral("/api/v1/screen-pops");
const QString kFlows = QStringLiteral("/api/v1/flows");
const QString kNumbers = QStringLiteral("/api/v1/numbers");
const QString kAudio = QStringLiteral("/api/v1/audio");

constexpr qint64 kMostSound = qint64(64) * 1024 * 1024; ///< bytes; an hour of the telephone's sound

/// "/api/v1/groups/7/members"
template <class Id>
QString at(const QString& list, Id id, const char* below = "") {
    return QStringLiteral("%1/%2%3").arg(list, QString::number(id.value), QLatin1String(below));
}

QString with(const QString& path, const QUrlQuery& query) {
    return query.isEmpty() ? path : path + QLatin1Char('?') + query.query(QUrl::FullyEncoded);
}

} // namespace

template <class Answer>
void AdminClient::ask(const char* verb, const QString& path, QObject* context, Then<Answer> then,
                      const std::string& body) {
    askFor(m_rest, verb, path, context, std::move(then), body);
}

// ---- skill groups ------------------------------------------------------------------------------------------------

void AdminClient::groups(QObject* context, Then<wire::GroupList> then) {
    ask("GET", kGroups, context, std::move(then));
}

void AdminClient::addGroup(const wire::GroupDraft& draft, QObject* context, Then<wire::Made> then) {
    ask("POST", kGroups, context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::changeGroup(model::GroupId group, const wire::GroupDraft& draft, QObject* context, Then<void> then) {
    ask("PUT", at(kGroups, group), context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::removeGroup(model::GroupId group, QObject* context, Then<void> then) {
    ask("DELETE", at(kGroups, group), context, std::move(then));
}

void AdminClient::changeMembers(model::GroupId group, const wire::MembersChange& change, QObject* context,
                                Then<wire::GroupRow> then) {
    ask("POST", at(kGroups, group, "/members"), context, std::move(then), wire::encodeBody(change));
}

// ---- agents ------------------------------------------------------------------------------------------------------

void AdminClient::agents(QObject* context, Then<wire::AgentList> then) {
    ask("GET", kAgents, context, std::move(then));
}

void AdminClient::addAgent(const wire::AgentDraft& draft, QObject* context, Then<wire::Made> then) {
    ask("POST", kAgents, context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::changeAgent(model::AgentId agent, const wire::AgentDraft& draft, QObject* context, Then<void> then) {
    ask("PUT", at(kAgents, agent), context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::removeAgent(model::AgentId agent, QObject* context, Then<void> then) {
    ask("DELETE", at(kAgents, agent), context, std::move(then));
}

void AdminClient::resetPassword(model::AgentId agent, QObject* context, Then<void> then) {
    ask("POST", at(kAgents, agent, "/reset-password"), context, std::move(then));
}

void AdminClient::bulkAgents(const wire::BulkAgents& bulk, QObject* context, Then<wire::BulkResult> then) {
    ask("POST", kAgents + QStringLiteral("/bulk"), context, std::move(then), wire::encodeBody(bulk));
}

// ---- channels and customers --------------------------------------------------------------------------------------

void AdminClient::channels(QObject* context, Then<wire::ChannelList> then) {
    ask("GET", kChannels, context, std::move(then));
}

void AdminClient::addChannel(const wire::ChannelDraft& draft, QObject* context, Then<wire::Made> then) {
    ask("POST", kChannels, context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::changeChannel(model::ChannelId channel, const wire::ChannelDraft& draft, QObject* context,
                                Then<void> then) {
    ask("PUT", at(kChannels, channel), context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::removeChannel(model::ChannelId channel, QObject* context, Then<void> then) {
    ask("DELETE", at(kChannels, channel), context, std::move(then));
}

void AdminClient::linkChannel(model::ChannelId channel, model::FlowId flow, QObject* context, Then<void> then) {
    ask("PUT", at(kChannels, channel, "/flow"), context, std::move(then), wire::encodeBody(wire::ChannelLink{flow}));
}

void AdminClient::blockedCustomers(QObject* context, Then<wire::BlockList> then) {
    ask("GET", QStringLiteral("/api/v1/blocked-customers"), context, std::move(then));
}

void AdminClient::unblock(model::CustomerId customer, QObject* context, Then<void> then) {
    ask("POST", at(QStringLiteral("/api/v1/customers"), customer, "/unblock"), context, std::move(then));
}

// ---- telephone ---------------------------------------------------------------------------------------------------

void AdminClient::numbers(QObject* context, Then<wire::NumberList> then) {
    ask("GET", kNumbers, context, std::move(then));
}

void AdminClient::linkNumber(model::ChannelId number, model::FlowId flow, QObject* context,
                             Then<wire::NumberRow> then) {
    ask("PUT", at(kNumbers, number, "/flow"), context, std::move(then), wire::encodeBody(wire::ChannelLink{flow}));
}

void AdminClient::audio(QObject* context, Then<wire::AudioList> then) {
    ask("GET", kAudio, context, std::move(then));
}

Transfer* AdminClient::uploadAudio(const QString& name, std::unique_ptr<QIODevice> file, QObject* context,
                                   Then<wire::AudioRow> then) {
    const QString path = QStringLiteral("%1?name=%2").arg(kAudio, QString::fromLatin1(QUrl::toPercentEncoding(name)));
    return m_rest.send(path, std::move(file), context, [then = std::move(then)](const base::Result<QByteArray>& body) {
        if (!body)
            return then(body.error());
        auto row = wire::decodeBody<wire::AudioRow>(bridge::view(*body), answerLimits());
        then(row ? std::move(row) : base::Result<wire::AudioRow>(base::rejected("bad_answer", row.error().code)));
    });
}

void AdminClient::renameAudio(model::AudioId audio, const wire::AudioDraft& draft, QObject* context,
                              Then<wire::AudioRow> then) {
    ask("PUT", at(kAudio, audio), context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::removeAudio(model::AudioId audio, QObject* context, Then<void> then) {
    ask("DELETE", at(kAudio, audio), context, std::move(then));
}

Transfer* AdminClient::saveAudio(model::AudioId audio, std::unique_ptr<QSaveFile> file, QObject* context,
                                 Then<void> then) {
    return m_rest.downloadTo(at(kAudio, audio, "/file"), std::move(file), context, std::move(then));
}

Transfer* AdminClient::hearAudio(model::AudioId audio, QObject* context, Then<QByteArray> then) {
    return m_rest.fetch(at(kAudio, audio, "/preview"), kMostSound, context, std::move(then));
}

Transfer* AdminClient::hearSpeech(const QString& text, const QString& voice, QObject* context, Then<QByteArray> then) {
    const auto encoded = [](const QString& words) { return QString::fromLatin1(QUrl::toPercentEncoding(words)); };
    return m_rest.fetch(QStringLiteral("/api/v1/speech?text=%1&voice=%2").arg(encoded(text), encoded(voice)),
                        kMostSound, context, std::move(then));
}

// ---- general -----------------------------------------------------------------------------------------------------

void AdminClient::settings(QObject* context, Then<wire::InstanceForm> then) {
    ask("GET", kSettings, context, std::move(then));
}

void AdminClient::saveSettings(const wire::InstanceForm& form, QObject* context, Then<void> then) {
    ask("PUT", kSettings, context, std::move(then), wire::encodeBody(form));
}

void AdminClient::quickReplies(QObject* context, Then<wire::QuickReplyList> then) {
    ask("GET", kReplies, context, std::move(then));
}

void AdminClient::addQuickReply(const wire::QuickReplyDraft& draft, QObject* context, Then<wire::Made> then) {
    ask("POST", kReplies, context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::changeQuickReply(model::QuickReplyId reply, const wire::QuickReplyDraft& draft, QObject* context,
                                   Then<void> then) {
    ask("PUT", at(kReplies, reply), context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::removeQuickReply(model::QuickReplyId reply, QObject* context, Then<void> then) {
    ask("DELETE", at(kReplies, reply), context, std::move(then));
}

void AdminClient::screenPops(QObject* context, Then<wire::ScreenPopForm> then) {
    ask("GET", kPops, context, std::move(then));
}

void AdminClient::saveScreenPops(const wire::ScreenPopForm& form, QObject* context, Then<void> then) {
    ask("PUT", kPops, context, std::move(then), wire::encodeBody(form));
}

void AdminClient::audit(const AuditRange& range, QObject* context, Then<wire::AuditPage> then) {
    QUrlQuery query;
    if (range.before > 0)
        query.addQueryItem(QStringLiteral("before"), QString::number(range.before));
    query.addQueryItem(QStringLiteral("limit"), QString::number(std::clamp(range.limit, 1, 200)));
    if (range.agent)
        query.addQueryItem(QStringLiteral("agent"), QString::number(range.agent.value));
    if (!range.action.empty())
        query.addQueryItem(QStringLiteral("action"), bridge::toQt(range.action));
    ask("GET", with(QStringLiteral("/api/v1/audit"), query), context, std::move(then));
}

// ---- flows -------------------------------------------------------------------------------------------------------

void AdminClient::flows(QObject* context, Then<wire::FlowList> then) {
    ask("GET", kFlows, context, std::move(then));
}

void AdminClient::addFlow(const wire::NewFlow& flow, QObject* context, Then<wire::FlowHead> then) {
    ask("POST", kFlows, context, std::move(then), wire::encodeBody(flow));
}

void AdminClient::flow(model::FlowId flow, int version, QObject* context, Then<wire::FlowDocument> then) {
    QUrlQuery query;
    if (version > 0)
        query.addQueryItem(QStringLiteral("version"), QString::number(version));
    ask("GET", with(at(kFlows, flow), query), context, std::move(then));
}

void AdminClient::saveFlow(model::FlowId flow, const wire::FlowDraft& draft, QObject* context,
                           Then<wire::FlowHead> then) {
    ask("PUT", at(kFlows, flow), context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::publishFlow(model::FlowId flow, const wire::FlowPublish& publish, QObject* context,
                              Then<wire::FlowHead> then) {
    ask("POST", at(kFlows, flow, "/publish"), context, std::move(then), wire::encodeBody(publish));
}

void AdminClient::unpublishFlow(model::FlowId flow, std::int64_t revision, QObject* context,
                                Then<wire::FlowHead> then) {
    ask("POST", at(kFlows, flow, "/unpublish"), context, std::move(then),
        wire::encodeBody(wire::FlowChange{revision, 0}));
}

void AdminClient::restoreFlow(model::FlowId flow, const wire::FlowChange& change, QObject* context,
                              Then<wire::FlowHead> then) {
    ask("POST", at(kFlows, flow, "/restore"), context, std::move(then), wire::encodeBody(change));
}

void AdminClient::removeFlow(model::FlowId flow, std::int64_t revision, QObject* context, Then<void> then) {
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("revision"), QString::number(revision));
    ask("DELETE", with(at(kFlows, flow), query), context, std::move(then));
}

void AdminClient::saveTests(model::FlowId flow, const wire::FlowTestsDraft& draft, QObject* context,
                            Then<wire::FlowHead> then) {
    ask("PUT", at(kFlows, flow, "/tests"), context, std::move(then), wire::encodeBody(draft));
}

void AdminClient::replay(model::SessionId session, QObject* context, Then<wire::Replay> then) {
    ask("GET", QStringLiteral("/api/v1/sessions/%1/replay").arg(session.value), context, std::move(then));
}

void AdminClient::flowVersions(model::FlowId flow, QObject* context, Then<wire::FlowVersions> then) {
    ask("GET", at(kFlows, flow, "/versions"), context, std::move(then));
}

} // namespace cb::api
