#include "client/app/frame.h"

#include "client/api/network_error.h"
#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/floweditor/workshop/flows_page.h"

#include <QtCore/QSettings>
#include <QtGui/QDesktopServices>
#include <QtGui/QKeySequence>
#include <QtWidgets/QBoxLayout>

#include <utility>

namespace cb::app {

using state::WorkbenchState;
using widgets::Glyph;
using widgets::ListRow;
using widgets::Strip;

namespace {

constexpr qsizetype kQuoted = 40; ///< characters of a message that a notice repeats

const QString kWork = QStringLiteral("work");
const QString kRecords = QStringLiteral("records");
const QString kManage = QStringLiteral("manage");
const QString kDial = QStringLiteral("dial");
const QString kPlace = QStringLiteral("place/"); ///< and the number of a place: a row of the palette

/// How pages keep the columns of their tables.
widgets::StateStore stateStore() {
    return {[](const QString& key) { return QSettings().value(key).toByteArray(); },
            [](const QString& key, const QByteArray& state) { QSettings().setValue(key, state); }};
}

} // namespace

Frame::Frame(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_account(account)
    , m_rail(new widgets::NavigationRail)
    , m_strip(new Strip)
    , m_place(new widgets::ElidedLabel({}, widgets::TextSize::Title))
    , m_status(new StatusControl)
    , m_ringing(new Strip)
    , m_pages(new QStackedWidget)
    , m_workbench(new workbench::WorkbenchPage(account))
    , m_flow(account, *m_pages)
    , m_palette(new widgets::CommandPalette(this))
    , m_shortcuts(new widgets::ShortcutOverlay(this))
    , m_past(account)
    , m_toaster(this)
    , m_openPalette(addCommand(QKeySequence(Qt::CTRL | Qt::Key_K), &Frame::openPalette))
    , m_openShortcuts(addCommand(QKeySequence(Qt::Key_F1), &Frame::openShortcuts))
    , m_answer(addCommand(QKeySequence(Qt::Key_F2), &Frame::answerFromManage)) {
    layOut();
    m_status->setAccount(&account);
    m_retryTick.setInterval(1000);
    connect(&m_retryTick, &QTimer::timeout, this, &Frame::tellConnection);
    connect(m_rail, &widgets::NavigationRail::actionTriggered, this, [this](const QString& id) {
        if (id == QLatin1String("search"))
            openPalette();
        else if (id == kDial)
            dialLink({});
        else
            Q_EMIT preferencesWanted();
    });
    connect(m_rail, &widgets::NavigationRail::pageChosen, this, &Frame::goTo);
    connect(&m_flow, &OpenFlow::told, this, &Frame::tell);
    connect(&m_flow, &OpenFlow::closed, this, &Frame::leaveFlow);
    connect(m_pages, &QStackedWidget::currentChanged, this, &Frame::tellRinging);
    connect(m_ringing, &Strip::actionTriggered, this, &Frame::onRingingAction);
    connect(&account.calls(), &state::Calls::changed, this, &Frame::tellRinging);
    connect(&account.workbench(), &WorkbenchState::linesChanged, this, &Frame::tellLines);
    connect(&account.workbench(), &WorkbenchState::meChanged, this, &Frame::tellRole);
    connect(account.workbench().sessions(), &state::SessionListModel::countsChanged, this, &Frame::tellRinging);
    connect(m_status, &StatusControl::signOutWanted, this, &Frame::signOutWanted);
    connect(m_strip, &Strip::actionTriggered, &account.session(), &api::AgentSession::retryNow);
    connect(m_palette, &widgets::CommandPalette::chosen, this, &Frame::onChosen);
    connect(m_workbench, &workbench::WorkbenchPage::told, this,
            [this](Strip::Grade grade, const QString& sentence) { m_toaster.show(grade, sentence); });
    auto& floor = account.workbench();
    connect(&floor, &WorkbenchState::connectionChanged, this, &Frame::tellConnection);
    connect(&floor, &WorkbenchState::statusForced, this, &Frame::onForced);
    connect(floor.sessions(), &state::SessionListModel::countsChanged, this, &Frame::tellCounts);
    const auto failed = [this](const base::Error& error) {
        m_toaster.show(Strip::Grade::Error, bridge::errorText(error));
    };
    connect(&account.commands(), &state::Commands::failed, this, failed);
    connect(&floor, &WorkbenchState::localTrouble, this, failed);
    connect(&account.outbox(), &sync::Outbox::refused, this, &Frame::onRefused);
    connect(&account.session(), &api::AgentSession::eventSkipped, this,
            [this] { m_toaster.show(Strip::Grade::Error, bridge::errorText(base::retry("event_unreadable"))); });
    retranslate();
    tellRole();
    tellLines();
    tellCounts();
}

void Frame::layOut() {
    m_rail->addPage(kWork, Glyph::Headset, {});
    m_rail->addPage(kRecords, Glyph::Archive, {});
    m_rail->addPage(kManage, Glyph::LayoutDashboard, {});
    m_rail->addAction(kDial, Glyph::Phone, {});
    m_rail->addAction(QStringLiteral("search"), Glyph::Search, {});
    m_rail->addAction(QStringLiteral("preferences"), Glyph::Settings, {});
    m_rail->setCurrent(kWork);
    m_pages->addWidget(m_workbench);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(look().grid(4), look().grid(2), look().grid(4), look().grid(2));
    top->addWidget(m_place, 1);
    top->addWidget(m_status);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(new widgets::Separator(Qt::Horizontal));
    column->addWidget(m_ringing);
    column->addWidget(m_pages, 1);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_strip);
    whole->addLayout(row, 1);
}

void Frame::showWork() {
    m_rail->setCurrent(kWork);
    m_pages->setCurrentWidget(m_workbench);
}

void Frame::showOffer(model::OfferId offer) {
    showWork();
    m_workbench->showOffer(offer);
}

void Frame::showSession(model::SessionId session) {
    showWork();
    m_workbench->showSession(session);
}

void Frame::dialLink(const QUrl& link) {
    showWork();
    m_workbench->openDial(link.toString(QUrl::FullyEncoded));
}

void Frame::makeRecords() {
    if (m_records != nullptr && m_recordsOfAdmin == isAdmin())
        return;
    delete m_records; // who became an admin, or is none any more, sees other records
    m_recordsOfAdmin = isAdmin();
    m_records = new records::RecordsPage(m_account, stateStore());
    m_pages->addWidget(m_records);
    connect(m_records, &records::RecordsPage::told, this, &Frame::tell);
    connect(m_records, &records::RecordsPage::replayWanted, this, &Frame::openReplay);
}

void Frame::showRecords() {
    makeRecords();
    m_rail->setCurrent(kRecords);
    m_pages->setCurrentWidget(m_records);
    if (m_flow.isReplay())
        m_flow.close();
}

/// To a page of the rail, and to what is open in its place. To ask for the records in front of a replay is to leave it.
void Frame::goTo(const QString& page) {
    auto* open = m_flow.page();
    if (page == kRecords && m_flow.isReplay() && m_pages->currentWidget() != open)
        m_pages->setCurrentWidget(open);
    else if (page == kRecords)
        showRecords();
    else if (page == kManage && makeManage())
        m_pages->setCurrentWidget(open != nullptr && !m_flow.isReplay() ? open : m_manage);
    else
        m_pages->setCurrentWidget(m_workbench);
}

void Frame::leaveFlow() {
    if (m_flow.isReplay())
        return showRecords();
    m_pages->setCurrentWidget(m_manage);
    m_flow.close();
}

bool Frame::makeManage() {
    if (m_manage == nullptr && isAdmin()) {
        m_manage = new admin::ManagePage(m_account, stateStore());
        m_pages->addWidget(m_manage);
        connect(m_manage, &admin::ManagePage::told, this, &Frame::tell);
        using admin::Place;
        for (const auto& [place, mode] :
             {std::pair{Place::ChatFlows, model::Mode::Chat}, std::pair{Place::AllMediaFlows, model::Mode::AllMedia},
              std::pair{Place::PhoneFlows, model::Mode::Phone}})
            m_manage->fill(place, [this, mode = mode](const admin::Context& context) {
                auto* page = new floweditor::FlowsPage(context.admin(), mode, context.store);
                connect(page, &floweditor::FlowsPage::told, this, &Frame::tell);
                connect(page, &floweditor::FlowsPage::openWanted, this, &Frame::openFlow);
                return page;
            });
    }
    return m_manage != nullptr && isAdmin();
}

void Frame::showManage(admin::Place place) {
    if (!makeManage())
        return;
    m_flow.close(); // what was drawn in it is kept
    m_rail->setCurrent(kManage);
    m_pages->setCurrentWidget(m_manage);
    m_manage->open(place);
}

void Frame::openFlow(model::FlowId flow) {
    if (!makeManage())
        return;
    m_rail->setCurrent(kManage);
    m_flow.open(flow);
}

void Frame::openReplay(model::SessionId session) {
    if (!isAdmin())
        return;
    m_rail->setCurrent(kRecords);
    m_flow.replay(session);
}

void Frame::leave(std::function<void()> go) {
    if (!isEdited())
        return go();
    m_rail->setCurrent(kManage); // where the question is about
    m_pages->setCurrentWidget(m_manage);
    m_manage->leave(std::move(go));
}

/// An agent who is no admin sees nothing of managing; the server would refuse it, too.
void Frame::tellRole() {
    m_rail->setShown(kManage, isAdmin());
    const auto* page = m_pages->currentWidget();
    if (m_records != nullptr && m_recordsOfAdmin != isAdmin()) {
        const bool seen = page == m_records;
        makeRecords();
        if (seen)
            showRecords();
    }
    if (isAdmin())
        return;
    if (m_pages->currentWidget() != m_workbench && m_pages->currentWidget() != m_records)
        showWork();
    if (m_flow.isReplay())
        m_flow.close();
}

/// Where there is a number to call from, numbers in pages are called with this program.
void Frame::tellLines() {
    const bool calls = !m_account.workbench().lines().empty();
    m_rail->setShown(kDial, calls);
    if (calls)
        QDesktopServices::setUrlHandler(QStringLiteral("tel"), this, "dialLink");
    else
        QDesktopServices::unsetUrlHandler(QStringLiteral("tel"));
}

/// An offer rings wherever one is, and can be answered from there; a call can be gone back to.
void Frame::tellRinging() {
    const auto* sessions = m_account.workbench().sessions();
    const bool away = m_pages->currentWidget() != m_workbench;
    const state::SessionItem* ringing = nullptr;
    for (int row = 0; away && !ringing && row < sessions->rowCount(); ++row)
        if (sessions->at(row).section == state::Section::Ringing)
            ringing = &sessions->at(row);
    m_answer->setEnabled(ringing != nullptr);
    if (!ringing && away && state::isOn(m_account.calls().phase()))
        return m_ringing->tell(Strip::Grade::Info, tr("You are in a call."), tr("Back to the call"));
    if (!ringing)
        return m_ringing->hide();
    m_ringing->tell(
        Strip::Grade::Warning,
        tr("%1 is ringing (%2).").arg(bridge::toQt(ringing->view.customerName), bridge::toQt(ringing->view.groupName)),
        tr("Answer (%1)").arg(m_answer->shortcut().toString(QKeySequence::NativeText)));
}

void Frame::onRingingAction() {
    if (m_answer->isEnabled())
        answerFromManage();
    else
        showWork();
}

void Frame::answerFromManage() {
    showWork();
    for (auto* action : m_workbench->commands())
        if (action->shortcut() == m_answer->shortcut())
            action->trigger();
}

QAction* Frame::addCommand(const QKeySequence& keys, void (Frame::*run)()) {
    auto* action = new QAction(this);
    action->setShortcut(keys);
    addAction(action);
    connect(action, &QAction::triggered, this, run);
    return action;
}

void Frame::retranslate() {
    m_rail->setText(kWork, tr("Work"));
    m_rail->setText(kRecords, tr("Records"));
    m_rail->setText(kManage, tr("Manage"));
    m_rail->setText(kDial, tr("Call a number"));
    m_rail->setText(QStringLiteral("search"), tr("Search and commands"));
    m_rail->setText(QStringLiteral("preferences"), tr("Preferences"));
    m_place->setText(bridge::toQt(m_account.workbench().instance().name));
    m_openPalette->setText(tr("Search and commands"));
    m_openShortcuts->setText(tr("Show all shortcuts"));
    m_answer->setText(tr("Answer"));
    tellRinging();
    tellConnection();
}

void Frame::tellCounts() {
    m_rail->setBadge(kWork, m_account.workbench().sessions()->unread());
}

void Frame::tellConnection() {
    const auto& floor = m_account.workbench();
    using Connection = WorkbenchState::Connection;
    const auto connection = floor.connection();
    m_retryTick.stop();
    switch (connection) {
    case Connection::Connected:
        m_strip->hide();
        return;
    case Connection::Connecting:
        if (m_strip->isVisible() && !floor.isLive())
            return; // the sentence of a start without the server stays: attempts do not make it flicker
        m_strip->tell(Strip::Grade::Warning, tr("Connecting to the server…"));
        return;
    case Connection::Waiting: {
        const int seconds =
            int(qMax<qint64>(1, (QDateTime::currentDateTime().msecsTo(floor.nextAttempt()) + 999) / 1000));
        const auto& error = m_account.session().lastError();
        const QString lost = tr("The connection is lost. What you write is kept and sent later. Trying again in %n s.",
                                nullptr, seconds);
        const QString away =
            tr("The server cannot be reached. What you see is of the last time; what you write is kept "
               "and sent later. Trying again in %n s.",
               nullptr, seconds);
        const bool ownWords =
            api::isTlsError(error) || error.code == "event_unreadable" || error.code == "upgrade_refused";
        const QString sentence = ownWords ? bridge::errorText(error) : floor.isLive() ? lost : away;
        m_strip->tell(Strip::Grade::Warning, sentence, tr("Try now"));
        m_retryTick.start();
        return;
    }
    case Connection::Stopped:
        m_strip->tell(Strip::Grade::Error, bridge::errorText(m_account.session().lastError()));
        return;
    }
}

void Frame::onForced(model::StatusReason reason) {
    const QString sentence = bridge::sentence(reason);
    // A missed offer stands in the workbench until the break ends: nothing goes over it.
    if (!sentence.isEmpty() && reason != model::StatusReason::RingTimeout)
        m_toaster.show(Strip::Grade::Warning, sentence);
}

/// The session may be on no list any more: then nothing else would say it.
void Frame::onRefused(const sync::OutboxItem& item) {
    QString start = item.text.simplified();
    if (start.size() > kQuoted)
        start = start.left(kQuoted) + QChar(0x2026);
    m_toaster.show(Strip::Grade::Error, tr("“%1” was not sent. %2").arg(start, bridge::errorText(*item.error)));
}

QList<QAction*> Frame::allCommands() const {
    return m_workbench->commands() + m_status->actions() + QList<QAction*>{m_openPalette, m_openShortcuts};
}

void Frame::openPalette() {
    std::vector<ListRow> rows;
    const auto* sessions = m_account.workbench().sessions();
    for (int row = 0; row < sessions->rowCount(); ++row) {
        const auto& item = sessions->at(row);
        rows.push_back({bridge::toQt(item.view.customerName),
                        bridge::toQt(item.view.groupName),
                        {},
                        item.view.session.mode == model::Mode::Phone ? Glyph::Phone : Glyph::MessageSquare,
                        QVariant::fromValue(qint64(item.id().value))});
    }
    for (QAction* action : allCommands())
        if (action->isEnabled() && action != m_openPalette)
            rows.push_back({action->text(),
                            {},
                            action->shortcut().toString(QKeySequence::NativeText),
                            Glyph::ChevronRight,
                            QVariant::fromValue<QObject*>(action)});
    rows.push_back({tr("Preferences"), {}, {}, Glyph::Settings, QStringLiteral("preferences")});
    rows.push_back({tr("Records"), tr("service records"), {}, Glyph::Archive, kRecords});
    if (makeManage())
        for (const auto& entry : m_manage->entries())
            rows.push_back({entry.title, entry.part, tr("Manage"), Glyph::LayoutDashboard,
                            kPlace + QString::number(int(entry.place))});
    auto past = m_past.rows();
    std::move(past.begin(), past.end(), std::back_inserter(rows));
    m_palette->open(std::move(rows), tr("Go to a customer, find a past conversation by its name or run a command"));
}

void Frame::onChosen(const QVariant& choice) {
    if (auto* action = qobject_cast<QAction*>(choice.value<QObject*>())) {
        if (m_workbench->commands().contains(action))
            showWork();
        action->trigger();
    } else if (choice.typeId() == QMetaType::LongLong)
        showSession(model::SessionId{choice.toLongLong()});
    else if (const QString place = choice.toString(); place.startsWith(kPlace))
        showManage(admin::Place(place.mid(kPlace.size()).toInt()));
    else if (choice == QVariant(kRecords))
        showRecords();
    else if (choice == QVariant(QStringLiteral("preferences")))
        Q_EMIT preferencesWanted();
    else if (const auto session = PastSessions::sessionOf(choice))
        openPast(session);
}

void Frame::openPast(model::SessionId session) {
    auto* dialog = new PastDialog(m_account, session, m_past.titleOf(session), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Frame::openShortcuts() {
    const auto rows = [](const QList<QAction*>& actions) {
        std::vector<std::pair<QString, QString>> list;
        for (const QAction* action : actions)
            if (!action->shortcut().isEmpty())
                list.emplace_back(action->shortcut().toString(QKeySequence::NativeText), action->text());
        return list;
    };
    m_shortcuts->open({{tr("Sessions"), rows(m_workbench->commands())},
                       {tr("Status"), rows(m_status->actions())},
                       {tr("Program"), rows({m_openPalette, m_openShortcuts})}},
                      tr("Keyboard shortcuts"));
}

} // namespace cb::app
