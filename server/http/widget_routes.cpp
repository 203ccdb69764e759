#include "server/http/handlers.h"

#include "shared/wire/http.h"

namespace cb::http {

Answer widgetFace(Services& services, const Call& call) {
    const model::Channel& channel = *call.channel;
    wire::WidgetFace face{channel.name, channel.colour, model::Mode::Chat, false};
    if (channel.flow) {
        auto reader = services.database.reader();
        if (!reader)
            return reader.error();
        auto flow = reader->directory().publishedFlow(channel.flow);
        if (!flow)
            return flow.error();
        if (*flow) {
            face.setUp = true;
            face.mode = (*flow)->mode;
        }
    }
    return wire::encodeBody(face);
}

Answer widgetMessages(Services& services, const Call& call) {
    auto page = pageOf(call.query, false);
    if (!page)
        return page.error();
    if (!call.customer)
        return wire::encodeMessages({}, wire::Audience::Visitor);
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    auto messages = reader->events().messagesOfCustomer(call.customer->id, *page);
    if (!messages)
        return messages.error();
    return encodePage(*reader, std::move(*messages), true);
}

} // namespace cb::http
