#include "tests/client/support/fake_records.h"

#include "shared/model/names.h"
#include "shared/wire/http.h"

#include <QtCore/QUrlQuery>

#include <algorithm>

namespace cb::test {

namespace {

std::int64_t number(const std::map<std::string, std::string>& query, const std::string& name) {
    const auto found = query.find(name);
    return found == query.end() ? 0 : std::stoll(found->second);
}

} // namespace

FakeRecords::Answer FakeRecords::http(const QByteArray& verb, const QUrl& url, const QByteArray& body,
                                      const model::Agent& me) {
    const QString path = url.path();
    const auto parts = path.split(QLatin1Char('/')).mid(3);
    const QString root = parts.value(0);
    const bool erases = root == QLatin1String("customers") && parts.value(2) == QLatin1String("erase");
    const bool hears = root == QLatin1String("sessions") && parts.value(2) == QLatin1String("recording");
    if (root != QLatin1String("records") && root != QLatin1String("exports") && !erases && !hears)
        return {};
    const auto request = verb.toStdString() + " " + path.toStdString();
    if (const auto refusal = m_refusals.find(request); refusal != m_refusals.end()) {
        const auto error = refusal->second.error;
        if (!refusal->second.always)
            m_refusals.erase(refusal);
        return {error.grade == base::Grade::Retry      ? 503
                : error.grade == base::Grade::Conflict ? 409
                                                       : 400,
                wire::encodeErrorBody(error)};
    }
    if (hears)
        return recording(model::SessionId(parts.value(1).toLongLong()));
    if (erases)
        return erase(model::CustomerId(parts.value(1).toLongLong()));
    if (root == QLatin1String("exports"))
        return exportRoutes(verb, parts, body);
    if (parts.size() == 1)
        return list(url, me);
    for (auto record : records)
        if (record.id.value == parts.value(1).toLongLong()) {
            record.offers = 2;
            return {200, wire::encodeBody(record)};
        }
    return {404, wire::encodeErrorBody(base::rejected("not_found"))};
}

bool FakeRecords::passes(const wire::Record& record, const std::map<std::string, std::string>& query) const {
    for (const auto& [name, value] : query) {
        bool fits = true;
        if (name == "mode")
            fits = value == model::name(record.mode);
        else if (name == "from")
            fits = base::toUnixMillis(record.startedAt) >= std::stoll(value);
        else if (name == "to")
            fits = base::toUnixMillis(record.startedAt) < std::stoll(value);
        else if (name == "group")
            fits = record.group.value == std::stoll(value);
        else if (name == "agent")
            fits = record.agent.value == std::stoll(value);
        else if (name == "state")
            fits = value == model::name(record.state);
        else if (name == "end_reason")
            fits = value == model::name(record.endReason);
        else if (name == "answered")
            fits = (record.answeredAt != base::TimePoint{}) == (value == "true");
        else if (name == "direction")
            fits = record.call && value == model::name(record.call->direction);
        else if (name == "recorded")
            fits = record.call && record.call->recorded == (value == "true");
        else if (name == "number")
            fits = record.call && (record.call->caller.find(value) != std::string::npos ||
                                   record.call->callee.find(value) != std::string::npos);
        else if (name == "text") {
            const auto said = spoken.find(record.id);
            fits = record.customerName.find(value) != std::string::npos ||
                   (said != spoken.end() && said->second.find(value) != std::string::npos);
        }
        if (!fits)
            return false;
    }
    return true;
}

FakeRecords::Answer FakeRecords::list(const QUrl& url, const model::Agent& me) {
    std::map<std::string, std::string> query;
    for (const auto& [name, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded))
        query[name.toStdString()] = value.toStdString();
    asked.push_back(query);
    const auto before = number(query, "before");
    const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(1, number(query, "limit")));
    wire::RecordPage page;
    std::int64_t count = 0;
    int looked = 0;
    for (const auto& record : records) {
        const bool visible = me.role == model::Role::Admin || record.agent == me.id || record.lastAgent == me.id;
        const bool fits = visible && passes(record, query);
        count += fits ? 1 : 0;
        if ((before > 0 && record.id.value >= before) || page.next)
            continue;
        if (fits)
            page.records.push_back(record);
        if (++looked == worksThrough || page.records.size() == limit)
            page.next = record.id;
    }
    if (!records.empty() && page.next == records.back().id)
        page.next = {};
    if (query["count"] == "true") {
        page.count = std::min(count, counts);
        page.countMore = count > counts;
    }
    return {200, wire::encodeBody(page)};
}

FakeRecords::Answer FakeRecords::job() {
    const auto step = static_cast<std::size_t>(jobReads);
    const bool done = step >= progress.size() && !stands;
    m_job.state = done ? "done" : "running";
    m_job.percent = done ? 100 : progress.empty() ? 0 : progress[std::min(step, progress.size() - 1)];
    m_job.rows = m_job.percent * 50;
    m_job.bytes = done ? static_cast<std::int64_t>(file.size()) : 0;
    ++jobReads;
    return {200, wire::encodeBody(m_job)};
}

FakeRecords::Answer FakeRecords::exportRoutes(const QByteArray& verb, const QStringList& parts,
                                              const QByteArray& body) {
    if (verb == "POST") {
        ordered.push_back(*wire::decodeBody<wire::NewExport>(body.toStdString()));
        m_job = {m_job.id + 1, "waiting", 0, 0, 0, {}, {}};
        jobReads = 0;
        return {200, wire::encodeBody(m_job)};
    }
    if (verb == "DELETE") {
        cancelled.push_back(parts.value(1).toLongLong());
        return {204, {}};
    }
    if (parts.value(2) == QLatin1String("file"))
        return {200, file};
    m_job.id = parts.value(1).toLongLong();
    return job();
}

FakeRecords::Answer FakeRecords::recording(model::SessionId session) {
    heard.push_back(session);
    const auto found = recordings.find(session);
    if (found == recordings.end())
        return {404, wire::encodeErrorBody(base::rejected("recording_unknown"))};
    return {200, found->second};
}

FakeRecords::Answer FakeRecords::erase(model::CustomerId customer) {
    erased.push_back(customer);
    for (auto& record : records)
        if (record.customer == customer)
            record.customerName = record.externalId = record.wrapUp.note = {};
    return {204, {}};
}

} // namespace cb::test
