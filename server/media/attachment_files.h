#pragma once

#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/model/attachment.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cb::store {
class Database;
}

/// The attachments' folder seen beside their rows. All functions block on disk and database; any thread.
namespace cb::media {

/// "<folder>/<two hex digits>/<id>".
std::string attachmentPath(const std::string& folder, model::AttachmentId id);

/// Files last written before `before` that no row names: what a crash left between an upload's file and its row.
/// Younger ones may still get it. By id.
base::Result<std::vector<model::AttachmentId>> strayFiles(const std::string& folder, store::Database& database,
                                                          base::TimePoint before);

struct FileReport {
    struct Problem {
        std::string code; ///< "file_missing", "file_size"
        model::AttachmentId attachment;
    };
    std::vector<Problem> problems; ///< at most kMaxProblems
    std::int64_t rows = 0;

    static constexpr std::size_t kMaxProblems = 100;
};

/// Every row that may still be asked for has its file, of the right size. A server may run meanwhile.
base::Result<FileReport> checkFiles(const std::string& folder, store::Database& database);

} // namespace cb::media
