#include "client/state/session_item.h"

#include <tuple>

namespace cb::state {

namespace {

/// The time that orders a row within its section.
base::TimePoint placeOf(const SessionItem& item) {
    switch (item.section) {
    case Section::Ringing:
        return item.offeredAt;
    case Section::Open:
        return item.view.session.answeredAt;
    case Section::WrapUp:
        return item.view.session.endedAt;
    }
    return {};
}

} // namespace

base::TimePoint SessionItem::waitsSince() const {
    switch (section) {
    case Section::Ringing:
        return view.waitingSince == base::TimePoint{} ? offeredAt : view.waitingSince;
    case Section::Open:
        return view.customerWaitsSince;
    case Section::WrapUp:
        break;
    }
    return {};
}

bool comesBefore(const SessionItem& a, const SessionItem& b) {
    return std::tuple(a.section, placeOf(a), a.id()) < std::tuple(b.section, placeOf(b), b.id());
}

} // namespace cb::state
