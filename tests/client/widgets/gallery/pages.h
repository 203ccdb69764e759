#pragma once

#include <QWidget>

/// Windows that show the controls at work; each is grabbed as it is.
namespace cb::gallery {

QWidget* controlsPage();
QWidget* formsPage();
QWidget* workbenchPage();
QWidget* standardPage();
/// Things that float, opened over \p window one at a time: “palette”, “emoji”, “quick”, “shortcuts”, “toasts”, “menu”.
void openOverlay(QWidget* window, const QString& name);
QWidget* confirmDialog();
QWidget* imageViewer();

} // namespace cb::gallery
