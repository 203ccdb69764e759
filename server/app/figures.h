#pragma once

#include <string>

namespace cb::net {
class Server;
class ErrorCounts;
} // namespace cb::net
namespace cb::hub {
class Hub;
}
namespace cb::desk {
class Desk;
}
namespace cb::mail {
class Sender;
}
namespace cb::store {
class SearchIndex;
class Writer;
} // namespace cb::store
namespace cb::search {
class Indexer;
}
namespace cb::base {
class WorkerPool;
}

namespace cb::ops {
class Histogram;
}

namespace cb::app {

/// Everything that has figures; all of it outlives the page.
struct FigureSources {
    const net::Server& server;
    const net::ErrorCounts& errors;
    const hub::Hub& hub;
    const desk::Desk& desk;
    const store::Writer& writer;
    const base::WorkerPool& json;
    const base::WorkerPool& hash;
    const base::WorkerPool& changes;
    const base::WorkerPool& erasing;
    const base::WorkerPool& lookups;
    const base::WorkerPool& files;
    const ops::Histogram& commits;
    const search::Indexer& indexer;
    const store::SearchIndex& search;
    const mail::Sender& mail;
};

/// The text of /metrics.
std::string figures(const FigureSources& sources);

} // namespace cb::app
