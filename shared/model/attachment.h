#pragma once

#include "shared/base/clock.h"
#include "shared/model/ids.h"

#include <string>

namespace cb::model {

enum class AttachmentKind { Picture, File };

/// A file kept by the server. Its bytes are on disk and synced before a message may name it.
struct Attachment {
    AttachmentId id;
    InstanceId instance;
    SessionId session; ///< only the two sides of this session, and admins, may read it
    AttachmentKind kind = AttachmentKind::File;
    std::string name;        ///< as the sender called it, cleaned; never used as a path
    std::string contentType; ///< for pictures by content (image/png, image/jpeg, image/gif, image/webp), else
                             ///< application/octet-stream
    std::int64_t bytes = 0;
    std::string sha256; ///< hex
    int width = 0;      ///< pixels; pictures only
    int height = 0;
    base::TimePoint createdAt{};

    bool operator==(const Attachment&) const = default;
};

} // namespace cb::model
