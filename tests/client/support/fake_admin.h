#pragma once

#include "shared/wire/admin.h"

#include <QtCore/QByteArray>
#include <QtCore/QUrl>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cb::test {

/// The routes for admins over lists in memory. It checks nothing by itself: what is to be refused is told by refuse().
class FakeAdmin {
public:
    wire::GroupList groups;
    wire::AgentList agents;
    wire::ChannelList channels;
    wire::FlowList flows;
    wire::BlockList blocked;
    wire::InstanceForm settings;
    wire::QuickReplyList replies;
    wire::ScreenPopForm pops;
    wire::NumberList numbers;
    wire::AudioList audio;
    std::map<model::AudioId, std::string> sounds; ///< files, as they came and as they are heard
    std::string speech;                           ///< the file that every text is spoken by
    std::vector<std::string> spoken;              ///< texts that were asked for
    std::vector<wire::AuditEntry> audit;          ///< newest first
    std::map<std::string, std::string> badRows;   ///< of a bulk: e-mail → code
    std::set<std::string> there;                  ///< of a bulk: e-mails of rows that are agents already
    /// Bodies answered as they are: "GET flows/1?version=2", "PUT flows/1".
    std::map<std::string, std::string> fixed;
    bool on = false; ///< false: as a server that does not know these routes

    /// The next request with this verb and path ("DELETE /api/v1/groups/5") is refused, once or for good.
    void refuse(const std::string& request, const base::Error& error, bool always = false) {
        m_refusals[request] = {error, always};
    }
    /// What was asked, e.g. "PUT /api/v1/groups/5", with its body; in order, without GET.
    std::vector<std::pair<std::string, std::string>> heard;
    int count(const std::string& request) const;
    template <class Body>
    Body last(const std::string& request) const {
        for (auto one = heard.rbegin(); one != heard.rend(); ++one)
            if (one->first == request)
                return *wire::decodeBody<Body>(one->second);
        return {};
    }
    int reads = 0; ///< GET

    /// Status 0: not one of its routes.
    std::pair<int, std::string> http(const QByteArray& verb, const QUrl& url, const QByteArray& body);

private:
    struct Refusal {
        base::Error error;
        bool always = false;
    };
    using Answer = std::pair<int, std::string>;
    Answer get(const QString& path, const QUrl& url);
    Answer hear(const QString& path, const QUrl& url);
    Answer changeAudio(const QByteArray& verb, const QUrl& url, const std::string& body);
    Answer change(const QByteArray& verb, const QString& path, const std::string& body);
    Answer members(model::GroupId group, const wire::MembersChange& change);
    Answer bulk(const wire::BulkAgents& wanted);
    Answer auditPage(const QUrl& url) const;
    void addAgent(const wire::AgentDraft& draft);

    std::map<std::string, Refusal> m_refusals;
    std::int64_t m_next = 1000;
};

} // namespace cb::test
