#include "server/channels/phone/rules/outcomes.h"

namespace cb::phone {

DialOutcome outcomeOf(int code) {
    switch (code) {
    case 486: // Busy Here
    case 600: // Busy Everywhere
        return {"busy", false};
    case 408: // Request Timeout
    case 480: // Temporarily Unavailable
        return {"no_answer", false};
    case 403: // Forbidden
    case 603: // Decline
        return {"rejected", false};
    case 487: // Request Terminated
        return {"cancelled", false};
    case 0:
    case 401: // the trunk does not take our password
    case 407:
        return {"unreachable", true};
    default:
        return {"unreachable", code >= 500 && code < 600};
    }
}

} // namespace cb::phone
