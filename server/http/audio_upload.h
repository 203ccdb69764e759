#pragma once

#include "server/http/handlers.h"
#include "server/net/application.h"
#include "shared/base/worker_pool.h"

#include <memory>
#include <string>

namespace cb::http {

/// Where uploaded audio is taken apart, and where its row waits for its commit.
struct AudioPools {
    base::WorkerPool& files;
    base::WorkerPool& changes;
};

/// A sound on its way in: kept in memory until it is whole (it is small), then checked and stored by the pools.
class AudioSink final : public net::BodySink, public std::enable_shared_from_this<AudioSink> {
public:
    /// The answer to whoever uploads; a refusal is put into words by the caller.
    using Answered = std::function<net::Response(Answer)>;

    /// Errors: those of admin::mayUpload, overloaded when too many are under way. Blocks on the database.
    static base::Result<std::shared_ptr<AudioSink>> begin(Services& services, AudioPools pools, Call call,
                                                          Answered answered);
    ~AudioSink() override;

    void write(std::string piece, std::function<void(bool)> done) override;
    void finish(net::Respond respond) override;
    void abort() override {}

private:
    AudioSink(Services& services, AudioPools pools, Call call, std::string name, Answered answered);
    Answer keep();

    Services& m_services;
    const AudioPools m_pools;
    const Call m_call;
    const std::string m_name;
    const Answered m_answered;
    std::string m_bytes;
    model::Audio m_row;
};

} // namespace cb::http
