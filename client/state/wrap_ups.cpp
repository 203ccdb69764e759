#include "client/state/wrap_ups.h"

#include "client/bridge/convert.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace cb::state {

namespace {

constexpr int kWriteMillis = 400;
constexpr int kAgainMillis = 1'000; ///< after an attempt that failed
const QString kName = QStringLiteral("wrap_ups");

bool isEmpty(const model::WrapUpForm& form) {
    return form.category.empty() && form.note.empty();
}

model::WrapUpForm trimmed(const model::WrapUpForm& form) {
    return {bridge::toStd(bridge::toQt(form.category).trimmed()), bridge::toStd(bridge::toQt(form.note).trimmed())};
}

} // namespace

WrapUps::WrapUps(WorkbenchState& workbench, Commands& commands, sync::AccountStore& store, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_commands(commands)
    , m_store(store) {
    read();
    for (QTimer* timer : {&m_due, &m_sweep, &m_write})
        timer->setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &WrapUps::sendDue);
    connect(&m_sweep, &QTimer::timeout, this, &WrapUps::sweep);
    connect(&m_write, &QTimer::timeout, this, &WrapUps::write);
    const auto later = [this] { m_sweep.start(0); };
    connect(m_workbench.sessions(), &SessionListModel::countsChanged, this, later);
    connect(&m_workbench, &WorkbenchState::meChanged, this, later); // part of every welcome
    connect(&m_workbench, &WorkbenchState::settingsChanged, this, later);
    connect(&m_workbench, &WorkbenchState::connectionChanged, this, later);
}

WrapUps::~WrapUps() {
    flush();
}

void WrapUps::flush() {
    if (m_write.isActive())
        write();
}

model::WrapUpForm WrapUps::typed(model::SessionId session) const {
    const auto found = m_typed.find(session);
    return found == m_typed.end() ? model::WrapUpForm{} : found->second.form;
}

void WrapUps::setTyped(model::SessionId session, const model::WrapUpForm& form) {
    const auto* item = m_workbench.sessions()->find(session);
    if (item == nullptr || typed(session) == form)
        return;
    if (isEmpty(form))
        m_typed.erase(session);
    else
        m_typed[session] = {form, bridge::toQt(item->view.customerName)};
    if (!m_write.isActive())
        m_write.start(kWriteMillis);
    plan();
}

std::optional<base::Millis> WrapUps::left(model::SessionId session) const {
    const auto* item = m_workbench.sessions()->find(session);
    const int total = m_workbench.settings().wrapUpSeconds;
    if (item == nullptr || item->section != Section::WrapUp || total <= 0)
        return {};
    const auto end = bridge::toQt(item->view.session.endedAt).addSecs(total);
    return base::Millis(std::max<qint64>(0, m_workbench.serverNow().msecsTo(end)));
}

void WrapUps::complete(model::SessionId session, Commands::Then then) {
    if (!m_sending.insert(session).second)
        return;
    const auto form = trimmed(typed(session));
    // Not by `then` alone: a view may be gone when the answer comes.
    m_commands.complete(session, bridge::toQt(form.category), bridge::toQt(form.note),
                        [this, session, then = std::move(then)](const base::Result<void>& done) {
                            answered(session, done);
                            if (then)
                                then(done);
                        });
}

void WrapUps::answered(model::SessionId session, const base::Result<void>& done) {
    m_sending.erase(session);
    if (done && m_typed.erase(session) > 0)
        write();
    m_sweep.start(done ? 0 : kAgainMillis);
}

/// The next form that has to go out by itself.
void WrapUps::plan() {
    std::optional<base::Millis> first;
    for (const auto& [session, entry] : m_typed) {
        const auto rest = left(session);
        if (rest && !m_sending.contains(session) && (!first || *rest < *first))
            first = *rest;
    }
    m_due.stop();
    if (first && m_workbench.connection() == WorkbenchState::Connection::Connected)
        m_due.start(static_cast<int>(std::max<base::Millis>(base::Millis(0), *first - kSendBeforeEnd).count()));
}

void WrapUps::sendDue() {
    std::vector<model::SessionId> due;
    for (const auto& [session, entry] : m_typed)
        if (const auto rest = left(session); rest && *rest <= kSendBeforeEnd)
            due.push_back(session);
    for (const auto session : due) // an error is not shown: it is tried again, and told by lost() when it is too late
        complete(session, [](const base::Result<void>&) {});
    plan();
}

/// Sessions that are gone took nothing along: what was typed for them is told.
void WrapUps::sweep() {
    if (!m_workbench.isLive())
        return;
    std::vector<Typed> gone;
    for (auto entry = m_typed.begin(); entry != m_typed.end();) {
        if (m_workbench.sessions()->find(entry->first) != nullptr || m_sending.contains(entry->first)) {
            ++entry;
            continue;
        }
        gone.push_back(std::move(entry->second));
        entry = m_typed.erase(entry);
    }
    if (!gone.empty())
        write();
    plan();
    for (const auto& entry : gone)
        Q_EMIT lost(entry.customer, entry.form);
}

// ---- on this disk ------------------------------------------------------------------------------------------------

void WrapUps::read() {
    const auto all = QJsonDocument::fromJson(QByteArray::fromStdString(m_store.kept(kName))).object();
    for (auto entry = all.begin(); entry != all.end(); ++entry) {
        const auto one = entry->toObject();
        const auto text = [&one](const char* name) { return bridge::toStd(one[QLatin1String(name)].toString()); };
        m_typed[model::SessionId(entry.key().toLongLong())] = {{text("category"), text("note")},
                                                               one[QLatin1String("customer")].toString()};
    }
}

void WrapUps::write() {
    m_write.stop();
    QJsonObject all;
    for (const auto& [session, entry] : m_typed)
        all[QString::number(session.value)] =
            QJsonObject{{QStringLiteral("category"), bridge::toQt(entry.form.category)},
                        {QStringLiteral("note"), bridge::toQt(entry.form.note)},
                        {QStringLiteral("customer"), entry.customer}};
    if (!m_store.keep(kName, QJsonDocument(all).toJson(QJsonDocument::Compact).toStdString()))
        m_write.start(kAgainMillis);
}

} // namespace cb::state
