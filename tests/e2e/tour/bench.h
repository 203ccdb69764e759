#pragma once

namespace cb::tour {

/// Prints what the window, a long conversation and scrolling cost. 0 = done.
int bench();

} // namespace cb::tour
