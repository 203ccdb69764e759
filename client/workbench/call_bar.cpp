#include "client/workbench/call_bar.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/widgets/controls/format.h"
#include "client/widgets/theme/paint.h"
#include "client/workbench/key_pad.h"
#include "client/workbench/transfer_dialog.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>

namespace cb::workbench {

using state::CallPhase;
using widgets::Glyph;
using widgets::IconButton;
using widgets::Strip;

/// A mark that is looked at; its tool tip has the figures.
class QualityMark : public widgets::Themed<QWidget> {
public:
    QualityMark() { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }

    void setGrade(CallGrade grade) {
        m_grade = grade;
        setVisible(grade != CallGrade::Unknown);
        update();
    }
    QSize sizeHint() const override { return {look().grid(6), look().controlHeight(true)}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const auto& color = look().color;
        const bool poor = m_grade == CallGrade::Poor;
        widgets::paintGlyph(painter, rect(), poor ? Glyph::WifiOff : Glyph::Wifi,
                            poor                         ? color.busy
                            : m_grade == CallGrade::Fair ? color.wrapUp
                                                         : color.muted,
                            look().iconSize());
    }

private:
    CallGrade m_grade = CallGrade::Unknown;
};

namespace {

/// The other party, as they are called here; their number beside it when that says more.
QString whoOf(const state::WorkbenchState& workbench, model::SessionId session, const model::CallView& view) {
    const auto* item = workbench.sessions()->find(session);
    const QString number = view.number.empty() ? CallBar::tr("Number withheld") : bridge::toQt(view.number);
    const QString name = item == nullptr ? QString() : bridge::toQt(item->view.customerName);
    return name.isEmpty() || name == number ? number : QStringLiteral("%1 · %2").arg(name, number);
}

} // namespace

CallGrade gradeOf(const std::optional<call::Quality>& quality) {
    if (!quality)
        return CallGrade::Unknown;
    const auto worse = [&quality](double loss, int jitter, int trip) {
        return quality->lossPercent >= loss || quality->jitterMillis >= jitter || quality->roundTripMillis >= trip;
    };
    return worse(5, 60, 400) ? CallGrade::Poor : worse(1, 30, 200) ? CallGrade::Fair : CallGrade::Good;
}

CallBar::CallBar(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_account(account)
    , m_phase(new widgets::ElidedLabel)
    , m_time(new widgets::Label)
    , m_who(new widgets::ElidedLabel)
    , m_quality(new QualityMark)
    , m_mute(new IconButton(Glyph::Mic, {}))
    , m_hold(new IconButton(Glyph::Pause, {}))
    , m_keys(new IconButton(Glyph::Grid3x3, {}))
    , m_transfer(new IconButton(Glyph::PhoneForwarded, {}))
    , m_hangUp(new IconButton(Glyph::PhoneOff, {}))
    , m_trouble(new Strip) {
    layOut();
    auto& calls = account.calls();
    connect(m_mute, &QAbstractButton::clicked, this, &CallBar::toggleMute);
    connect(m_hold, &QAbstractButton::clicked, this, &CallBar::toggleHold);
    connect(m_keys, &QAbstractButton::clicked, this, &CallBar::toggleKeys);
    connect(m_transfer, &QAbstractButton::clicked, this, &CallBar::transfer);
    connect(m_hangUp, &QAbstractButton::clicked, &calls, [&calls] { calls.hangUp(); });
    connect(&calls, &state::Calls::changed, this, &CallBar::tell);
    connect(&calls, &state::Calls::qualityChanged, this, &CallBar::tellQuality);
    connect(&calls, &state::Calls::switched, this, &CallBar::tellSwitched);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &CallBar::tellTime);
    CallBar::retranslate();
}

void CallBar::layOut() {
    m_phase->setStrong(true);
    m_time->setTone(widgets::Tone::Muted);
    for (auto* button : {m_mute, m_hold, m_keys, m_transfer, m_hangUp})
        button->setLarge(true);
    for (auto* button : {m_mute, m_hold})
        button->setCheckable(true);
    m_hangUp->setDanger(true);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(look().grid(4), look().grid(1), look().grid(3), look().grid(1));
    row->setSpacing(look().grid(2));
    for (QWidget* part : std::initializer_list<QWidget*>{m_phase, m_time})
        row->addWidget(part);
    row->addWidget(m_who, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{m_quality, m_mute, m_hold, m_keys, m_transfer, m_hangUp})
        row->addWidget(part);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_trouble);
    column->addWidget(new widgets::Separator);
}

void CallBar::retranslate() {
    m_keys->setLabel(tr("Keypad (Ctrl+P)"));
    m_transfer->setLabel(tr("Transfer (Ctrl+T)"));
    m_hangUp->setLabel(tr("Hang up (Ctrl+Shift+E)"));
    setAccessibleName(tr("Call"));
    tell();
    tellQuality();
}

QString CallBar::phaseText() const {
    switch (m_account.calls().phase()) {
    case CallPhase::Dialling:
        return m_account.calls().view().early ? tr("Calling, the other end sounds") : tr("Calling…");
    case CallPhase::Connecting:
        return tr("Connecting…");
    case CallPhase::Talking:
        return tr("In a call");
    case CallPhase::Held:
        return tr("On hold");
    case CallPhase::Rejoining:
        return tr("No sound, connecting again…");
    case CallPhase::None:
    case CallPhase::Ringing:
    case CallPhase::AfterCall:
    case CallPhase::WrapUp:
        break;
    }
    return {};
}

void CallBar::tell() {
    const auto& calls = m_account.calls();
    const auto phase = calls.phase();
    setVisible(state::isOn(phase));
    if (!state::isOn(phase))
        return;
    const bool connected = phase == CallPhase::Talking || phase == CallPhase::Held;
    m_phase->setText(phaseText());
    m_who->setText(whoOf(m_account.workbench(), calls.session(), calls.view()));
    m_mute->setChecked(calls.isMuted());
    m_mute->setGlyph(calls.isMuted() ? Glyph::MicOff : Glyph::Mic);
    m_mute->setLabel(calls.isMuted() ? tr("Microphone on (Ctrl+M)") : tr("Mute (Ctrl+M)"));
    m_hold->setChecked(calls.view().held);
    m_hold->setGlyph(calls.view().held ? Glyph::Play : Glyph::Pause);
    m_hold->setLabel(calls.view().held ? tr("Back to the call (Ctrl+H)") : tr("Hold (Ctrl+H)"));
    m_hold->setEnabled(connected);
    m_keys->setEnabled(phase != CallPhase::Connecting);
    m_transfer->setEnabled(connected);
    if (calls.trouble().code.empty())
        m_trouble->hide();
    else
        m_trouble->tell(Strip::Grade::Warning, bridge::errorText(calls.trouble()));
    tellTime();
}

void CallBar::tellTime() {
    const auto& view = m_account.calls().view();
    const auto from = bridge::toQt(view.connectedAt == base::TimePoint{} ? view.startedAt : view.connectedAt);
    const QString time =
        from.isValid() ? widgets::formatElapsed(from.secsTo(m_account.workbench().serverNow())) : QString();
    m_time->setText(view.recorded ? tr("%1 · recorded").arg(time) : time);
}

void CallBar::tellQuality() {
    const auto& quality = m_account.calls().quality();
    const auto grade = gradeOf(quality);
    m_quality->setGrade(grade);
    if (!quality)
        return;
    const QString word = grade == CallGrade::Poor   ? tr("Poor connection")
                         : grade == CallGrade::Fair ? tr("Fair connection")
                                                    : tr("Good connection");
    const QString trip =
        quality->roundTripMillis < 0 ? tr("not known") : tr("%1 ms").arg(QLocale().toString(quality->roundTripMillis));
    m_quality->setAccessibleName(word);
    m_quality->setToolTip(widgets::tipOf(tr("%1\nLost: %2 %\nJitter: %3 ms\nThere and back: %4")
                                             .arg(word, QLocale().toString(quality->lossPercent, 'f', 1),
                                                  QLocale().toString(quality->jitterMillis), trip)));
}

/// Something was unplugged in the middle of a call.
void CallBar::tellSwitched(call::DeviceKind kind, const QString& name) {
    if (!state::isOn(m_account.calls().phase()))
        return;
    const bool microphone = kind == call::DeviceKind::Microphone;
    const QString sentence = name.isEmpty() ? (microphone ? tr("The microphone is gone, and there is no other.")
                                                          : tr("The speaker is gone, and there is no other."))
                             : microphone   ? tr("The microphone is %1 now.").arg(name)
                                            : tr("The speaker is %1 now.").arg(name);
    Q_EMIT told(name.isEmpty() ? Strip::Grade::Error : Strip::Grade::Warning, sentence);
}

void CallBar::toggleMute() {
    auto& calls = m_account.calls();
    calls.setMuted(!calls.isMuted());
    tell(); // also when nothing changed: the button has turned by itself
}

void CallBar::toggleHold() {
    auto& calls = m_account.calls();
    if (m_hold->isEnabled())
        calls.hold(!calls.view().held);
    tell(); // it is held when the server says so
}

void CallBar::toggleKeys() {
    if (!isVisible())
        return;
    if (!m_pad) {
        m_pad = new KeyPad(m_account.calls(), this);
        connect(this, &QObject::destroyed, m_pad.data(), &QObject::deleteLater);
    }
    m_pad->toggle(m_keys);
}

void CallBar::transfer() {
    if (!m_transfer->isEnabled() || !isVisible())
        return;
    auto* dialog = new TransferDialog(m_account, m_account.calls().session(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void CallBar::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    m_tick.start();
}

void CallBar::hideEvent(QHideEvent* event) {
    m_tick.stop();
    Ground::hideEvent(event);
}

} // namespace cb::workbench
