#include "client/floweditor/workshop/replay_page.h"

#include "client/widgets/controls/format.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/floweditor/document/words.h"
#include "client/floweditor/simulator/tests_panel.h"
#include "client/floweditor/workshop/flow_dialogs.h"
#include "client/widgets/controls/splitter.h"
#include "client/widgets/overlay/list_row.h"
#include "shared/flow/json.h"
#include "shared/flowrun/state.h"
#include "shared/model/names.h"

#include <QtCore/QLocale>
#include <QtGui/QAction>

namespace cb::floweditor {

using widgets::Button;
using widgets::Glyph;
using widgets::IconButton;
using widgets::Strip;

namespace {

QString clock(std::int64_t millis) {
    const auto seconds = millis / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

Glyph glyphOfEvent(const std::string& what) {
    if (what == "customer")
        return Glyph::User;
    if (what == "agent")
        return Glyph::Headset;
    if (what == "flow")
        return Glyph::MessageSquare;
    if (what == "queued")
        return Glyph::Clock;
    if (what == "answered")
        return Glyph::UserCheck;
    if (what == "ended")
        return Glyph::Square;
    return Glyph::Info;
}

} // namespace

ReplayPage::ReplayPage(api::AdminClient& client, model::SessionId session, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_client(client)
    , m_session(session)
    , m_pages(new QStackedWidget)
    , m_waiting(new widgets::EmptyState(Glyph::Workflow, {}))
    , m_whole(new QWidget)
    , m_room(new QVBoxLayout)
    , m_back(new IconButton(Glyph::ArrowLeft, {}))
    , m_title(new widgets::Label)
    , m_note(new widgets::Label)
    , m_first(new IconButton(Glyph::RotateCcw, {}))
    , m_before(new IconButton(Glyph::ChevronLeft, {}))
    , m_next(new IconButton(Glyph::ChevronRight, {}))
    , m_last(new IconButton(Glyph::SkipForward, {}))
    , m_keep(new Button({}, Button::Kind::Secondary))
    , m_list(new QListWidget) {
    m_title->setStrong(true);
    m_note->setTone(widgets::Tone::Muted);
    m_keep->setSmall(true);
    m_keep->setEnabled(false);
    auto* bar = new Ground(Kind::Surface);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(look().grid(2), look().grid(2), look().grid(3), look().grid(2));
    row->setSpacing(look().grid(2));
    for (QWidget* part : std::initializer_list<QWidget*>{m_back, m_title})
        row->addWidget(part);
    row->addWidget(m_note, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{m_first, m_before, m_next, m_last, m_keep})
        row->addWidget(part);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new widgets::ListRowDelegate(m_list));
    m_list->setMinimumWidth(look().px(280));
    auto* canvasSide = new QWidget;
    canvasSide->setLayout(m_room);
    m_room->setContentsMargins(0, 0, 0, 0);
    auto* parts = new widgets::Splitter(QStringLiteral("flow-replay"), Qt::Horizontal);
    parts->addWidget(canvasSide);
    parts->addWidget(m_list);
    parts->setStretchFactor(0, 1);
    parts->restore({look().px(860), look().px(360)});
    auto* inner = new QVBoxLayout(m_whole);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(parts);
    m_pages->addWidget(m_waiting);
    m_pages->addWidget(m_whole);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_pages, 1);
    const auto key = [this](Qt::Key keys, const std::function<void()>& does) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        connect(action, &QAction::triggered, this, does);
    };
    key(Qt::Key_Left, [this] { go(step() - 1); });
    key(Qt::Key_Right, [this] { go(step() + 1); });
    key(Qt::Key_Home, [this] { go(0); });
    key(Qt::Key_End, [this] { go(steps() - 1); });
    connect(m_first, &QAbstractButton::clicked, this, [this] { go(0); });
    connect(m_before, &QAbstractButton::clicked, this, [this] { go(step() - 1); });
    connect(m_next, &QAbstractButton::clicked, this, [this] { go(step() + 1); });
    connect(m_last, &QAbstractButton::clicked, this, [this] { go(steps() - 1); });
    connect(m_back, &QAbstractButton::clicked, this, &ReplayPage::closeWanted);
    connect(m_keep, &Button::clicked, this, &ReplayPage::askKeep);
    connect(m_list, &QListWidget::currentRowChanged, this, &ReplayPage::showStep);
    connect(m_waiting, &widgets::EmptyState::triggered, this, &ReplayPage::load);
    ReplayPage::retranslate();
    load();
}

ReplayPage::~ReplayPage() {
    delete m_canvas; // before the scene, which goes with its document
}

void ReplayPage::retranslate() {
    m_back->setLabel(tr("Back"));
    m_title->setText(tr("Session %1").arg(m_session.value));
    m_first->setLabel(tr("To the beginning (Home)"));
    m_before->setLabel(tr("One step back (Left)"));
    m_next->setLabel(tr("One step on (Right)"));
    m_last->setLabel(tr("To the end (End)"));
    m_keep->setText(tr("Keep as a test…"));
    m_keep->setToolTip(whyNotKept());
    m_keep->setAccessibleDescription(whyNotKept());
    m_list->setAccessibleName(tr("What happened"));
    if (m_document) {
        m_note->setText(
            tr("%1, version %2 · %3")
                .arg(bridge::toQt(m_replay.flowName))
                .arg(m_replay.version)
                .arg(QLocale().toString(bridge::toQt(m_replay.startedAt).toLocalTime(), QLocale::ShortFormat)));
        m_scene->reread();
        fill();
    }
}

void ReplayPage::setChoices(const Choices& choices) {
    m_choices = choices;
    if (m_document)
        m_document->setChoices(choices);
}

void ReplayPage::load() {
    m_pages->setCurrentWidget(m_waiting);
    m_waiting->setSentence(tr("Asking the server for the session…"));
    m_waiting->button()->hide();
    m_client.replay(m_session, this, [this](const base::Result<wire::Replay>& replay) {
        if (replay)
            return open(*replay);
        m_waiting->setSentence(replay.error().code == "not_found"
                                   ? tr("This session went through no flow, or its record was removed.")
                                   : bridge::errorText(replay.error()));
        m_waiting->button()->setText(tr("Try again"));
        m_waiting->button()->setVisible(replay.error().grade == base::Grade::Retry);
    });
}

void ReplayPage::open(wire::Replay replay) {
    m_replay = std::move(replay);
    auto graph = flow::parseJson(m_replay.graph.text);
    if (!graph)
        return m_waiting->setSentence(tr("This flow cannot be read by this version of the program."));
    m_document = std::make_unique<Document>(std::move(*graph));
    m_document->setChoices(m_choices);
    m_document->setReadOnly(true);
    m_scene = new FlowScene(*m_document, m_document.get());
    m_canvas = new Canvas(*m_scene);
    m_room->addWidget(m_canvas);
    m_rows = replayRows(m_replay, m_document->graph());
    m_keep->setEnabled(whyNotKept().isEmpty());
    m_pages->setCurrentWidget(m_whole);
    retranslate();
    QMetaObject::invokeMethod(
        m_canvas, [this] { m_canvas->fitAll(); }, Qt::QueuedConnection);
    go(0);
    m_list->setFocus();
}

QString ReplayPage::sentenceOf(const ReplayRow& row) const {
    if (row.step != nullptr) {
        const auto* node = flow::find(m_document->graph(), flow::NodeId{row.step->node});
        return node == nullptr ? tr("A node that is not there") : titleOf(*node);
    }
    const QString text = bridge::toQt(row.event->text).simplified();
    const std::string& what = row.event->what;
    if (what == "queued")
        return tr("Waits for an agent");
    if (what == "offered")
        return tr("Rings at %1").arg(text);
    if (what == "answered")
        return tr("%1 answers").arg(text);
    if (what == "returned")
        return tr("Goes back to the queue");
    if (what == "ended") {
        const auto reason = model::parse<model::EndReason>(row.event->text);
        return reason ? bridge::sentence(*reason) : tr("Ended");
    }
    return text.isEmpty() ? tr("(a picture or a file)") : text;
}

void ReplayPage::fill() {
    const QSignalBlocker quiet(m_list);
    const int kept = m_list->currentRow();
    m_list->clear();
    for (const ReplayRow& row : m_rows) {
        auto* item = new QListWidgetItem(sentenceOf(row), m_list);
        const auto* node =
            row.step == nullptr ? nullptr : flow::find(m_document->graph(), flow::NodeId{row.step->node});
        item->setData(widgets::GlyphRole, int(node != nullptr       ? glyphOf(node->data)
                                              : row.step != nullptr ? Glyph::Square
                                                                    : glyphOfEvent(row.event->what)));
        item->setData(widgets::DetailRole, clock(row.atMillis));
        item->setToolTip(widgets::tipOf(item->text()));
    }
    m_list->setCurrentRow(std::clamp(kept, -1, m_list->count() - 1));
}

void ReplayPage::go(int step) {
    if (steps() > 0)
        m_list->setCurrentRow(std::clamp(step, 0, steps() - 1));
}

void ReplayPage::showStep(int row) {
    m_first->setEnabled(row > 0);
    m_before->setEnabled(row > 0);
    m_next->setEnabled(row + 1 < steps());
    m_last->setEnabled(row + 1 < steps());
    if (row < 0 || row >= steps() || m_scene == nullptr)
        return;
    const ReplayRow& now = m_rows[std::size_t(row)];
    m_scene->light(now.node, now.edge);
    if (const auto* item = m_scene->node(now.node)) {
        const QRectF card = item->card().translated(item->pos());
        if (!m_canvas->mapToScene(m_canvas->viewport()->rect()).boundingRect().contains(card))
            m_canvas->centerOn(card.center());
    }
}

// ---- as a test ------------------------------------------------------------------------------------------------------

flowtest::History ReplayPage::history() const {
    using What = flowtest::Happening::What;
    flowtest::History history;
    for (const auto& step : m_replay.steps)
        history.path.push_back({flow::NodeId{step.node}, base::Millis(step.atMillis)});
    for (const auto& event : m_replay.events) {
        const base::Millis at(event.atMillis);
        if (event.what == "customer")
            history.happenings.push_back({What::CustomerWrote, event.text, at});
        else if (event.what == "agent")
            history.happenings.push_back({What::AgentWrote, event.text, at});
        else if (event.what == "queued")
            history.happenings.push_back({What::Queued, {}, at});
        else if (event.what == "answered")
            history.happenings.push_back({What::Answered, {}, at});
    }
    history.end = m_replay.end;
    return history;
}

QString ReplayPage::whyNotKept() const {
    if (m_replay.flowGone)
        return tr("The flow was deleted since.");
    if (m_replay.cut)
        return tr("Too long for a test: more than %1 things happened in this session, not all are told here.")
            .arg(QLocale().toString(qlonglong(m_replay.events.size())));
    return m_document && m_replay.steps.empty() ? tr("This session came by no node.") : QString();
}

void ReplayPage::askKeep() {
    const auto test = flowtest::testOf(m_document->graph(), history(), {});
    if (!test)
        return Q_EMIT told(
            Strip::Grade::Warning,
            test.error().code == "history_too_long"
                ? tr("Too long for a test: it takes at most %1 inputs.").arg(flowtest::kMaxInputs)
                : tr("What is recorded of this session does not say enough to play it again: an agent was lost, "
                     "it was passed on, or something else came from outside the flow."));
    auto* dialog = new NameDialog(tr("Keep as a test"), tr("Session %1").arg(m_session.value), tr("Keep"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::named, this, [this, test = *test](const QString& name) mutable {
        test.name = bridge::toStd(name);
        keep(test);
    });
    dialog->open();
}

/// The test is kept with the flow as it is drawn now, which may go another way than the version that was played.
void ReplayPage::askAnyway(const flowtest::FlowTest& test, const QString& why) {
    auto* ask = new widgets::ConfirmDialog(tr("The flow goes another way now"),
                                           tr("Version %1 went this way. The flow as it is drawn now fails the test: "
                                              "%2 Kept all the same, the test stands "
                                              "in the way of publishing until one of the two is changed.")
                                               .arg(m_replay.version)
                                               .arg(why),
                                           tr("Keep it anyway"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this, test] { keep(test, true); });
    ask->open();
}

void ReplayPage::keep(const flowtest::FlowTest& test, bool anyway) {
    const auto failed = [this](const base::Error& error) {
        Q_EMIT told(Strip::Grade::Error, bridge::errorText(error));
    };
    m_client.flow(
        m_replay.flow, 0, this, [this, test, anyway, failed](const base::Result<wire::FlowDocument>& document) {
            if (!document)
                return failed(document.error());
            auto tests = flowtest::parseTests(document->tests.text.empty() ? "[]" : document->tests.text);
            if (!tests)
                return failed(tests.error());
            if (const auto drawn = flow::parseJson(document->graph.text); drawn && !anyway)
                if (const auto verdict = flowtest::run(*drawn, test); !verdict.passed)
                    return askAnyway(test, floweditor::sentenceOf(verdict, *drawn));
            tests->push_back(test);
            m_client.saveTests(
                m_replay.flow, {document->head.revision, {flowtest::toJson(*tests)}}, this,
                [this, test, failed](const base::Result<wire::FlowHead>& head) {
                    if (!head)
                        return failed(head.error());
                    Q_EMIT told(
                        Strip::Grade::Info,
                        tr("Kept as “%1” with the flow “%2”.").arg(bridge::toQt(test.name), bridge::toQt(head->name)));
                });
        });
}

} // namespace cb::floweditor
