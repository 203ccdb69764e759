#include "client/floweditor/workshop/flows_page.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/widgets/controls/format.h"
#include "shared/flow/json.h"
#include "shared/model/names.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtGui/QShowEvent>
#include <QtWidgets/QFileDialog>

namespace cb::floweditor {

using model::FlowState;
using widgets::Button;
using widgets::Glyph;
using widgets::Strip;

namespace {

enum Column { NameColumn, StateColumn, LinkedColumn, VersionColumn, UpdatedColumn, ByColumn, IdColumn };

} // namespace

FlowsPage::FlowsPage(state::AdminState& admin, model::Mode mode, const widgets::StateStore& store, QWidget* parent)
    : TablePage(parent)
    , m_admin(admin)
    , m_mode(mode)
    , m_import(new Button({}, Glyph::Upload, Button::Kind::Secondary)) {
    head()->addButton(m_import);
    table()->table().setColumns(
        {{QStringLiteral("name"), {}, 240},
         {QStringLiteral("state"), {}, 130},
         {QStringLiteral("linked"), {}, 200},
         {QStringLiteral("version"), {}, 90, true},
         {QStringLiteral("updated"), {}, 150},
         {QStringLiteral("by"), {}, 120},
         {QStringLiteral("id"), {}, 80, true}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return QVariant(qint64(at(row).id.value)); });
    table()->view().remember(store, QStringLiteral("flows"));
    connect(head()->button(), &Button::clicked, this, &FlowsPage::askNew);
    connect(m_import, &Button::clicked, this, &FlowsPage::readFile);
    connect(table(), &widgets::DataTable::makeWanted, this, &FlowsPage::askNew);
    connect(table(), &widgets::DataTable::retryWanted, this, [this] { m_admin.flows().load(); });
    connect(&table()->view(), &widgets::TableView::opened, this, [this](int row) { Q_EMIT openWanted(at(row).id); });
    connect(&table()->view(), &widgets::TableView::actionTriggered, this, &FlowsPage::act);
    connect(search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        const QString wanted = text.trimmed();
        table()->setPasses([this, wanted](int row) {
            return bridge::toQt(at(row).name).contains(wanted, Qt::CaseInsensitive) ||
                   QString::number(at(row).id.value) == wanted;
        });
    });
    for (state::Loaded* part : std::initializer_list<state::Loaded*>{&m_admin.flows(), &m_admin.channels()}) {
        connect(part, &state::Loaded::changed, this, &FlowsPage::tell);
        connect(part, &state::Loaded::outdated, this, [this, part] {
            if (isVisible())
                part->load();
        });
    }
    FlowsPage::retranslate();
    tell();
}

void FlowsPage::showEvent(QShowEvent* event) {
    TablePage::showEvent(event);
    if (event->spontaneous())
        return;
    m_admin.flows().load();
    m_admin.channels().load();
    m_admin.groups().load(); // files name those they use
}

void FlowsPage::retranslate() {
    TablePage::retranslate();
    const bool phone = m_mode == model::Mode::Phone;
    head()->tell(phone ? tr("IVRs") : tr("Session flows"),
                 phone ? tr("What callers hear and which keys lead where, until an agent answers.")
                       : tr("What customers read and choose, until an agent answers."),
                 phone ? tr("New IVR") : tr("New flow"));
    m_import->setText(tr("From a file…"));
    setFileName(phone ? tr("IVRs") : tr("Session flows"));
    table()->table().setTitles(
        {tr("Name"), tr("State"), tr("Linked to"), tr("Version"), tr("Changed"), tr("By"), tr("ID")});
    table()->setEmpty(Glyph::Workflow,
                      phone ? tr("An IVR greets callers, asks what they want, and leads them to a skill group.")
                            : tr("A flow greets customers, asks what they want, and leads them to a skill group."),
                      tr("Draw the first one"));
    table()->setNothingFound(tr("No flow has this in its name."));
    tellActions();
}

void FlowsPage::tellActions() {
    const auto editable = [this](int row) { return at(row).state == FlowState::Unpublished; };
    table()->view().setActions({
        {QStringLiteral("edit"), Glyph::Pencil, tr("Edit"), {}, editable},
        {QStringLiteral("view"), Glyph::Eye, tr("View"), {}, [editable](int row) { return !editable(row); }},
        {QStringLiteral("publish"), Glyph::CircleCheck, tr("Publish"), {}, editable},
        {QStringLiteral("unpublish"),
         Glyph::RotateCcw,
         tr("Unpublish"),
         {},
         [this](int row) { return at(row).state == FlowState::Published; }},
        {QStringLiteral("copy"), Glyph::Copy, tr("Copy as a new flow…"), {}, {}},
        {QStringLiteral("remove"), Glyph::Trash2, tr("Delete…"), QKeySequence::Delete, editable},
    });
}

void FlowsPage::tell() {
    m_flows.clear();
    for (const auto& flow : m_admin.flows().value().flows)
        if (flow.mode == m_mode)
            m_flows.push_back(flow);
    const auto& flows = m_admin.flows();
    if (flows.error())
        table()->showError(bridge::errorText(*flows.error()), bridge::errorCode(*flows.error()));
    else if (!flows.isThere())
        table()->showLoading();
    else
        table()->showRows(int(m_flows.size()));
}

widgets::TableCell FlowsPage::cell(int row, int column) const {
    const auto& flow = at(row);
    widgets::TableCell cell;
    switch (column) {
    case NameColumn:
        cell.text = bridge::toQt(flow.name);
        break;
    case StateColumn:
        cell.text = flow.state == FlowState::InUse       ? tr("In use")
                    : flow.state == FlowState::Published ? tr("Published")
                                                         : tr("Not published");
        cell.dot = flow.state == FlowState::InUse       ? widgets::StatusTone::Idle
                   : flow.state == FlowState::Published ? widgets::StatusTone::Break
                                                        : widgets::StatusTone::Offline;
        cell.sort = int(flow.state);
        break;
    case LinkedColumn: {
        QStringList names;
        for (const auto& channel : m_admin.channels().value().channels)
            if (std::find(flow.channels.begin(), flow.channels.end(), channel.id) != flow.channels.end())
                names << bridge::toQt(channel.name);
        cell.text = names.join(tr(", "));
        break;
    }
    case VersionColumn:
        cell.text = flow.version == 0 ? QString() : QString::number(flow.version);
        cell.sort = flow.version;
        break;
    case UpdatedColumn: {
        const QDateTime at = bridge::toQt(flow.updatedAt);
        cell.text = QLocale().toString(at.toLocalTime(), QLocale::ShortFormat);
        cell.sort = at;
        break;
    }
    case ByColumn:
        cell.text = bridge::toQt(flow.updatedBy);
        break;
    case IdColumn:
        cell.text = QString::number(flow.id.value);
        cell.sort = qint64(flow.id.value);
        cell.tone = widgets::Tone::Muted;
        break;
    }
    return cell;
}

template <class T>
api::RestClient::Then<T> FlowsPage::answered(std::function<void(const T&)> then) {
    return m_admin.after<T>({&m_admin.flows()}, [this, then = std::move(then)](const base::Result<T>& answer) {
        if (!answer)
            Q_EMIT told(Strip::Grade::Error, bridge::errorText(answer.error()));
        else if (then)
            then(*answer);
    });
}

void FlowsPage::act(const QString& action, int row) {
    const auto flow = at(row);
    if (action == QLatin1String("edit") || action == QLatin1String("view"))
        return Q_EMIT openWanted(flow.id);
    if (action == QLatin1String("publish"))
        return publish(flow);
    if (action == QLatin1String("copy"))
        return duplicate(flow);
    if (action == QLatin1String("remove"))
        return askRemove(flow);
    if (action == QLatin1String("unpublish"))
        m_admin.client().unpublishFlow(flow.id, flow.revision, this, answered<wire::FlowHead>());
}

/// What keeps it from being published stands at its nodes: it is opened.
void FlowsPage::publish(const wire::FlowHead& flow) {
    const auto then = [this, id = flow.id](const base::Result<wire::FlowHead>& head) {
        if (head)
            return Q_EMIT told(Strip::Grade::Info, tr("Published as version %1.").arg(head->version));
        Q_EMIT told(Strip::Grade::Warning, bridge::errorText(head.error()));
        if (head.error().code == "flow_invalid" || head.error().code == "flow_tests_failed")
            Q_EMIT openWanted(id);
    };
    m_admin.client().publishFlow(flow.id, {flow.revision, false}, this,
                                 m_admin.after<wire::FlowHead>({&m_admin.flows()}, then));
}

void FlowsPage::askRemove(const wire::FlowHead& flow) {
    auto* ask = new widgets::ConfirmDialog(tr("Delete “%1”?").arg(bridge::toQt(flow.name)),
                                           tr("This is final. Conversations that went through it keep their records."),
                                           tr("Delete"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this, flow] {
        m_admin.client().removeFlow(flow.id, flow.revision, this,
                                    m_admin.after<void>({&m_admin.flows()}, [this](const base::Result<void>& done) {
                                        if (!done)
                                            Q_EMIT told(Strip::Grade::Error, bridge::errorText(done.error()));
                                    }));
    });
    ask->open();
}

void FlowsPage::duplicate(const wire::FlowHead& flow) {
    auto* dialog =
        new NameDialog(tr("Copy as a new flow"), tr("%1 (copy)").arg(bridge::toQt(flow.name)), tr("Make it"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::named, this, [this, flow](const QString& name) {
        m_admin.client().flow(flow.id, 0, this, [this, name](const base::Result<wire::FlowDocument>& document) {
            if (!document)
                return Q_EMIT told(Strip::Grade::Error, bridge::errorText(document.error()));
            m_admin.client().addFlow(
                {bridge::toStd(name), m_mode, document->graph, document->tests}, this,
                answered<wire::FlowHead>([this](const wire::FlowHead& head) { Q_EMIT openWanted(head.id); }));
        });
    });
    dialog->open();
}

void FlowsPage::askNew() {
    const bool phone = m_mode == model::Mode::Phone;
    auto* dialog = new NameDialog(phone ? tr("New IVR") : tr("New flow"), {}, tr("Draw it"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::named, this, [this](const QString& name) { add(name, templateJson(m_mode)); });
    dialog->open();
}

void FlowsPage::add(const QString& name, const std::string& graph, const QString& remark) {
    m_admin.client().addFlow({bridge::toStd(name), m_mode, {graph}, {}}, this,
                             answered<wire::FlowHead>([this, remark](const wire::FlowHead& head) {
                                 Q_EMIT openWanted(head.id);
                                 if (!remark.isEmpty())
                                     Q_EMIT told(Strip::Grade::Warning, remark);
                             }));
}

/// What the numbers of a flow of this kind are called in this call centre.
flow::Names FlowsPage::namesHere() const {
    flow::Names names;
    for (const auto& group : m_admin.groups().value().groups)
        if (group.mode == m_mode)
            names.groups[flow::GroupId{group.id.value}] = group.name;
    return names;
}

void FlowsPage::readFile() {
    auto* dialog = new QFileDialog(this, tr("Make a flow of a file"), {}, tr("Flows (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const FlowFile file = readFlowFile(path, *flow::parseMode(model::name(m_mode)), namesHere());
        if (!file.graph)
            return Q_EMIT told(Strip::Grade::Error, file.remark);
        add(QFileInfo(path).completeBaseName().left(NameDialog::kMaxName), flow::toJson(*file.graph), file.remark);
    });
    dialog->open();
}

namespace {

struct Template {
    Q_DECLARE_TR_FUNCTIONS(Template)
};

std::string words(const QString& text) {
    return text.toStdString();
}

flow::Sound speech(const QString& text) {
    return {flow::Sound::Source::Speech, {}, words(text), {}};
}

flow::Graph chatTemplate() {
    using namespace flow;
    const auto transfer = [] {
        return Transfer{{},
                        words(Template::tr("One moment please: ${WaitNo} customers are before you.")),
                        words(Template::tr("Sorry, nobody is online at the moment. Please come back later.")),
                        words(Template::tr("Agent ${StaffNo} is with you.")),
                        base::Seconds{600}};
    };
    const auto sales = words(Template::tr("Sales"));
    const auto support = words(Template::tr("Support"));
    Graph graph;
    graph.nodes = {
        {NodeId{1}, "", {0, 80}, Start{}},
        {NodeId{2},
         words(Template::tr("Greeting")),
         {300, 60},
         Message{words(Template::tr("Hello, how can we help you?"))}},
        {NodeId{3},
         words(Template::tr("Menu")),
         {600, 40},
         Branch{words(Template::tr("Please reply with 1 for sales or 2 for support.")),
                words(Template::tr("Sorry, that was not one of the choices.")),
                {{sales, {"1", sales}}, {support, {"2", support}}}}},
        {NodeId{4}, words(Template::tr("To sales")), {900, -80}, transfer()},
        {NodeId{5}, words(Template::tr("To support")), {900, 160}, transfer()},
        {NodeId{6},
         "",
         {1200, 60},
         End{base::Seconds{600}, words(Template::tr("The chat was closed because of silence.")),
             words(Template::tr("Thank you and goodbye!"))}},
    };
    graph.edges = {{NodeId{1}, "next", NodeId{2}},   {NodeId{2}, "next", NodeId{3}},   {NodeId{3}, sales, NodeId{4}},
                   {NodeId{3}, support, NodeId{5}},  {NodeId{4}, "served", NodeId{6}}, {NodeId{4}, "failed", NodeId{6}},
                   {NodeId{5}, "served", NodeId{6}}, {NodeId{5}, "failed", NodeId{6}}};
    return graph;
}

flow::Graph phoneTemplate() {
    using namespace flow;
    const auto sales = words(Template::tr("Sales"));
    const auto support = words(Template::tr("Support"));
    const auto transfer = [] {
        return CallTransfer{{}, speech(Template::tr("One moment please.")), {}, {}, base::Seconds{300}};
    };
    KeyBranch menu;
    menu.prompt = speech(Template::tr("For sales press 1, for support press 2."));
    menu.timeoutPrompt = speech(Template::tr("We heard nothing."));
    menu.wrongPrompt = speech(Template::tr("That was not one of the choices."));
    menu.options = {{sales, "1"}, {support, "2"}};
    Graph graph;
    graph.mode = flow::Mode::Phone;
    graph.nodes = {
        {NodeId{1}, "", {0, 80}, Start{}},
        {NodeId{2}, words(Template::tr("Greeting")), {300, 60}, Play{speech(Template::tr("Welcome."))}},
        {NodeId{3}, words(Template::tr("Menu")), {600, 40}, menu},
        {NodeId{4}, words(Template::tr("To sales")), {900, -80}, transfer()},
        {NodeId{5}, words(Template::tr("To support")), {900, 160}, transfer()},
        {NodeId{6}, "", {1200, 60}, CallEnd{}},
    };
    graph.edges = {{NodeId{1}, "next", NodeId{2}},   {NodeId{2}, "next", NodeId{3}},   {NodeId{3}, sales, NodeId{4}},
                   {NodeId{3}, support, NodeId{5}},  {NodeId{4}, "served", NodeId{6}}, {NodeId{4}, "failed", NodeId{6}},
                   {NodeId{5}, "served", NodeId{6}}, {NodeId{5}, "failed", NodeId{6}}};
    return graph;
}

} // namespace

std::string templateJson(model::Mode mode) {
    auto graph = mode == model::Mode::Phone ? phoneTemplate() : chatTemplate();
    graph.mode = *flow::parseMode(model::name(mode));
    return flow::toJson(graph);
}

} // namespace cb::floweditor
