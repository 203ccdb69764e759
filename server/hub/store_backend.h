#pragma once

#include "server/hub/backend.h"
#include "server/net/application.h"

#include <functional>
#include <string_view>

namespace cb::base {
class WorkerPool;
}
namespace cb::desk {
class Desk;
}
namespace cb::store {
class Database;
}

namespace cb::hub {

/// Backend over the real store and desk. `allowed(origin, domain)` is the website channel's rule.
class StoreBackend final : public Backend {
public:
    using OriginRule = std::function<bool(std::string_view origin, std::string_view domain)>;

    StoreBackend(net::Loop& loop, base::WorkerPool& workers, store::Database& database, auth::Accounts& accounts,
                 const base::Clock& clock, OriginRule allowed, std::size_t replayLimit);

    /// The desk is built after the hub, which it tells its effects to. Before anything else is called.
    void setDesk(desk::Desk& desk) { m_desk = &desk; }

    bool command(desk::Command command) override;
    void checkToken(std::string token, Then<auth::Principal> then) override;
    void checkHash(std::string tokenHash, Then<auth::Principal> then) override;
    void admit(VisitorQuestion question, Then<VisitorAdmission> then) override;
    void replay(ReplayQuestion question, Then<Replay> then) override;
    void sent(model::CustomerId customer, base::Uuid uuid, Then<std::optional<model::Message>> then) override;
    void attachment(model::AttachmentId id, Then<std::optional<model::Attachment>> then) override;
    void customer(model::CustomerId id, Then<std::optional<model::Customer>> then) override;
    void configuration(model::InstanceId instance, Then<Configuration> then) override;
    base::TimePoint now() const override { return m_clock.now(); }

private:
    template <class T>
    void run(std::function<base::Result<T>()> work, Then<T> then);
    base::Result<VisitorAdmission> admission(const VisitorQuestion& question);
    base::Result<Replay> missed(const ReplayQuestion& question);
    base::Result<Configuration> configurationOf(model::InstanceId instance);

    net::Loop& m_loop;
    base::WorkerPool& m_workers;
    store::Database& m_database;
    auth::Accounts& m_accounts;
    const base::Clock& m_clock;
    OriginRule m_allowed;
    std::size_t m_replayLimit;
    desk::Desk* m_desk = nullptr;
};

} // namespace cb::hub
