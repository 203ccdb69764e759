#include "client/workbench/transfer_dialog.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/phone_number.h"
#include "client/bridge/words.h"
#include "client/widgets/overlay/popup_list.h"

#include <QtGui/QStandardItemModel>
#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

using widgets::Glyph;
using widgets::ListRow;

TransferDialog::TransferDialog(state::AgentAccount& account, model::SessionId session, QWidget* parent)
    : Dialog({}, parent)
    , m_account(account)
    , m_session(session)
    , m_tabs(new widgets::Segmented(widgets::Segmented::Shape::Pills))
    , m_search(new widgets::SearchField({}))
    , m_list(new QListView)
    , m_rows(new QStandardItemModel(this))
    , m_note(new widgets::TextArea({}, 2))
    , m_number(new widgets::TextField({}))
    , m_error(new widgets::Label)
    , m_transfer(nullptr) {
    for (int tab = Groups; tab <= Outside; ++tab)
        m_tabs->addSegment({});
    m_tabs->setSegmentShown(Outside, isCall());
    m_number->setLineKept(false);
    m_number->edit()->setInputMethodHints(Qt::ImhDialableCharactersOnly);
    m_list->setModel(m_rows);
    m_list->setItemDelegate(new widgets::ListRowDelegate(m_list));
    m_list->setMinimumSize(look().px(400), look().px(220));
    m_error->setTone(widgets::Tone::Danger);
    m_error->setWordWrap(true);
    m_error->hide();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_tabs, m_number, m_search, m_list, m_note, m_error})
        body()->addWidget(widget);
    addCancel();
    m_transfer = addButton({}, widgets::Button::Kind::Primary);
    connect(m_tabs, &widgets::Segmented::currentChanged, this, [this] {
        fill();
        if (isOutside())
            m_number->edit()->setFocus();
    });
    connect(m_search, &QLineEdit::textChanged, this, &TransferDialog::fill);
    connect(m_number->edit(), &QLineEdit::textChanged, this, &TransferDialog::tellChoice);
    connect(&account.workbench(), &state::WorkbenchState::groupsChanged, this, &TransferDialog::fill);
    connect(&account.workbench(), &state::WorkbenchState::colleaguesChanged, this, &TransferDialog::fill);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &TransferDialog::tellChoice);
    connect(m_list, &QListView::doubleClicked, this, &TransferDialog::transfer);
    connect(m_transfer, &widgets::Button::clicked, this, &TransferDialog::transfer);
    TransferDialog::retranslate();
    m_search->setFocus();
}

void TransferDialog::retranslate() {
    Dialog::retranslate();
    setHeading(isCall() ? tr("Transfer the call") : tr("Transfer the session"));
    m_tabs->setSegmentText(Groups, tr("Skill groups"));
    m_tabs->setSegmentText(Colleagues, tr("Colleagues"));
    m_tabs->setSegmentText(Outside, tr("Number"));
    m_number->setLabel(tr("Number outside"));
    m_search->setPlaceholderText(tr("Search"));
    m_list->setAccessibleName(tr("Who takes over"));
    m_note->setLabel(tr("Note for whoever takes over (the customer does not see it)"));
    m_transfer->setText(tr("Transfer"));
    fill();
}

bool TransferDialog::isCall() const {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    return item != nullptr && item->view.session.mode == model::Mode::Phone;
}

void TransferDialog::tellChoice() {
    m_transfer->setEnabled(isOutside() ? !bridge::cleanNumber(m_number->text()).isEmpty()
                                       : m_list->currentIndex().isValid());
}

void TransferDialog::fill() {
    m_number->setVisible(isOutside());
    for (QWidget* part : std::initializer_list<QWidget*>{m_search, m_list, m_note})
        part->setVisible(!isOutside());
    const QVariant before = m_list->currentIndex().data(widgets::DataRole);
    m_rows->clear();
    const QString wanted = m_search->text().trimmed();
    if (m_tabs->current() == Groups)
        addGroups(wanted);
    else if (m_tabs->current() == Colleagues)
        addColleagues(wanted);
    QModelIndex choice;
    for (int row = 0; row < m_rows->rowCount(); ++row)
        if (m_rows->index(row, 0).data(widgets::DataRole) == before)
            choice = m_rows->index(row, 0);
    for (int row = 0; row < m_rows->rowCount() && !choice.isValid() && !wanted.isEmpty(); ++row)
        if (m_rows->item(row)->isEnabled())
            choice = m_rows->index(row, 0);
    m_list->setCurrentIndex(choice);
    tellChoice();
}

void TransferDialog::addRow(const ListRow& row, bool enabled) {
    auto* item = widgets::makeItem(row);
    item->setEnabled(enabled);
    m_rows->appendRow(item);
}

void TransferDialog::addGroups(const QString& wanted) {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    const auto status = m_account.workbench().presence().status;
    const bool amongThem = status != model::AgentStatus::Offline && status != model::AgentStatus::Break;
    for (const auto& view : m_account.workbench().groups()) {
        const QString name = bridge::toQt(view.group.name);
        if (!name.contains(wanted, Qt::CaseInsensitive) || (item && view.group.mode != item->view.session.mode))
            continue;
        const int others = view.online - (amongThem && view.member ? 1 : 0);
        addRow({name, tr("%n online", nullptr, std::max(0, others)), tr("%n waiting", nullptr, view.waiting),
                Glyph::Users, QVariant::fromValue(qint64(view.group.id.value))},
               true);
    }
}

void TransferDialog::addColleagues(const QString& wanted) {
    const auto me = m_account.workbench().me().id;
    for (const auto& colleague : m_account.workbench().colleagues()) {
        const QString name = bridge::toQt(colleague.name);
        const QString number = bridge::toQt(colleague.staffNo);
        if (colleague.agent == me || !(name.contains(wanted, Qt::CaseInsensitive) || number.contains(wanted)))
            continue;
        addRow({name, number, bridge::word(colleague.status), Glyph::User,
                QVariant::fromValue(qint64(colleague.agent.value))},
               colleague.status != model::AgentStatus::Offline);
    }
}

void TransferDialog::transfer() {
    const QModelIndex chosen = m_list->currentIndex();
    if (!m_transfer->isEnabled() || m_transfer->isBusy())
        return;
    m_transfer->setBusy(true);
    const qint64 id = chosen.data(widgets::DataRole).toLongLong();
    const QPointer<TransferDialog> alive(this);
    const auto then = [alive](const base::Result<void>& done) {
        if (!alive)
            return;
        alive->m_transfer->setBusy(false);
        if (done)
            return alive->accept();
        alive->m_error->setText(bridge::errorText(done.error()));
        alive->m_error->show();
    };
    const QString note = m_note->text().trimmed();
    if (isOutside())
        m_account.commands().forward(m_session, bridge::cleanNumber(m_number->text()), then);
    else if (m_tabs->current() == Groups)
        m_account.commands().transferToGroup(m_session, model::GroupId{id}, note, then);
    else
        m_account.commands().transferToAgent(m_session, model::AgentId{id}, note, then);
}

} // namespace cb::workbench
