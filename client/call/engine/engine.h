#pragma once

#include "client/call/call_media.h"

#include <QtCore/QObject>

namespace cb::call {

/// The plugin.
class Engine final : public QObject, public CallEngine {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CB_CALL_ENGINE_IID)
    Q_INTERFACES(cb::call::CallEngine)
public:
    CallMediaPtr makeMedia(CallMedia::Host& host) override;
};

} // namespace cb::call
