#pragma once

#include <QColor>

namespace cb::widgets {

/// The colours of the program: one table for light, one for dark. Everything that is painted takes its colour from
/// here; the customer widget's CSS uses the same values. Text and status colours have a contrast of 4.5 : 1 or more on
/// bg, surface and sunken (computed by tests/client/widgets/tokens_test.cpp).
struct Tokens {
    QColor bg;      // window
    QColor surface; // panels, cards, tables
    QColor sunken;  // transcript, canvas, input wells
    QColor border;  // hairlines
    QColor text;
    QColor muted;
    QColor accent; // primary action, links, selection, focus ring
    QColor onAccent;
    QColor idle;
    QColor busy;   // also: errors, destructive actions
    QColor wrapUp; // also: warnings
    QColor onBreak;
    QColor offline;

    // Derived from the ones above.
    QColor onBusy;    // text on a filled destructive button
    QColor control;   // outline of fields and buttons: visible on every ground (3 : 1 would shout; 1.6 : 1 here)
    QColor hover;     // translucent, over any ground
    QColor pressed;   // translucent, over any ground
    QColor selection; // opaque, for rows and selected text
    QColor customerBubble;
    QColor agentBubble;
    QColor flowBubble;
    QColor shadow;
    bool dark = false;
};

Tokens lightTokens();
Tokens darkTokens();

/// \p over laid on \p under with opacity \p ratio (0…1); the result is opaque.
QColor mix(const QColor& under, const QColor& over, double ratio);

/// WCAG 2 contrast ratio, 1…21.
double contrast(const QColor& a, const QColor& b);

} // namespace cb::widgets
