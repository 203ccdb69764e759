#pragma once

#include "shared/model/ids.h"

#include <cstdint>

namespace cb::desk {

/// Where new row ids come from. 0 = none left just now: nothing new can be made until the storage is back.
class IdSource {
public:
    virtual ~IdSource() = default;
    virtual model::SessionId nextSession() = 0;
    virtual model::CustomerId nextCustomer() = 0;
    virtual model::OfferId nextOffer() = 0;
};

} // namespace cb::desk
