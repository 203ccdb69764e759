#include "client/admin/groups_page.h"

#include "client/bridge/convert.h"
#include "shared/model/names.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cb::admin {

namespace {

enum Column { NameColumn, LimitColumn, MembersColumn, FlowsColumn };

constexpr int kMaxName = 20;
constexpr int kMaxLimit = 100;

QString joined(const std::vector<std::string>& names) {
    QStringList list;
    for (const auto& name : names)
        list << bridge::toQt(name);
    return QLocale().createSeparatedList(list);
}

} // namespace

GroupsPage::GroupsPage(const Context& context, model::Mode mode, QWidget* parent)
    : ListPage(context, parent)
    , m_mode(mode) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("name"), {}, 200},
         {QStringLiteral("limit"), {}, 150, true},
         {QStringLiteral("members"), {}, 120, true},
         {QStringLiteral("flows"), {}, 260}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return qint64(m_rows[std::size_t(row)].id.value); });
    const auto name = QString::fromLatin1(model::name(mode).data(), qsizetype(model::name(mode).size()));
    view.remember(this->context().store, QStringLiteral("groups-") + name);
    setFileName(QStringLiteral("skill-groups-") + name);
    connect(head()->button(), &QAbstractButton::clicked, this, [this] { open(-1); });
    connect(table(), &widgets::DataTable::makeWanted, this, [this] { open(-1); });
    connect(&view, &widgets::TableView::opened, this, &GroupsPage::open);
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString& id, int row) {
        if (id == QLatin1String("edit"))
            open(row);
        else
            askDelete(row);
    });
    connect(search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        table()->setPasses([this, text = text.trimmed()](int row) {
            return bridge::toQt(m_rows[std::size_t(row)].name).contains(text, Qt::CaseInsensitive);
        });
    });
    GroupsPage::tellWords();
    use({&admin().groups(), &admin().agents()});
}

void GroupsPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    table()->view().viewport()->update();
}

void GroupsPage::tellWords() {
    const QString sentence =
        m_mode == model::Mode::Phone      ? tr("Who answers calls. IVRs transfer callers to a skill group.")
        : m_mode == model::Mode::AllMedia ? tr("Who takes audio and video calls with text beside them. Session flows "
                                               "transfer customers to a skill group.")
                                          : tr("Who answers chats. Session flows transfer customers to a skill group.");
    head()->tell(tr("Skill groups"), sentence, tr("Add skill group"));
    table()->setEmpty(
        widgets::Glyph::Users,
        tr("A skill group is a team that answers the same kind of question. Add one, then give it agents."),
        tr("Add skill group"));
    table()->table().setTitles({tr("Name"), tr("Sessions per agent"), tr("Members"), tr("Used by flows")});
    table()->view().setActions(
        {{QStringLiteral("edit"), widgets::Glyph::Pencil, tr("Edit"), {}, {}},
         {QStringLiteral("delete"), widgets::Glyph::Trash2, tr("Delete…"), QKeySequence(Qt::Key_Delete), {}}});
}

void GroupsPage::fill() {
    m_rows.clear();
    for (const auto& group : admin().groups().value().groups)
        if (group.mode == m_mode)
            m_rows.push_back(group);
    table()->showRows(int(m_rows.size()));
}

widgets::TableCell GroupsPage::cell(int row, int column) const {
    const auto& group = m_rows[std::size_t(row)];
    const QLocale locale;
    switch (column) {
    case NameColumn:
        return {bridge::toQt(group.name)};
    case LimitColumn:
        return {locale.toString(group.limit), group.limit};
    case MembersColumn:
        return {locale.toString(qulonglong(group.members.size())),
                qint64(group.members.size()),
                {},
                group.members.empty() ? widgets::Tone::Danger : widgets::Tone::Normal};
    default:
        return {joined(group.flows)};
    }
}

void GroupsPage::open(int row) {
    const auto group = row < 0 ? wire::GroupRow{{}, m_mode, {}, m_mode == model::Mode::Chat ? 5 : 1, {}, {}}
                               : m_rows[std::size_t(row)];
    const QString title = row < 0 ? tr("New skill group") : bridge::toQt(group.name);
    edit(
        title, row < 0 ? tr("Add") : tr("Save"),
        [this, group] {
            const auto now =
                std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& one) { return one.id == group.id; });
            return makeForm(now == m_rows.end() ? group : *now);
        },
        [this](Form&) { store(); });
}

Form* GroupsPage::makeForm(const wire::GroupRow& group) {
    m_group = group;
    auto* form = new Form;
    m_name = form->addText(QStringLiteral("name"), tr("Name"), bridge::toQt(group.name), kMaxName);
    m_limit = nullptr;
    if (m_mode == model::Mode::Chat) {
        m_limit = form->addNumber(QStringLiteral("limit"), tr("Sessions per agent at most"), group.limit, 1, kMaxLimit);
        m_limit->setHint(tr("So many chats one agent has at once, those of other groups included."));
    } else {
        form->addNote(tr("An agent has one such session at a time."));
    }
    m_record = nullptr;
    if (m_mode == model::Mode::Phone) {
        m_record = form->addCheck(tr("Record the calls"), group.record);
        form->addNote(tr("While an agent of this group has a call, both sides are recorded. Let the IVR tell callers "
                         "so. Recordings are heard in the service records."));
    }
    std::vector<widgets::TickList::Row> rows;
    for (const auto& agent : admin().agents().value().agents)
        rows.push_back(
            {bridge::toQt(agent.agent.name),
             QStringLiteral("%1 · %2").arg(bridge::toQt(agent.agent.staffNo), bridge::toQt(agent.agent.email)),
             qint64(agent.agent.id.value),
             std::find(group.members.begin(), group.members.end(), agent.agent.id) != group.members.end()});
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.ticked > b.ticked; });
    m_members = form->addTicks(tr("Members"), rows, tr("There are no agents yet."));
    if (!group.flows.empty())
        form->addFacts({{tr("Used by flows"), joined(group.flows)}});
    return form;
}

void GroupsPage::store() {
    if (m_name->text().trimmed().isEmpty())
        return m_name->setError(tr("A skill group needs a name."));
    const wire::GroupDraft draft{m_mode, bridge::toStd(m_name->text().trimmed()), m_limit ? m_limit->box()->value() : 1,
                                 m_record != nullptr && m_record->isChecked()};
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    const QString said = m_group.id ? tr("Saved.") : tr("%1 is added.").arg(bridge::toQt(draft.name));
    const auto refused = saved<void>({&admin().groups()}, {});
    // What the server has taken is not asked for again when the members are refused.
    const auto taken = [this, draft, said](model::GroupId id) {
        m_group.id = id;
        m_group.name = draft.name;
        m_group.limit = draft.limit;
        m_group.record = draft.record;
        storeMembers(said);
    };
    if (!m_group.id)
        admin().client().addGroup(draft, this, [refused, taken](base::Result<wire::Made> made) {
            if (made)
                taken(model::GroupId{made->id});
            else
                refused(made.error());
        });
    else if (draft.name != m_group.name || draft.limit != m_group.limit || draft.record != m_group.record)
        admin().client().changeGroup(m_group.id, draft, this,
                                     [refused, taken, id = m_group.id](const base::Result<void>& done) {
                                         if (done)
                                             taken(id);
                                         else
                                             refused(done);
                                     });
    else
        storeMembers(said);
}

void GroupsPage::storeMembers(const QString& said) {
    std::vector<model::AgentId> wanted;
    for (const auto& key : m_members->ticked())
        wanted.push_back(model::AgentId{key.toLongLong()});
    const auto without = [](const std::vector<model::AgentId>& some, const std::vector<model::AgentId>& others) {
        std::vector<model::AgentId> left;
        std::copy_if(some.begin(), some.end(), std::back_inserter(left), [&others](model::AgentId agent) {
            return std::find(others.begin(), others.end(), agent) == others.end();
        });
        return left;
    };
    const wire::MembersChange change{without(wanted, m_group.members), without(m_group.members, wanted)};
    const auto then = saved<wire::GroupRow>({&admin().groups(), &admin().agents()}, said);
    if (change == wire::MembersChange{})
        then(wire::GroupRow{});
    else
        admin().client().changeMembers(m_group.id, change, this, then);
}

void GroupsPage::askDelete(int row) {
    const auto group = m_rows[std::size_t(row)];
    const QString name = bridge::toQt(group.name);
    confirm(tr("Delete the skill group “%1”?").arg(name),
            tr("Its agents stay, without this group. It cannot be deleted while a published flow uses it or it has "
               "sessions."),
            tr("Delete"), [this, id = group.id, name] {
                admin().client().removeGroup(
                    id, this, done<void>({&admin().groups(), &admin().agents()}, tr("%1 is deleted.").arg(name)));
            });
}

} // namespace cb::admin
