#include "client/floweditor/simulator/tests_panel.h"

#include "client/floweditor/document/words.h"
#include "client/widgets/overlay/list_row.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QBoxLayout>

#include <utility>

namespace cb::floweditor {

using widgets::Button;
using widgets::Glyph;

namespace {

constexpr int kCheckPauseMillis = 200;
constexpr int kName = 80; ///< characters

QString nodeName(const flow::Graph& graph, flow::NodeId id) {
    const auto* node = flow::find(graph, id);
    return node != nullptr ? titleOf(*node) : TestsPanel::tr("a node that is gone");
}

} // namespace

QString sentenceOf(const flowtest::Verdict& verdict, const flow::Graph& graph) {
    if (verdict.passed)
        return {};
    if (verdict.code == "flow_no_start")
        return TestsPanel::tr("The flow has no start.");
    if (verdict.code == "other_end")
        return TestsPanel::tr("It ends another way.");
    if (verdict.code == "input_refused")
        return TestsPanel::tr("Step %1 is not possible any more.").arg(verdict.input + 1);
    if (!verdict.came)
        return TestsPanel::tr("It stops before “%1”.").arg(nodeName(graph, verdict.expected));
    if (!verdict.expected)
        return TestsPanel::tr("It goes on to “%1”.").arg(nodeName(graph, verdict.came));
    return TestsPanel::tr("It goes to “%1” instead of “%2”.")
        .arg(nodeName(graph, verdict.came), nodeName(graph, verdict.expected));
}

TestsPanel::TestsPanel(Document& document, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_document(document)
    , m_list(new QListWidget)
    , m_empty(new widgets::EmptyState(Glyph::CircleCheck, {}))
    , m_play(new Button({}, Glyph::Play))
    , m_remove(new Button({}, Glyph::Trash2)) {
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new widgets::ListRowDelegate(m_list));
    for (Button* button : {m_play, m_remove})
        button->setSmall(true);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_play);
    foot->addWidget(m_remove);
    foot->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look().grid(3), look().grid(3), look().grid(3), look().grid(3));
    column->addWidget(m_empty, 1);
    column->addWidget(m_list, 1);
    column->addLayout(foot);
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(kCheckPauseMillis);
    connect(&m_checkSoon, &QTimer::timeout, this, &TestsPanel::check);
    connect(&document, &Document::changed, this, [this] { m_checkSoon.start(); });
    for (const auto signal : {&Document::testsChanged, &Document::testsReadOnlyChanged})
        connect(&document, signal, this, &TestsPanel::fill);
    connect(m_list, &QListWidget::itemChanged, this, &TestsPanel::renamed);
    const auto play = [this] {
        if (const int row = m_list->currentRow(); row >= 0)
            Q_EMIT playWanted(m_document.tests()[std::size_t(row)]);
    };
    connect(m_list, &QListWidget::itemDoubleClicked, this, play);
    connect(m_play, &Button::clicked, this, play);
    connect(m_remove, &Button::clicked, this, &TestsPanel::removeChosen);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        m_play->setEnabled(row >= 0);
        m_remove->setEnabled(row >= 0 && !m_document.areTestsReadOnly());
    });
    TestsPanel::retranslate();
}

void TestsPanel::retranslate() {
    m_empty->setSentence(
        tr("A run of the simulator can be kept as a test. Publishing plays all tests and stops when one goes another "
           "way."));
    m_play->setText(tr("Play"));
    m_remove->setText(tr("Delete"));
    m_list->setAccessibleName(tr("Tests"));
    fill();
}

void TestsPanel::fill() {
    {
        const QSignalBlocker quiet(m_list);
        const int row = m_list->currentRow();
        m_list->clear();
        for (const auto& test : m_document.tests()) {
            auto* item = new QListWidgetItem(QString::fromStdString(test.name), m_list);
            if (!m_document.areTestsReadOnly())
                item->setFlags(item->flags() | Qt::ItemIsEditable);
        }
        m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    }
    const bool any = m_list->count() > 0;
    m_empty->setVisible(!any);
    m_list->setVisible(any);
    m_play->setVisible(any);
    m_remove->setVisible(any);
    m_play->setEnabled(m_list->currentRow() >= 0);
    m_remove->setEnabled(m_list->currentRow() >= 0 && !m_document.areTestsReadOnly());
    check();
}

void TestsPanel::check() {
    const QSignalBlocker quiet(m_list);
    int failing = 0;
    for (int row = 0; row < m_list->count(); ++row) {
        const auto verdict = flowtest::run(m_document.graph(), m_document.tests()[std::size_t(row)]);
        auto* item = m_list->item(row);
        item->setData(widgets::GlyphRole, int(verdict.passed ? Glyph::CircleCheck : Glyph::CircleX));
        item->setToolTip(verdict.passed ? tr("Passes") : sentenceOf(verdict, m_document.graph()));
        item->setData(widgets::SubtitleRole, verdict.passed ? QString() : item->toolTip());
        item->setData(Qt::AccessibleDescriptionRole, item->toolTip());
        failing += verdict.passed ? 0 : 1;
    }
    if (std::exchange(m_failing, failing) != failing)
        Q_EMIT failingChanged(failing);
}

void TestsPanel::select(const QString& name) {
    const auto found = m_list->findItems(name, Qt::MatchExactly);
    if (!found.isEmpty())
        m_list->setCurrentItem(found.front());
}

void TestsPanel::removeChosen() {
    const int row = m_list->currentRow();
    if (row < 0 || m_document.areTestsReadOnly())
        return;
    auto tests = m_document.tests();
    tests.erase(tests.begin() + row);
    m_document.setTests(std::move(tests));
}

void TestsPanel::renamed(QListWidgetItem* item) {
    auto tests = m_document.tests();
    const auto row = std::size_t(m_list->row(item));
    if (row >= tests.size())
        return;
    const QString name = item->text().trimmed().left(kName);
    if (!name.isEmpty())
        tests[row].name = name.toStdString();
    if (tests == m_document.tests())
        return fill(); // the name as it was
    m_document.setTests(std::move(tests));
}

} // namespace cb::floweditor
