#include "client/admin/audit_page.h"

#include "client/admin/audit_words.h"
#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"

#include <QtCore/QLocale>
#include <QtGui/QShowEvent>

#include <algorithm>
#include <utility>

namespace cb::admin {

namespace {
enum Column { TimeColumn, WhoColumn, ActionColumn, TargetColumn, BeforeColumn, AfterColumn };
} // namespace

AuditPage::AuditPage(const Context& context, QWidget* parent)
    : ListPage(context, parent)
    , m_who(new QComboBox)
    , m_what(new QComboBox) {
    auto& view = table()->view();
    auto& log = admin().audit();
    view.table().setColumns(
        {{QStringLiteral("time"), {}, 140},
         {QStringLiteral("who"), {}, 110},
         {QStringLiteral("action"), {}, 210},
         {QStringLiteral("target"), {}, 130},
         {QStringLiteral("before"), {}, 190},
         {QStringLiteral("after"), {}, 220}},
        [this](int row, int column) { return cell(row, column); },
        [&log](int row) { return qint64(log.entries()[std::size_t(row)].seq); });
    view.setSortable(false); // what is not here yet cannot be sorted: newest first, always
    view.remember(this->context().store, QStringLiteral("audit"));
    setFileName(QStringLiteral("audit-log"));
    for (QComboBox* box : {m_who, m_what}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(14);
        addFilter(box);
        connect(box, &QComboBox::currentIndexChanged, this, &AuditPage::ask);
    }
    connect(&view, &widgets::TableView::opened, this, &AuditPage::open);
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString&, int row) { open(row); });
    connect(&log, &state::AuditLog::reset, this, &AuditPage::show);
    connect(&log, &state::AuditLog::appended, this, [this](int count) {
        table()->table().appendRows(count);
        tellReach();
        goOn();
    });
    connect(&log, &state::AuditLog::failed, this, [this](const base::Error& error) {
        giveUp();
        strip()->tell(widgets::Strip::Grade::Error, bridge::errorText(error), tr("Try again"));
    });
    connect(strip(), &widgets::Strip::actionTriggered, this, [this, &log] {
        if (m_write)
            giveUp();
        else
            log.loadOlder();
    });
    connect(search(), &QLineEdit::textChanged, this, &AuditPage::filter);
    connect(table(), &widgets::DataTable::retryWanted, this, &AuditPage::ask);
    AuditPage::tellWords();
    use({&admin().agents()}); // for the filter
    fillFilters();
}

void AuditPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    fillFilters();
    table()->view().viewport()->update();
}

void AuditPage::tellWords() {
    head()->tell(tr("Audit log"), tr("What admins have changed, newest first. Nobody can change or delete an entry."));
    table()->setEmpty(widgets::Glyph::Shield, tr("No change is recorded yet."));
    table()->table().setTitles({tr("Time"), tr("Who"), tr("What"), tr("Of"), tr("Before"), tr("Afterwards")});
    table()->view().setActions({{QStringLiteral("open"), widgets::Glyph::Eye, tr("Before and after"), {}, {}}});
    m_who->setAccessibleName(tr("Who"));
    m_what->setAccessibleName(tr("What"));
}

void AuditPage::showEvent(QShowEvent* event) {
    ListPage::showEvent(event);
    if (!event->spontaneous())
        ask();
}

void AuditPage::fill() {
    fillFilters();
}

void AuditPage::fillFilters() {
    const QSignalBlocker quietWho(m_who);
    const QSignalBlocker quietWhat(m_what);
    const QVariant who = m_who->currentData();
    const QVariant what = m_what->currentData();
    m_who->clear();
    m_who->addItem(tr("All admins"));
    for (const auto& entry : admin().agents().value().agents)
        if (entry.agent.role == model::Role::Admin)
            m_who->addItem(bridge::toQt(entry.agent.name), qint64(entry.agent.id.value));
    m_who->setCurrentIndex(who.isValid() ? std::max(0, m_who->findData(who)) : 0);
    m_what->clear();
    m_what->addItem(tr("All changes"));
    for (const auto& [prefix, word] : auditKinds())
        m_what->addItem(word, prefix);
    m_what->setCurrentIndex(what.isValid() ? std::max(0, m_what->findData(what)) : 0);
}

void AuditPage::ask() {
    giveUp(); // the file would have entries of two questions
    table()->showLoading();
    admin().audit().show(model::AgentId{m_who->currentData().toLongLong()},
                         bridge::toStd(m_what->currentData().toString()));
}

void AuditPage::show() {
    auto& log = admin().audit();
    if (log.error()) {
        giveUp();
        table()->view().reload(int(log.entries().size())); // those of the question before are gone
        setCut(false);
        return table()->showError(bridge::errorText(*log.error()), bridge::errorCode(*log.error()));
    }
    const bool filtered = m_who->currentIndex() > 0 || m_what->currentIndex() > 0;
    table()->setEmpty(widgets::Glyph::Shield,
                      filtered ? tr("No change fits what is chosen above.") : tr("No change is recorded yet."));
    table()->showRows(int(log.entries().size()));
    tellReach();
    goOn();
}

void AuditPage::filter() {
    const QString text = search()->text().trimmed();
    widgets::TableRows::Passes has;
    if (!text.isEmpty())
        has = [this, text](int row) {
            for (int column = WhoColumn; column <= AfterColumn; ++column)
                if (cell(row, column).text.contains(text, Qt::CaseInsensitive))
                    return true;
            return false;
        };
    table()->setPasses(std::move(has));
    tellReach();
}

/// How far back it goes what is here. Older ones come as one scrolls; in what a search has found nobody scrolls far, so
/// there they come when somebody says so.
void AuditPage::tellReach() {
    auto& log = admin().audit();
    const bool searching = !search()->text().trimmed().isEmpty();
    const QString here = QLocale().toString(qulonglong(log.entries().size()));
    table()->table().setMore(
        log.hasMore() && !searching && !m_write ? std::function<void()>([&log] { log.loadOlder(); }) : nullptr);
    setCut(log.hasMore());
    if (m_write)
        strip()->tell(widgets::Strip::Grade::Info, tr("Collecting entries for the file: %1 so far.").arg(here),
                      tr("Cancel"));
    else if (searching && log.hasMore())
        strip()->tell(widgets::Strip::Grade::Info, tr("Searched in the newest %1 entries.").arg(here),
                      tr("Search further back"));
    else
        strip()->hide();
}

void AuditPage::collect(std::function<void(const QString& missing)> write) {
    m_write = std::move(write);
    tellReach();
    goOn();
}

/// A page more for the file, or the file.
void AuditPage::goOn() {
    auto& log = admin().audit();
    if (!m_write)
        return;
    if (log.hasMore() && log.entries().size() < kMostInFile)
        return log.loadOlder();
    const auto write = std::exchange(m_write, {});
    tellReach();
    write(
        log.hasMore()
            ? tr("It holds the newest %1 entries; there are older ones.").arg(QLocale().toString(log.entries().size()))
            : QString());
}

void AuditPage::giveUp() {
    if (!std::exchange(m_write, {}))
        return;
    tellReach();
    tell(widgets::Strip::Grade::Warning, tr("No file was written."));
}

widgets::TableCell AuditPage::cell(int row, int column) const {
    const auto& entry = admin().audit().entries()[std::size_t(row)];
    switch (column) {
    case TimeColumn:
        return timeCell(entry.at, context().account.workbench().serverNow());
    case WhoColumn:
        return {auditWho(entry)};
    case ActionColumn:
        return {auditAction(entry.action)};
    case TargetColumn:
        return {auditTarget(entry.target)};
    case BeforeColumn:
        return {auditText(entry.action, entry.before), {}, {}, widgets::Tone::Muted};
    default:
        return {auditText(entry.action, entry.after), {}, {}, widgets::Tone::Muted};
    }
}

void AuditPage::open(int row) {
    const auto entry = admin().audit().entries()[std::size_t(row)];
    inspect(auditAction(entry.action), [this, entry]() -> QWidget* {
        auto* form = new Form;
        const QDateTime at = bridge::toQt(entry.at).toLocalTime();
        form->addFacts({{tr("Time"), QLocale().toString(at, QLocale::LongFormat)},
                        {tr("Who"), auditWho(entry)},
                        {tr("Of"), auditTarget(entry.target)},
                        {tr("Number"), QString::number(entry.seq)}});
        const auto part = [&](const QString& title, const std::string& text) {
            form->addTitle(title);
            auto* label = form->addNote(text.empty() ? QStringLiteral("–") : auditText(entry.action, text));
            label->setTone(widgets::Tone::Normal);
            label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        };
        part(tr("BEFORE"), entry.before);
        part(tr("AFTERWARDS"), entry.after);
        return form;
    });
}

} // namespace cb::admin
