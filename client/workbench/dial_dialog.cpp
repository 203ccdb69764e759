#include "client/workbench/dial_dialog.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/phone_number.h"
#include "client/widgets/overlay/list_row.h"
#include "client/widgets/overlay/popup_list.h"

#include <QtCore/QLocale>
#include <QtCore/QPointer>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QBoxLayout>

#include <algorithm>

namespace cb::workbench {

using widgets::Button;

DialDialog::DialDialog(state::AgentAccount& account, const QString& number, QWidget* parent)
    : Dialog({}, parent)
    , m_account(account)
    , m_number(new widgets::TextField({}))
    , m_keys(new KeyGrid)
    , m_line(new widgets::SelectField({}))
    , m_historyTitle(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_history(new QListView)
    , m_rows(new QStandardItemModel(this))
    , m_error(new widgets::Label)
    , m_dial(nullptr) {
    layOut();
    addCancel();
    m_dial = addButton({}, Button::Kind::Primary);
    m_dial->setGlyph(widgets::Glyph::PhoneOutgoing);
    m_number->setText(bridge::cleanNumber(number));
    auto* edit = m_number->edit();
    connect(m_keys, &KeyGrid::pressed, edit, [edit](QChar key) { edit->insert(QString(key)); });
    connect(edit, &QLineEdit::textChanged, this, &DialDialog::tell);
    connect(m_number, &widgets::TextField::textEdited, this, &DialDialog::clean);
    connect(m_dial, &Button::clicked, this, &DialDialog::dial);
    connect(m_history, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_number->setText(index.data(widgets::DataRole).toString());
        m_number->edit()->setFocus();
    });
    connect(m_history, &QListView::activated, this, [this](const QModelIndex& index) {
        m_number->setText(index.data(widgets::DataRole).toString());
        dial();
    });
    connect(&account.calls(), &state::Calls::changed, this, &DialDialog::tell);
    connect(&account.workbench(), &state::WorkbenchState::linesChanged, this, &DialDialog::fillLines);
    connect(&account.calls().dialled(), &state::Dialled::changed, this, &DialDialog::fillHistory);
    DialDialog::retranslate();
    fillLines();
    fillHistory();
    edit->setFocus();
}

void DialDialog::layOut() {
    m_number->setLineKept(false);
    m_number->edit()->setInputMethodHints(Qt::ImhDialableCharactersOnly);
    m_number->edit()->setClearButtonEnabled(true);
    m_line->setLineKept(false);
    m_historyTitle->setTone(widgets::Tone::Muted);
    m_history->setModel(m_rows);
    m_history->setItemDelegate(new widgets::ListRowDelegate(m_history));
    m_history->setMinimumSize(look().px(240), look().px(180));
    m_error->setTone(widgets::Tone::Danger);
    m_error->setWordWrap(true);
    m_error->hide();
    auto* left = new QVBoxLayout;
    left->setSpacing(look().grid(3));
    for (QWidget* part : std::initializer_list<QWidget*>{m_number, m_keys, m_line})
        left->addWidget(part);
    left->addStretch();
    auto* right = new QVBoxLayout;
    right->setSpacing(look().grid(1));
    right->addWidget(m_historyTitle);
    right->addWidget(m_history, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(look().grid(5));
    row->addLayout(left, 1);
    row->addLayout(right, 1);
    body()->addLayout(row);
    body()->addWidget(m_error);
}

void DialDialog::retranslate() {
    Dialog::retranslate();
    setHeading(tr("Call a number"));
    m_number->setLabel(tr("Number"));
    m_number->setPlaceholder(tr("Type or paste it"));
    m_line->setLabel(tr("They see"));
    m_historyTitle->setText(tr("Called before"));
    m_history->setAccessibleName(m_historyTitle->text());
    m_dial->setText(tr("Call"));
    tell();
}

/// With one number of ours there is nothing to choose.
void DialDialog::fillLines() {
    const auto chosen = m_line->box()->currentData();
    m_line->box()->clear();
    for (const auto& line : m_account.workbench().lines())
        m_line->box()->addItem(bridge::toQt(line.number), QVariant::fromValue(qint64(line.channel.value)));
    m_line->box()->setCurrentIndex(std::max(0, m_line->box()->findData(chosen)));
    m_line->setVisible(m_line->box()->count() > 1);
    tell();
}

void DialDialog::fillHistory() {
    m_rows->clear();
    for (const auto& entry : m_account.calls().dialled().all())
        m_rows->appendRow(widgets::makeItem({entry.number,
                                             {},
                                             QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat),
                                             widgets::Glyph::History,
                                             entry.number}));
}

/// What was pasted in another form; spaces between digits are the agent's own.
void DialDialog::clean(const QString& typed) {
    const auto dialled = [](QChar c) { return (c >= u'0' && c <= u'9') || QStringLiteral("+*# ").contains(c); };
    if (!std::all_of(typed.begin(), typed.end(), dialled))
        m_number->setText(bridge::cleanNumber(typed));
}

void DialDialog::tell() {
    if (m_dial->isBusy())
        return; // the answer is on its way
    const auto refusal = m_account.calls().dialRefusal();
    m_error->setText(refusal ? bridge::errorText(*refusal) : QString());
    m_error->setVisible(refusal.has_value());
    m_dial->setEnabled(!refusal && !bridge::cleanNumber(m_number->text()).isEmpty());
}

void DialDialog::dial() {
    if (!m_dial->isEnabled() || m_dial->isBusy())
        return;
    const QString number = bridge::cleanNumber(m_number->text());
    m_number->setText(number); // what is called stands there
    m_dial->setBusy(true);
    const model::ChannelId line{m_line->box()->currentData().toLongLong()};
    m_account.calls().dial(number, line, [here = QPointer(this)](const base::Result<void>& done) {
        if (here)
            here->onAnswer(done);
    });
}

void DialDialog::onAnswer(const base::Result<void>& done) {
    m_dial->setBusy(false);
    if (done)
        return accept();
    tell();
    m_error->setText(bridge::errorText(done.error()));
    m_error->show();
}

} // namespace cb::workbench
