#include "client/api/records_client.h"

#include "client/api/ask_p.h"
#include "shared/model/names.h"

#include <QtCore/QSaveFile>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <algorithm>

namespace cb::api {

namespace {

const QString kRecords = QStringLiteral("/api/v1/records");
const QString kExports = QStringLiteral("/api/v1/exports");

constexpr qint64 kMostRecorded = qint64(512) * 1024 * 1024; ///< bytes: four hours of both sides

/// "?a=1&b=2". Everything but letters and digits of a value is encoded: it may be what somebody searches for.
class Query {
public:
    void add(const char* name, const QString& value) {
        if (!value.isEmpty())
            m_parts << QLatin1String(name) + QLatin1Char('=') + QString::fromLatin1(QUrl::toPercentEncoding(value));
    }
    void add(const char* name, std::int64_t value) {
        if (value != 0)
            add(name, QString::number(value));
    }
    template <class E>
    void add(const char* name, const std::optional<E>& value) {
        if (value)
            add(name, bridge::toQt(model::name(*value)));
    }
    QString on(const QString& path) const {
        return m_parts.isEmpty() ? path : path + QLatin1Char('?') + m_parts.join(QLatin1Char('&'));
    }

private:
    QStringList m_parts;
};

QString exportPath(std::int64_t job, const char* below = "") {
    return QStringLiteral("%1/%2%3").arg(kExports, QString::number(job), QLatin1String(below));
}

} // namespace

void RecordsClient::records(const wire::RecordFilters& filters, const Page& page, QObject* context,
                            Then<wire::RecordPage> then) {
    Query query;
    query.add("mode", filters.mode);
    query.add("from", base::toUnixMillis(filters.from));
    query.add("to", base::toUnixMillis(filters.to));
    query.add("group", filters.group.value);
    query.add("agent", filters.agent.value);
    query.add("channel", filters.channel.value);
    query.add("state", filters.state);
    query.add("end_reason", filters.endReason);
    if (filters.answered)
        query.add("answered", *filters.answered ? QStringLiteral("true") : QStringLiteral("false"));
    query.add("customer", bridge::toQt(filters.customer));
    query.add("text", bridge::toQt(filters.text));
    query.add("direction", filters.direction);
    if (filters.recorded)
        query.add("recorded", *filters.recorded ? QStringLiteral("true") : QStringLiteral("false"));
    query.add("number", bridge::toQt(filters.number));
    if (page.counted)
        query.add("count", QStringLiteral("true"));
    query.add("before", page.before.value);
    query.add("limit", std::int64_t(std::clamp(page.limit, 1, 200)));
    askFor(m_rest, "GET", query.on(kRecords), context, std::move(then));
}

void RecordsClient::record(model::SessionId session, QObject* context, Then<wire::Record> then) {
    askFor(m_rest, "GET", QStringLiteral("%1/%2").arg(kRecords, QString::number(session.value)), context,
           std::move(then));
}

Transfer* RecordsClient::hearRecording(model::SessionId session, QObject* context, Then<QByteArray> then) {
    return m_rest.fetch(QStringLiteral("/api/v1/sessions/%1/recording").arg(session.value), kMostRecorded, context,
                        std::move(then));
}

void RecordsClient::startExport(const wire::NewExport& order, QObject* context, Then<wire::ExportJob> then) {
    askFor(m_rest, "POST", kExports, context, std::move(then), wire::encodeBody(order));
}

void RecordsClient::exportJob(std::int64_t job, QObject* context, Then<wire::ExportJob> then) {
    askFor(m_rest, "GET", exportPath(job), context, std::move(then));
}

void RecordsClient::cancelExport(std::int64_t job, QObject* context, Then<void> then) {
    askFor(m_rest, "DELETE", exportPath(job), context, std::move(then));
}

Transfer* RecordsClient::saveExport(std::int64_t job, std::unique_ptr<QSaveFile> file, QObject* context,
                                    Then<void> then) {
    return m_rest.downloadTo(exportPath(job, "/file"), std::move(file), context, std::move(then));
}

void RecordsClient::eraseCustomer(model::CustomerId customer, QObject* context, Then<void> then) {
    askFor(m_rest, "POST", QStringLiteral("/api/v1/customers/%1/erase").arg(customer.value), context, std::move(then));
}

} // namespace cb::api
