#include "client/state/screen_pops.h"

#include "client/bridge/convert.h"
#include "shared/wire/admin.h"

#include <algorithm>
#include <iterator>

namespace cb::state {

namespace {

const QString kKept = QStringLiteral("screen_pops");

bool isWeChat(model::ChannelKind kind) {
    return kind == model::ChannelKind::WeChatAccount || kind == model::ChannelKind::MiniProgram;
}

model::PopValues popValues(const model::SessionView& view, const model::Agent& agent) {
    model::PopValues values;
    values.session = view.session.id;
    values.channel = view.channelName;
    values.nickname = view.customerName;
    values.staffNo = agent.staffNo;
    values.skillGroup = view.groupName;
    if (view.session.mode == model::Mode::Phone)
        values.callerNumber = view.externalId;
    if (view.channelKind == model::ChannelKind::Phone)
        values.calleeNumber = view.channelName; // the number is what its channel is called
    if (view.call && view.call->direction == model::CallDirection::Out) {
        values.callerNumber = view.call->line;
        values.calleeNumber = view.call->number;
    }
    if (isWeChat(view.channelKind))
        values.openId = view.externalId;
    return values;
}

} // namespace

ScreenPops::ScreenPops(api::RestClient& rest, sync::AccountStore& store, QObject* parent)
    : QObject(parent)
    , m_rest(rest)
    , m_store(store) {
    if (const auto kept = wire::decodeBody<wire::ScreenPopForm>(m_store.kept(kKept)))
        take(kept->pops);
}

std::vector<ScreenPops::Page> ScreenPops::pagesOf(const model::SessionView& view, const model::Agent& agent) const {
    const auto values = popValues(view, agent);
    std::vector<Page> pages;
    for (const auto& pop : m_pops)
        pages.push_back({bridge::toQt(pop.name), QUrl(bridge::toQt(model::filledUrl(pop.url, values)))});
    return pages;
}

void ScreenPops::load() {
    m_rest.screenPops(this, [this](const base::Result<wire::ScreenPopForm>& answer) {
        if (!answer)
            return; // those of before stay; the next connection asks again
        (void)m_store.keep(kKept, wire::encodeBody(*answer));
        take(answer->pops);
    });
}

void ScreenPops::take(const std::vector<model::ScreenPop>& all) {
    std::vector<model::ScreenPop> pops;
    std::copy_if(all.begin(), all.end(), std::back_inserter(pops), [](const auto& pop) { return pop.enabled; });
    if (pops == m_pops)
        return;
    m_pops = std::move(pops);
    Q_EMIT changed();
}

} // namespace cb::state
