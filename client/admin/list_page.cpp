#include "client/admin/list_page.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/widgets/overlay/dialog.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtGui/QShowEvent>

#include <algorithm>
#include <utility>

namespace cb::admin {

using widgets::Strip;

ListPage::ListPage(const Context& context, QWidget* parent)
    : TablePage(parent)
    , m_context(context) {
    strip()->setClosable(true);
    connect(this, &TablePage::told, this, [this](Strip::Grade grade, const QString& text) { tell(grade, text); });
    connect(drawer(), &widgets::Drawer::saveWanted, this, [this] {
        if (auto* form = qobject_cast<Form*>(drawer()->form()); form && m_store)
            m_store(*form);
    });
    connect(table(), &widgets::DataTable::retryWanted, this, &ListPage::load);
}

void ListPage::use(std::initializer_list<state::Loaded*> parts) {
    m_parts = parts;
    for (auto* part : m_parts) {
        connect(part, &state::Loaded::changed, this, &ListPage::refresh);
        connect(part, &state::Loaded::outdated, this, [this, part] {
            if (isVisible())
                part->load();
        });
    }
}

void ListPage::load() {
    for (auto* part : m_parts)
        part->load();
}

void ListPage::showEvent(QShowEvent* event) {
    TablePage::showEvent(event);
    if (event->spontaneous())
        return;
    load();
    if (!m_parts.empty() && !m_parts.front()->isThere())
        table()->showLoading();
}

/// What went wrong here is no news to whoever comes back.
void ListPage::hideEvent(QHideEvent* event) {
    TablePage::hideEvent(event);
    if (!event->spontaneous())
        strip()->hide();
}

void ListPage::refresh() {
    for (const auto* part : m_parts)
        if (part->error()) {
            m_afterwards = {};
            table()->showError(bridge::errorText(*part->error()), bridge::errorCode(*part->error()));
            return;
        }
    if (std::all_of(m_parts.begin(), m_parts.end(), [](const auto* part) { return part->isThere(); }))
        fill();
    if (m_afterwards && isFresh())
        std::exchange(m_afterwards, {})();
}

bool ListPage::isFresh() const {
    return std::all_of(m_parts.begin(), m_parts.end(), [](const auto* part) { return part->isFresh(); });
}

void ListPage::retranslate() {
    TablePage::retranslate();
    strip()->hide();           // it would stay in the old language
    if (!drawer()->isEdited()) // it would keep the words it was made with
        drawer()->close();
}

void ListPage::edit(const QString& title, const QString& save, std::function<Form*()> make,
                    std::function<void(Form&)> store) {
    if (!isFresh()) { // a form is made of all parts as they are now: it comes with their answers
        m_afterwards = [this, title, save, make, store] { edit(title, save, make, store); };
        for (auto* part : m_parts)
            if (!part->isFresh())
                part->load();
        return;
    }
    drawer()->leave([this, title, save, make = std::move(make), store = std::move(store)] {
        Form* form = make();
        m_store = store;
        drawer()->open(title, form, save);
        connect(form, &Form::changed, drawer(), [this, form] { drawer()->setEdited(form->isEdited()); });
    });
}

void ListPage::inspect(const QString& title, std::function<QWidget*()> make) {
    drawer()->leave([this, title, make = std::move(make)] {
        m_store = {};
        drawer()->open(title, make());
    });
}

void ListPage::finish(const base::Result<void>& answer, const QString& said) {
    drawer()->setBusy(false);
    if (answer) {
        drawer()->close();
        if (!said.isEmpty())
            tell(Strip::Grade::Info, said);
        return;
    }
    auto* form = qobject_cast<Form*>(drawer()->form());
    if (form != nullptr && form->showError(answer.error()))
        drawer()->setRefusal({});
    else
        drawer()->setRefusal(bridge::errorText(answer.error()), bridge::errorCode(answer.error()));
}

void ListPage::conclude(const base::Result<void>& answer, const QString& said) {
    if (answer) {
        strip()->hide();
        return tell(Strip::Grade::Info, said);
    }
    strip()->tell(Strip::Grade::Error,
                  QStringLiteral("%1 (%2)").arg(bridge::errorText(answer.error()), bridge::errorCode(answer.error())));
}

void ListPage::confirm(const QString& question, const QString& consequence, const QString& action,
                       std::function<void()> yes, bool harmless) {
    auto* ask = new widgets::ConfirmDialog(question, consequence, action, this);
    if (harmless)
        ask->setHarmless();
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, std::move(yes));
    ask->open();
}

widgets::TableCell timeCell(base::TimePoint at, const QDateTime& now) {
    const QDateTime time = bridge::toQt(at).toLocalTime();
    if (!time.isValid())
        return {};
    const QLocale locale;
    const QString clock = locale.toString(time.time(), QLocale::ShortFormat);
    const qint64 days = time.date().daysTo(now.toLocalTime().date());
    QString text = locale.toString(time, QLocale::ShortFormat);
    if (days == 0)
        text = QCoreApplication::translate("Day", "today, %1").arg(clock);
    else if (days == 1)
        text = QCoreApplication::translate("Day", "yesterday, %1").arg(clock);
    return {text, time, locale.toString(time, QLocale::LongFormat)};
}

} // namespace cb::admin
