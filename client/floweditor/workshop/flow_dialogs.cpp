#include "client/floweditor/workshop/flow_dialogs.h"

#include "client/widgets/controls/format.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/floweditor/simulator/tests_panel.h"
#include "client/widgets/controls/splitter.h"
#include "client/widgets/overlay/list_row.h"
#include "shared/flow/json.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>

namespace cb::floweditor {

using widgets::Button;
using widgets::Glyph;
using widgets::Label;

namespace {

/// A dialog that shows two pictures wants most of the window it stands on.
QSize roomOf(const QWidget* parent) {
    return parent == nullptr ? QSize(1100, 700) : parent->window()->size() * 0.9;
}

flowtest::Verdict verdictOf(const QJsonObject& json) {
    flowtest::Verdict verdict;
    verdict.code = json.value(QLatin1String("code")).toString().toStdString();
    verdict.expected = flow::NodeId{json.value(QLatin1String("expected")).toInteger()};
    verdict.came = flow::NodeId{json.value(QLatin1String("came")).toInteger()};
    verdict.end = json.value(QLatin1String("end")).toString().toStdString();
    return verdict;
}

} // namespace

// ---- name -----------------------------------------------------------------------------------------------------------

NameDialog::NameDialog(const QString& title, const QString& name, const QString& action, QWidget* parent)
    : Dialog(title, parent)
    , m_name(new widgets::TextField(tr("Name"))) {
    m_name->edit()->setMaxLength(kMaxName);
    m_name->setText(name.left(kMaxName));
    m_name->edit()->selectAll();
    body()->addWidget(m_name);
    addCancel();
    auto* make = addButton(action, Button::Kind::Primary);
    connect(make, &Button::clicked, this, [this] {
        const QString given = m_name->text().trimmed();
        if (given.isEmpty())
            return m_name->setError(tr("A name is needed."));
        accept();
        Q_EMIT named(given);
    });
    m_name->edit()->setFocus();
}

// ---- failed tests -----------------------------------------------------------------------------------------------

FailedTestsDialog::FailedTestsDialog(const base::Error& error, const flow::Graph& graph, QWidget* parent)
    : Dialog(tr("The flow fails its tests"), parent) {
    const auto found = error.params.find("tests");
    const auto json = found == error.params.end() ? QByteArray() : QByteArray::fromStdString(found->second);
    const auto tests = QJsonDocument::fromJson(json).array();
    auto* words = new Label(tr("It was not published. These tests go another way than they were kept:"));
    words->setWordWrap(true);
    body()->addWidget(words);
    auto* list = new QListWidget;
    list->setItemDelegate(new widgets::ListRowDelegate(list));
    list->setAccessibleName(tr("Failed tests"));
    list->setMinimumSize(look().px(440), look().controlHeight() * std::min(6, std::max(2, int(tests.size()))));
    for (const auto& each : tests) {
        const auto test = each.toObject();
        const QString name = test.value(QLatin1String("name")).toString();
        auto* item = new QListWidgetItem(tr("%1: %2").arg(name, sentenceOf(verdictOf(test), graph)), list);
        item->setData(widgets::GlyphRole, int(Glyph::CircleX));
        item->setToolTip(widgets::tipOf(item->text()));
    }
    body()->addWidget(list);
    auto* anyway = addButton(tr("Publish anyway"), Button::Kind::Danger);
    addCancel();
    auto* show = addButton(tr("Show the tests"), Button::Kind::Primary);
    anyway->setToolTip(tr("The audit log will say so."));
    anyway->setAutoDefault(false);
    show->setDefault(true);
    show->setFocus();
    connect(anyway, &Button::clicked, this, &QDialog::accept);
    connect(show, &Button::clicked, this, [this] {
        reject();
        Q_EMIT testsWanted();
    });
}

// ---- conflict -----------------------------------------------------------------------------------------------------

ConflictDialog::ConflictDialog(CompareView::Side theirs, CompareView::Side mine, const QStringList& coming,
                               const Choices& choices, bool mayReplace, QWidget* parent)
    : Dialog(tr("Somebody else changed this flow"), parent) {
    auto* words =
        new Label(mayReplace ? tr("Nothing is overwritten until you choose. What you do not choose is gone, "
                                  "unless you make a flow of its own of it.")
                             : tr("It was published meanwhile, so it cannot be changed now. You can make a flow "
                                  "of its own of what you drew."));
    words->setWordWrap(true);
    words->setTone(widgets::Tone::Muted);
    body()->addWidget(words);
    if (!coming.isEmpty()) {
        auto* tests =
            new Label(tr("Tests from the server that stay, whichever you choose: %1").arg(coming.join(tr(", "))));
        tests->setWordWrap(true);
        body()->addWidget(tests);
    }
    auto* view = new CompareView(std::move(theirs), std::move(mine), choices);
    body()->addWidget(view, 1);
    resize(roomOf(parent));
    addCancel();
    auto* take = addButton(tr("Take the server version"), Button::Kind::Secondary);
    auto* copy = addButton(tr("Make a flow of mine"), mayReplace ? Button::Kind::Secondary : Button::Kind::Primary);
    connect(take, &Button::clicked, this, [this] {
        accept();
        Q_EMIT theirsChosen();
    });
    connect(copy, &Button::clicked, this, [this] {
        accept();
        Q_EMIT copyChosen();
    });
    if (!mayReplace)
        return;
    auto* keep = addButton(tr("Replace it with mine"), Button::Kind::Danger);
    keep->setAutoDefault(false);
    connect(keep, &Button::clicked, this, [this] {
        accept();
        Q_EMIT mineChosen();
    });
}

// ---- versions -----------------------------------------------------------------------------------------------------

VersionsDialog::VersionsDialog(state::FlowWork& work, const Choices& choices, QWidget* parent)
    : Dialog(tr("Versions of “%1”").arg(bridge::toQt(work.head().name)), parent)
    , m_work(work)
    , m_choices(choices)
    , m_list(new QListWidget)
    , m_beside(new widgets::SelectField(tr("Compare with")))
    , m_room(new QVBoxLayout) {
    auto draft = flow::parseJson(work.content().graph);
    m_graphs[0] = draft ? std::move(*draft) : flow::Graph{};
    m_beside->setLineKept(false);
    m_beside->box()->addItem(tr("The draft"), 0);
    m_list->setItemDelegate(new widgets::ListRowDelegate(m_list));
    m_list->setAccessibleName(tr("Versions"));
    m_list->setFrameShape(QFrame::NoFrame);
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, look().grid(2), 0);
    column->addWidget(m_list, 1);
    column->addWidget(m_beside);
    auto* right = new QWidget;
    right->setLayout(m_room);
    m_room->setContentsMargins(0, 0, 0, 0);
    auto* parts = new widgets::Splitter(QStringLiteral("flow-versions"), Qt::Horizontal);
    parts->addWidget(left);
    parts->addWidget(right);
    parts->setStretchFactor(1, 1);
    parts->restore({look().px(240), look().px(860)});
    body()->addWidget(parts, 1);
    resize(roomOf(parent));
    m_restore = addButton(tr("Make it the draft"), Button::Kind::Secondary);
    m_restore->setEnabled(false);
    auto* done = addButton(tr("Close"), Button::Kind::Primary);
    connect(done, &Button::clicked, this, &QDialog::accept);
    connect(m_restore, &Button::clicked, this, &VersionsDialog::restore);
    connect(m_list, &QListWidget::currentRowChanged, this, &VersionsDialog::compareBoth);
    connect(m_beside->box(), &QComboBox::currentIndexChanged, this, &VersionsDialog::compareBoth);
    place(new widgets::EmptyState(Glyph::History, tr("Asking the server for the versions…")));
    m_work.versions(this, [this](const base::Result<wire::FlowVersions>& versions) {
        if (!versions)
            return place(new widgets::EmptyState(Glyph::TriangleAlert, bridge::errorText(versions.error())));
        fill(*versions);
    });
}

void VersionsDialog::place(QWidget* view) {
    delete std::exchange(m_view, view);
    m_room->addWidget(view, 1);
}

void VersionsDialog::fill(const wire::FlowVersions& versions) {
    for (const auto& version : versions.versions) {
        if (version.version == 0)
            continue;
        const QString when = QLocale().toString(bridge::toQt(version.at).toLocalTime(), QLocale::ShortFormat);
        auto* item = new QListWidgetItem(tr("Version %1").arg(version.version), m_list);
        item->setData(widgets::GlyphRole, int(Glyph::History));
        item->setData(widgets::SubtitleRole,
                      version.by.empty() ? when : tr("%1, by %2", "time, person").arg(when, bridge::toQt(version.by)));
        item->setData(Qt::UserRole, version.version);
        m_beside->box()->addItem(item->text(), version.version);
    }
    if (m_list->count() == 0)
        return place(new widgets::EmptyState(Glyph::History,
                                             tr("This flow was never published. Every publishing makes a version.")));
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

CompareView::Side VersionsDialog::sideOf(int version) const {
    for (int row = 0; row < m_list->count(); ++row)
        if (const auto* item = m_list->item(row); item->data(Qt::UserRole).toInt() == version)
            return {m_graphs.at(version), item->text(), item->data(widgets::SubtitleRole).toString(), {}};
    return {m_graphs.at(version), tr("The draft"), {}, {}};
}

void VersionsDialog::fetch(int version) {
    place(new widgets::EmptyState(Glyph::History, tr("Opening version %1…").arg(version)));
    m_work.version(version, this, [this, version](const base::Result<wire::FlowDocument>& document) {
        auto graph = document ? flow::parseJson(document->graph.text) : base::Result<flow::Graph>(document.error());
        const bool wanted = version == m_shown || version == beside(); // or another one was chosen meanwhile
        if (graph)
            m_graphs[version] = std::move(*graph);
        if (wanted && graph)
            compareBoth();
        else if (wanted)
            place(new widgets::EmptyState(Glyph::TriangleAlert,
                                          document ? tr("This version cannot be read by this version of the program.")
                                                   : bridge::errorText(document.error())));
    });
}

/// The older one at the left.
void VersionsDialog::compareBoth() {
    const auto* item = m_list->currentItem();
    m_restore->setEnabled(false);
    if (item == nullptr)
        return;
    m_shown = item->data(Qt::UserRole).toInt();
    for (const int version : {m_shown, beside()})
        if (!m_graphs.contains(version))
            return fetch(version);
    const bool shownFirst = beside() == 0 || m_shown <= beside();
    m_restore->setEnabled(m_work.isEditable() && !compare(m_graphs[m_shown], m_graphs[0]).isEmpty());
    m_restore->setText(tr("Make version %1 the draft").arg(m_shown));
    m_restore->setToolTip(m_work.isEditable() ? QString()
                                              : tr("Unpublish the flow first; a published one is not changed."));
    place(new CompareView(sideOf(shownFirst ? m_shown : beside()), sideOf(shownFirst ? beside() : m_shown), m_choices));
}

void VersionsDialog::restore() {
    auto* ask = new widgets::ConfirmDialog(
        tr("Make version %1 the draft?").arg(m_shown),
        tr("It takes the place of the present draft, with everything that is not saved or published."),
        tr("Make it the draft"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this] {
        m_work.restore(m_shown);
        accept();
    });
    ask->open();
}

} // namespace cb::floweditor
