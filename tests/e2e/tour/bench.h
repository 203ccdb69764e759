#pragma once

#include <vector>

namespace cb::tour {

/// Prints what the window, a long conversation, scrolling, the overview and a large flow cost. 0 = done.
int bench();

/// Of it: a flow of 1,000 nodes in the editor.
void drawFlow();

void print(const char* what, double figure, const char* unit);
void printSpread(const char* what, std::vector<double>& figures); ///< milliseconds; sorts them

} // namespace cb::tour
