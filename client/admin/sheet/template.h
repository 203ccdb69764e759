#pragma once

#include "shared/base/result.h"

#include <string>
#include <vector>

namespace cb::admin::sheet {

/// What the template says, in the user's language.
struct TemplateWords {
    std::string sheet;               ///< name of the sheet to fill in
    std::vector<std::string> titles; ///< by Column; a star follows those that must be filled in
    std::string helpSheet;
    std::vector<std::string> help;  ///< a line each
    std::vector<std::string> roles; ///< to choose from
    int textRows = 1'000;           ///< rows whose cells are text, so that 000010 keeps its zeros
};

/// An .xlsx at `path` (in the file system's own encoding). Error: file_unwritable (rejected; params.reason).
base::Result<void> writeTemplate(const std::string& path, const TemplateWords& words);

/// The same as .csv, with a byte order mark.
std::string csvTemplate(const TemplateWords& words);

} // namespace cb::admin::sheet
