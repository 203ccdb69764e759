#pragma once

#include "shared/model/view.h"

#include <optional>

namespace cb::state {

/// The parts of the session list, in their order.
enum class Section { Ringing, Open, WrapUp };

/// One row of the session list: an offer or a session of ours.
struct SessionItem {
    model::SessionView view;
    Section section = Section::Open;
    model::OfferId offer;           ///< Ringing only
    base::TimePoint offeredAt{};    ///< Ringing only
    base::TimePoint offerExpires{}; ///< Ringing only; epoch 0 = rings until the customer leaves
    base::TimePoint declinedAt{};   ///< Ringing only: this agent declined it before; epoch 0 = did not
    bool customerTyping = false;

    model::SessionId id() const { return view.session.id; }
    /// Since when the customer waits for us: in the queue when ringing, for an answer when open; epoch 0 = does not.
    base::TimePoint waitsSince() const;
    bool operator==(const SessionItem&) const = default;
};

/// Order in the list: by section, then ringing by when it began to ring, open by when it was answered, wrap-up by when
/// it ended. A row keeps its place while it is in its section, so that nothing jumps under the pointer.
bool comesBefore(const SessionItem& a, const SessionItem& b);

} // namespace cb::state
