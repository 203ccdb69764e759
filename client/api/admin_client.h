#pragma once

#include "client/api/rest_client.h"
#include "shared/wire/admin.h"

#include <optional>

namespace cb::api {

/// What admins may ask of the server (docs/protocol.md 6 and 8): a line each. As in RestClient, every callback is
/// called once unless its context is gone first; a context of nullptr is never gone. GUI thread.
class AdminClient {
public:
    template <class T>
    using Then = RestClient::Then<T>;

    /// `rest` must outlive this and every request.
    explicit AdminClient(RestClient& rest)
        : m_rest(rest) {}

    // ---- skill groups
    void groups(QObject* context, Then<wire::GroupList> then);
    void addGroup(const wire::GroupDraft& draft, QObject* context, Then<wire::Made> then);
    void changeGroup(model::GroupId group, const wire::GroupDraft& draft, QObject* context, Then<void> then);
    void removeGroup(model::GroupId group, QObject* context, Then<void> then);
    void changeMembers(model::GroupId group, const wire::MembersChange& change, QObject* context,
                       Then<wire::GroupRow> then);

    // ---- agents
    void agents(QObject* context, Then<wire::AgentList> then);
    void addAgent(const wire::AgentDraft& draft, QObject* context, Then<wire::Made> then);
    void changeAgent(model::AgentId agent, const wire::AgentDraft& draft, QObject* context, Then<void> then);
    void removeAgent(model::AgentId agent, QObject* context, Then<void> then);
    void resetPassword(model::AgentId agent, QObject* context, Then<void> then);
    void bulkAgents(const wire::BulkAgents& bulk, QObject* context, Then<wire::BulkResult> then);

    // ---- channels and customers
    void channels(QObject* context, Then<wire::ChannelList> then);
    void addChannel(const wire::ChannelDraft& draft, QObject* context, Then<wire::Made> then);
    void changeChannel(model::ChannelId channel, const wire::ChannelDraft& draft, QObject* context, Then<void> then);
    void removeChannel(model::ChannelId channel, QObject* context, Then<void> then);
    /// Flow 0: none.
    void linkChannel(model::ChannelId channel, model::FlowId flow, QObject* context, Then<void> then);
    void blockedCustomers(QObject* context, Then<wire::BlockList> then);
    void unblock(model::CustomerId customer, QObject* context, Then<void> then);

    // ---- telephone
    void numbers(QObject* context, Then<wire::NumberList> then);
    /// Flow 0: none.
    void linkNumber(model::ChannelId number, model::FlowId flow, QObject* context, Then<wire::NumberRow> then);
    void audio(QObject* context, Then<wire::AudioList> then);
    /// `file` is read from its beginning and kept until the end. Transfers live until their answer.
    Transfer* uploadAudio(const QString& name, std::unique_ptr<QIODevice> file, QObject* context,
                          Then<wire::AudioRow> then);
    void renameAudio(model::AudioId audio, const wire::AudioDraft& draft, QObject* context, Then<wire::AudioRow> then);
    void removeAudio(model::AudioId audio, QObject* context, Then<void> then);
    /// The file as it was uploaded, into `file`, which is open.
    Transfer* saveAudio(model::AudioId audio, std::unique_ptr<QSaveFile> file, QObject* context, Then<void> then);
    /// Wave files, as callers hear them.
    Transfer* hearAudio(model::AudioId audio, QObject* context, Then<QByteArray> then);
    Transfer* hearSpeech(const QString& text, const QString& voice, QObject* context, Then<QByteArray> then);

    // ---- general
    void settings(QObject* context, Then<wire::InstanceForm> then);
    void saveSettings(const wire::InstanceForm& form, QObject* context, Then<void> then);
    void quickReplies(QObject* context, Then<wire::QuickReplyList> then);
    void addQuickReply(const wire::QuickReplyDraft& draft, QObject* context, Then<wire::Made> then);
    void changeQuickReply(model::QuickReplyId reply, const wire::QuickReplyDraft& draft, QObject* context,
                          Then<void> then);
    void removeQuickReply(model::QuickReplyId reply, QObject* context, Then<void> then);
    void screenPops(QObject* context, Then<wire::ScreenPopForm> then);
    void saveScreenPops(const wire::ScreenPopForm& form, QObject* context, Then<void> then);

    /// Which entries of the audit log; what is empty does not limit.
    struct AuditRange {
        model::Seq before = 0; ///< 0 = the newest
        int limit = 100;       ///< ≤ 200
        model::AgentId agent;
        std::string action;
    };
    void audit(const AuditRange& range, QObject* context, Then<wire::AuditPage> then);

    // ---- flows
    void flows(QObject* context, Then<wire::FlowList> then);
    void addFlow(const wire::NewFlow& flow, QObject* context, Then<wire::FlowHead> then);
    /// Version 0: the draft.
    void flow(model::FlowId flow, int version, QObject* context, Then<wire::FlowDocument> then);
    void saveFlow(model::FlowId flow, const wire::FlowDraft& draft, QObject* context, Then<wire::FlowHead> then);
    void publishFlow(model::FlowId flow, const wire::FlowPublish& publish, QObject* context, Then<wire::FlowHead> then);
    void unpublishFlow(model::FlowId flow, std::int64_t revision, QObject* context, Then<wire::FlowHead> then);
    void restoreFlow(model::FlowId flow, const wire::FlowChange& change, QObject* context, Then<wire::FlowHead> then);
    void removeFlow(model::FlowId flow, std::int64_t revision, QObject* context, Then<void> then);
    /// In every state of the flow.
    void saveTests(model::FlowId flow, const wire::FlowTestsDraft& draft, QObject* context, Then<wire::FlowHead> then);
    /// How a session went through its flow.
    void replay(model::SessionId session, QObject* context, Then<wire::Replay> then);
    void flowVersions(model::FlowId flow, QObject* context, Then<wire::FlowVersions> then);

private:
    /// A request whose answer is an `Answer`, or one whose answer tells nothing.
    template <class Answer>
    void ask(const char* verb, const QString& path, QObject* context, Then<Answer> then, const std::string& body = {});

    RestClient& m_rest;
};

} // namespace cb::api
