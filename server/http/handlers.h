#pragma once

#include "server/http/route_table.h"
#include "server/http/services.h"
#include "server/net/http_types.h"
#include "server/store/database.h"
#include "shared/base/result.h"
#include "shared/model/channel.h"
#include "shared/model/customer.h"

#include <optional>
#include <string>
#include <vector>

namespace cb::wire {
struct RecordFilters;
}

namespace cb::http {

/// A request whose sender was found to be allowed to make it. Values live as long as the handler runs.
struct Call {
    const Route& route;
    std::vector<std::string> values; ///< of the placeholders
    std::string query;
    std::string body;
    std::string address;
    auth::Principal who;                     ///< Agent and Admin routes
    std::optional<model::Channel> channel;   ///< widget routes
    std::optional<model::Customer> customer; ///< Visitor routes; empty: never sent anything yet

    std::int64_t id(std::size_t index) const;
};

/// The body of the answer; empty = 204.
using Answer = base::Result<std::string>;

/// Who asks and may they: role, password state, channel, origin. Blocks on the database.
base::Result<Call> admit(Services& services, const Route& route, std::vector<std::string> values, const net::Head& head,
                         const net::Peer& peer);

/// Carries out a Json or Hash route. Blocks.
Answer handle(Services& services, const Call& call);

// One file each.
Answer signIn(Services& services, const Call& call);
Answer changePassword(Services& services, const Call& call);
Answer forgotPassword(Services& services, const Call& call);
Answer resetPassword(Services& services, const Call& call);
Answer signOut(Services& services, const Call& call);
Answer me(Services& services, const Call& call);
Answer sessionMessages(Services& services, const Call& call);
Answer customerSessions(Services& services, const Call& call);
Answer sessionOffers(Services& services, const Call& call);
Answer quickReplies(Services& services, const Call& call);
Answer flowList(Services& services, const Call& call);
Answer flowGet(Services& services, const Call& call);
Answer flowAdd(Services& services, const Call& call);
Answer flowPut(Services& services, const Call& call);
Answer flowPublish(Services& services, const Call& call);
Answer flowUnpublish(Services& services, const Call& call);
Answer flowRestore(Services& services, const Call& call);
Answer flowDelete(Services& services, const Call& call);
Answer flowVersions(Services& services, const Call& call);
Answer recordList(Services& services, const Call& call);
Answer recordGet(Services& services, const Call& call);
Answer customerErase(Services& services, const Call& call);
Answer exportAdd(Services& services, const Call& call);
Answer exportList(Services& services, const Call& call);
Answer exportGet(Services& services, const Call& call);
Answer exportCancel(Services& services, const Call& call);
Answer widgetFace(Services& services, const Call& call);
Answer widgetMessages(Services& services, const Call& call);

/// {"attachment": …}
std::string encodeAttachment(const model::Attachment& attachment);
/// Upload routes: what is to be stored, once it is known to be allowed.
base::Result<media::UploadPlan> planUpload(Services& services, const Call& call);
/// Download routes: the file with its headers, or the part asked for.
base::Result<net::Response> download(Services& services, const Call& call, const net::Head& head);

/// The file of an export.
base::Result<net::Response> exportFile(Services& services, const Call& call);
/// Uploaded audio as it came.
base::Result<net::Response> audioFile(Services& services, const Call& call, const net::Head& head);
base::Result<net::Response> programList(Services& services);
base::Result<net::Response> programFile(Services& services, const Call& call);

/// What of the records these filters show to them: agents see their own. Errors: bad_field, forbidden.
base::Result<search::RecordQuery> recordQuery(const auth::Principal& who, const wire::RecordFilters& filters);

/// May this agent see this session: it is or was theirs, they have one with the same customer, or they are an admin.
/// Errors: not_found (other instances' too), forbidden.
base::Result<model::Session> visibleSession(store::Reader& reader, const auth::Principal& who, model::SessionId id);
base::Result<void> mayKnowCustomer(store::Reader& reader, const auth::Principal& who, model::CustomerId customer);

/// before, after, limit. Errors: bad_field.
base::Result<store::Events::Page> pageOf(const std::string& query, bool notes);
/// Messages with what their attachments are, as JSON.
Answer encodePage(store::Reader& reader, store::MessagePage page, bool forVisitor);

/// Of a page: 1 to 200, 50 when left out. Errors: bad_field.
base::Result<std::size_t> limitOf(const std::string& query);
/// A non-negative integer of the query; `fallback` when absent. Errors: bad_field.
base::Result<std::int64_t> queryNumber(const std::string& query, std::string_view name, std::int64_t fallback);

} // namespace cb::http
