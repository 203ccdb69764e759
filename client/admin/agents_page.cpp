#include "client/admin/agents_page.h"

#include "client/admin/bulk_dialog.h"
#include "client/admin/sheet/agents.h"
#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cb::admin {

namespace {

enum Column {
    NameColumn,
    StaffNoColumn,
    EmailColumn,
    NicknameColumn,
    MobileColumn,
    RoleColumn,
    GroupsColumn,
    SinceColumn
};

constexpr int kMaxName = 50;
constexpr int kMaxStaffNo = 32;
constexpr int kMaxMobile = 30;

} // namespace

AgentsPage::AgentsPage(const Context& context, QWidget* parent)
    : ListPage(context, parent)
    , m_group(new QComboBox)
    , m_role(new QComboBox)
    , m_bulk(new widgets::Button({}, widgets::Glyph::Upload)) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("name"), {}, 130},
         {QStringLiteral("staff_no"), {}, 100},
         {QStringLiteral("email"), {}, 200},
         {QStringLiteral("nickname"), {}, 100},
         {QStringLiteral("mobile"), {}, 120},
         {QStringLiteral("role"), {}, 80},
         {QStringLiteral("groups"), {}, 180},
         {QStringLiteral("since"), {}, 140}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return qint64(m_rows[std::size_t(row)].agent.id.value); });
    view.remember(this->context().store, QStringLiteral("agents"));
    setFileName(QStringLiteral("agents"));
    head()->addButton(m_bulk);
    for (QComboBox* box : {m_group, m_role}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(9);
        addFilter(box);
        connect(box, &QComboBox::currentIndexChanged, this, &AgentsPage::filter);
    }
    connect(search(), &QLineEdit::textChanged, this, &AgentsPage::filter);
    connect(head()->button(), &QAbstractButton::clicked, this, [this] { open(-1); });
    connect(m_bulk, &QAbstractButton::clicked, this, &AgentsPage::openBulk);
    connect(table(), &widgets::DataTable::makeWanted, this, [this] { open(-1); });
    connect(&view, &widgets::TableView::opened, this, &AgentsPage::open);
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString& id, int row) {
        if (id == QLatin1String("edit"))
            open(row);
        else if (id == QLatin1String("reset"))
            askReset(row);
        else
            askDelete(row);
    });
    AgentsPage::tellWords();
    fillFilters();
    use({&admin().agents(), &admin().groups()});
}

void AgentsPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    fillFilters();
    table()->view().viewport()->update();
}

void AgentsPage::tellWords() {
    tellHead();
    m_bulk->setText(tr("Add many…"));
    search()->setPlaceholderText(tr("Name, e-mail, mobile or staff number"));
    table()->setEmpty(widgets::Glyph::UserPlus,
                      tr("Add the people who answer. Each is written a letter with an address to sign in at."),
                      tr("Add agent"));
    table()->table().setTitles({tr("Name"), tr("Staff number"), tr("E-mail"), tr("Nickname"), tr("Mobile"), tr("Role"),
                                tr("Skill groups"), tr("Added")});
    const auto notMe = [this](int row) {
        return m_rows[std::size_t(row)].agent.id != context().account.workbench().me().id;
    };
    table()->view().setActions(
        {{QStringLiteral("edit"), widgets::Glyph::Pencil, tr("Edit"), {}, {}},
         {QStringLiteral("reset"), widgets::Glyph::Key, tr("Reset password…"), {}, notMe},
         {QStringLiteral("delete"), widgets::Glyph::Trash2, tr("Delete…"), QKeySequence(Qt::Key_Delete), notMe}});
    m_group->setAccessibleName(tr("Skill group"));
    m_role->setAccessibleName(tr("Role"));
}

bool AgentsPage::isMailed() const {
    return admin().agents().value().mailed;
}

/// Without a mail server every letter waits for the operator: that stands here as long as it is so.
void AgentsPage::tellHead() {
    QString sentence = tr("Who may sign in here, what they may do and in which skill groups they answer.");
    if (!isMailed())
        sentence += u' ' + tr("No mail server is set up: letters with passwords stay on the server. Ask the operator "
                              "for them (cloudbell-server mail).");
    head()->tell(tr("Agents"), sentence, tr("Add agent"));
}

void AgentsPage::fillFilters() {
    const QSignalBlocker quietGroup(m_group);
    const QSignalBlocker quietRole(m_role);
    const QVariant group = m_group->currentData();
    const QVariant role = m_role->currentData();
    m_group->clear();
    m_group->addItem(tr("All groups"));
    for (const auto& [id, row] : m_groups)
        m_group->addItem(tr("%1 (%2)").arg(bridge::toQt(row.name), bridge::word(row.mode)), qint64(id.value));
    m_group->addItem(tr("In no group"), qint64(0));
    m_group->setCurrentIndex(group.isValid() ? std::max(0, m_group->findData(group)) : 0);
    m_role->clear();
    m_role->addItem(tr("All roles"));
    for (const auto one : {model::Role::Agent, model::Role::Admin})
        m_role->addItem(bridge::word(one), int(one));
    m_role->setCurrentIndex(role.isValid() ? std::max(0, m_role->findData(role)) : 0);
}

void AgentsPage::fill() {
    m_rows = admin().agents().value().agents;
    m_groups.clear();
    for (const auto& group : admin().groups().value().groups)
        m_groups[group.id] = group;
    tellHead();
    table()->showRows(int(m_rows.size()));
    fillFilters();
    filter();
}

void AgentsPage::filter() {
    const QString text = search()->text().trimmed();
    const QVariant group = m_group->currentData();
    const QVariant role = m_role->currentData();
    table()->setPasses([this, text, group, role](int row) {
        const auto& agent = m_rows[std::size_t(row)].agent;
        if (role.isValid() && role.toInt() != int(agent.role))
            return false;
        const model::GroupId wanted{group.toLongLong()};
        if (group.isValid() &&
            (wanted ? std::find(agent.groups.begin(), agent.groups.end(), wanted) == agent.groups.end()
                    : !agent.groups.empty()))
            return false;
        for (const auto* part : {&agent.name, &agent.nickname, &agent.email, &agent.mobile, &agent.staffNo})
            if (bridge::toQt(*part).contains(text, Qt::CaseInsensitive))
                return true;
        return false;
    });
}

QString AgentsPage::groupNames(const std::vector<model::GroupId>& groups) const {
    QStringList names;
    for (const auto group : groups)
        if (const auto found = m_groups.find(group); found != m_groups.end())
            names << bridge::toQt(found->second.name);
    names.sort();
    return QLocale().createSeparatedList(names);
}

widgets::TableCell AgentsPage::cell(int row, int column) const {
    const auto& entry = m_rows[std::size_t(row)];
    const auto& agent = entry.agent;
    switch (column) {
    case NameColumn:
        return {bridge::toQt(agent.name)};
    case StaffNoColumn:
        return {bridge::toQt(agent.staffNo)};
    case EmailColumn:
        return {bridge::toQt(agent.email)};
    case NicknameColumn:
        return {bridge::toQt(agent.nickname)};
    case MobileColumn:
        return {bridge::toQt(agent.mobile)};
    case RoleColumn:
        return {bridge::word(agent.role),
                {},
                {},
                agent.role == model::Role::Admin ? widgets::Tone::Accent : widgets::Tone::Normal};
    case GroupsColumn:
        return {groupNames(agent.groups)};
    default:
        auto cell = timeCell(entry.createdAt, context().account.workbench().serverNow());
        if (entry.invited) {
            cell.text = tr("not signed in yet");
            cell.tone = widgets::Tone::Muted;
        }
        return cell;
    }
}

std::vector<widgets::TickList::Row> AgentsPage::groupRows(const std::vector<model::GroupId>& ticked) const {
    std::vector<widgets::TickList::Row> rows;
    for (const auto& [id, group] : m_groups)
        rows.push_back({bridge::toQt(group.name), bridge::word(group.mode), qint64(id.value),
                        std::find(ticked.begin(), ticked.end(), id) != ticked.end()});
    return rows;
}

void AgentsPage::open(int row) {
    const auto agent = row < 0 ? model::Agent{} : m_rows[std::size_t(row)].agent;
    edit(
        row < 0 ? tr("New agent") : bridge::toQt(agent.name), row < 0 ? tr("Add") : tr("Save"),
        [this, agent] {
            const auto now =
                std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& one) { return one.agent.id == agent.id; });
            return makeForm(now == m_rows.end() ? agent : now->agent);
        },
        [this, agent](Form&) { store(agent); });
}

Form* AgentsPage::makeForm(const model::Agent& agent) {
    auto* form = new Form;
    m_staffNo = m_email = nullptr;
    m_newRole = nullptr;
    m_name = form->addText(QStringLiteral("name"), tr("Name"), bridge::toQt(agent.name), kMaxName);
    if (agent.id) {
        form->addFacts({{tr("Staff number"), bridge::toQt(agent.staffNo)},
                        {tr("E-mail"), bridge::toQt(agent.email)},
                        {tr("Role"), bridge::word(agent.role)}});
    } else {
        m_staffNo = form->addText(QStringLiteral("staff_no"), tr("Staff number"), {}, kMaxStaffNo);
        m_staffNo->setHint(tr("Text: 000010 keeps its zeros. It cannot be changed later."));
        m_email = form->addText(QStringLiteral("email"), tr("E-mail"), {}, 254);
        m_email->setHint(tr("To sign in with. It cannot be changed later."));
    }
    m_nickname = form->addText(QStringLiteral("nickname"), tr("Nickname"), bridge::toQt(agent.nickname), kMaxName);
    m_nickname->setHint(tr("What customers see. Empty: the name."));
    m_mobile = form->addText(QStringLiteral("mobile"), tr("Mobile"), bridge::toQt(agent.mobile), kMaxMobile);
    if (!agent.id) {
        m_newRole = form->addSelect(QStringLiteral("role"), tr("Role"),
                                    {{bridge::word(model::Role::Agent), int(model::Role::Agent)},
                                     {bridge::word(model::Role::Admin), int(model::Role::Admin)}},
                                    int(model::Role::Agent));
        m_newRole->setHint(tr("Admins manage this call centre, too. It cannot be changed later."));
    }
    m_ticks = form->addTicks(tr("Skill groups"), groupRows(agent.groups), tr("There are no skill groups yet."));
    return form;
}

void AgentsPage::store(const model::Agent& agent) {
    wire::AgentDraft draft;
    draft.name = bridge::toStd(m_name->text().trimmed());
    draft.nickname = bridge::toStd(m_nickname->text().trimmed());
    draft.mobile = bridge::toStd(m_mobile->text().trimmed());
    draft.email = m_email ? bridge::toStd(m_email->text().trimmed()) : agent.email;
    draft.staffNo = m_staffNo ? bridge::toStd(m_staffNo->text().trimmed()) : agent.staffNo;
    draft.role = m_newRole ? model::Role(m_newRole->box()->currentData().toInt()) : agent.role;
    for (const auto& key : m_ticks->ticked())
        draft.groups.push_back(model::GroupId{key.toLongLong()});
    bool good = true;
    const auto want = [&good](widgets::TextField* field, bool fine, const char* why) {
        if (field != nullptr && !fine) {
            field->setError(bridge::fieldText(why));
            if (good)
                field->setFocus(Qt::OtherFocusReason);
            good = false;
        }
    };
    want(m_name, !draft.name.empty(), "required");
    want(m_staffNo, !draft.staffNo.empty() || draft.role == model::Role::Admin, "required");
    want(m_email, sheet::isEmail(draft.email), draft.email.empty() ? "required" : "bad_email");
    if (!good)
        return;
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    if (agent.id)
        return admin().client().changeAgent(agent.id, draft, this,
                                            saved<void>({&admin().agents(), &admin().groups()}, tr("Saved.")));
    const QString said = isMailed() ? tr("%1 is added. A letter with the address and a password is on its way.")
                                    : tr("%1 is added. No mail server is set up. Ask the operator for the letter with "
                                         "the address and a password (cloudbell-server mail).");
    admin().client().addAgent(
        draft, this, saved<wire::Made>({&admin().agents(), &admin().groups()}, said.arg(bridge::toQt(draft.name))));
}

void AgentsPage::askReset(int row) {
    const auto agent = m_rows[std::size_t(row)].agent;
    const QString email = bridge::toQt(agent.email);
    const bool mailed = isMailed();
    confirm(tr("Reset the password of %1?").arg(bridge::toQt(agent.name)),
            mailed
                ? tr("The old one is void at once, and they are signed out everywhere. A new one is mailed to %1.")
                      .arg(email)
                : tr("The old one is void at once, and they are signed out everywhere. No mail server is set up: the "
                     "letter with the new one stays on the server. Ask the operator for it (cloudbell-server mail)."),
            tr("Reset password"), [this, id = agent.id, email, mailed] {
                const QString said = mailed
                                         ? tr("A new password is mailed to %1.").arg(email)
                                         : tr("The password is reset. No mail server is set up. Ask the operator for "
                                              "the letter with the new one (cloudbell-server mail).");
                admin().client().resetPassword(id, this, done<void>({&admin().agents()}, said));
            });
}

void AgentsPage::askDelete(int row) {
    const auto agent = m_rows[std::size_t(row)].agent;
    const QString name = bridge::toQt(agent.name);
    confirm(
        tr("Delete %1?").arg(name),
        tr("They are signed out at once. What rings at them and their chats go back to the head of the queue, a call "
           "goes on until it ends. Their records stay, and nobody gets their e-mail address and staff number again."),
        tr("Delete"), [this, id = agent.id, name] {
            admin().client().removeAgent(
                id, this, done<void>({&admin().agents(), &admin().groups()}, tr("%1 is deleted.").arg(name)));
        });
}

void AgentsPage::openBulk() {
    drawer()->leave([this] {
        auto* dialog = new BulkDialog(context(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

} // namespace cb::admin
