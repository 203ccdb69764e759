#pragma once

#include "server/admin/change.h"
#include "server/http/handlers.h"

namespace cb::http {

/// One change of the configuration from reading what is to its commit: the changes of all admins come one after the
/// other, so that each is decided on what the disk holds. For routes of Work::Change.
class ConfigTurn {
public:
    /// Waits for its turn. Errors: storage_unavailable (retry) when it does not come within 30 s.
    static base::Result<ConfigTurn> begin(Services& services, const Call& call);

    store::Directory directory() { return m_reader->directory(); }
    store::Reader& reader() { return *m_reader; }
    model::InstanceId instance() const { return m_call->who.instance; }

    /// Hands the change to the desk, and returns when it is committed. The turn ends with the commit, also when nobody
    /// waits for it any more. Errors: the desk's, overloaded, storage_unavailable. Once.
    base::Result<void> commit(admin::Change change);

private:
    ConfigTurn(Services& services, const Call& call, std::shared_ptr<void> turn, store::Reader reader);

    Services* m_services;
    const Call* m_call;
    std::shared_ptr<void> m_turn;
    std::optional<store::Reader> m_reader;
};

} // namespace cb::http
