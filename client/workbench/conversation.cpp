#include "client/workbench/conversation.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/widgets/overlay/image_viewer.h"
#include "client/workbench/reasons_dialog.h"
#include "client/workbench/staged_files.h"
#include "client/workbench/transfer_dialog.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMenu>

#include <utility>

namespace cb::workbench {

using state::Section;
using state::TranscriptModel;
using widgets::Button;
using widgets::Glyph;
using widgets::Strip;

namespace {

constexpr int kNarrow = 480; ///< px

} // namespace

Conversation::Conversation(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Sunken, parent)
    , m_account(account)
    , m_avatar(new widgets::Avatar(28))
    , m_name(new widgets::ElidedLabel({}, widgets::TextSize::Title))
    , m_where(new widgets::ElidedLabel({}, widgets::TextSize::Secondary))
    , m_why(new widgets::IconButton(Glyph::CircleHelp, {}))
    , m_transfer(new Button({}, Glyph::ArrowRight))
    , m_end(new Button({}))
    , m_head(new Ground(Kind::Surface))
    , m_view(new widgets::TranscriptView)
    , m_foot(new QStackedWidget)
    , m_composer(new widgets::Composer)
    , m_staged(new StagedFiles(account, m_composer->attachments(), this))
    , m_form(new WrapUpForm(account))
    , m_pages(new QStackedWidget)
    , m_nothing(new widgets::EmptyState(Glyph::MessageSquare, {})) {
    build();
    connectTranscript();
    connectComposer();
    auto* sessions = account.workbench().sessions();
    for (auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(sessions, change, this, &Conversation::onSessions);
    connect(sessions, &QAbstractItemModel::dataChanged, this, &Conversation::onSessions);
    connect(sessions, &QAbstractItemModel::rowsMoved, this, &Conversation::onSessions);
    connect(sessions, &QAbstractItemModel::modelReset, this, &Conversation::onSessions);
    retranslate();
    show({});
}

void Conversation::buildHead() {
    m_name->setStrong(true);
    m_where->setTone(widgets::Tone::Muted);
    for (Button* button : {m_transfer, m_end})
        button->setSmall(true);
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_where);
    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(look().grid(4), look().grid(2), look().grid(3), look().grid(2));
    row->setSpacing(look().grid(2));
    row->addWidget(m_avatar);
    row->addLayout(names, 1);
    row->addWidget(m_why);
    row->addWidget(m_transfer);
    row->addWidget(m_end);
    connect(m_why, &QAbstractButton::clicked, this, &Conversation::showReasons);
    connect(m_transfer, &Button::clicked, this, &Conversation::transferSession);
    connect(m_end, &Button::clicked, this, &Conversation::endSession);
}

void Conversation::build() {
    buildHead();
    m_foot->addWidget(m_composer);
    m_foot->addWidget(m_form);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_view, 1);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_foot);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(page);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_pages);
}

void Conversation::connectTranscript() {
    using widgets::TranscriptView;
    connect(m_view, &TranscriptView::olderWanted, this, &Conversation::loadOlder);
    connect(m_view, &TranscriptView::pictureWanted, this, [this](const QModelIndex& index) {
        if (m_transcript)
            m_transcript->wantPicture(index.row());
    });
    connect(m_view, &TranscriptView::pictureActivated, this, &Conversation::openPicture);
    connect(m_view, &TranscriptView::fileActivated, this, &Conversation::saveFile);
    connect(m_view, &TranscriptView::retryRequested, this,
            [this](const QModelIndex& index) { m_account.commands().retry(m_session, index.row()); });
    connect(m_view, &TranscriptView::menuAboutToShow, this, [this](QMenu* menu, const QModelIndex& index) {
        const auto delivery = TranscriptModel::Delivery(index.data(TranscriptModel::DeliveryRole).toInt());
        if (!m_transcript || delivery != TranscriptModel::Delivery::Failed)
            return;
        menu->addAction(tr("Discard this message"), this,
                        [this, uuid = m_transcript->waiting(index.row())] { m_account.outbox().discard(uuid); });
    });
    connect(m_view, &TranscriptView::discardRequested, this, [this](const QModelIndex& index) {
        if (m_transcript)
            m_account.outbox().discard(m_transcript->waiting(index.row()));
    });
    connect(m_view, &TranscriptView::seen, this, [this](const QModelIndex& index) {
        // The last ones may be our own that wait to be sent: they have no number yet.
        qlonglong seq = 0;
        for (int row = index.row(); row >= 0 && seq <= 0; --row)
            seq = index.siblingAtRow(row).data(TranscriptModel::SeqRole).toLongLong();
        if (m_session && seq > 0)
            m_account.workbench().markRead(m_session, seq);
    });
    connect(m_view, &TranscriptView::linkNeedsConfirmation, this, [this](const QUrl& url) {
        auto* ask = new widgets::ConfirmDialog(tr("Open this link?"), url.toDisplayString(), tr("Open"), this);
        ask->setAttribute(Qt::WA_DeleteOnClose);
        connect(ask, &QDialog::accepted, this, [url] { QDesktopServices::openUrl(url); });
        ask->open();
    });
}

void Conversation::connectComposer() {
    using widgets::Composer;
    m_composer->setQuickSource([this](const QString& typed) { return quickRows(typed); });
    connect(m_composer, &Composer::sendRequested, this, &Conversation::send);
    connect(m_composer, &Composer::typing, this, [this](bool on) { m_account.commands().typing(m_session, on); });
    connect(m_composer, &Composer::textChanged, this, [this] {
        if (isOpen())
            m_account.workbench().setDraft(m_session, m_composer->text());
    });
    connect(m_composer, &Composer::filesChosen, this, &Conversation::stageFiles);
    connect(m_composer, &Composer::imagePasted, this, [this](const QImage& image) { staged(m_staged->add(image)); });
    connect(m_composer, &Composer::attachRequested, this, &Conversation::pickFiles);
}

void Conversation::retranslate() {
    m_why->setLabel(tr("Why did I get this session?"));
    tellTransfer();
    m_transfer->setToolTip(tr("Transfer (Ctrl+T)"));
    m_transfer->setAccessibleName(tr("Transfer"));
    m_end->setText(tr("End session"));
    m_end->setToolTip(tr("End session (Ctrl+E)"));
    m_composer->setPlaceholder(tr("Write a message; “/” for quick replies"));
    m_nothing->setSentence(tr("Select a session to read and answer it."));
    tellHead();
}

/// In a narrow column the name has the room, and the arrow stands for its word.
void Conversation::tellTransfer() {
    m_transfer->setText(width() < look().px(kNarrow) ? QString() : tr("Transfer"));
}

void Conversation::resizeEvent(QResizeEvent* event) {
    Ground::resizeEvent(event);
    tellTransfer();
    if (m_prompt && m_prompt->isVisible())
        m_prompt->placeAgain();
}

bool Conversation::isOpen() const {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    return item && item->section == Section::Open;
}

bool Conversation::isCall() const {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    return item && item->view.session.mode == model::Mode::Phone;
}

bool Conversation::isEnded() const {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    return item && item->section == Section::WrapUp;
}

void Conversation::show(model::SessionId session) {
    if (session == m_session && session)
        return;
    if (m_prompt)
        m_prompt->dismiss();
    m_session = session;
    m_wasEnded = false;
    m_pages->setCurrentIndex(session ? 1 : 0);
    attach(session ? m_account.workbench().transcript(session) : nullptr);
    {
        const QSignalBlocker quiet(m_composer);
        m_composer->setText(session ? m_account.workbench().draft(session) : QString());
        m_staged->show(session);
    }
    onSessions();
}

void Conversation::attach(TranscriptModel* transcript) {
    if (m_transcript)
        m_transcript->disconnect(this);
    m_transcript = transcript;
    m_view->setModel(transcript);
    if (!transcript)
        return;
    connect(transcript, &TranscriptModel::olderAvailableChanged, m_view, &widgets::TranscriptView::setOlderAvailable);
    connect(transcript, &TranscriptModel::failed, this, [this](const base::Error& error) {
        // Without a connection the strip says so; what is cached is there, the rest comes with the server.
        if (m_account.workbench().connection() == state::WorkbenchState::Connection::Connected)
            Q_EMIT told(Strip::Grade::Warning, bridge::errorText(error));
    });
    transcript->load();
    m_view->setOlderAvailable(transcript->olderAvailable());
}

void Conversation::loadOlder() {
    if (m_transcript)
        m_transcript->loadOlder();
}

void Conversation::onSessions() {
    tellHead();
    updateFoot();
    Q_EMIT stateChanged();
}

void Conversation::tellHead() {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    if (!item)
        return;
    const auto& view = item->view;
    const QString name = bridge::toQt(view.customerName);
    m_avatar->setPerson(name, QString::number(view.session.customer.value));
    m_name->setText(name);
    QStringList where{bridge::toQt(view.groupName), bridge::toQt(view.channelName)};
    if (view.session.mode != model::Mode::Phone)
        where << (view.customerOnline ? tr("online") : tr("has left the page"));
    else if (view.call && bridge::toQt(view.call->number) != name)
        where << bridge::toQt(view.call->number);
    where.removeAll({});
    m_where->setText(where.join(QStringLiteral(" · ")));
    m_view->setTyping(item->customerTyping ? tr("%1 is typing…").arg(name) : QString());
}

void Conversation::updateFoot() {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    const bool ended = item && item->section == Section::WrapUp;
    m_transfer->setEnabled(isOpen());
    m_end->setEnabled(isOpen());
    for (Button* button : {m_transfer, m_end})
        button->setVisible(!isCall()); // of a call they stand in its bar
    if (m_prompt && !isOpen())
        m_prompt->dismiss();                             // it has ended without an answer
    const bool writing = m_composer->edit()->hasFocus(); // hiding it moves the focus on
    m_foot->setCurrentWidget(ended ? static_cast<QWidget*>(m_form) : m_composer);
    m_foot->setVisible(ended || !isCall());
    // The composer grows with its text; the page that is not shown must not hold the room open.
    m_composer->setSizePolicy(QSizePolicy::Preferred, ended ? QSizePolicy::Ignored : QSizePolicy::Maximum);
    m_form->setSizePolicy(QSizePolicy::Preferred, ended ? QSizePolicy::Maximum : QSizePolicy::Ignored);
    if (!ended) {
        m_wasEnded = false;
        return;
    }
    m_form->show(*item);
    if (!m_wasEnded && std::exchange(m_endAsked, {}) == m_session)
        m_form->focusFirst();
    else if (!m_wasEnded && writing)
        m_view->setFocus(Qt::OtherFocusReason); // the customer left in the middle of a word: keys must press nothing
    m_wasEnded = true;
}

void Conversation::focusComposer() {
    if (isEnded())
        m_form->focusFirst();
    else if (isCall())
        m_view->setFocus(Qt::OtherFocusReason);
    else
        m_composer->edit()->setFocus(Qt::OtherFocusReason);
}

void Conversation::tell(const base::Result<void>& result) {
    if (!result)
        Q_EMIT told(Strip::Grade::Error, bridge::errorText(result.error()));
}

void Conversation::send(const QString& text) {
    if (!isOpen() || isCall() || (text.isEmpty() && m_staged->isEmpty()))
        return;
    if (!m_staged->isEmpty()) {
        m_staged->send([this](const base::Result<void>& result) { tell(result); },
                       [this, session = m_session, text] {
                           if (!text.isEmpty())
                               tell(m_account.commands().send(session, text));
                       });
    } else if (const auto sent = m_account.commands().send(m_session, text); !sent) {
        return tell(sent);
    }
    m_composer->clear();
    m_view->scrollToEnd();
}

void Conversation::stageFiles(const QList<QUrl>& files) {
    for (const QUrl& url : files) {
        const QString path = url.toLocalFile();
        if (!path.isEmpty() && QFileInfo(path).isFile() && !staged(m_staged->add(path)))
            return;
    }
}

bool Conversation::staged(bool taken) {
    if (!taken)
        Q_EMIT told(Strip::Grade::Warning,
                    tr("At most %n pictures and files go with one message.", nullptr, int(StagedFiles::kMost)));
    return taken;
}

void Conversation::pickFiles() {
    if (!isOpen() || isCall())
        return;
    auto* dialog = new QFileDialog(this, tr("Send pictures or files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        QList<QUrl> files;
        for (const QString& path : paths)
            files.append(QUrl::fromLocalFile(path));
        stageFiles(files);
    });
    dialog->open();
}

void Conversation::endSession() {
    if (!isOpen())
        return;
    if (!m_prompt) {
        m_prompt = new EndPrompt(this);
        connect(this, &QObject::destroyed, m_prompt, &QObject::deleteLater);
        connect(m_prompt, &EndPrompt::confirmed, this, [this] {
            if (!isOpen())
                return;
            m_endAsked = m_session;
            m_account.commands().end(m_session);
        });
    }
    m_prompt->ask(isCall() ? m_head : static_cast<QWidget*>(m_end), m_name->text());
}

void Conversation::transferSession() {
    if (!isOpen())
        return;
    auto* dialog = new TransferDialog(m_account, m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Conversation::showReasons() {
    if (!m_session)
        return;
    auto* dialog = new ReasonsDialog(m_account, m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

std::vector<widgets::ListRow> Conversation::quickRows(const QString& typed) {
    auto& replies = m_account.quickReplies();
    replies.setFilter(typed);
    std::vector<widgets::ListRow> rows;
    for (int row = 0; row < replies.rowCount(); ++row) {
        const QModelIndex index = replies.index(row);
        rows.push_back({index.data(state::QuickReplies::TitleRole).toString(),
                        index.data(state::QuickReplies::TextRole).toString(),
                        {},
                        Glyph::MessageSquare,
                        index.data(state::QuickReplies::TextRole)});
    }
    return rows;
}

void Conversation::openPicture(const QModelIndex& index) {
    const QImage image = index.data(TranscriptModel::PictureRole).value<QImage>();
    if (image.isNull() || !m_transcript)
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

void Conversation::saveFile(const QModelIndex& index) {
    const auto* message = m_transcript ? m_transcript->message(index.row()) : nullptr;
    if (!message || !message->attachment)
        return;
    const auto attachment = *message->attachment;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const QString name = QFileInfo(bridge::toQt(attachment.name)).fileName();
    auto* dialog = new QFileDialog(this, tr("Save as"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, attachment](const QString& target) {
        m_account.commands().fetch(attachment, this, [this, target](const base::Result<QString>& path) {
            if (!path)
                return Q_EMIT told(Strip::Grade::Error, bridge::errorText(path.error()));
            QFile source(*path);
            QSaveFile copy(target); // what stood there before stays until all of it is written
            const bool read = source.open(QIODevice::ReadOnly) && copy.open(QIODevice::WriteOnly);
            const QByteArray bytes = read ? source.readAll() : QByteArray();
            if (read && copy.write(bytes) == bytes.size() && copy.commit())
                Q_EMIT told(Strip::Grade::Info, tr("Saved as %1").arg(QFileInfo(target).fileName()));
            else
                Q_EMIT told(Strip::Grade::Error, tr("The file could not be written there. Choose another folder."));
        });
    });
    dialog->open();
}

} // namespace cb::workbench
