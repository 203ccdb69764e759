#include "client/bridge/words.h"

#include <QtCore/QCoreApplication>

#include <array>

namespace cb::bridge {

namespace {

QString inWords(const char* text) {
    return QCoreApplication::translate("Words", text);
}

} // namespace

QString word(model::AgentStatus status) {
    switch (status) {
    case model::AgentStatus::Offline:
        return inWords(QT_TRANSLATE_NOOP("Words", "Offline"));
    case model::AgentStatus::Idle:
        return inWords(QT_TRANSLATE_NOOP("Words", "Idle"));
    case model::AgentStatus::Busy:
        return inWords(QT_TRANSLATE_NOOP("Words", "Busy"));
    case model::AgentStatus::WrapUp:
        return inWords(QT_TRANSLATE_NOOP("Words", "Wrap-up"));
    case model::AgentStatus::Break:
        return inWords(QT_TRANSLATE_NOOP("Words", "Break"));
    }
    return {};
}

QString word(model::Mode mode) {
    switch (mode) {
    case model::Mode::Chat:
        return inWords(QT_TRANSLATE_NOOP("Words", "Chat"));
    case model::Mode::AllMedia:
        return inWords(QT_TRANSLATE_NOOP("Words", "All-media"));
    case model::Mode::Phone:
        return inWords(QT_TRANSLATE_NOOP("Words", "Phone"));
    }
    return {};
}

QString word(model::ChannelKind kind) {
    switch (kind) {
    case model::ChannelKind::Website:
        return inWords(QT_TRANSLATE_NOOP("Words", "Website"));
    case model::ChannelKind::Kiosk:
        return inWords(QT_TRANSLATE_NOOP("Words", "Kiosk"));
    case model::ChannelKind::WeChatAccount:
        return inWords(QT_TRANSLATE_NOOP("Words", "WeChat official account"));
    case model::ChannelKind::MiniProgram:
        return inWords(QT_TRANSLATE_NOOP("Words", "WeChat mini-program"));
    case model::ChannelKind::Phone:
        return inWords(QT_TRANSLATE_NOOP("Words", "Phone"));
    }
    return {};
}

QString word(model::SessionState state) {
    switch (state) {
    case model::SessionState::Flow:
        return inWords(QT_TRANSLATE_NOOP("Words", "In the flow"));
    case model::SessionState::Queued:
        return inWords(QT_TRANSLATE_NOOP("Words", "Waiting"));
    case model::SessionState::Offered:
        return inWords(QT_TRANSLATE_NOOP("Words", "Ringing"));
    case model::SessionState::Open:
        return inWords(QT_TRANSLATE_NOOP("Words", "Open"));
    case model::SessionState::WrapUp:
        return inWords(QT_TRANSLATE_NOOP("Words", "Wrap-up"));
    case model::SessionState::Completed:
        return inWords(QT_TRANSLATE_NOOP("Words", "Completed"));
    }
    return {};
}

QString word(model::Role role) {
    return role == model::Role::Admin ? inWords(QT_TRANSLATE_NOOP("Words", "Admin"))
                                      : inWords(QT_TRANSLATE_NOOP("Words", "Agent"));
}

QString word(model::SkipReason reason) {
    switch (reason) {
    case model::SkipReason::None:
        return {};
    case model::SkipReason::NotMember:
        return inWords(QT_TRANSLATE_NOOP("Words", "not in the skill group"));
    case model::SkipReason::Offline:
        return inWords(QT_TRANSLATE_NOOP("Words", "offline"));
    case model::SkipReason::OnBreak:
        return inWords(QT_TRANSLATE_NOOP("Words", "on a break"));
    case model::SkipReason::WrapUp:
        return inWords(QT_TRANSLATE_NOOP("Words", "in wrap-up"));
    case model::SkipReason::PendingStatus:
        return inWords(QT_TRANSLATE_NOOP("Words", "about to take a break or sign out"));
    case model::SkipReason::AtLimit:
        return inWords(QT_TRANSLATE_NOOP("Words", "at the limit of concurrent sessions"));
    case model::SkipReason::Ringing:
        return inWords(QT_TRANSLATE_NOOP("Words", "another session was ringing"));
    case model::SkipReason::ExclusiveSession:
        return inWords(QT_TRANSLATE_NOOP("Words", "on a call"));
    case model::SkipReason::Blending:
        return inWords(QT_TRANSLATE_NOOP("Words", "blending of chats and calls is off"));
    case model::SkipReason::Declined:
        return inWords(QT_TRANSLATE_NOOP("Words", "declined it"));
    case model::SkipReason::HadIt:
        return inWords(QT_TRANSLATE_NOOP("Words", "let it ring out before"));
    case model::SkipReason::Disconnected:
        return inWords(QT_TRANSLATE_NOOP("Words", "was not connected"));
    }
    return {};
}

QString word(model::OfferRule rule) {
    switch (rule) {
    case model::OfferRule::LeastLoad:
        return inWords(QT_TRANSLATE_NOOP("Words", "least load, then longest idle"));
    case model::OfferRule::LongestIdle:
        return inWords(QT_TRANSLATE_NOOP("Words", "longest idle"));
    case model::OfferRule::FewestCalls:
        return inWords(QT_TRANSLATE_NOOP("Words", "fewest calls answered today"));
    case model::OfferRule::LastAgent:
        return inWords(QT_TRANSLATE_NOOP("Words", "served this customer last"));
    case model::OfferRule::Direct:
        return inWords(QT_TRANSLATE_NOOP("Words", "transferred to this agent"));
    }
    return {};
}

QString word(model::OfferOutcome outcome) {
    switch (outcome) {
    case model::OfferOutcome::Ringing:
        return inWords(QT_TRANSLATE_NOOP("Words", "ringing"));
    case model::OfferOutcome::Answered:
        return inWords(QT_TRANSLATE_NOOP("Words", "answered"));
    case model::OfferOutcome::Declined:
        return inWords(QT_TRANSLATE_NOOP("Words", "declined"));
    case model::OfferOutcome::TimedOut:
        return inWords(QT_TRANSLATE_NOOP("Words", "not answered in time"));
    case model::OfferOutcome::AgentLost:
        return inWords(QT_TRANSLATE_NOOP("Words", "the agent's connection was lost"));
    case model::OfferOutcome::CustomerLeft:
        return inWords(QT_TRANSLATE_NOOP("Words", "the customer left"));
    case model::OfferOutcome::Withdrawn:
        return inWords(QT_TRANSLATE_NOOP("Words", "withdrawn"));
    }
    return {};
}

QString sentence(model::EndReason reason) {
    switch (reason) {
    case model::EndReason::None:
        return {};
    case model::EndReason::AgentEnded:
        return inWords(QT_TRANSLATE_NOOP("Words", "The agent ended the session."));
    case model::EndReason::CustomerLeft:
        return inWords(QT_TRANSLATE_NOOP("Words", "The customer left."));
    case model::EndReason::CustomerSilent:
        return inWords(QT_TRANSLATE_NOOP("Words", "The customer was silent for too long."));
    case model::EndReason::FlowEnded:
        return inWords(QT_TRANSLATE_NOOP("Words", "The flow ended."));
    case model::EndReason::Abandoned:
        return inWords(QT_TRANSLATE_NOOP("Words", "The customer left before an agent answered."));
    case model::EndReason::FlowLoop:
        return inWords(QT_TRANSLATE_NOOP("Words", "The flow ran in a circle and was stopped."));
    case model::EndReason::NotSetUp:
        return inWords(QT_TRANSLATE_NOOP("Words", "The channel has no published flow."));
    case model::EndReason::Failed:
        return inWords(QT_TRANSLATE_NOOP("Words", "The flow could not go on."));
    case model::EndReason::HungUp:
        return inWords(QT_TRANSLATE_NOOP("Words", "The caller hung up."));
    case model::EndReason::MediaLost:
        return inWords(QT_TRANSLATE_NOOP("Words", "The sound of the call was lost."));
    case model::EndReason::ServerRestarted:
        return inWords(QT_TRANSLATE_NOOP("Words", "The server was restarted."));
    }
    return {};
}

QString sentence(model::ReturnReason reason) {
    switch (reason) {
    case model::ReturnReason::RingTimeout:
        return inWords(QT_TRANSLATE_NOOP("Words", "Not answered in time; it was offered to somebody else."));
    case model::ReturnReason::Declined:
        return inWords(QT_TRANSLATE_NOOP("Words", "Declined; it went back to the queue."));
    case model::ReturnReason::AgentLost:
        return inWords(QT_TRANSLATE_NOOP("Words", "Your connection was away too long; it went back to the queue."));
    case model::ReturnReason::Transferred:
        return inWords(QT_TRANSLATE_NOOP("Words", "Handed over: it waits for its next agent now."));
    case model::ReturnReason::RemovedFromGroup:
        return inWords(
            QT_TRANSLATE_NOOP("Words", "You are not in this skill group any more; it went back to the queue."));
    case model::ReturnReason::AgentDeleted:
        return inWords(QT_TRANSLATE_NOOP("Words", "Your account was deleted; it went back to the queue."));
    case model::ReturnReason::ServerRestarted:
        return inWords(QT_TRANSLATE_NOOP("Words", "The server was restarted; it went back to the queue."));
    case model::ReturnReason::Withdrawn:
    case model::ReturnReason::WaitOver:
    case model::ReturnReason::NobodyOnline:
        return inWords(QT_TRANSLATE_NOOP("Words", "It is not with you any more."));
    }
    return {};
}

QString sentence(model::StatusReason reason) {
    switch (reason) {
    case model::StatusReason::Chosen:
    case model::StatusReason::Load:
        return {};
    case model::StatusReason::RingTimeout:
        return inWords(QT_TRANSLATE_NOOP("Words", "You did not answer in time, so you are on a break now."));
    case model::StatusReason::CallEnded:
        return inWords(QT_TRANSLATE_NOOP("Words", "The call is over."));
    case model::StatusReason::Recovered:
        return inWords(QT_TRANSLATE_NOOP("Words", "The time after the call is over."));
    case model::StatusReason::Disconnected:
        return inWords(QT_TRANSLATE_NOOP("Words", "Your connection was away too long."));
    case model::StatusReason::TakenOver:
        return inWords(QT_TRANSLATE_NOOP("Words", "Your workbench was opened on another machine."));
    case model::StatusReason::Deleted:
        return inWords(QT_TRANSLATE_NOOP("Words", "Your account was deleted."));
    }
    return {};
}

QString callCause(std::string_view cause) {
    struct Cause {
        std::string_view name;
        const char* text;
    };
    static constexpr std::array kCauses{
        Cause{"busy", QT_TRANSLATE_NOOP("Words", "The line is busy.")},
        Cause{"no_answer", QT_TRANSLATE_NOOP("Words", "Nobody answered.")},
        Cause{"rejected", QT_TRANSLATE_NOOP("Words", "The call was rejected.")},
        Cause{"unreachable", QT_TRANSLATE_NOOP("Words", "The number cannot be reached.")},
        Cause{"cancelled", QT_TRANSLATE_NOOP("Words", "Hung up before anybody answered.")},
        Cause{"media_lost", QT_TRANSLATE_NOOP("Words", "The sound of the call was lost.")},
        Cause{"server_restarted", QT_TRANSLATE_NOOP("Words", "The server was restarted.")},
    };
    for (const auto& known : kCauses)
        if (known.name == cause)
            return inWords(known.text);
    return {};
}

} // namespace cb::bridge
