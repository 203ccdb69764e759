#include "server/http/errors.h"
#include "server/http/handlers.h"
#include "server/media/file_name.h"
#include "server/net/addresses.h"
#include "server/net/range.h"
#include "shared/model/names.h"
#include "shared/wire/http.h"

namespace cb::http {

namespace {

base::Result<media::UploadPlan> limited(store::Reader& reader, const Call& call, model::InstanceId instance,
                                        model::SessionId session) {
    const auto kind = model::parse<model::AttachmentKind>(net::queryValue(call.query, "kind"));
    if (!kind)
        return base::with(base::rejected("bad_field"), "field", "kind");
    auto row = reader.directory().instance(instance);
    if (!row)
        return row.error();
    if (!*row)
        return base::rejected("not_found");
    const auto& settings = (*row)->settings;
    return media::UploadPlan{instance,
                             session,
                             *kind,
                             net::queryValue(call.query, "name"),
                             *kind == model::AttachmentKind::Picture ? settings.pictureBytes : settings.fileBytes,
                             net::isLoopback(call.address) ? std::string() : net::limitKey(call.address)};
}

/// The attachment if the caller is on one of its session's two sides, or an admin.
base::Result<model::Attachment> visible(store::Reader& reader, const Call& call) {
    const bool visitor = call.route.access == Access::Visitor;
    auto row = reader.attachments().byId(model::AttachmentId{call.id(visitor ? 1 : 0)});
    if (!row)
        return row.error();
    if (!*row || (*row)->instance != (visitor ? call.channel->instance : call.who.instance))
        return base::rejected("attachment_unknown");
    if (!visitor) {
        auto session = visibleSession(reader, call.who, (*row)->session);
        if (!session)
            return session.error();
        return **row;
    }
    auto session = reader.sessions().byId((*row)->session);
    if (!session)
        return session.error();
    if (!call.customer || !*session || (*session)->customer != call.customer->id)
        return base::rejected("attachment_unknown");
    return **row;
}

} // namespace

std::string encodeAttachment(const model::Attachment& attachment) {
    return wire::encodeBody(wire::AttachmentAnswer{attachment});
}

base::Result<media::UploadPlan> planUpload(Services& services, const Call& call) {
    auto reader = services.database.reader();
    if (!reader)
        return reader.error();
    if (call.route.access == Access::Visitor) {
        if (!call.customer)
            return base::conflict("session_gone");
        auto open = reader->sessions().openOf(call.customer->id);
        if (!open)
            return open.error();
        if (!*open || model::isEnded((*open)->state))
            return base::conflict("session_gone");
        return limited(*reader, call, call.channel->instance, (*open)->id);
    }
    auto id = queryNumber(call.query, "session", 0);
    if (!id)
        return id.error();
    if (*id == 0)
        return base::with(base::rejected("bad_field"), "field", "session");
    auto session = reader->sessions().byId(model::SessionId{*id});
    if (!session)
        return session.error();
    if (!*session || (*session)->instance != call.who.instance)
        return base::rejected("not_found");
    if ((*session)->agent != call.who.agent || (*session)->state != model::SessionState::Open)
        return base::conflict("session_gone");
    return limited(*reader, call, call.who.instance, (*session)->id);
}

base::Result<net::Response> download(Services& services, const Call& call, const net::Head& head) {
    model::Attachment row;
    {
        auto reader = services.database.reader();
        if (!reader)
            return reader.error();
        auto found = visible(*reader, call);
        if (!found)
            return found.error();
        row = std::move(*found);
    }
    net::Response response;
    response.headers = {{"Content-Type", row.contentType},
                        {"Content-Disposition", media::contentDisposition(row.name)},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Content-Security-Policy", "default-src 'none'; sandbox"},
                        {"Cache-Control", "private, max-age=31536000, immutable"},
                        {"Accept-Ranges", "bytes"},
                        {"ETag", '"' + row.sha256 + '"'}};
    if (head.header("If-None-Match") == '"' + row.sha256 + '"') {
        response.status = 304;
        return response;
    }
    const auto range = net::parseRange(head.header("Range"), row.bytes);
    const auto whole = std::to_string(row.bytes);
    if (std::holds_alternative<net::Unsatisfiable>(range)) {
        response.status = 416;
        response.headers.emplace_back("Content-Range", "bytes */" + whole);
        return response;
    }
    auto descriptor = services.attachments.open(row.id);
    if (!descriptor)
        return descriptor.error();
    if (const auto* part = std::get_if<net::Part>(&range)) {
        response.status = 206;
        response.headers.emplace_back("Content-Range", "bytes " + std::to_string(part->first) + '-' +
                                                           std::to_string(part->last) + '/' + whole);
        response.body = std::make_shared<const net::FileBody>(*descriptor, part->first, part->last - part->first + 1);
    } else {
        response.body = std::make_shared<const net::FileBody>(*descriptor, 0, row.bytes);
    }
    return response;
}

} // namespace cb::http
