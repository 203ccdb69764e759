#include "client/workbench/device_check.h"

#include "client/bridge/error_text.h"
#include "client/widgets/theme/paint.h"

#include <QtCore/QSignalBlocker>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

using widgets::Button;
using widgets::SelectField;

namespace {

constexpr double kSpoken = 0.35; ///< of the level: louder than a quiet room

/// The choice first, then the others; one that is not plugged in stays in the list, so that it is not forgotten.
void fillBox(SelectField& field, const QStringList& names, const QString& chosen, const QString& system) {
    auto* box = field.box();
    const QSignalBlocker quiet(box);
    box->clear();
    box->addItem(system, QString());
    for (const auto& name : names)
        box->addItem(name, name);
    if (!chosen.isEmpty() && !names.contains(chosen))
        box->addItem(DeviceCheck::tr("%1 (not plugged in)").arg(chosen), chosen);
    box->setCurrentIndex(box->findData(chosen));
}

} // namespace

/// How loud it is now.
class LevelBar : public widgets::Themed<QWidget> {
public:
    LevelBar() { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

    void setLevel(double level) {
        m_level = level;
        update();
    }
    QSize sizeHint() const override { return {look().px(200), look().px(8)}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF all = rect();
        widgets::paintRounded(painter, all, all.height() / 2, look().color.border);
        if (m_level > 0)
            widgets::paintRounded(painter, QRectF(0, 0, qMax(all.height(), all.width() * m_level), all.height()),
                                  all.height() / 2, look().color.idle);
    }

private:
    double m_level = 0;
};

DeviceCheck::DeviceCheck(state::AgentAccount& account, QWidget* parent)
    : Dialog({}, parent)
    , m_account(account)
    , m_microphone(new SelectField({}))
    , m_level(new LevelBar)
    , m_heard(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_speaker(new SelectField({}))
    , m_tone(new Button({}, widgets::Glyph::Volume2))
    , m_toneHint(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_server(new widgets::Label)
    , m_trouble(new widgets::Label)
    , m_close(addButton({}, Button::Kind::Primary)) {
    layOut();
    auto& calls = account.calls();
    connect(m_microphone->box(), &QComboBox::activated, this, &DeviceCheck::choose);
    connect(m_speaker->box(), &QComboBox::activated, this, &DeviceCheck::choose);
    connect(m_tone, &Button::clicked, this, [this] { m_account.calls().playTone(); });
    connect(m_close, &Button::clicked, this, &QDialog::accept);
    connect(&calls, &state::Calls::devicesChanged, this, &DeviceCheck::fill);
    connect(&calls, &state::Calls::levelsChanged, this, &DeviceCheck::onLevels);
    connect(&calls, &state::Calls::changed, this, &DeviceCheck::tell);
    connect(&account.workbench(), &state::WorkbenchState::connectionChanged, this, &DeviceCheck::tell);
    m_sound = calls.check(true);
    DeviceCheck::retranslate();
}

DeviceCheck::~DeviceCheck() {
    m_account.calls().check(false);
}

void DeviceCheck::layOut() {
    for (SelectField* field : {m_microphone, m_speaker})
        field->setLineKept(false);
    for (widgets::Label* label : {m_heard, m_toneHint, m_server, m_trouble})
        label->setWordWrap(true);
    for (widgets::Label* label : {m_heard, m_toneHint})
        label->setTone(widgets::Tone::Muted);
    m_trouble->setTone(widgets::Tone::Danger);
    auto* tone = new QHBoxLayout;
    tone->setSpacing(look().grid(2));
    tone->addWidget(m_tone);
    tone->addWidget(m_toneHint, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{m_microphone, m_level, m_heard, m_speaker})
        body()->addWidget(part);
    body()->addLayout(tone);
    body()->addWidget(m_server);
    body()->addWidget(m_trouble);
}

void DeviceCheck::retranslate() {
    Dialog::retranslate();
    setHeading(tr("Device check"));
    m_microphone->setLabel(tr("Microphone"));
    m_speaker->setLabel(tr("Speaker"));
    m_level->setAccessibleName(tr("Level of the microphone"));
    m_tone->setText(tr("Play a tone"));
    m_toneHint->setText(tr("You hear nothing? Choose another speaker, or turn up its volume."));
    m_close->setText(tr("Close"));
    fill();
    tell();
}

void DeviceCheck::fill() {
    const auto& calls = m_account.calls();
    fillBox(*m_microphone, calls.devices().microphones, calls.choice().microphone, tr("As the system"));
    fillBox(*m_speaker, calls.devices().speakers, calls.choice().speaker, tr("As the system"));
}

void DeviceCheck::choose() {
    m_spoken = false;
    m_account.calls().choose(
        {m_microphone->box()->currentData().toString(), m_speaker->box()->currentData().toString()});
    tell();
}

void DeviceCheck::onLevels(double microphone) {
    m_level->setLevel(microphone);
    if (!m_spoken && microphone >= kSpoken) {
        m_spoken = true;
        tell();
    }
}

void DeviceCheck::tell() {
    const auto& calls = m_account.calls();
    for (QWidget* part : std::initializer_list<QWidget*>{m_microphone, m_speaker, m_tone})
        part->setEnabled(m_sound);
    m_heard->setText(m_spoken ? tr("The microphone hears you.") : tr("Say something: the bar has to move."));
    const bool connected = m_account.workbench().connection() == state::WorkbenchState::Connection::Connected;
    m_server->setText(connected ? tr("The server is reached.")
                                : tr("The server cannot be reached at the moment: calls cannot come."));
    const auto trouble = m_sound ? calls.trouble() : base::fatal("call_engine_missing");
    m_trouble->setText(trouble.code.empty() ? QString() : bridge::errorText(trouble));
    m_trouble->setVisible(!trouble.code.empty());
}

} // namespace cb::workbench
