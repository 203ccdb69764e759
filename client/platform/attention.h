#pragma once

class QWidget;

namespace cb::platform {

/// Marks the window as wanting attention (flashing task bar entry, bouncing dock icon) until it becomes active; does
/// nothing when it is active already.
void demandAttention(QWidget* window);

/// Brings the window to the user: restores, raises and activates it. The window system may turn that into a demand.
void bringToFront(QWidget* window);

} // namespace cb::platform
