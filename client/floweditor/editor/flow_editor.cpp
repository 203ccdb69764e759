#include "client/floweditor/editor/flow_editor.h"

#include "client/floweditor/document/flow_file.h"
#include "client/floweditor/document/words.h"
#include "client/floweditor/scene/picture.h"
#include "client/widgets/controls/splitter.h"

#include <QtCore/QSaveFile>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace cb::floweditor {

using widgets::Button;
using widgets::Glyph;
using widgets::IconButton;
using widgets::Strip;

namespace {

constexpr std::size_t kMostListed = 50; ///< of the nodes that were found
constexpr int kRoomyFrom = 1200;        ///< px: in a narrower editor the panels are folded unless asked for

/// What the numbers of a flow of this kind are called in this call centre.
flow::Names namesHere(const Document& document) {
    flow::Names names;
    for (const auto& group : document.choices().groups)
        if (group.mode == document.graph().mode)
            names.groups[group.id] = group.name.toStdString();
    for (const auto& audio : document.choices().audio)
        names.audio[audio.id] = audio.name.toStdString();
    return names;
}

} // namespace

FlowEditor::FlowEditor(Document& document, const QString& name, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_document(document)
    , m_flowName(name)
    , m_scene(new FlowScene(document, this))
    , m_back(new IconButton(Glyph::ArrowLeft, {}))
    , m_title(new widgets::ElidedLabel({}, widgets::TextSize::Title))
    , m_stateWords(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_undo(new IconButton(Glyph::Undo2, {}))
    , m_redo(new IconButton(Glyph::Redo2, {}))
    , m_arrange(new IconButton(Glyph::Layers, {}))
    , m_search(new widgets::SearchField({}))
    , m_found(nullptr)
    , m_hits(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_more(new IconButton(Glyph::Ellipsis, {}))
    , m_buttons(new QHBoxLayout)
    , m_save(new Button({}, Button::Kind::Secondary))
    , m_publish(new Button({}, Button::Kind::Primary))
    , m_palette(new Palette(document, Canvas::kindMime()))
    , m_canvas(new Canvas(*m_scene))
    , m_tabs(new widgets::Segmented)
    , m_foldSide(new IconButton(Glyph::ChevronRight, {}))
    , m_pages(new QStackedWidget)
    , m_properties(new Properties(document))
    , m_simulator(new Simulator(document))
    , m_tests(new TestsPanel(document))
    , m_problems(new ProblemStrip(document))
    , m_paletteColumn(new FoldedColumn(Qt::LeftEdge))
    , m_sideColumn(new FoldedColumn(Qt::RightEdge))
    , m_sideTabs{m_sideColumn->add(Glyph::Pencil), m_sideColumn->add(Glyph::Play),
                 m_sideColumn->add(Glyph::SquareCheck)} {
    build();
    buildActions();
    connectParts();
    FlowEditor::retranslate();
    updateBar();
}

void FlowEditor::buildBar() {
    m_title->setStrong(true);
    m_stateWords->setTone(widgets::Tone::Muted);
    m_search->setMaximumWidth(look().px(200));
    m_hits->setTone(widgets::Tone::Muted);
    for (Button* button : {m_save, m_publish})
        button->setSmall(true);
    auto* menu = new QMenu(m_more);
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        menu->addActions(m_extra);
        if (!m_extra.isEmpty())
            menu->addSeparator();
        menu->addAction(widgets::glyphIcon(Glyph::Download), tr("Save as a file…"), this, &FlowEditor::writeFile);
        auto* read = menu->addAction(widgets::glyphIcon(Glyph::Upload), tr("Take over from a file…"), this,
                                     &FlowEditor::readFile);
        read->setEnabled(!m_document.isReadOnly());
        menu->addSeparator();
        menu->addAction(widgets::glyphIcon(Glyph::Image), tr("Picture (PNG)…"), this, [this] { writePicture(false); });
        menu->addAction(widgets::glyphIcon(Glyph::Image), tr("Picture (SVG)…"), this, [this] { writePicture(true); });
    });
}

void FlowEditor::build() {
    buildBar();
    auto* bar = new Ground(Kind::Surface);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(look().grid(2), look().grid(2), look().grid(3), look().grid(2));
    row->setSpacing(look().grid(1));
    row->addWidget(m_back);
    row->addWidget(m_title, 1);
    row->addWidget(m_stateWords);
    row->addSpacing(look().grid(3));
    for (QWidget* part : std::initializer_list<QWidget*>{m_undo, m_redo, m_arrange, m_search, m_hits, m_more})
        row->addWidget(part);
    row->addSpacing(look().grid(2));
    m_buttons->setSpacing(look().grid(2));
    m_buttons->addWidget(m_save);
    m_buttons->addWidget(m_publish);
    row->addLayout(m_buttons);

    auto* side = buildSide();
    m_palette->setMinimumWidth(look().px(160));
    m_palette->addTo(*m_paletteColumn);
    auto* parts = new widgets::Splitter(QStringLiteral("flow-editor"), Qt::Horizontal);
    for (QWidget* part : std::initializer_list<QWidget*>{m_palette, m_canvas, side})
        parts->addWidget(part);
    parts->setStretchFactor(1, 1);
    parts->restore({look().px(200), look().px(760), look().px(320)});
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_paletteColumn);
    middle->addWidget(parts, 1);
    middle->addWidget(m_sideColumn);

    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(bar);
    whole->addWidget(new widgets::Separator);
    whole->addLayout(middle, 1);
    whole->addWidget(new widgets::Separator);
    whole->addWidget(m_problems);
    m_found = new widgets::PopupList(m_search);
    buildFolds(*side);
}

QWidget* FlowEditor::buildSide() {
    for (int tab = 0; tab < 3; ++tab)
        m_tabs->addSegment({});
    m_pages->addWidget(m_properties);
    m_pages->addWidget(m_simulator);
    m_pages->addWidget(m_tests);
    auto* side = new Ground(Kind::Surface);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 0, look().grid(1), 0);
    head->setSpacing(0);
    head->addWidget(m_tabs, 1);
    head->addWidget(m_foldSide);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_pages, 1);
    side->setMinimumWidth(look().px(320));
    return side;
}

void FlowEditor::buildFolds(QWidget& side) {
    m_paletteFold = new Fold(QStringLiteral("flow-palette"), *m_palette, *m_paletteColumn, *m_palette->foldButton());
    m_sideFold = new Fold(QStringLiteral("flow-side"), side, *m_sideColumn, *m_foldSide);
    for (int tab = 0; tab < 3; ++tab)
        connect(m_sideTabs.at(std::size_t(tab)), &QAbstractButton::clicked, this, [this, tab] { showTab(Tab(tab)); });
    const auto stay = [this] {
        if (const auto part = m_scene->selected(); part.nodes.size() == 1)
            m_canvas->bringIntoView(part.nodes.front());
    };
    connect(m_sideFold, &Fold::unfolded, m_canvas, stay, Qt::QueuedConnection); // when the canvas has its new size
}

QAction* FlowEditor::add(const QKeySequence& keys, const std::function<void()>& does, QWidget* where) {
    auto* action = new QAction(this);
    action->setShortcut(keys);
    action->setShortcutContext(where != nullptr ? Qt::WidgetShortcut : Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, does);
    (where != nullptr ? where : this)->addAction(action);
    return action;
}

/// Keys that a field also knows (copy, undo of typing, delete) are the canvas's own; the others are everybody's.
void FlowEditor::buildActions() {
    auto& history = m_document.history();
    for (const auto& keys : QKeySequence::keyBindings(QKeySequence::Undo))
        add(
            keys, [&history] { history.undo(); }, m_canvas);
    for (const auto& keys : {QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))})
        add(
            keys, [&history] { history.redo(); }, m_canvas);
    add(
        QKeySequence::Copy, [this] { m_canvas->copy(); }, m_canvas);
    add(
        QKeySequence::Cut, [this] { m_canvas->cut(); }, m_canvas);
    add(
        QKeySequence::Paste, [this] { m_canvas->paste(); }, m_canvas);
    add(
        QKeySequence::SelectAll, [this] { m_canvas->selectAll(); }, m_canvas);
    add(
        QStringLiteral("Ctrl+D"), [this] { m_canvas->duplicate(); }, m_canvas);
    add(QStringLiteral("Ctrl+0"), [this] { m_canvas->setZoom(1, QRectF(m_canvas->viewport()->rect()).center()); });
    add(QStringLiteral("Ctrl+9"), [this] { m_canvas->fitAll(); });
    add(QStringLiteral("Ctrl+Shift+L"), [this] { m_canvas->arrange(); });
    add(QKeySequence::Save, [this] {
        if (m_save->isEnabled())
            Q_EMIT saveWanted();
    });
    add(QKeySequence::Find, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    add(QStringLiteral("Ctrl+B"), [this] { m_sideFold->toggle(); });
    add(QStringLiteral("Ctrl+Shift+B"), [this] { m_paletteFold->toggle(); });
    add(QStringLiteral("F8"), [this] { m_problems->next(); });
    add(QStringLiteral("F5"), [this] {
        showTab(SimulatorTab);
        m_simulator->restart();
    });
    const auto undoable = [this] { updateBar(); };
    connect(&history, &QUndoStack::canUndoChanged, this, undoable);
    connect(&history, &QUndoStack::canRedoChanged, this, undoable);
    connect(&history, &QUndoStack::undoTextChanged, this, undoable);
    connect(m_undo, &QAbstractButton::clicked, this, [&history] { history.undo(); });
    connect(m_redo, &QAbstractButton::clicked, this, [&history] { history.redo(); });
    connect(m_arrange, &QAbstractButton::clicked, this, [this] { m_canvas->arrange(); });
    connect(m_back, &QAbstractButton::clicked, this, &FlowEditor::closeWanted);
    connect(m_save, &Button::clicked, this, &FlowEditor::saveWanted);
    connect(m_publish, &Button::clicked, this, &FlowEditor::publishWanted);
}

void FlowEditor::connectParts() {
    connect(m_palette, &Palette::chosen, this, [this](flow::Kind kind) {
        m_canvas->add(kind);
        m_canvas->setFocus();
    });
    connect(m_scene, &QGraphicsScene::selectionChanged, this, [this] { m_properties->show(m_scene->selected()); });
    connect(m_canvas, &Canvas::editWanted, this, [this] {
        showTab(PropertiesTab);
        m_properties->edit();
    });
    connect(m_problems, &ProblemStrip::nodeWanted, this, [this](flow::NodeId node) {
        m_canvas->reveal(node);
        showTab(PropertiesTab);
    });
    connect(m_tabs, &widgets::Segmented::currentChanged, this, [this](int tab) { showTab(Tab(tab)); });
    connect(m_simulator, &Simulator::stands, m_scene, &FlowScene::light);
    connect(m_simulator, &Simulator::testSaved, this, [this](const QString& name) {
        m_tests->select(name);
        Q_EMIT told(Strip::Grade::Info, tr("Kept as “%1”.").arg(name));
    });
    connect(m_tests, &TestsPanel::playWanted, this, [this](const flowtest::FlowTest& test) {
        showTab(SimulatorTab);
        m_simulator->play(test);
    });
    const auto counts = [this] {
        m_tabs->setSegmentCount(TestsTab, m_tests->failing());
        m_sideTabs[TestsTab]->setBadge(m_tests->failing());
    };
    connect(m_tests, &TestsPanel::failingChanged, this, counts);
    counts();
    connect(m_search, &QLineEdit::textChanged, this, &FlowEditor::search);
    m_search->installEventFilter(this);
    connect(m_found, &widgets::PopupList::chosen, this, [this](const QVariant& node) {
        m_hit = flow::NodeId{node.toLongLong()};
        m_canvas->reveal(m_hit);
        tellHits();
    });
    connect(&m_document, &Document::changed, this, &FlowEditor::tellHits);
    connect(&m_document, &Document::readOnlyChanged, this, &FlowEditor::updateBar);
}

void FlowEditor::retranslate() {
    m_back->setLabel(tr("All flows"));
    m_undo->setLabel(tr("Undo (Ctrl+Z)"));
    m_redo->setLabel(tr("Redo (Ctrl+Shift+Z)"));
    m_arrange->setLabel(tr("Arrange (Ctrl+Shift+L)"));
    m_search->setPlaceholderText(tr("Find a node"));
    m_search->setToolTip(tr("Find a node (Ctrl+F); Enter goes to the next, Shift+Enter to the one before"));
    // Its room is kept, so that nothing moves while one searches.
    m_hits->setMinimumWidth(m_hits->fontMetrics().horizontalAdvance(tr("Nothing found")) + look().grid(2));
    m_more->setLabel(tr("More"));
    m_save->setText(tr("Save"));
    m_publish->setText(tr("Save and publish"));
    const std::array tabs{tr("Properties"), tr("Simulator"), tr("Tests")};
    for (std::size_t tab = 0; tab < tabs.size(); ++tab) {
        m_tabs->setSegmentText(int(tab), tabs.at(tab));
        m_sideTabs.at(tab)->setLabel(tabs.at(tab));
    }
    m_palette->foldButton()->setLabel(tr("Fold the palette (Ctrl+Shift+B)"));
    m_paletteColumn->unfoldButton()->setLabel(tr("Unfold the palette (Ctrl+Shift+B)"));
    m_foldSide->setLabel(tr("Fold the panel (Ctrl+B)"));
    m_sideColumn->unfoldButton()->setLabel(tr("Unfold the panel (Ctrl+B)"));
    tellHits();
    updateBar();
}

void FlowEditor::addButton(Button* button) {
    button->setSmall(true);
    m_buttons->insertWidget(m_buttons->count() - 2, button);
}

void FlowEditor::setName(const QString& name) {
    m_flowName = name;
    updateBar();
}

void FlowEditor::setState(State state) {
    m_state = state;
    updateBar();
}

void FlowEditor::updateBar() {
    const bool locked = m_document.isReadOnly();
    const auto& history = m_document.history();
    m_title->setText(m_flowName);
    m_undo->setEnabled(!locked && history.canUndo());
    m_redo->setEnabled(!locked && history.canRedo());
    m_undo->setToolTip(history.canUndo() ? tr("Undo: %1 (Ctrl+Z)").arg(history.undoText()) : tr("Undo (Ctrl+Z)"));
    m_arrange->setEnabled(!locked);
    m_paletteFold->setShown(!locked);
    m_problems->setVisible(!locked);
    m_save->setVisible(!locked);
    m_publish->setVisible(!locked);
    m_save->setEnabled(m_state == State::Edited);
    m_save->setBusy(m_state == State::Saving);
    m_publish->setEnabled(m_state != State::Saving);
    m_stateWords->setText(locked                     ? tr("Read only")
                          : m_state == State::Edited ? tr("Not saved yet")
                          : m_state == State::Saving ? tr("Saving…")
                                                     : tr("Saved"));
}

void FlowEditor::showTab(Tab tab) {
    m_sideFold->unfold();
    const auto before = Tab(m_pages->currentIndex());
    if (m_tabs->current() != tab)
        m_tabs->setCurrent(tab);
    m_pages->setCurrentIndex(tab);
    if (tab == SimulatorTab && !m_simulator->isRunning())
        m_simulator->restart();
    else if (before == SimulatorTab && tab == PropertiesTab)
        m_simulator->stop();
}

/// The nodes in which the words that are searched for are written; also by its number.
std::vector<const flow::Node*> FlowEditor::hits() const {
    const QString wanted = m_search->text().trimmed();
    std::vector<const flow::Node*> found;
    for (const auto& node : m_document.graph().nodes) {
        const QString number = QString::number(node.id.value);
        if (!wanted.isEmpty() && (wanted == number || wanted == QLatin1Char('#') + number ||
                                  !textsOf(node, m_document.choices()).filter(wanted, Qt::CaseInsensitive).isEmpty()))
            found.push_back(&node);
    }
    return found;
}

void FlowEditor::search() {
    m_hit = {};
    std::vector<widgets::ListRow> rows;
    for (const auto* node : hits()) {
        if (rows.size() == kMostListed)
            break;
        rows.push_back({titleOf(*node), excerptOf(node->data, m_document.choices()), kindName(node->data),
                        glyphOf(node->data), qint64(node->id.value)});
    }
    m_found->setRows(rows);
    if (!rows.empty())
        m_found->popup();
    tellHits();
}

/// To the next hit or the one before, and round.
void FlowEditor::stepSearch(int by) {
    m_found->hide();
    const auto found = hits();
    if (found.empty())
        return;
    const auto count = std::ptrdiff_t(found.size());
    const auto here = std::find_if(found.begin(), found.end(), [this](const auto* node) { return node->id == m_hit; });
    const auto at = here != found.end() ? here - found.begin() : by > 0 ? -1 : count;
    m_hit = found[std::size_t((at + by + count) % count)]->id;
    m_canvas->reveal(m_hit);
    tellHits();
}

void FlowEditor::tellHits() {
    if (m_search->text().trimmed().isEmpty())
        return m_hits->clear();
    const auto found = hits();
    const auto here = std::find_if(found.begin(), found.end(), [this](const auto* node) { return node->id == m_hit; });
    m_hits->setText(
        found.empty() ? tr("Nothing found")
        : here == found.end()
            ? tr("Found: %1").arg(found.size())
            : tr("%1 of %2", "which of the nodes that were found").arg(here - found.begin() + 1).arg(found.size()));
    m_search->setAccessibleDescription(m_hits->text());
}

bool FlowEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
        const bool back = key.modifiers().testFlag(Qt::ShiftModifier);
        if (!(enter && back) && m_found->isVisible() && m_found->handleKey(key))
            return true;
        if (enter) {
            stepSearch(back ? -1 : 1);
            return true;
        }
        if (key.key() == Qt::Key_Escape && m_search->text().isEmpty()) {
            m_canvas->setFocus();
            return true;
        }
    }
    if (watched == m_search && event->type() == QEvent::FocusOut)
        m_found->setRows({});
    return Ground::eventFilter(watched, event);
}

void FlowEditor::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    if (!std::exchange(m_fitted, true))
        QMetaObject::invokeMethod(
            m_canvas, [this] { m_canvas->showBeginning(); }, Qt::QueuedConnection);
}

void FlowEditor::resizeEvent(QResizeEvent* event) {
    Ground::resizeEvent(event);
    for (Fold* fold : {m_paletteFold, m_sideFold})
        fold->setRoomy(width() >= look().px(kRoomyFrom));
}

// ---- files ------------------------------------------------------------------------------------------------------

void FlowEditor::writeFile() {
    auto* dialog = new QFileDialog(this, tr("Save the flow as a file"), m_flowName + QStringLiteral(".json"),
                                   tr("Flows (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const auto json = flow::toFile(m_document.graph(), namesHere(m_document));
        QSaveFile file(path);
        const auto size = qint64(json.size());
        if (file.open(QIODevice::WriteOnly) && file.write(json.data(), size) == size && file.commit())
            Q_EMIT told(Strip::Grade::Info, tr("Saved as %1").arg(path));
        else
            Q_EMIT told(Strip::Grade::Error, tr("The file could not be written there. Choose another folder."));
    });
    dialog->open();
}

void FlowEditor::readFile() {
    auto* dialog = new QFileDialog(this, tr("Take a flow over from a file"), {}, tr("Flows (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const FlowFile file = readFlowFile(path, m_document.graph().mode, namesHere(m_document));
        if (!file.graph)
            return Q_EMIT told(Strip::Grade::Error, file.remark);
        m_document.replaceAll(*file.graph, tr("Take over"));
        m_canvas->fitAll();
        if (!file.remark.isEmpty())
            Q_EMIT told(Strip::Grade::Warning, file.remark);
    });
    dialog->open();
}

void FlowEditor::writePicture(bool svg) {
    const QString suffix = svg ? QStringLiteral("svg") : QStringLiteral("png");
    auto* dialog = new QFileDialog(this, tr("Save a picture of the flow"), m_flowName + QLatin1Char('.') + suffix,
                                   svg ? tr("Pictures (*.svg)") : tr("Pictures (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, svg](const QString& path) {
        const auto done = svg ? writeSvg(*m_scene, path, m_flowName) : writePng(*m_scene, path);
        if (done)
            Q_EMIT told(Strip::Grade::Info, tr("Saved as %1").arg(path));
        else
            Q_EMIT told(Strip::Grade::Error, tr("The file could not be written there. Choose another folder."));
    });
    dialog->open();
}

} // namespace cb::floweditor
