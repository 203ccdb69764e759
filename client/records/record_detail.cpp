#include "client/records/record_detail.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/records/record_words.h"
#include "client/records/recording_bar.h"
#include "client/widgets/overlay/image_viewer.h"
#include "client/widgets/transcript/transcript_view.h"

#include <QtWidgets/QStackedWidget>

namespace cb::records {

using state::TranscriptModel;
using widgets::Button;
using widgets::Glyph;
using widgets::TranscriptView;

namespace {
enum Tab { Conversation, Facts };
}

RecordDetail::RecordDetail(state::AgentAccount& account, api::RecordsClient& client, Tell tell, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_account(account)
    , m_client(client)
    , m_tell(std::move(tell))
    , m_title(new widgets::Label({}, widgets::TextSize::Title))
    , m_close(new widgets::IconButton(Glyph::X, {}))
    , m_tabs(new widgets::Segmented)
    , m_recording(new RecordingBar(client, m_tell))
    , m_pages(new QStackedWidget)
    , m_view(new TranscriptView)
    , m_state(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_column(new widgets::ScrollColumn)
    , m_facts(new widgets::FactList)
    , m_trouble(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_foot(new QWidget)
    , m_replay(new Button({}, Glyph::Workflow))
    , m_erase(new Button({}, Glyph::Trash2)) {
    layOut();
    connect(m_close, &QAbstractButton::clicked, this, &RecordDetail::close);
    connect(m_tabs, &widgets::Segmented::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_replay, &QAbstractButton::clicked, this, [this] { Q_EMIT replayWanted(m_record.id); });
    connect(m_erase, &QAbstractButton::clicked, this, [this] { Q_EMIT eraseWanted(m_record); });
    connect(m_view, &TranscriptView::pictureActivated, this, &RecordDetail::openPicture);
    connect(m_view, &TranscriptView::fileActivated, this, &RecordDetail::saveFile);
    connect(m_view, &TranscriptView::pictureWanted, this, [this](const QModelIndex& index) {
        if (m_transcript)
            m_transcript->wantPicture(index.row());
    });
    connect(m_view, &TranscriptView::olderWanted, this, [this] {
        if (m_transcript)
            m_transcript->loadOlder();
    });
    RecordDetail::restyle();
    RecordDetail::retranslate();
    setAdmin(false);
}

void RecordDetail::layOut() {
    m_title->setWordWrap(true);
    m_title->setMinimumWidth(1);
    for (auto* label : {m_state, m_trouble}) {
        label->setTone(widgets::Tone::Muted);
        label->setWordWrap(true);
        label->setMinimumWidth(1);
    }
    m_tabs->addSegment({});
    m_tabs->addSegment({});
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    head->setContentsMargins(look().grid(4), look().grid(3), look().grid(2), look().grid(1));
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(look().grid(3), 0, look().grid(3), 0);
    tabs->addWidget(m_tabs);
    tabs->addStretch(1);
    auto* talk = new QWidget;
    auto* said = new QVBoxLayout(talk);
    said->setContentsMargins(0, 0, 0, 0);
    said->setSpacing(0);
    said->addWidget(m_view, 1);
    m_state->setContentsMargins(look().grid(4), look().grid(2), look().grid(4), look().grid(2));
    said->addWidget(m_state);
    m_column->body()->addWidget(m_facts);
    m_column->body()->addWidget(m_trouble);
    m_column->body()->addStretch(1);
    m_pages->addWidget(talk);
    m_pages->addWidget(m_column);
    auto* foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(look().grid(4), look().grid(2), look().grid(4), look().grid(3));
    foot->setSpacing(look().grid(2));
    foot->addWidget(m_replay);
    foot->addWidget(m_erase);
    foot->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addLayout(tabs);
    auto* recording = new QHBoxLayout;
    recording->setContentsMargins(look().grid(4), look().grid(1), look().grid(4), look().grid(1));
    recording->addWidget(m_recording);
    column->addLayout(recording);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_pages, 1);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_foot);
}

void RecordDetail::restyle() {
    setMinimumWidth(look().px(320));
}

void RecordDetail::retranslate() {
    m_close->setLabel(tr("Close"));
    m_tabs->setSegmentText(Conversation, tr("Conversation"));
    m_tabs->setSegmentText(Facts, tr("Details"));
    m_replay->setText(tr("Replay on the flow"));
    m_erase->setText(tr("Erase this customer…"));
    tell();
}

void RecordDetail::setAdmin(bool admin) {
    m_foot->setVisible(admin);
}

void RecordDetail::show(const wire::Record& record) {
    const bool other = record.id != m_record.id;
    m_record = record;
    if (other)
        showTranscript();
    reload();
    tell();
    setVisible(true);
}

void RecordDetail::reload() {
    if (!m_record.id)
        return;
    m_trouble->clear();
    m_client.record(m_record.id, this, [this, generation = ++m_generation](const base::Result<wire::Record>& record) {
        if (generation != m_generation)
            return;
        if (record)
            m_record = *record;
        else
            m_trouble->setText(tr("The server did not tell more: %1").arg(bridge::errorText(record.error())));
        tell();
    });
}

void RecordDetail::showTranscript() {
    if (m_transcript)
        m_transcript->disconnect(this);
    m_failed = false;
    m_transcript = m_account.workbench().transcript(m_record.id);
    if (m_account.workbench().sessions()->find(m_record.id) == nullptr) {
        m_transcript->setCustomerName(RecordWords::customer(m_record));
        if (m_record.state != model::SessionState::Completed)
            m_transcript->refresh(); // nobody tells us of what is said in it
    }
    connect(m_transcript, &TranscriptModel::olderAvailableChanged, this,
            [this](bool available) { m_view->setOlderAvailable(available); });
    connect(m_transcript, &TranscriptModel::failed, this, [this] {
        m_failed = true;
        tellTranscript();
    });
    connect(m_transcript, &TranscriptModel::loadingChanged, this, &RecordDetail::tellTranscript);
    connect(m_transcript, &TranscriptModel::rowsInserted, this, &RecordDetail::tellTranscript);
    connect(m_transcript, &TranscriptModel::modelReset, this, &RecordDetail::tellTranscript);
    m_transcript->load();
    m_view->setModel(m_transcript);
    m_view->setOlderAvailable(m_transcript->olderAvailable());
}

void RecordDetail::close() {
    const bool open = isVisible();
    ++m_generation;
    m_record = {};
    m_recording->forget();
    m_recording->hide();
    if (m_transcript)
        m_transcript->disconnect(this);
    m_transcript = nullptr;
    m_view->setModel(nullptr);
    hide();
    if (open)
        Q_EMIT closed();
}

void RecordDetail::tell() {
    if (!m_record.id)
        return;
    const QDateTime now = m_account.workbench().serverNow();
    const QString title =
        QStringLiteral("%1 · %2").arg(RecordWords::customer(m_record), RecordWords::time(m_record.startedAt, now));
    m_title->setText(title);
    setAccessibleName(title);
    m_facts->setFacts(RecordWords::facts(m_record));
    m_recording->setRecord(m_record);
    m_trouble->setVisible(!m_trouble->text().isEmpty());
    m_replay->setEnabled(static_cast<bool>(m_record.flow));
    m_erase->setEnabled(static_cast<bool>(m_record.customer));
    tellTranscript();
}

void RecordDetail::tellTranscript() {
    if (!m_transcript)
        return;
    const bool empty = m_transcript->rowCount() == 0;
    if (m_transcript->isLoading() && empty)
        m_state->setText(tr("Asking the server…"));
    else if (m_failed)
        m_state->setText(empty ? tr("This conversation is not on this computer, and the server did not give it.")
                               : tr("The server did not answer: this is what is on this computer."));
    else
        m_state->setText(!empty                                ? QString()
                         : m_record.mode == model::Mode::Phone ? tr("Nothing was written in this call.")
                                                               : tr("Nothing was said in this conversation."));
    m_state->setVisible(!m_state->text().isEmpty());
}

void RecordDetail::openPicture(const QModelIndex& index) {
    const QImage image = index.data(TranscriptModel::PictureRole).value<QImage>();
    if (image.isNull())
        return;
    auto* viewer = new widgets::ImageViewer(image, index.data(TranscriptModel::FileNameRole).toString(), this);
    viewer->setAttribute(Qt::WA_DeleteOnClose);
    const QPersistentModelIndex kept(index);
    connect(viewer, &widgets::ImageViewer::saveRequested, this, [this, kept] {
        if (kept.isValid())
            saveFile(kept);
    });
    viewer->open();
}

void RecordDetail::saveFile(const QModelIndex& index) {
    const auto* message = m_transcript ? m_transcript->message(index.row()) : nullptr;
    if (message != nullptr && message->attachment)
        saveAttachment(m_account, *message->attachment, this, m_tell);
}

} // namespace cb::records
