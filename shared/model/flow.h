#pragma once

namespace cb::model {

/// What may be done with a flow (spec 5, the table). In use: published and linked to a channel or number.
enum class FlowState { Unpublished, Published, InUse };

} // namespace cb::model
