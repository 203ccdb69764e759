#include "server/http/handlers.h"
#include "server/http/whole_file.h"
#include "server/media/program_shelf.h"

namespace cb::http {

base::Result<net::Response> programList(Services& services) {
    auto programs = services.programs.all();
    if (!programs)
        return programs.error();
    net::Response response;
    response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"Cache-Control", "no-cache"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"X-Frame-Options", "DENY"}};
    response.body = media::programPage(services.programPage, *programs);
    return response;
}

base::Result<net::Response> programFile(Services& services, const Call& call) {
    const std::string& name = call.values.front();
    auto descriptor = services.programs.open(name);
    if (!descriptor)
        return descriptor.error();
    return wholeFile(*descriptor, "application/octet-stream", name, "no-cache");
}

} // namespace cb::http
