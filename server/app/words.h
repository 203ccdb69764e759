#pragma once

#include "shared/model/ids.h"

#include <set>
#include <string>

namespace cb::app {

/// What operators' commands did beside a running server, for it to take up. Each is an empty file in the data
/// directory: leaving one that is there changes nothing, and one that is left while the server acts on an earlier one
/// is found the next time.
struct Words {
    bool mails = false;                    ///< letters are due
    bool trunks = false;                   ///< were added, changed or removed
    bool numbers = false;                  ///< likewise
    std::set<model::InstanceId> instances; ///< channels, groups, members or flows are others than the desk knows
    std::set<model::InstanceId> audio;     ///< some of theirs was approved or rejected

    bool empty() const { return !mails && !trunks && !numbers && instances.empty() && audio.empty(); }
    bool operator==(const Words&) const = default;
};

/// False when a word could not be left: the server learns of it when it starts the next time.
bool leaveWords(const std::string& data, const Words& words);
/// Takes them away before they are acted on. Blocks on the disk.
Words takeWords(const std::string& data);

} // namespace cb::app
