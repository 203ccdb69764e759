#include "client/workbench/workbench_page.h"

#include "client/bridge/words.h"
#include "client/widgets/controls/splitter.h"
#include "client/workbench/after_call_bar.h"
#include "client/workbench/call_bar.h"
#include "client/workbench/context_panel.h"
#include "client/workbench/conversation.h"
#include "client/workbench/device_check.h"
#include "client/workbench/dial_dialog.h"
#include "client/workbench/notice_bar.h"
#include "client/workbench/session_panel.h"

#include <QtCore/QEvent>
#include <QtCore/QLocale>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

namespace {

constexpr int kContextFrom = 1000; ///< px: in a narrower page the customer column is folded unless asked for

} // namespace

struct WorkbenchPage::Parts {
    state::AgentAccount& account;
    SessionPanel* sessions;
    Conversation* conversation;
    ContextPanel* context;
    CallBar* call;
    AfterCallBar* afterCall;
    QAction* answer;
    QAction* decline;
    QAction* next;
    QAction* previous;
    QAction* write;
    QAction* attach;
    QAction* transfer;
    QAction* end;
    QAction* complete;
    QAction* reasons;
    QAction* showContext;
    QAction* dial;
    QAction* mute;
    QAction* hold;
    QAction* keys;
    QAction* hangUp;
    QAction* goOn;
    QAction* notes;
    QAction* devices;

    QList<QAction*> all() const {
        return {answer,      decline, next, previous, write, attach, transfer, end,   complete, reasons,
                showContext, dial,    mute, hold,     keys,  hangUp, goOn,     notes, devices};
    }

    void retranslate() const {
        answer->setText(WorkbenchPage::tr("Answer"));
        decline->setText(WorkbenchPage::tr("Decline"));
        next->setText(WorkbenchPage::tr("Next session"));
        previous->setText(WorkbenchPage::tr("Previous session"));
        write->setText(WorkbenchPage::tr("Write a message"));
        attach->setText(WorkbenchPage::tr("Send a picture or file"));
        transfer->setText(WorkbenchPage::tr("Transfer the session"));
        end->setText(WorkbenchPage::tr("End the session"));
        complete->setText(WorkbenchPage::tr("Complete the session"));
        reasons->setText(WorkbenchPage::tr("Why did I get this session?"));
        showContext->setText(WorkbenchPage::tr("Show or hide the customer column"));
        dial->setText(WorkbenchPage::tr("Call a number"));
        mute->setText(WorkbenchPage::tr("Microphone off or on"));
        hold->setText(WorkbenchPage::tr("Hold the call, or go back to it"));
        keys->setText(WorkbenchPage::tr("Keypad"));
        hangUp->setText(WorkbenchPage::tr("Hang up"));
        goOn->setText(WorkbenchPage::tr("Continue after the call"));
        notes->setText(WorkbenchPage::tr("Wrap-up after the call"));
        devices->setText(WorkbenchPage::tr("Device check"));
    }

    void enable() const {
        const bool open = conversation->isOpen();
        answer->setEnabled(sessions->rings());
        decline->setEnabled(sessions->rings());
        const bool any = account.workbench().sessions()->rowCount() > 0;
        next->setEnabled(any);
        previous->setEnabled(any);
        write->setEnabled(open && !conversation->isCall());
        attach->setEnabled(open && !conversation->isCall());
        transfer->setEnabled(open);
        end->setEnabled(open);
        complete->setEnabled(conversation->isEnded());
        reasons->setEnabled(bool(conversation->session()));
        enableCalls();
    }

    void enableCalls() const {
        const auto& calls = account.calls();
        const auto phase = calls.phase();
        const bool connected = phase == state::CallPhase::Talking || phase == state::CallPhase::Held;
        dial->setEnabled(!calls.dialRefusal());
        mute->setEnabled(state::isOn(phase));
        hold->setEnabled(connected);
        keys->setEnabled(state::isOn(phase));
        hangUp->setEnabled(state::isOn(phase));
        goOn->setEnabled(state::isAfter(phase));
        notes->setEnabled(phase == state::CallPhase::AfterCall);
    }
};

WorkbenchPage::WorkbenchPage(state::AgentAccount& account, QWidget* parent)
    : QWidget(parent) {
    const auto act = [this](const QKeySequence& keys) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        addAction(action);
        return action;
    };
    m_parts.reset(new Parts{account,
                            new SessionPanel(account),
                            new Conversation(account),
                            new ContextPanel(account),
                            new CallBar(account, this),
                            new AfterCallBar(account, this),
                            act(Qt::Key_F2),
                            act(Qt::SHIFT | Qt::Key_F2),
                            act(Qt::CTRL | Qt::Key_Tab),
                            act(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab),
                            act(Qt::CTRL | Qt::Key_L),
                            act(Qt::CTRL | Qt::Key_O),
                            act(Qt::CTRL | Qt::Key_T),
                            act(Qt::CTRL | Qt::Key_E),
                            act(Qt::CTRL | Qt::Key_Return),
                            act(Qt::CTRL | Qt::Key_I),
                            act(Qt::CTRL | Qt::Key_B),
                            act(Qt::CTRL | Qt::Key_D),
                            act(Qt::CTRL | Qt::Key_M),
                            act(Qt::CTRL | Qt::Key_H),
                            act(Qt::CTRL | Qt::Key_P),
                            act(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
                            act(Qt::Key_F8),
                            act(Qt::SHIFT | Qt::Key_F8),
                            act({})});
    Parts& parts = *m_parts;
    parts.complete->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    auto* split = new widgets::Splitter(QStringLiteral("workbench"), Qt::Horizontal);
    auto* middle = new QWidget; // a call stands over whatever is looked at
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(parts.call);
    column->addWidget(parts.afterCall);
    column->addWidget(parts.conversation, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{parts.sessions, middle, parts.context})
        split->addWidget(part);
    parts.sessions->setMinimumWidth(220);
    middle->setMinimumWidth(380);
    parts.context->setMinimumWidth(260);
    split->setStretchFactor(1, 1);
    split->restore({280, 612, 340});
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(new NoticeBar(account));
    whole->addWidget(split, 1);

    connect(parts.answer, &QAction::triggered, parts.sessions, &SessionPanel::answerFirst);
    connect(parts.decline, &QAction::triggered, parts.sessions, &SessionPanel::declineFirst);
    connect(parts.next, &QAction::triggered, this, [this] { m_parts->sessions->step(1); });
    connect(parts.previous, &QAction::triggered, this, [this] { m_parts->sessions->step(-1); });
    connect(parts.write, &QAction::triggered, parts.conversation, &Conversation::focusComposer);
    connect(parts.attach, &QAction::triggered, parts.conversation, &Conversation::pickFiles);
    connect(parts.transfer, &QAction::triggered, this, [this] {
        if (m_parts->conversation->isCall())
            m_parts->call->transfer();
        else
            m_parts->conversation->transferSession();
    });
    connect(parts.end, &QAction::triggered, parts.conversation, &Conversation::endSession);
    connect(parts.complete, &QAction::triggered, parts.context, &ContextPanel::saveTyped); // first
    connect(parts.complete, &QAction::triggered, parts.conversation, &Conversation::completeSession);
    connect(parts.reasons, &QAction::triggered, parts.conversation, &Conversation::showReasons);
    connect(parts.showContext, &QAction::triggered, this,
            [this] { m_parts->context->setVisible(!m_parts->context->isVisible()); });
    connectCalls();
    connect(parts.sessions, &SessionPanel::currentChanged, this, [this](model::SessionId session) {
        const bool inside = m_parts->conversation->isAncestorOf(QApplication::focusWidget());
        m_parts->conversation->show(session);
        m_parts->context->show(session);
        if (!session && inside)
            m_parts->sessions->setFocus(Qt::OtherFocusReason); // where keys do nothing
    });
    connect(parts.sessions, &SessionPanel::opened, parts.conversation, &Conversation::focusComposer);
    connect(parts.conversation, &Conversation::stateChanged, this, [this] { m_parts->enable(); });
    connect(parts.conversation, &Conversation::told, this, &WorkbenchPage::told);
    connect(parts.context, &ContextPanel::told, this, &WorkbenchPage::told);
    connect(account.workbench().sessions(), &state::SessionListModel::countsChanged, this,
            [this] { m_parts->enable(); });
    connect(&account.workbench(), &state::WorkbenchState::sessionReturned, this,
            [this](model::SessionId, model::ReturnReason reason) {
                const bool asked = reason == model::ReturnReason::Transferred;
                Q_EMIT told(asked ? widgets::Strip::Grade::Info : widgets::Strip::Grade::Warning,
                            bridge::sentence(reason));
            });
    connect(&account.workbench(), &state::WorkbenchState::sessionsGone, this, [this](const QStringList& customers) {
        Q_EMIT told(widgets::Strip::Grade::Warning,
                    tr("While the connection was away, these sessions ended or went back to the queue: %1")
                        .arg(QLocale().createSeparatedList(customers)));
    });
    parts.retranslate();
    parts.enable();
}

WorkbenchPage::~WorkbenchPage() = default;

void WorkbenchPage::connectCalls() {
    const Parts& parts = *m_parts;
    auto* calls = &parts.account.calls();
    connect(calls, &state::Calls::changed, this, [this] { m_parts->enableCalls(); });
    connect(&parts.account.workbench(), &state::WorkbenchState::linesChanged, this, [this] { m_parts->enableCalls(); });
    connect(parts.call, &CallBar::told, this, &WorkbenchPage::told);
    connect(parts.mute, &QAction::triggered, parts.call, &CallBar::toggleMute);
    connect(parts.hold, &QAction::triggered, parts.call, &CallBar::toggleHold);
    connect(parts.keys, &QAction::triggered, parts.call, &CallBar::toggleKeys);
    connect(parts.hangUp, &QAction::triggered, calls, [calls] { calls->hangUp(); });
    connect(parts.goOn, &QAction::triggered, parts.afterCall, &AfterCallBar::goOn);
    connect(parts.notes, &QAction::triggered, parts.afterCall, &AfterCallBar::finishNotes);
    connect(parts.dial, &QAction::triggered, this, [this] { openDial({}); });
    connect(parts.devices, &QAction::triggered, this, &WorkbenchPage::openDeviceCheck);
}

void WorkbenchPage::openDial(const QString& number) {
    auto* dialog = new DialDialog(m_parts->account, number, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WorkbenchPage::openDeviceCheck() {
    auto* dialog = new DeviceCheck(m_parts->account, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QList<QAction*> WorkbenchPage::commands() const {
    return m_parts->all();
}

model::SessionId WorkbenchPage::currentSession() const {
    return m_parts->sessions->current();
}

void WorkbenchPage::showSession(model::SessionId session) {
    m_parts->sessions->setCurrent(session);
    m_parts->conversation->focusComposer();
}

void WorkbenchPage::showOffer(model::OfferId offer) {
    m_parts->sessions->focusOffer(offer);
}

void WorkbenchPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_parts->retranslate();
}

void WorkbenchPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool roomy = width() >= kContextFrom;
    if (roomy != m_roomy)
        m_parts->context->setVisible(roomy);
    m_roomy = roomy;
}

} // namespace cb::workbench
