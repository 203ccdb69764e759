#include "client/app/preferences_dialog.h"

#include "client/app/preferences.h"
#include "client/platform/sounds.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>

namespace cb::app {

using widgets::Theme;

PreferencesDialog::PreferencesDialog(Preferences& preferences, QWidget* parent)
    : Dialog({}, parent)
    , m_preferences(preferences)
    , m_language(new widgets::SelectField({}))
    , m_theme(new widgets::SelectField({}))
    , m_ring(new QCheckBox)
    , m_message(new QCheckBox)
    , m_notify(new QCheckBox)
    , m_ringOn(new widgets::SelectField({}))
    , m_devices(new widgets::Button({}, widgets::Glyph::Headset))
    , m_close(addButton({}, widgets::Button::Kind::Primary)) {
    m_language->box()->addItem({}, QString());
    m_language->box()->addItem(QStringLiteral("中文（简体）"), QStringLiteral("zh_CN"));
    m_language->box()->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->box()->setCurrentIndex(qMax(0, m_language->box()->findData(preferences.language())));
    for (const auto mode : {Theme::Mode::System, Theme::Mode::Light, Theme::Mode::Dark})
        m_theme->box()->addItem({}, int(mode));
    m_theme->box()->setCurrentIndex(m_theme->box()->findData(int(preferences.theme())));
    m_ring->setChecked(!preferences.ringMuted());
    m_message->setChecked(!preferences.messageMuted());
    m_notify->setChecked(preferences.notifications());
    for (auto* field : {m_language, m_theme, m_ringOn})
        field->setLineKept(false);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_language, m_theme, m_ring, m_message, m_notify, m_ringOn})
        body()->addWidget(widget);
    body()->addWidget(m_devices, 0, Qt::AlignLeft);
    fillRingDevices();
    connect(m_language->box(), &QComboBox::activated, this,
            [this] { m_preferences.setLanguage(m_language->box()->currentData().toString()); });
    connect(m_theme->box(), &QComboBox::activated, this,
            [this] { m_preferences.setTheme(Theme::Mode(m_theme->box()->currentData().toInt())); });
    connect(m_ring, &QCheckBox::toggled, this, [this](bool on) { m_preferences.setRingMuted(!on); });
    connect(m_message, &QCheckBox::toggled, this, [this](bool on) { m_preferences.setMessageMuted(!on); });
    connect(m_notify, &QCheckBox::toggled, &m_preferences, &Preferences::setNotifications);
    connect(m_ringOn->box(), &QComboBox::activated, this,
            [this] { m_preferences.setRingDevice(m_ringOn->box()->currentData().toByteArray()); });
    connect(m_devices, &widgets::Button::clicked, this, [this] {
        accept();
        Q_EMIT deviceCheckWanted();
    });
    connect(m_close, &widgets::Button::clicked, this, &QDialog::accept);
    PreferencesDialog::retranslate();
}

/// One that is not plugged in now is not forgotten: it stays what it was until another is chosen.
void PreferencesDialog::fillRingDevices() {
    auto* box = m_ringOn->box();
    box->addItem(QString(), QByteArray());
    for (const auto& device : platform::soundDevices())
        box->addItem(device.name, device.id);
    box->setCurrentIndex(qMax(0, box->findData(m_preferences.ringDevice())));
}

void PreferencesDialog::retranslate() {
    Dialog::retranslate();
    setHeading(tr("Preferences"));
    m_language->setLabel(tr("Language"));
    m_language->box()->setItemText(0, tr("As the system"));
    m_theme->setLabel(tr("Appearance"));
    m_theme->box()->setItemText(0, tr("As the system"));
    m_theme->box()->setItemText(1, tr("Light"));
    m_theme->box()->setItemText(2, tr("Dark"));
    m_ring->setText(tr("Ring when a session is offered"));
    m_message->setText(tr("Sound for new messages"));
    m_notify->setText(tr("Desktop notifications while the window is in the background"));
    m_ringOn->setLabel(tr("Ring on"));
    m_ringOn->box()->setItemText(0, tr("As the system"));
    m_devices->setText(tr("Device check…"));
    m_close->setText(tr("Close"));
}

} // namespace cb::app
