#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/panels.h"

class QWidget;

namespace cb::records {

using Tell = std::function<void(widgets::Strip::Grade grade, const QString& sentence)>;

/// Asks for a place and puts the file there; how it went is told. `parent` is the window's part it belongs to.
void saveAttachment(state::AgentAccount& account, const model::Attachment& attachment, QWidget* parent,
                    const Tell& tell);

} // namespace cb::records
