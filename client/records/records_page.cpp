#include "client/records/records_page.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/splitter.h"
#include "client/widgets/overlay/dialog.h"

#include <QtCore/QFileInfo>
#include <QtGui/QKeyEvent>
#include <QtGui/QShowEvent>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QStackedWidget>

#include <algorithm>
#include <array>

namespace cb::records {

using widgets::Glyph;
using widgets::Strip;

namespace {

constexpr std::array kModes{model::Mode::Chat, model::Mode::AllMedia, model::Mode::Phone};

} // namespace

RecordsPage::RecordsPage(state::AgentAccount& account, widgets::StateStore store, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_account(account)
    , m_store(std::move(store))
    , m_admin(account.workbench().me().role == model::Role::Admin)
    , m_client(account.rest())
    , m_export(m_client)
    , m_head(new widgets::PageHead)
    , m_tabs(new widgets::Segmented)
    , m_count(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_reload(new widgets::IconButton(Glyph::RefreshCw, {}))
    , m_filters(new FilterBar)
    , m_exportBar(new ExportBar(m_export))
    , m_parts(new widgets::Splitter(QStringLiteral("records"), Qt::Horizontal))
    , m_tables(new QStackedWidget)
    , m_detail(new RecordDetail(account, m_client,
                                [this](Strip::Grade grade, const QString& text) { Q_EMIT told(grade, text); })) {
    layOut();
    m_filters->setAgentShown(m_admin);
    m_detail->setAdmin(m_admin);
    connect(m_tabs, &widgets::Segmented::currentChanged, this, &RecordsPage::chooseTab);
    connect(m_filters, &FilterBar::changed, this, [this] { ask(); });
    connect(m_filters, &FilterBar::typed, this, [this] { ask(true); });
    connect(m_reload, &QAbstractButton::clicked, this, [this] { ask(); });
    connect(m_head->button(), &QAbstractButton::clicked, this, &RecordsPage::startExport);
    connect(m_exportBar, &ExportBar::saveWanted, this, &RecordsPage::saveExport);
    connect(&m_export, &state::ExportRun::saved, this, [this](const QString& path) {
        Q_EMIT told(Strip::Grade::Info, tr("Saved as %1").arg(QFileInfo(path).fileName()));
    });
    connect(&m_export, &state::ExportRun::changed, this, &RecordsPage::tellCount);
    connect(m_detail, &RecordDetail::replayWanted, this, &RecordsPage::replayWanted);
    connect(m_detail, &RecordDetail::eraseWanted, this, &RecordsPage::askErase);
    connect(m_detail, &RecordDetail::closed, this, [this] {
        if (auto* shown = table())
            shown->setFocus(Qt::OtherFocusReason);
    });
    auto& floor = account.workbench();
    connect(&floor, &state::WorkbenchState::groupsConfigured, this, &RecordsPage::tellChoices);
    if (m_admin)
        for (state::Loaded* part :
             std::initializer_list<state::Loaded*>{&account.admin().groups(), &account.admin().agents()})
            connect(part, &state::Loaded::changed, this, &RecordsPage::tellChoices);
    tellChoices();
    RecordsPage::retranslate();
    RecordsPage::restyle();
}

void RecordsPage::layOut() {
    for (std::size_t i = 0; i < kModes.size(); ++i)
        m_tabs->addSegment({});
    m_count->setTone(widgets::Tone::Muted);
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_head->button()->setGlyph(Glyph::Download);
    m_head->button()->setKind(widgets::Button::Kind::Secondary);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(look().grid(4), 0, look().grid(4), 0);
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    bar->addWidget(m_count);
    bar->addWidget(m_reload);
    auto* card = new Ground(Kind::Surface);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_tables);
    m_parts->addWidget(card);
    m_parts->addWidget(m_detail);
    m_parts->setStretchFactor(0, 1);
    m_parts->setStretchFactor(1, 0);
    m_detail->hide();
    m_exportBar->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addLayout(bar);
    column->addWidget(m_filters);
    column->addWidget(m_exportBar);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_parts, 1);
}

void RecordsPage::restyle() {
    m_parts->restore({look().px(760), look().px(420)});
    m_tables->setMinimumWidth(look().px(360));
}

void RecordsPage::retranslate() {
    m_head->tell(tr("Service records"),
                 m_admin ? tr("Every conversation of this call centre, newest first.")
                         : tr("The conversations you have had, newest first."),
                 tr("Export"));
    m_reload->setLabel(tr("Show what is new"));
    for (std::size_t i = 0; i < kModes.size(); ++i)
        m_tabs->setSegmentText(int(i), bridge::word(kModes[i]));
    tellCount();
}

bool RecordsPage::worksIn(model::Mode mode) const {
    const auto& groups = m_account.workbench().groups();
    const bool ours = std::any_of(groups.begin(), groups.end(), [&](const model::GroupView& view) {
        return view.group.mode == mode && (m_admin || view.member);
    });
    const auto& all = m_account.admin().groups().value().groups;
    return ours ||
           (m_admin && std::any_of(all.begin(), all.end(), [mode](const auto& row) { return row.mode == mode; }));
}

/// A tab for each mode this agent has a skill group of; admins have one for each mode there is.
void RecordsPage::tellTabs() {
    const bool any = std::any_of(kModes.begin(), kModes.end(), [this](model::Mode mode) { return worksIn(mode); });
    const auto shown = [&](std::size_t tab) { return worksIn(kModes[tab]) || (!any && tab == 0); };
    int count = 0;
    for (const bool wanted : {true, false}) // who hides the one in front needs another one
        for (std::size_t i = 0; i < kModes.size(); ++i)
            if (shown(i) == wanted) {
                m_tabs->setSegmentShown(int(i), wanted);
                count += wanted ? 1 : 0;
            }
    m_tabs->setVisible(count > 1);
}

void RecordsPage::tellChoices() {
    tellTabs();
    const auto mode = kModes.at(std::size_t(m_tabs->current()));
    m_filters->setMode(mode);
    FilterBar::Choices groups;
    FilterBar::Choices agents;
    if (m_admin) {
        for (const auto& row : m_account.admin().groups().value().groups)
            if (row.mode == mode)
                groups.emplace_back(bridge::toQt(row.name), row.id.value);
        for (const auto& row : m_account.admin().agents().value().agents)
            agents.emplace_back(bridge::toQt(row.agent.name), row.agent.id.value);
    } else {
        for (const auto& view : m_account.workbench().groups())
            if (view.member && view.group.mode == mode)
                groups.emplace_back(bridge::toQt(view.group.name), view.group.id.value);
    }
    m_filters->setGroups(groups);
    m_filters->setAgents(agents);
}

RecordTable* RecordsPage::table() const {
    return static_cast<RecordTable*>(m_tables->currentWidget());
}

RecordTable* RecordsPage::make(model::Mode mode) {
    auto*& made = m_made[mode];
    if (made != nullptr)
        return made;
    made = new RecordTable(mode, m_admin, m_client, m_store, [this] { return m_account.workbench().serverNow(); });
    m_tables->addWidget(made);
    connect(made, &RecordTable::openWanted, this, &RecordsPage::open);
    connect(made, &RecordTable::countChanged, this, &RecordsPage::tellCount);
    connect(made, &RecordTable::clearWanted, m_filters, &FilterBar::clear);
    return made;
}

void RecordsPage::chooseTab(int tab) {
    if (!isVisible())
        return;
    if (auto* before = table())
        before->list().rest();
    m_detail->close();
    m_tables->setCurrentWidget(make(kModes.at(std::size_t(tab))));
    tellChoices();
    ask();
}

void RecordsPage::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    if (event->spontaneous())
        return;
    if (m_admin) {
        m_account.admin().groups().load();
        m_account.admin().agents().load();
    }
    tellChoices();
    m_tables->setCurrentWidget(make(kModes.at(std::size_t(m_tabs->current()))));
    // What somebody has scrolled down to stays when they come back; the first window is asked for anew.
    const auto& list = table()->list();
    if (list.rows().size() <= std::size_t(state::RecordList::kWindow) ||
        list.filters() != m_filters->filters(table()->mode(), m_account.workbench().serverNow()))
        ask();
}

void RecordsPage::hideEvent(QHideEvent* event) {
    Ground::hideEvent(event);
    if (auto* shown = table(); shown != nullptr && !event->spontaneous())
        shown->list().rest();
}

void RecordsPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_detail->isVisible())
        m_detail->close();
    else
        Ground::keyPressEvent(event);
}

void RecordsPage::ask(bool soon) {
    auto* shown = table();
    if (shown == nullptr)
        return;
    shown->setFiltered(m_filters->isFiltered());
    const auto filters = m_filters->filters(shown->mode(), m_account.workbench().serverNow());
    if (soon)
        shown->list().showSoon(filters);
    else
        shown->list().show(filters);
}

void RecordsPage::tellCount() {
    const auto* shown = table();
    m_count->setText(shown != nullptr ? shown->countText() : QString());
    using Stage = state::ExportRun::Stage;
    const bool busy = m_export.stage() == Stage::Running || m_export.stage() == Stage::Saving;
    m_head->button()->setEnabled(shown != nullptr && shown->shown() > 0 && !busy);
}

void RecordsPage::open(const wire::Record& record) {
    if (m_detail->session() == record.id)
        return;
    const bool narrow = !m_detail->isVisible();
    m_detail->show(record);
    if (narrow)
        m_parts->restore({look().px(760), look().px(420)});
}

void RecordsPage::startExport() {
    if (auto* shown = table())
        m_export.start({"records", m_filters->filters(shown->mode(), m_account.workbench().serverNow()),
                        RecordWords::exportColumns()});
}

void RecordsPage::saveExport() {
    const QString day = m_account.workbench().serverNow().toLocalTime().date().toString(Qt::ISODate);
    auto* dialog =
        new QFileDialog(this, tr("Save as"), QStringLiteral("records-%1.csv").arg(day), tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, &m_export, &state::ExportRun::save);
    dialog->open();
}

void RecordsPage::askErase(const wire::Record& record) {
    auto* ask = new widgets::ConfirmDialog(
        tr("Erase %1?").arg(RecordWords::customer(record)),
        tr("Name, notes, OpenID or number, the text of all messages, pictures, files and the notes of wrap-up forms of "
           "this customer go for good, in all conversations. Times, skill groups, agents and how each conversation "
           "ended stay for the statistics. Exported files that are still on the server go, too. Not reached are files "
           "that were saved, what other computers keep for work without the server, tests that were made from a "
           "conversation, and the operator's copies of the database: backups, and the snapshots made before an upgrade "
           "(.before-N). The operator has to delete those. This cannot be undone."),
        tr("Erase"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this, record] {
        m_client.eraseCustomer(record.customer, this,
                               [this, record](const base::Result<void>& answer) { erased(record, answer); });
    });
    ask->open();
}

void RecordsPage::erased(const wire::Record& record, const base::Result<void>& answer) {
    if (!answer) {
        Q_EMIT told(Strip::Grade::Error, QStringLiteral("%1 (%2)").arg(bridge::errorText(answer.error()),
                                                                       bridge::errorCode(answer.error())));
        return;
    }
    m_detail->close();
    std::vector<model::SessionId> theirs{record.id};
    for (const auto& [mode, made] : m_made)
        for (const auto& row : made->list().rows())
            if (row.customer == record.customer)
                theirs.push_back(row.id);
    if (auto forgotten = m_account.forgetCustomer(record.customer, theirs); !forgotten)
        Q_EMIT told(Strip::Grade::Error, bridge::errorText(forgotten.error()));
    ask();
    Q_EMIT told(Strip::Grade::Info,
                tr("The customer was erased. Backups and snapshots made before are the operator's to delete."));
}

} // namespace cb::records
