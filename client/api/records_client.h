#pragma once

#include "client/api/rest_client.h"
#include "shared/wire/records.h"

namespace cb::api {

/// Service records and their exports (docs/protocol.md 6): a line each. Agents get their own, admins everybody's. As in
/// RestClient, every callback is called once unless its context is gone first. GUI thread.
class RecordsClient {
public:
    template <class T>
    using Then = RestClient::Then<T>;

    /// `rest` must outlive this and every request.
    explicit RecordsClient(RestClient& rest)
        : m_rest(rest) {}

    struct Page {
        model::SessionId before; ///< 0 = the newest
        int limit = 50;          ///< ≤ 200
        bool counted = false;    ///< how many there are in all, too; nothing while something is searched
    };
    void records(const wire::RecordFilters& filters, const Page& page, QObject* context, Then<wire::RecordPage> then);
    void record(model::SessionId session, QObject* context, Then<wire::Record> then);

    /// The recording of a call, as it lies on the server. The transfer lives until its answer.
    Transfer* hearRecording(model::SessionId session, QObject* context, Then<QByteArray> then);

    void startExport(const wire::NewExport& order, QObject* context, Then<wire::ExportJob> then);
    void exportJob(std::int64_t job, QObject* context, Then<wire::ExportJob> then);
    void cancelExport(std::int64_t job, QObject* context, Then<void> then);
    /// `file` is open. The transfer lives until its answer.
    Transfer* saveExport(std::int64_t job, std::unique_ptr<QSaveFile> file, QObject* context, Then<void> then);

    /// Only for admins.
    void eraseCustomer(model::CustomerId customer, QObject* context, Then<void> then);

private:
    RestClient& m_rest;
};

} // namespace cb::api
