#pragma once

#include "client/widgets/controls/field.h"
#include "client/widgets/overlay/dialog.h"

#include <QtWidgets/QCheckBox>

namespace cb::app {

class Preferences;

/// Language, theme, sounds, notifications, and the way to the device check. Everything takes effect at once; there is
/// nothing to save.
class PreferencesDialog : public widgets::Dialog {
    Q_OBJECT
public:
    PreferencesDialog(Preferences& preferences, QWidget* parent);

Q_SIGNALS:
    void deviceCheckWanted(); ///< the dialog is closed by then

protected:
    void retranslate() override;

private:
    void fillRingDevices();

    Preferences& m_preferences;
    widgets::SelectField* m_language;
    widgets::SelectField* m_theme;
    QCheckBox* m_ring;
    QCheckBox* m_message;
    QCheckBox* m_notify;
    widgets::SelectField* m_ringOn;
    widgets::Button* m_devices;
    widgets::Button* m_close;
};

} // namespace cb::app
