#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cb::media {

/// The desktop program's installers, put into a folder by the operator (`programs` in the data directory) for the
/// agents to fetch (spec 7). Only files whose ending says for which system they are; links and folders are left out.
/// Any thread; reads the disk.
class ProgramShelf {
public:
    enum class System { Windows, MacOs, Linux };
    struct Program {
        std::string name; ///< of the file, valid UTF-8
        System system = System::Linux;
        std::int64_t bytes = 0;
    };
    static constexpr std::size_t kMost = 100;

    explicit ProgramShelf(std::string folder)
        : m_folder(std::move(folder)) {}

    /// Makes the folder when it is missing.
    base::Result<void> prepare() const;
    /// By system, then by name; at most kMost. None when the folder is missing.
    base::Result<std::vector<Program>> all() const;
    /// A descriptor for reading, the caller's from now on. Errors: not_found when it is not one of all().
    base::Result<int> open(std::string_view name) const;

private:
    std::string m_folder;
};

/// The page that lists them, `page` with `{{programs}}` in it once. Names are escaped.
std::string programPage(std::string_view page, const std::vector<ProgramShelf::Program>& programs);

} // namespace cb::media
