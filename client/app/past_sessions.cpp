#include "client/app/past_sessions.h"

#include "client/bridge/convert.h"
#include "client/widgets/transcript/transcript_view.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>

namespace cb::app {

using state::SessionListModel;
using state::TranscriptModel;

namespace {

const QString kPrefix = QStringLiteral("past/");

QString dateOf(base::TimePoint at) {
    return QLocale().toString(bridge::toQt(at).toLocalTime(), QLocale::ShortFormat);
}

} // namespace

PastSessions::PastSessions(state::AgentAccount& account, QObject* parent)
    : QObject(parent)
    , m_account(account) {
    auto* sessions = account.workbench().sessions();
    const auto all = [this, sessions] { note(0, sessions->rowCount() - 1); };
    connect(sessions, &SessionListModel::modelReset, this, all);
    connect(sessions, &SessionListModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { note(first, last); });
    connect(sessions, &SessionListModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) { note(first.row(), last.row()); });
    all();
}

void PastSessions::note(int first, int last) {
    const auto* sessions = m_account.workbench().sessions();
    std::vector<sync::PastSession> fresh;
    for (int row = first; row <= last && row < sessions->rowCount(); ++row) {
        const auto& item = sessions->at(row);
        if (item.section == state::Section::Ringing)
            continue;
        const auto& view = item.view;
        const sync::PastSession past{item.id(), view.session.customer, bridge::toQt(view.customerName),
                                     bridge::toQt(view.groupName), view.session.startedAt};
        // Every message changes a row, hardly any changes a name.
        if (m_noted[item.id()] != past)
            fresh.push_back(past);
    }
    if (m_account.store().notePast(fresh))
        for (const auto& past : fresh)
            m_noted[past.session] = past;
    std::erase_if(m_noted, [sessions](const auto& entry) { return sessions->find(entry.first) == nullptr; });
}

/// Of this machine, and what the server said of the customer in front.
std::vector<sync::PastSession> PastSessions::known() const {
    auto all = m_account.store().past();
    const auto& history = m_account.history();
    const auto* sessions = m_account.workbench().sessions();
    QString name;
    for (int row = 0; row < sessions->rowCount(); ++row)
        if (sessions->at(row).view.session.customer == history.customer())
            name = bridge::toQt(sessions->at(row).view.customerName);
    for (int row = 0; row < history.rowCount() && !name.isEmpty(); ++row) {
        const auto index = history.index(row);
        const model::SessionId id(index.data(state::CustomerHistory::SessionIdRole).toLongLong());
        if (std::none_of(all.begin(), all.end(), [id](const auto& past) { return past.session == id; }))
            all.push_back({id, history.customer(), name, index.data(state::CustomerHistory::GroupNameRole).toString(),
                           base::fromUnixMillis(
                               index.data(state::CustomerHistory::StartedAtRole).toDateTime().toMSecsSinceEpoch())});
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    return all;
}

std::vector<widgets::ListRow> PastSessions::rows() const {
    std::vector<widgets::ListRow> rows;
    for (const auto& past : known())
        if (m_account.workbench().sessions()->find(past.session) == nullptr)
            rows.push_back({past.name, tr("past conversation · %1").arg(dateOf(past.at)), past.group,
                            widgets::Glyph::History, QVariant(kPrefix + QString::number(past.session.value))});
    return rows;
}

model::SessionId PastSessions::sessionOf(const QVariant& data) {
    const QString text = data.typeId() == QMetaType::QString ? data.toString() : QString();
    return model::SessionId(text.startsWith(kPrefix) ? text.mid(kPrefix.size()).toLongLong() : 0);
}

QString PastSessions::titleOf(model::SessionId session) const {
    for (const auto& past : known())
        if (past.session == session)
            return QStringLiteral("%1 · %2").arg(past.name, dateOf(past.at));
    return {};
}

// ---- PastDialog

PastDialog::PastDialog(state::AgentAccount& account, model::SessionId session, const QString& title, QWidget* parent)
    : Dialog(title, parent)
    , m_transcript(account.workbench().transcript(session))
    , m_view(new widgets::TranscriptView)
    , m_state(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_close(addButton({}, widgets::Button::Kind::Primary)) {
    m_state->setTone(widgets::Tone::Muted);
    m_state->setWordWrap(true);
    m_view->setMinimumSize(look().px(520), look().px(400));
    body()->addWidget(m_view, 1);
    body()->addWidget(m_state);
    connect(m_close, &widgets::Button::clicked, this, &QDialog::accept);
    connect(m_transcript, &TranscriptModel::olderAvailableChanged, m_view, &widgets::TranscriptView::setOlderAvailable);
    connect(m_transcript, &TranscriptModel::failed, this, [this] {
        m_failed = true;
        tell();
    });
    connect(m_transcript, &TranscriptModel::loadingChanged, this, &PastDialog::tell);
    connect(m_view, &widgets::TranscriptView::pictureWanted, m_transcript,
            [transcript = m_transcript.data()](const QModelIndex& index) { transcript->wantPicture(index.row()); });
    connect(m_view, &widgets::TranscriptView::olderWanted, m_transcript, &TranscriptModel::loadOlder);
    m_transcript->load();
    m_view->setModel(m_transcript);
    m_view->setOlderAvailable(m_transcript->olderAvailable());
    PastDialog::retranslate();
}

void PastDialog::retranslate() {
    Dialog::retranslate();
    m_close->setText(tr("Close"));
    tell();
}

void PastDialog::tell() {
    if (!m_transcript)
        return;
    const bool empty = m_transcript->rowCount() == 0;
    if (m_transcript->isLoading())
        m_state->setText(tr("Asking the server…"));
    else if (m_failed)
        m_state->setText(empty ? tr("This conversation is not on this computer, and the server did not give it.")
                               : tr("The server did not answer: this is what is on this computer."));
    else
        m_state->setText(empty ? tr("Nothing was said in this conversation.") : QString());
    m_state->setVisible(!m_state->text().isEmpty());
}

} // namespace cb::app
