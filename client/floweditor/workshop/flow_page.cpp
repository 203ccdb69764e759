#include "client/floweditor/workshop/flow_page.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/floweditor/workshop/flow_dialogs.h"
#include "client/floweditor/workshop/flow_sounds.h"
#include "shared/flow/json.h"

#include <QtCore/QLocale>
#include <QtGui/QAction>
#include <QtGui/QHideEvent>

#include <algorithm>

namespace cb::floweditor {

using state::FlowWork;
using widgets::Button;
using widgets::Glyph;
using widgets::Strip;

namespace {

constexpr int kTakeAfter = 250; ///< ms after an edit what is drawn is handed on

std::vector<flowtest::FlowTest> testsIn(const std::string& json) {
    auto tests = flowtest::parseTests(json.empty() ? "[]" : json);
    return tests ? std::move(*tests) : std::vector<flowtest::FlowTest>{};
}

} // namespace

FlowPage::FlowPage(FlowWork& work, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_work(work)
    , m_listener(soundsFrom(work.client()))
    , m_strip(new Strip)
    , m_pages(new QStackedWidget)
    , m_waiting(new widgets::EmptyState(Glyph::Workflow, {}))
    , m_versions(new QAction(this))
    , m_rename(new QAction(this))
    , m_copyAction(new QAction(this)) {
    m_pages->addWidget(m_waiting);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_strip);
    whole->addWidget(m_pages, 1);
    m_takeSoon.setSingleShot(true);
    m_takeSoon.setInterval(kTakeAfter);
    connect(&m_takeSoon, &QTimer::timeout, this, &FlowPage::take);
    connect(m_strip, &Strip::actionTriggered, this, &FlowPage::onStrip);
    connect(m_waiting, &widgets::EmptyState::triggered, &m_work, &FlowWork::load);
    connect(m_versions, &QAction::triggered, this, &FlowPage::openVersions);
    connect(m_rename, &QAction::triggered, this, &FlowPage::askRename);
    connect(m_copyAction, &QAction::triggered, this, &FlowPage::askCopy);
    connect(&m_work, &FlowWork::loaded, this, &FlowPage::open);
    connect(&m_work, &FlowWork::stageChanged, this, &FlowPage::tellStrip);
    connect(&m_work, &FlowWork::stageChanged, this, &FlowPage::tellHead);
    connect(&m_work, &FlowWork::headChanged, this, &FlowPage::tellHead);
    connect(&m_work, &FlowWork::headChanged, this, &FlowPage::listChanged);
    connect(&m_work, &FlowWork::changeChanged, this, &FlowPage::tellHead);
    connect(&m_work, &FlowWork::refused, this, &FlowPage::onRefused);
    connect(&m_work, &FlowWork::conflict, this, &FlowPage::onConflict);
    connect(&m_work, &FlowWork::testsMerged, this, [this](const std::string& before) {
        if (!m_document)
            return;
        const auto drawn = flowtest::toJson(m_document->tests()); // may be ahead of what was handed on
        m_document->setTests(testsIn(state::mergedTests(before, m_work.content().tests, drawn)));
        Q_EMIT told(Strip::Grade::Info, tr("Tests that were kept elsewhere meanwhile are here now, too."));
    });
    connect(&m_work, &FlowWork::published, this,
            [this] { Q_EMIT told(Strip::Grade::Info, tr("Published as version %1.").arg(m_work.head().version)); });
    connect(&m_work, &FlowWork::restored, this,
            [this](int version) { Q_EMIT told(Strip::Grade::Info, tr("Version %1 is the draft now.").arg(version)); });
    connect(&m_work, &FlowWork::localTrouble, this,
            [this](const base::Error& error) { Q_EMIT told(Strip::Grade::Error, bridge::errorText(error)); });
    FlowPage::retranslate();
}

FlowPage::~FlowPage() {
    take();
    m_work.flush();
    close();
}

void FlowPage::retranslate() {
    m_versions->setText(tr("Versions…"));
    m_versions->setIcon(widgets::glyphIcon(Glyph::History));
    m_rename->setText(tr("Rename…"));
    m_rename->setIcon(widgets::glyphIcon(Glyph::Pencil));
    m_copyAction->setText(tr("Copy as a new flow…"));
    m_copyAction->setIcon(widgets::glyphIcon(Glyph::Copy));
    if (m_unpublish != nullptr)
        m_unpublish->setText(tr("Unpublish"));
    if (m_copy != nullptr)
        m_copy->setText(tr("Edit a copy"));
    tellStrip();
}

/// Nobody hears a flow that is not in front.
void FlowPage::hideEvent(QHideEvent* event) {
    Ground::hideEvent(event);
    if (!event->spontaneous())
        m_listener.stop();
}

void FlowPage::close() {
    m_takeSoon.stop();
    delete std::exchange(m_editor, nullptr); // before the document it shows
    m_unpublish = nullptr;
    m_copy = nullptr;
    m_document.reset();
}

void FlowPage::open() {
    close();
    auto graph = flow::parseJson(m_work.content().graph);
    if (!graph) {
        m_waiting->setSentence(tr("This flow cannot be read by this version of the program."));
        m_pages->setCurrentWidget(m_waiting);
        return;
    }
    m_document = std::make_unique<Document>(std::move(*graph));
    m_document->setTests(testsIn(m_work.content().tests));
    m_document->setChoices(m_choices);
    m_document->setReadOnly(!m_work.isEditable());
    m_document->setTestsReadOnly(m_work.isOffline() || m_work.stage() != FlowWork::Stage::Ready);
    m_editor = new FlowEditor(*m_document, bridge::toQt(m_work.head().name));
    for (QAction* action : {m_versions, m_rename, m_copyAction})
        m_editor->addMenuAction(action);
    m_unpublish = new Button(tr("Unpublish"), Button::Kind::Secondary);
    m_copy = new Button(tr("Edit a copy"), Button::Kind::Primary);
    m_editor->addButton(m_unpublish);
    m_editor->addButton(m_copy);
    connect(m_unpublish, &Button::clicked, &m_work, &FlowWork::unpublish);
    connect(m_copy, &Button::clicked, this, &FlowPage::askCopy);
    connect(m_document.get(), &Document::changed, this, &FlowPage::takeSoon);
    connect(m_document.get(), &Document::testsChanged, this, &FlowPage::takeSoon);
    connect(m_editor, &FlowEditor::closeWanted, this, &FlowPage::closeWanted);
    connect(m_editor, &FlowEditor::saveWanted, this, [this] {
        take();
        m_work.save();
    });
    connect(m_editor, &FlowEditor::publishWanted, this, &FlowPage::askPublish);
    connect(m_editor, &FlowEditor::told, this, &FlowPage::told);
    m_pages->addWidget(m_editor);
    m_pages->setCurrentWidget(m_editor);
    m_editor->canvas().setFocus();
    tellHead();
    tellStrip();
}

void FlowPage::setChoices(Choices choices) {
    m_choices = std::move(choices);
    m_choices.listener = &m_listener;
    if (m_document)
        m_document->setChoices(m_choices);
}

/// A timer that runs is left alone: whoever draws without a pause is kept as well.
void FlowPage::takeSoon() {
    if (!m_takeSoon.isActive())
        m_takeSoon.start();
}

void FlowPage::take() {
    m_takeSoon.stop();
    if (m_document && m_document->isReadOnly())
        m_work.saveTests(flowtest::toJson(m_document->tests()));
    else if (m_document)
        m_work.edited({flow::toJson(m_document->graph()), flowtest::toJson(m_document->tests())});
}

void FlowPage::tellHead() {
    if (m_editor == nullptr)
        return;
    const auto state = m_work.head().state;
    const bool locked = !m_work.isEditable();
    if (locked && m_work.change() == FlowWork::Change::Saving && m_takeSoon.isActive())
        take(); // it is being published; what was drawn meanwhile is kept
    m_document->setReadOnly(locked);
    m_document->setTestsReadOnly(m_work.isOffline() || m_work.stage() != FlowWork::Stage::Ready);
    m_editor->setName(bridge::toQt(m_work.head().name));
    m_unpublish->setVisible(state == model::FlowState::Published && !m_work.isOffline());
    m_copy->setVisible(locked && !m_work.isOffline());
    m_rename->setEnabled(!locked);
    m_editor->setState(locked                                        ? FlowEditor::State::Locked
                       : m_work.change() == FlowWork::Change::Saved  ? FlowEditor::State::Saved
                       : m_work.change() == FlowWork::Change::Saving ? FlowEditor::State::Saving
                                                                     : FlowEditor::State::Edited);
    tellStrip();
}

void FlowPage::tellStrip() {
    using Stage = FlowWork::Stage;
    if (m_work.stage() == Stage::Failed && m_editor == nullptr) {
        m_waiting->setSentence(bridge::errorText(m_work.error()));
        m_waiting->button()->setText(tr("Try again"));
        m_waiting->button()->show();
        return m_strip->hide();
    }
    if (m_editor == nullptr) {
        m_waiting->setSentence(tr("Opening the flow…"));
        m_waiting->button()->hide();
        return m_strip->hide();
    }
    if (m_work.stage() == Stage::Failed)
        return m_strip->tell(Strip::Grade::Error, bridge::errorText(m_work.error()), tr("Try again"));
    if (m_work.change() == FlowWork::Change::Conflict)
        return m_strip->tell(Strip::Grade::Warning,
                             tr("Somebody else changed this flow meanwhile. What you drew is kept on this computer."),
                             tr("Compare"));
    if (m_work.isOffline())
        return m_strip->tell(Strip::Grade::Warning,
                             tr("The server cannot be reached. This is the flow as it was known last."),
                             tr("Try again"));
    if (m_work.leftOver().isValid() && m_work.change() == FlowWork::Change::Edited)
        return m_strip->tell(Strip::Grade::Info,
                             tr("You see what you drew until %1 and did not save.")
                                 .arg(QLocale().toString(m_work.leftOver().toLocalTime(), QLocale::ShortFormat)),
                             tr("Show what is saved"));
    if (m_work.head().state == model::FlowState::InUse)
        return m_strip->tell(Strip::Grade::Info,
                             tr("In use: customers go through this flow. To change it, edit a copy, publish that, and "
                                "link it to the channel."));
    if (m_work.head().state == model::FlowState::Published)
        return m_strip->tell(Strip::Grade::Info, tr("Published: it can be linked to a channel. To change it, "
                                                    "unpublish it or edit a copy."));
    m_strip->hide();
}

void FlowPage::onStrip() {
    if (m_work.change() == FlowWork::Change::Conflict)
        return onConflict();
    if (m_work.isOffline() || m_work.stage() == FlowWork::Stage::Failed)
        return m_work.load();
    auto* ask = new widgets::ConfirmDialog(tr("Show what is saved?"), tr("What you drew and did not save is lost."),
                                           tr("Discard it"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, &m_work, &FlowWork::discardLeftOver);
    ask->open();
}

QString FlowPage::whenBy(base::TimePoint at, const std::string& by) const {
    const QString when = QLocale().toString(bridge::toQt(at).toLocalTime(), QLocale::ShortFormat);
    return by.empty() ? when : tr("%1, by %2", "time, person").arg(when, bridge::toQt(by));
}

// ---- saving and publishing ----------------------------------------------------------------------------------------

void FlowPage::askPublish() {
    take();
    if (!m_document->problems().empty()) {
        m_editor->showProblems();
        return Q_EMIT told(Strip::Grade::Warning, tr("The flow has problems; each stands at its node."));
    }
    publish(false);
}

void FlowPage::publish(bool force) {
    m_work.publish(force);
}

void FlowPage::onRefused(const base::Error& error) {
    if (error.code == "flow_tests_failed" && m_editor != nullptr) {
        auto* dialog = new FailedTestsDialog(error, m_document->graph(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this] { publish(true); });
        connect(dialog, &FailedTestsDialog::testsWanted, this, [this] { m_editor->showTab(FlowEditor::TestsTab); });
        dialog->open();
        return;
    }
    if (error.code == "flow_invalid" && m_editor != nullptr)
        m_editor->showProblems();
    Q_EMIT told(Strip::Grade::Error, bridge::errorText(error));
}

void FlowPage::onConflict() {
    if (!m_work.theirs() || m_editor == nullptr)
        return;
    take();
    auto theirs = flow::parseJson(m_work.theirs()->graph.text);
    if (!theirs)
        return Q_EMIT told(Strip::Grade::Error, tr("The other version cannot be read by this version of the program."));
    const auto& head = m_work.theirs()->head;
    const bool mayReplace = head.state == model::FlowState::Unpublished;
    const auto there = testsIn(m_work.theirs()->tests.text);
    const auto both = mayReplace ? testsIn(m_work.testsOfBoth()) : m_document->tests();
    QStringList coming;
    for (const auto& test : compareTests(m_document->tests(), there))
        if (test.what != NodeDifference::What::Removed && mayReplace &&
            std::any_of(both.begin(), both.end(), [&](const auto& one) { return one.name == test.name; }))
            coming << bridge::toQt(test.name);
    auto* dialog = new ConflictDialog(
        {std::move(*theirs), tr("On the server"), whenBy(head.updatedAt, head.updatedBy), there},
        {m_document->graph(), tr("Yours"), tr("not saved"), both}, coming, m_choices, mayReplace, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConflictDialog::mineChosen, &m_work, &FlowWork::keepMine);
    connect(dialog, &ConflictDialog::theirsChosen, &m_work, &FlowWork::takeTheirs);
    connect(dialog, &ConflictDialog::copyChosen, this, &FlowPage::askCopy);
    dialog->open();
}

void FlowPage::askCopy() {
    take();
    auto* dialog = new NameDialog(tr("Copy as a new flow"), tr("%1 (copy)").arg(bridge::toQt(m_work.head().name)),
                                  tr("Make it"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::named, this, [this](const QString& name) {
        m_work.saveCopy(name, this, [this](const base::Result<wire::FlowHead>& head) {
            if (!head)
                return Q_EMIT told(Strip::Grade::Error, bridge::errorText(head.error()));
            Q_EMIT listChanged();
            Q_EMIT copied(head->id);
        });
    });
    dialog->open();
}

void FlowPage::askRename() {
    auto* dialog = new NameDialog(tr("Rename the flow"), bridge::toQt(m_work.head().name), tr("Rename"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::named, this, [this](const QString& name) {
        take();
        m_work.rename(name);
    });
    dialog->open();
}

void FlowPage::openVersions() {
    auto* dialog = new VersionsDialog(m_work, m_choices, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace cb::floweditor
