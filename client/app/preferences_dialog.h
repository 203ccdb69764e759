#pragma once

#include "client/widgets/controls/field.h"
#include "client/widgets/overlay/dialog.h"

#include <QtWidgets/QCheckBox>

namespace cb::app {

class Preferences;

/// Language, theme, sounds, notifications. Everything takes effect at once; there is nothing to save.
class PreferencesDialog : public widgets::Dialog {
    Q_OBJECT
public:
    PreferencesDialog(Preferences& preferences, QWidget* parent);

protected:
    void retranslate() override;

private:
    Preferences& m_preferences;
    widgets::SelectField* m_language;
    widgets::SelectField* m_theme;
    QCheckBox* m_ring;
    QCheckBox* m_message;
    QCheckBox* m_notify;
    widgets::Button* m_close;
};

} // namespace cb::app
