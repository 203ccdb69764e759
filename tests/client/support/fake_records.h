#pragma once

#include "shared/wire/records.h"

#include <QtCore/QByteArray>
#include <QtCore/QUrl>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cb::test {

/// The routes of service records over a list in memory: agents get their own, admins all. What is to be refused is told
/// by refuse().
class FakeRecords {
public:
    std::vector<wire::Record> records;                  ///< newest first: by falling id
    std::map<model::SessionId, std::string> spoken;     ///< what a text finds beside names
    std::map<model::SessionId, std::string> recordings; ///< files
    std::vector<model::SessionId> heard;                ///< whose recordings were asked for
    int worksThrough = 100'000;                         ///< records that one page looks at: it may be short by that
    std::int64_t counts = 10'000;                       ///< at most so many
    /// Of the export, a step each time it is asked for; then it is done.
    std::vector<int> progress{20, 60};
    bool stands = false;                     ///< the export does not go on
    std::string file = "\xEF\xBB\xBFid\r\n"; ///< what it is in the end

    /// The next request with this verb and path ("GET /api/v1/records") is refused, once or for good.
    void refuse(const std::string& request, const base::Error& error, bool always = false) {
        m_refusals[request] = {error, always};
    }
    void allow(const std::string& request) { m_refusals.erase(request); }
    /// The queries of lists, in order, decoded.
    std::vector<std::map<std::string, std::string>> asked;
    std::vector<wire::NewExport> ordered;
    int jobReads = 0;
    std::vector<std::int64_t> cancelled;
    std::vector<model::CustomerId> erased;

    /// Status 0: not one of its routes.
    std::pair<int, std::string> http(const QByteArray& verb, const QUrl& url, const QByteArray& body,
                                     const model::Agent& me);

private:
    struct Refusal {
        base::Error error;
        bool always = false;
    };
    using Answer = std::pair<int, std::string>;
    Answer list(const QUrl& url, const model::Agent& me);
    Answer exportRoutes(const QByteArray& verb, const QStringList& parts, const QByteArray& body);
    Answer job();
    Answer erase(model::CustomerId customer);
    Answer recording(model::SessionId session);
    bool passes(const wire::Record& record, const std::map<std::string, std::string>& query) const;

    std::map<std::string, Refusal> m_refusals;
    wire::ExportJob m_job;
};

} // namespace cb::test
