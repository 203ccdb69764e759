#include "client/workbench/context_panel.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/fact_list.h"
#include "client/widgets/controls/scroll_column.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/transcript/transcript_view.h"
#include "client/workbench/history_delegate.h"
#include "client/workbench/session_pages.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

using state::CustomerHistory;
using widgets::Button;
using widgets::Glyph;
using widgets::Strip;

namespace {

enum Tab { CustomerTab, HistoryTab, PagesTab };

constexpr int kPauseMillis = 1500; ///< without a key until what was typed is saved

/// "简体中文" for "zh_CN"; what is no language that we know stays as it came.
QString languageName(const QString& code) {
    const QLocale locale(code);
    return locale.language() == QLocale::C ? code : locale.nativeLanguageName();
}

} // namespace

ContextPanel::ContextPanel(state::AgentAccount& account, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_account(account)
    , m_whole(new QStackedWidget)
    , m_nobody(new widgets::EmptyState(Glyph::User, {}))
    , m_tabs(new widgets::Segmented)
    , m_pages(new QStackedWidget)
    , m_name(new widgets::TextField({}))
    , m_notes(new widgets::TextArea({}, 4))
    , m_save(new Button({}, Button::Kind::Secondary))
    , m_block(new Button({}, Button::Kind::Secondary))
    , m_factsTitle(new widgets::SectionHeader({}))
    , m_facts(new widgets::FactList)
    , m_pathTitle(new widgets::SectionHeader({}))
    , m_path(new widgets::Label)
    , m_history(new QListView)
    , m_noHistory(new widgets::EmptyState(Glyph::History, {}))
    , m_back(new Button({}, Glyph::ArrowLeft, Button::Kind::Ghost))
    , m_earlier(new widgets::TranscriptView)
    , m_historyPages(new QStackedWidget)
    , m_webPages(new SessionPages(account)) {
    for (int i = CustomerTab; i <= PagesTab; ++i)
        m_tabs->addSegment({});
    m_pages->addWidget(buildCustomer());
    m_pages->addWidget(buildHistory());
    m_pages->addWidget(m_webPages);
    setObjectName(QStringLiteral("contextPanel"));
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_pages, 1);
    m_whole->addWidget(m_nobody);
    m_whole->addWidget(inside);
    auto* around = new QVBoxLayout(this);
    around->setContentsMargins(0, 0, 0, 0);
    around->addWidget(m_whole);
    connect(m_tabs, &widgets::Segmented::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_save, &Button::clicked, this, &ContextPanel::save);
    connect(m_block, &Button::clicked, this, &ContextPanel::askBlock);
    auto* sessions = account.workbench().sessions();
    connect(sessions, &QAbstractItemModel::dataChanged, this, &ContextPanel::onSessions);
    connect(sessions, &QAbstractItemModel::modelReset, this, &ContextPanel::onSessions);
    connect(m_webPages, &SessionPages::rangOrLeft, this, &ContextPanel::showPages);
    ContextPanel::retranslate();
    show({});
}

/// Of the session in front, or else of the one that rings: what is known about who waits helps to answer them.
void ContextPanel::showPages() {
    const auto rings = m_session ? model::SessionId{} : m_webPages->ringing();
    const bool any = m_webPages->showSession(m_session ? m_session : rings);
    m_whole->setCurrentIndex(m_session || (rings && any) ? 1 : 0);
    if (!m_session && !any)
        return; // nobody sees the tabs: the one that was chosen stays
    if (rings) {
        m_tabs->setSegmentShown(PagesTab, true); // before the others go: a hidden one hands over to its neighbour
        m_tabs->setCurrent(PagesTab);
    }
    m_tabs->setSegmentShown(CustomerTab, bool(m_session));
    m_tabs->setSegmentShown(HistoryTab, bool(m_session));
    if (!any && m_tabs->current() == PagesTab)
        m_tabs->setCurrent(CustomerTab);
    m_tabs->setSegmentShown(PagesTab, any);
}

QWidget* ContextPanel::buildCustomer() {
    m_path->setWordWrap(true);
    m_path->setMinimumWidth(1);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (auto* title : {m_factsTitle, m_pathTitle})
        title->setFlush();
    m_name->setLineKept(false);
    m_notes->setLineKept(false);
    auto* scroll = new widgets::ScrollColumn;
    auto* column = scroll->body();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_block);
    buttons->addStretch();
    buttons->addWidget(m_save);
    column->addWidget(m_name);
    column->addWidget(m_notes);
    column->addLayout(buttons);
    column->addWidget(m_pathTitle);
    column->addWidget(m_path);
    column->addWidget(m_factsTitle);
    column->addWidget(m_facts);
    column->addStretch();
    for (auto* field : {static_cast<QWidget*>(m_name->edit()), static_cast<QWidget*>(m_notes->edit())})
        field->setObjectName(QStringLiteral("customerField"));
    const auto changed = [this] {
        m_save->setEnabled(isEdited());
        if (isEdited())
            m_pause.start();
        else
            m_pause.stop();
    };
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMillis);
    connect(&m_pause, &QTimer::timeout, this, &ContextPanel::saveTyped);
    m_name->edit()->installEventFilter(this);
    m_notes->edit()->installEventFilter(this);
    connect(m_name->edit(), &QLineEdit::textChanged, this, changed);
    connect(m_notes->edit(), &QTextEdit::textChanged, this, changed);
    return scroll;
}

QWidget* ContextPanel::buildHistory() {
    auto& history = m_account.history();
    m_history->setModel(&history);
    m_history->setItemDelegate(new HistoryDelegate(m_history));
    m_history->setFrameShape(QFrame::NoFrame);
    m_history->setMouseTracking(true);
    m_history->setUniformItemSizes(true);
    auto* earlier = new QWidget;
    auto* column = new QVBoxLayout(earlier);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_back, 0, Qt::AlignLeft);
    column->addWidget(m_earlier, 1);
    for (QWidget* page : std::initializer_list<QWidget*>{m_noHistory, m_history, earlier})
        m_historyPages->addWidget(page);
    const auto choose = [this] {
        if (m_historyPages->currentIndex() != 2)
            m_historyPages->setCurrentIndex(m_account.history().rowCount() > 0 ? 1 : 0);
        m_tabs->setSegmentCount(HistoryTab, m_account.history().rowCount());
    };
    connect(&history, &QAbstractItemModel::modelReset, this, choose);
    connect(&history, &QAbstractItemModel::rowsInserted, this, choose);
    connect(&history, &CustomerHistory::loadingChanged, this, choose);
    connect(m_history, &QListView::activated, this, &ContextPanel::openEarlier);
    connect(m_history, &QListView::clicked, this, &ContextPanel::openEarlier);
    connect(m_back, &Button::clicked, this, [this] {
        m_earlier->setModel(nullptr);
        m_historyPages->setCurrentIndex(1);
        m_history->setFocus();
    });
    connect(m_earlier, &widgets::TranscriptView::pictureWanted, this, [this](const QModelIndex& index) {
        if (auto* transcript = qobject_cast<state::TranscriptModel*>(m_earlier->model()))
            transcript->wantPicture(index.row());
    });
    connect(m_earlier, &widgets::TranscriptView::discardRequested, this, [this](const QModelIndex& index) {
        if (const auto* transcript = qobject_cast<state::TranscriptModel*>(m_earlier->model()))
            m_account.outbox().discard(transcript->waiting(index.row()));
    });
    connect(m_earlier, &widgets::TranscriptView::olderWanted, this, [this] {
        if (auto* transcript = qobject_cast<state::TranscriptModel*>(m_earlier->model()))
            transcript->loadOlder();
    });
    return m_historyPages;
}

void ContextPanel::openEarlier(const QModelIndex& index) {
    auto* transcript =
        m_account.workbench().transcript(model::SessionId{index.data(CustomerHistory::SessionIdRole).toLongLong()});
    connect(transcript, &state::TranscriptModel::olderAvailableChanged, m_earlier,
            &widgets::TranscriptView::setOlderAvailable, Qt::UniqueConnection);
    transcript->load();
    m_earlier->setModel(transcript);
    m_earlier->setOlderAvailable(transcript->olderAvailable());
    m_historyPages->setCurrentIndex(2);
    m_back->setFocus();
}

void ContextPanel::retranslate() {
    m_tabs->setSegmentText(CustomerTab, tr("Customer"));
    m_tabs->setSegmentText(HistoryTab, tr("History"));
    m_tabs->setSegmentText(PagesTab, tr("Pages"));
    m_name->setLabel(tr("Name"));
    m_notes->setLabel(tr("Notes"));
    m_save->setText(tr("Save"));
    m_block->setText(tr("Block…"));
    m_pathTitle->setTitle(tr("Way through the flow"));
    m_factsTitle->setTitle(tr("Visit"));
    m_noHistory->setSentence(tr("The first conversation with this customer."));
    m_nobody->setSentence(tr("The customer's details and earlier sessions appear here."));
    m_back->setText(tr("All conversations"));
    m_history->setAccessibleName(tr("Earlier conversations"));
    fill();
}

void ContextPanel::show(model::SessionId session) {
    if (session == m_session && session)
        return;
    keepUnsaved();
    saveTyped();
    m_underWay.reset();
    m_save->setBusy(false);
    m_session = session;
    m_earlier->setModel(nullptr);
    m_historyPages->setCurrentIndex(0);
    const auto* item = m_account.workbench().sessions()->find(session);
    m_customer = item ? item->view.session.customer : model::CustomerId{};
    m_savedName.clear();
    m_savedNotes.clear();
    showPages();
    m_name->setText({});
    m_notes->setText({});
    if (m_customer)
        m_account.history().show(m_customer, session);
    fill();
    if (const auto kept = m_unsaved.find(m_customer); kept != m_unsaved.end()) {
        setName(kept->second.name);
        m_notes->setText(kept->second.notes);
    }
}

void ContextPanel::keepUnsaved() {
    if (!m_customer)
        return;
    if (m_name->text().trimmed() != m_savedName || m_notes->text() != m_savedNotes)
        m_unsaved[m_customer] = {m_name->text(), m_notes->text()};
    else
        m_unsaved.erase(m_customer);
    // Of customers who are gone nothing is kept.
    const auto* sessions = m_account.workbench().sessions();
    std::erase_if(m_unsaved, [sessions](const auto& entry) {
        for (int row = 0; row < sessions->rowCount(); ++row)
            if (sessions->at(row).view.session.customer == entry.first)
                return false;
        return true;
    });
}

/// A long one is read from its beginning.
void ContextPanel::setName(const QString& name) {
    m_name->setText(name);
    m_name->edit()->setCursorPosition(0);
}

void ContextPanel::onSessions() {
    if (m_session)
        fill();
}

void ContextPanel::fill() {
    const auto* item = m_account.workbench().sessions()->find(m_session);
    if (!item) {
        m_facts->setFacts({});
        m_path->clear();
        m_save->setEnabled(false);
        return;
    }
    const auto& view = item->view;
    // What the agent has typed and not saved is never overwritten.
    const bool edited = m_name->text().trimmed() != m_savedName || m_notes->text() != m_savedNotes;
    if (!edited) {
        m_savedName = bridge::toQt(view.customerName);
        m_savedNotes = bridge::toQt(view.customerNotes);
        if (m_name->text() != m_savedName)
            setName(m_savedName);
        if (m_notes->text() != m_savedNotes)
            m_notes->setText(m_savedNotes);
    }
    m_save->setEnabled(edited);
    m_path->setText(view.session.flowPath.empty() ? tr("None") : bridge::toQt(view.session.flowPath));
    const auto time = [](base::TimePoint at) {
        return QLocale().toString(bridge::toQt(at).toLocalTime(), QLocale::ShortFormat);
    };
    std::vector<widgets::FactList::Fact> facts;
    facts.push_back({tr("Channel"), tr("%1 (%2)").arg(bridge::toQt(view.channelName), bridge::word(view.channelKind))});
    if (!view.externalId.empty())
        facts.push_back({view.channelKind == model::ChannelKind::Phone ? tr("Phone number") : tr("OpenID"),
                         bridge::toQt(view.externalId)});
    facts.push_back({tr("Began"), time(view.session.startedAt)});
    if (view.session.answeredAt != base::TimePoint{})
        facts.push_back({tr("Answered"), time(view.session.answeredAt)});
    if (!view.pageUrl.empty())
        facts.push_back({tr("Page"), bridge::toQt(view.pageUrl)});
    if (!view.customerLocale.empty())
        facts.push_back({tr("Language"), languageName(bridge::toQt(view.customerLocale))});
    facts.push_back({tr("Session number"), QString::number(view.session.id.value)});
    m_facts->setFacts(facts);
}

bool ContextPanel::isEdited() const {
    return m_customer && (m_name->text().trimmed() != m_savedName || m_notes->text() != m_savedNotes);
}

bool ContextPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut)
        saveTyped();
    return Ground::eventFilter(watched, event);
}

void ContextPanel::saveTyped() {
    m_pause.stop();
    const Typed now{m_name->text().trimmed(), m_notes->text()};
    if (isEdited() && m_underWay != now && !now.name.isEmpty())
        store(false);
}

void ContextPanel::save() {
    const bool nameless = m_name->text().trimmed().isEmpty();
    m_name->setError(nameless ? tr("A customer needs a name.") : QString());
    if (!nameless)
        store(true);
}

void ContextPanel::store(bool tell) {
    const QString name = m_name->text().trimmed();
    const QString notes = m_notes->text();
    const auto customer = m_customer;
    m_underWay = {name, notes};
    m_save->setBusy(true);
    m_account.commands().updateCustomer(
        customer, name, notes, [this, customer, name, notes, tell](const base::Result<void>& done) {
            if (customer == m_customer && m_underWay == Typed{name, notes}) {
                m_underWay.reset();
                m_save->setBusy(false);
            }
            if (!done) // what was typed stays; a pause or the button tries again
                return Q_EMIT told(Strip::Grade::Error, bridge::errorText(done.error()));
            if (customer == m_customer) {
                m_savedName = name;
                m_savedNotes = notes;
                fill();
            } else if (const auto kept = m_unsaved.find(customer);
                       kept != m_unsaved.end() && kept->second.name.trimmed() == name && kept->second.notes == notes) {
                m_unsaved.erase(kept);
            }
            if (tell)
                Q_EMIT told(Strip::Grade::Info, tr("Saved."));
        });
}

void ContextPanel::askBlock() {
    if (!m_customer)
        return;
    auto* ask = new widgets::ConfirmDialog(tr("Block this visitor?"),
                                           tr("The conversation ends now and new ones are refused until an admin lifts "
                                              "the block. The visitor is told that service is not available."),
                                           tr("Block"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this, customer = m_customer, name = m_savedName] {
        m_account.commands().block(customer, true, [this, name](const base::Result<void>& done) {
            if (done)
                Q_EMIT told(Strip::Grade::Info, tr("%1 is blocked.").arg(name));
            else
                Q_EMIT told(Strip::Grade::Error, bridge::errorText(done.error()));
        });
    });
    ask->open();
}

} // namespace cb::workbench
