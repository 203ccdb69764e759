#include "tests/client/support/fake_admin.h"

#include <QtCore/QUrlQuery>

#include <algorithm>

namespace cb::test {

namespace {

template <class Rows, class Id>
auto find(Rows& rows, Id id) {
    return std::find_if(rows.begin(), rows.end(), [id](const auto& row) { return row.id == id; });
}

std::string made(std::int64_t id) {
    return wire::encodeBody(wire::Made{id});
}

template <class Body>
Body read(const std::string& body) {
    return *wire::decodeBody<Body>(body, {8 * 1024 * 1024, 20});
}

} // namespace

int FakeAdmin::count(const std::string& request) const {
    return static_cast<int>(
        std::count_if(heard.begin(), heard.end(), [&request](const auto& one) { return one.first == request; }));
}

FakeAdmin::Answer FakeAdmin::http(const QByteArray& verb, const QUrl& url, const QByteArray& body) {
    const QString path = url.path();
    if (!on || !path.startsWith(QLatin1String("/api/v1/")))
        return {};
    const auto request = verb.toStdString() + " " + path.toStdString();
    if (const auto refusal = m_refusals.find(request); refusal != m_refusals.end()) {
        const auto error = refusal->second.error;
        if (!refusal->second.always)
            m_refusals.erase(refusal);
        if (verb != "GET")
            heard.emplace_back(request, body.toStdString());
        return {error.grade == base::Grade::Retry      ? 503
                : error.grade == base::Grade::Conflict ? 409
                                                       : 400,
                wire::encodeErrorBody(error)};
    }
    const auto asked = verb + ' ' + path.mid(8).toUtf8() + (url.hasQuery() ? '?' + url.query().toUtf8() : QByteArray());
    if (const auto found = fixed.find(asked.toStdString()); found != fixed.end()) {
        if (verb != "GET")
            heard.emplace_back(request, body.toStdString());
        return {200, found->second};
    }
    const bool sound = path.section(QLatin1Char('/'), 3, 3) == QLatin1String("audio");
    auto answer = verb == "GET" ? get(path, url)
                  : sound       ? changeAudio(verb, url, body.toStdString())
                                : change(verb, path, body.toStdString());
    if (answer.first != 0 && verb == "GET")
        ++reads;
    else if (answer.first != 0)
        heard.emplace_back(request, body.toStdString());
    return answer;
}

FakeAdmin::Answer FakeAdmin::get(const QString& path, const QUrl& url) {
    const auto name = path.mid(8);
    if (name == QLatin1String("numbers"))
        return {200, wire::encodeBody(numbers)};
    if (name == QLatin1String("audio"))
        return {200, wire::encodeBody(audio)};
    if (auto sound = hear(name, url); sound.first != 0)
        return sound;
    if (name == QLatin1String("groups"))
        return {200, wire::encodeBody(groups)};
    if (name == QLatin1String("agents"))
        return {200, wire::encodeBody(agents)};
    if (name == QLatin1String("channels"))
        return {200, wire::encodeBody(channels)};
    if (name == QLatin1String("flows"))
        return {200, wire::encodeBody(flows)};
    if (name == QLatin1String("blocked-customers"))
        return {200, wire::encodeBody(blocked)};
    if (name == QLatin1String("settings"))
        return {200, wire::encodeBody(settings)};
    if (name == QLatin1String("quick-replies"))
        return {200, wire::encodeBody(replies)};
    if (name == QLatin1String("screen-pops"))
        return {200, wire::encodeBody(pops)};
    return name == QLatin1String("audit") ? auditPage(url) : Answer{};
}

FakeAdmin::Answer FakeAdmin::hear(const QString& path, const QUrl& url) {
    if (path == QLatin1String("speech")) {
        spoken.push_back(QUrlQuery(url).queryItemValue(QStringLiteral("text"), QUrl::FullyDecoded).toStdString());
        return {200, speech};
    }
    const auto parts = path.split(QLatin1Char('/'));
    if (parts.value(0) != QLatin1String("audio") || parts.size() != 3)
        return {};
    const auto found = sounds.find(model::AudioId(parts.value(1).toLongLong()));
    if (found == sounds.end())
        return {404, wire::encodeErrorBody(base::rejected("not_found"))};
    return {200, found->second};
}

FakeAdmin::Answer FakeAdmin::changeAudio(const QByteArray& verb, const QUrl& url, const std::string& body) {
    if (verb == "POST") {
        wire::AudioRow row;
        row.id = model::AudioId(++m_next);
        row.name = QUrlQuery(url).queryItemValue(QStringLiteral("name"), QUrl::FullyDecoded).toStdString();
        row.state = audio.review ? model::AudioState::Unreviewed : model::AudioState::Approved;
        row.format = "wav";
        row.bytes = static_cast<std::int64_t>(body.size());
        row.millis = row.bytes / 16;
        audio.audio.insert(audio.audio.begin(), row);
        sounds[row.id] = body;
        return {200, wire::encodeBody(row)};
    }
    const auto row = find(audio.audio, model::AudioId(url.path().section(QLatin1Char('/'), 4, 4).toLongLong()));
    if (row == audio.audio.end())
        return {404, wire::encodeErrorBody(base::rejected("not_found"))};
    if (verb == "DELETE") {
        audio.audio.erase(row);
        return {204, {}};
    }
    row->name = read<wire::AudioDraft>(body).name;
    return {200, wire::encodeBody(*row)};
}

FakeAdmin::Answer FakeAdmin::auditPage(const QUrl& url) const {
    const QUrlQuery query(url);
    const auto before = query.queryItemValue(QStringLiteral("before")).toLongLong();
    const auto limit = static_cast<std::size_t>(query.queryItemValue(QStringLiteral("limit")).toInt());
    const auto agent = query.queryItemValue(QStringLiteral("agent")).toLongLong();
    const auto action = query.queryItemValue(QStringLiteral("action")).toStdString();
    wire::AuditPage page;
    for (const auto& entry : audit) {
        if ((before > 0 && entry.seq >= before) || (agent > 0 && entry.agent.value != agent) ||
            !entry.action.starts_with(action))
            continue;
        page.more = page.entries.size() == limit;
        if (page.more)
            break;
        page.entries.push_back(entry);
    }
    return {200, wire::encodeBody(page)};
}

void FakeAdmin::addAgent(const wire::AgentDraft& draft) {
    wire::AgentRow row;
    row.agent.id = model::AgentId(++m_next);
    row.agent.name = draft.name;
    row.agent.nickname = draft.nickname;
    row.agent.email = draft.email;
    row.agent.staffNo = draft.staffNo;
    row.agent.mobile = draft.mobile;
    row.agent.role = draft.role;
    row.agent.groups = draft.groups;
    row.invited = true;
    agents.agents.push_back(row);
}

FakeAdmin::Answer FakeAdmin::members(model::GroupId group, const wire::MembersChange& change) {
    const auto row = find(groups.groups, group);
    if (row == groups.groups.end())
        return {404, wire::encodeErrorBody(base::rejected("not_found"))};
    for (const auto agent : change.add)
        row->members.push_back(agent);
    for (const auto agent : change.remove)
        std::erase(row->members, agent);
    return {200, wire::encodeBody(*row)};
}

FakeAdmin::Answer FakeAdmin::bulk(const wire::BulkAgents& wanted) {
    wire::BulkResult result;
    for (std::size_t i = 0; i < wanted.rows.size(); ++i)
        if (const auto bad = badRows.find(wanted.rows[i].email); bad != badRows.end())
            result.bad.push_back({static_cast<int>(i), "email", bad->second});
        else if (there.contains(wanted.rows[i].email))
            result.there.push_back(static_cast<int>(i));
    const bool adds = !wanted.check && (wanted.addGood || result.bad.empty());
    for (const auto& row : wanted.rows)
        if (adds && !badRows.contains(row.email) && !there.contains(row.email)) {
            addAgent(row);
            ++result.added;
        }
    return {200, wire::encodeBody(result)};
}

FakeAdmin::Answer FakeAdmin::change(const QByteArray& verb, const QString& path, const std::string& body) {
    const auto parts = path.mid(8).split(QLatin1Char('/'));
    const QString list = parts.value(0);
    const auto id = parts.value(1).toLongLong();
    const QString below = parts.value(2);
    const bool adds = verb == "POST" && parts.size() == 1;
    const bool removes = verb == "DELETE";
    if (list == QLatin1String("groups")) {
        if (below == QLatin1String("members"))
            return members(model::GroupId(id), read<wire::MembersChange>(body));
        if (adds) {
            const auto draft = read<wire::GroupDraft>(body);
            groups.groups.push_back(
                {model::GroupId(++m_next), draft.mode, draft.name, draft.limit, {}, {}, draft.record});
            return {200, made(m_next)};
        }
        const auto row = find(groups.groups, model::GroupId(id));
        if (removes) {
            groups.groups.erase(row);
        } else {
            const auto draft = read<wire::GroupDraft>(body);
            row->name = draft.name;
            row->limit = draft.limit;
            row->record = draft.record;
        }
        return {200, "{}"};
    }
    if (list == QLatin1String("agents")) {
        if (parts.value(1) == QLatin1String("bulk"))
            return bulk(read<wire::BulkAgents>(body));
        if (below == QLatin1String("reset-password"))
            return {200, "{}"};
        if (adds) {
            addAgent(read<wire::AgentDraft>(body));
            return {200, made(m_next)};
        }
        const auto row = std::find_if(agents.agents.begin(), agents.agents.end(),
                                      [id](const auto& one) { return one.agent.id.value == id; });
        if (removes) {
            agents.agents.erase(row);
        } else {
            const auto draft = read<wire::AgentDraft>(body);
            row->agent.name = draft.name;
            row->agent.groups = draft.groups;
        }
        return {200, "{}"};
    }
    if (list == QLatin1String("channels")) {
        if (adds) {
            const auto draft = read<wire::ChannelDraft>(body);
            model::Channel channel;
            channel.id = model::ChannelId(++m_next);
            channel.name = draft.name;
            channel.domain = draft.domain;
            channel.colour = draft.colour;
            channel.key = "key-" + std::to_string(m_next);
            channels.channels.push_back(channel);
            return {200, made(m_next)};
        }
        const auto row = find(channels.channels, model::ChannelId(id));
        if (removes)
            channels.channels.erase(row);
        else if (below == QLatin1String("flow"))
            row->flow = read<wire::ChannelLink>(body).flow;
        else
            row->name = read<wire::ChannelDraft>(body).name;
        return {200, "{}"};
    }
    if (list == QLatin1String("numbers")) {
        for (auto& row : numbers.numbers) {
            if (row.channel.value != id)
                continue;
            row.flow = read<wire::ChannelLink>(body).flow;
            const auto flow = find(flows.flows, row.flow);
            row.flowName = flow == flows.flows.end() ? std::string() : flow->name;
            return {200, wire::encodeBody(row)};
        }
        return {404, wire::encodeErrorBody(base::rejected("not_found"))};
    }
    if (list == QLatin1String("customers") && below == QLatin1String("unblock")) {
        blocked.customers.erase(find(blocked.customers, model::CustomerId(id)));
        return {200, "{}"};
    }
    if (list == QLatin1String("settings")) {
        settings = read<wire::InstanceForm>(body);
        return {200, "{}"};
    }
    if (list == QLatin1String("screen-pops")) {
        pops = read<wire::ScreenPopForm>(body);
        return {200, "{}"};
    }
    if (list != QLatin1String("quick-replies"))
        return {};
    if (adds) {
        const auto draft = read<wire::QuickReplyDraft>(body);
        replies.quickReplies.push_back({model::QuickReplyId(++m_next), {}, draft.title, draft.text});
        return {200, made(m_next)};
    }
    const auto row = find(replies.quickReplies, model::QuickReplyId(id));
    if (removes) {
        replies.quickReplies.erase(row);
    } else {
        const auto draft = read<wire::QuickReplyDraft>(body);
        row->title = draft.title;
        row->text = draft.text;
    }
    return {200, "{}"};
}

} // namespace cb::test
