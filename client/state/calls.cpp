#include "client/state/calls.h"

#include "client/bridge/convert.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cb::state {

namespace {

constexpr std::array kSoundAgainMillis{0, 500, 1'000, 2'000, 4'000}; ///< then the last one again and again

bool isPhone(const SessionItem& item) {
    return item.view.session.mode == model::Mode::Phone;
}

bool isOfMicrophone(const base::Error& error) {
    return error.code.rfind("microphone_", 0) == 0;
}

} // namespace

Calls::Calls(const Parts& parts, call::MakeMedia makeMedia, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_makeMedia(std::move(makeMedia))
    , m_dialled(parts.store) {
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (m_open && !m_sound)
            startSound();
    });
    auto& workbench = m_parts.workbench;
    connect(workbench.sessions(), &SessionListModel::countsChanged, this, &Calls::look);
    connect(&workbench, &WorkbenchState::presenceChanged, this, &Calls::look);
    connect(&workbench, &WorkbenchState::presenceChanged, this, &Calls::changed);
    connect(&workbench, &WorkbenchState::presenceChanged, this, &Calls::warmUpSoon);
    connect(&workbench, &WorkbenchState::groupsConfigured, this, &Calls::warmUpSoon);
    connect(&workbench, &WorkbenchState::settingsChanged, this, &Calls::changed);
    connect(&workbench, &WorkbenchState::connectionChanged, this, &Calls::changed);
    connect(&m_parts.session, &api::AgentSession::welcomed, this, &Calls::onWelcome);
}

Calls::~Calls() = default;

// ---- what there is -----------------------------------------------------------------------------------------------

void Calls::look() {
    const auto* sessions = m_parts.workbench.sessions();
    CallFacts facts;
    facts.presence = m_parts.workbench.presence();
    model::SessionId open;
    const auto viewBefore = std::exchange(m_view, {});
    m_ended = {};
    m_endedAt = {};
    for (int row = 0; row < sessions->rowCount(); ++row) {
        const auto& item = sessions->at(row);
        if (!isPhone(item))
            continue;
        if (item.section == Section::Ringing) {
            facts.rings = true;
        } else if (item.section == Section::Open && !open) {
            open = item.id();
            m_view = item.view.call.value_or(model::CallView{});
        } else if (item.section == Section::WrapUp) {
            m_ended = item.id();
            m_endedAt = item.view.session.endedAt;
            if (!open)
                m_view = item.view.call.value_or(model::CallView{});
        }
    }
    const bool other = open != m_open;
    if (other)
        follow(open);
    facts.open = bool(m_open);
    facts.call = m_view;
    facts.sound = m_sound;
    facts.hadSound = m_hadSound;
    facts.ended = bool(m_ended);
    const auto before = std::exchange(m_phase, phaseOf(facts));
    if (other || before != m_phase || viewBefore != m_view)
        Q_EMIT changed();
}

/// Another call is theirs, or none any more.
void Calls::follow(model::SessionId open) {
    m_open = open;
    m_sound = m_hadSound = m_muted = m_unanswered = false;
    m_quality.reset();
    m_trouble = {};
    m_attempts = 0;
    m_again.stop();
    if (open)
        startSound();
    else if (m_media)
        m_media->stop();
}

std::optional<base::Millis> Calls::recoveryLeft() const {
    const auto& settings = m_parts.workbench.settings();
    const auto& presence = m_parts.workbench.presence();
    const auto since = presence.reason == model::StatusReason::CallEnded ? presence.since : m_endedAt;
    if (m_phase != CallPhase::AfterCall || !settings.phoneRecovery || since == base::TimePoint{})
        return {};
    const auto end = bridge::toQt(since).addSecs(settings.phoneRecoverySeconds);
    return base::Millis(std::max<qint64>(0, m_parts.workbench.serverNow().msecsTo(end)));
}

std::optional<base::Error> Calls::dialRefusal() const {
    const auto& workbench = m_parts.workbench;
    const auto status = workbench.presence().status;
    if (workbench.connection() != WorkbenchState::Connection::Connected)
        return base::retry("disconnected");
    if (workbench.lines().empty())
        return base::rejected("no_line");
    if (m_phase != CallPhase::None)
        return base::conflict("busy");
    if (status != model::AgentStatus::Idle && status != model::AgentStatus::Busy)
        return base::conflict("not_online");
    return std::nullopt;
}

// ---- the sound ---------------------------------------------------------------------------------------------------

/// Before the first call, when nothing else is under way.
void Calls::warmUpSoon() {
    const auto& groups = m_parts.workbench.groups();
    const bool answers = std::any_of(groups.begin(), groups.end(), [](const model::GroupView& view) {
        return view.member && view.group.mode == model::Mode::Phone;
    });
    const bool calls = answers || !m_parts.workbench.lines().empty();
    if (m_warm || !calls || m_parts.workbench.presence().status == model::AgentStatus::Offline)
        return;
    m_warm = true;
    QTimer::singleShot(0, this, [this] { (void)ensureMedia(); });
}

bool Calls::ensureMedia() {
    if (!m_media && m_makeMedia) {
        m_media = m_makeMedia(*this);
        if (m_media)
            m_media->choose(m_choice);
    }
    return bool(m_media);
}

void Calls::startSound() {
    if (!ensureMedia())
        return setTrouble(base::fatal("call_engine_missing"));
    ++m_offers; // what is under way is of the connection before
    m_unanswered = false;
    m_media->setMuted(m_muted);
    m_media->start(m_choice);
}

void Calls::startAgain() {
    if (m_open)
        m_again.start(kSoundAgainMillis[std::min(std::size_t(m_attempts++), kSoundAgainMillis.size() - 1)]);
}

void Calls::mediaOffers(const QString& sdp) {
    if (!m_open)
        return;
    m_unanswered = true;
    m_parts.session.offerCall({m_open, bridge::toStd(sdp)}, this,
                              [this, offer = ++m_offers](const base::Result<wire::CallSdp>& answer) {
                                  if (offer != m_offers || !m_open)
                                      return;
                                  if (!answer)
                                      return onRefused(answer.error());
                                  m_unanswered = false;
                                  m_media->applyAnswer(bridge::toQt(answer->sdp));
                              });
}

void Calls::onRefused(const base::Error& error) {
    if (error.code == "disconnected" || error.code == "session_gone")
        return; // the next welcome, or the session's own event, says how it goes on
    m_unanswered = false;
    setTrouble(error);
    if (error.grade == base::Grade::Retry)
        startAgain();
}

/// Whoever had to connect anew may stand in another network now.
void Calls::onWelcome() {
    warmUpSoon();
    if (!m_open || !m_media)
        return;
    if (m_unanswered && !m_sound)
        startSound();
    else if (m_sound)
        m_media->renew();
}

void Calls::mediaUp() {
    m_sound = m_hadSound = true;
    m_attempts = 0;
    if (!isOfMicrophone(m_trouble))
        m_trouble = {};
    look();
    Q_EMIT changed();
}

void Calls::mediaLost() {
    m_sound = false;
    m_quality.reset();
    startAgain();
    look();
    Q_EMIT qualityChanged();
}

void Calls::mediaCrashed() {
    if (m_checks)
        m_media->check(true);
    mediaLost();
}

void Calls::mediaLevels(double microphone, double speaker) {
    Q_EMIT levelsChanged(microphone, speaker);
}

void Calls::mediaQuality(const call::Quality& quality) {
    m_quality = quality;
    Q_EMIT qualityChanged();
}

void Calls::mediaDevices(const call::Devices& devices) {
    if (std::exchange(m_devices, devices) != devices)
        Q_EMIT devicesChanged();
}

void Calls::mediaSwitched(call::DeviceKind kind, const QString& name) {
    if (kind == call::DeviceKind::Microphone && !name.isEmpty() && isOfMicrophone(m_trouble))
        setTrouble({});
    Q_EMIT switched(kind, name);
}

void Calls::mediaFailed(const QString& code) {
    setTrouble(base::retry(bridge::toStd(code)));
    if (code == QLatin1String("media_failed") && !m_sound)
        startAgain();
}

void Calls::setTrouble(const base::Error& error) {
    if (std::exchange(m_trouble, error) != error)
        Q_EMIT changed();
}

// ---- what the agent does -----------------------------------------------------------------------------------------

void Calls::setMuted(bool muted) {
    if (!m_open || m_muted == muted)
        return;
    m_muted = muted;
    if (m_media)
        m_media->setMuted(muted);
    Q_EMIT changed();
}

void Calls::pressKey(QChar key) {
    if (m_open && m_media)
        m_media->sendKey(key);
}

void Calls::hold(bool on, Commands::Then then) {
    if (m_open)
        m_parts.commands.hold(m_open, on, std::move(then));
}

void Calls::hangUp(Commands::Then then) {
    if (m_open)
        m_parts.commands.end(m_open, std::move(then));
}

void Calls::ready(Commands::Then then) {
    m_parts.commands.afterCall(model::AfterCall::Ready, std::move(then));
}

void Calls::goOn(Commands::Then then) {
    if (!m_ended || m_parts.wrapUps.typed(m_ended) == model::WrapUpForm{})
        return ready(std::move(then));
    m_parts.wrapUps.complete(m_ended, [this, then = std::move(then)](const base::Result<void>& done) {
        if (done && isAfter(m_phase)) // completing it has not made them ready
            return ready(then);
        if (then)
            then(done);
        else if (!done)
            Q_EMIT m_parts.commands.failed(done.error());
    });
}

void Calls::finishNotes(Commands::Then then) {
    m_parts.commands.afterCall(model::AfterCall::WrapUp, std::move(then));
}

void Calls::dial(const QString& number, model::ChannelId line, Commands::Then then) {
    m_parts.commands.dial(number, line, [this, number, then = std::move(then)](const base::Result<void>& done) {
        if (done)
            m_dialled.note(m_open && !m_view.number.empty() ? bridge::toQt(m_view.number) : number);
        if (then)
            then(done);
        else if (!done)
            Q_EMIT m_parts.commands.failed(done.error());
    });
}

// ---- devices -----------------------------------------------------------------------------------------------------

void Calls::choose(const call::DeviceChoice& choice) {
    if (choice == m_choice)
        return;
    m_choice = choice;
    if (m_media)
        m_media->choose(choice);
    Q_EMIT choiceChanged();
}

bool Calls::check(bool on) {
    m_checks = on;
    if (on && !ensureMedia())
        return false;
    if (m_media)
        m_media->check(on);
    return true;
}

void Calls::playTone() {
    if (ensureMedia())
        m_media->playTone();
}

} // namespace cb::state
