#pragma once

#include "client/call/call_media.h"
#include "client/state/call_phase.h"
#include "client/state/dialled.h"
#include "client/state/wrap_ups.h"

namespace cb::state {

/// The agent's telephone: one call at a time. What the server says of it stands in the workbench's sessions; here are
/// its sound (client/call), which is set up when a call becomes theirs and again whenever it is lost, and what comes
/// after it. GUI thread.
class Calls : public QObject, private call::CallMedia::Host {
    Q_OBJECT
public:
    struct Parts {
        WorkbenchState& workbench;
        Commands& commands;
        WrapUps& wrapUps;
        api::AgentSession& session;
        sync::AccountStore& store;
    };

    /// `makeMedia` is asked when sound is needed first, or a moment after going online in a group of the telephone.
    Calls(const Parts& parts, call::MakeMedia makeMedia, QObject* parent = nullptr);
    ~Calls() override;

    CallPhase phase() const { return m_phase; }
    /// The call's; after it, the one that is not completed yet. 0: none.
    model::SessionId session() const { return m_open ? m_open : m_ended; }
    const model::CallView& view() const { return m_view; } ///< of session()
    bool isMuted() const { return m_muted; }
    /// Why it cannot be heard or does not hear; an empty code: nothing is wrong.
    const base::Error& trouble() const { return m_trouble; }
    /// Of the last seconds; nothing before the first are over.
    const std::optional<call::Quality>& quality() const { return m_quality; }
    /// How long the agent stays busy after a call; nothing: until a click.
    std::optional<base::Millis> recoveryLeft() const;
    /// Why nobody can be called now: disconnected, no_line, busy, not_online. Nothing: somebody can.
    std::optional<base::Error> dialRefusal() const;

    // ---- what the agent does
    void setMuted(bool muted);
    void pressKey(QChar key); ///< 0–9 * #
    void hold(bool on, Commands::Then then = {});
    void hangUp(Commands::Then then = {});
    void goOn(Commands::Then then = {}); ///< 继续接听, 结束话后整理; what was typed about the call is sent first
    void finishNotes(Commands::Then then = {}); ///< 话后整理
    /// `line`: ours; 0 = the first one.
    void dial(const QString& number, model::ChannelId line, Commands::Then then = {});
    Dialled& dialled() { return m_dialled; }

    // ---- devices
    const call::Devices& devices() const { return m_devices; }
    const call::DeviceChoice& choice() const { return m_choice; }
    void choose(const call::DeviceChoice& choice);
    /// False: this program has no sound. While it is on, levels are told without a call, too.
    bool check(bool on);
    void playTone();

Q_SIGNALS:
    void changed(); ///< phase, call, muted, trouble
    void qualityChanged();
    void levelsChanged(double microphone, double speaker); ///< 0 … 1
    void devicesChanged();
    void choiceChanged();
    /// One in use was pulled out and this one taken instead; empty: there is no other.
    void switched(cb::call::DeviceKind kind, const QString& name);

private:
    void mediaOffers(const QString& sdp) override;
    void mediaUp() override;
    void mediaLost() override;
    void mediaCrashed() override;
    void mediaLevels(double microphone, double speaker) override;
    void mediaQuality(const call::Quality& quality) override;
    void mediaDevices(const call::Devices& devices) override;
    void mediaSwitched(call::DeviceKind kind, const QString& name) override;
    void mediaFailed(const QString& code) override;

    void look();
    void follow(model::SessionId open);
    void warmUpSoon();
    bool ensureMedia();
    void startSound();
    void startAgain();
    void onWelcome();
    void onRefused(const base::Error& error);
    void setTrouble(const base::Error& error);
    void ready(Commands::Then then);

    Parts m_parts;
    call::MakeMedia m_makeMedia;
    Dialled m_dialled;
    CallPhase m_phase = CallPhase::None;
    model::SessionId m_open;  ///< the call that is with the agent
    model::SessionId m_ended; ///< over, not completed
    model::CallView m_view;
    base::TimePoint m_endedAt{};
    base::Error m_trouble;
    std::optional<call::Quality> m_quality;
    call::Devices m_devices;
    call::DeviceChoice m_choice;
    bool m_sound = false;
    bool m_hadSound = false;
    bool m_muted = false;
    bool m_checks = false;
    bool m_warm = false;
    bool m_unanswered = false;  ///< an offer is with the server, or was when the connection ended
    std::uint64_t m_offers = 0; ///< answers to older ones count for nothing
    int m_attempts = 0;
    QTimer m_again;
    call::CallMediaPtr m_media; ///< goes first
};

} // namespace cb::state
