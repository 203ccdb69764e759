#include "client/state/wrap_ups.h"

#include "client/bridge/convert.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace cb::state {

namespace {

constexpr int kWriteMillis = 400;
constexpr int kAgainMillis = 1'000; ///< after an attempt that failed
const QString kName = QStringLiteral("wrap_ups");
const QString kLost = QStringLiteral("lost"); // beside the numbers of sessions

bool isEmpty(const model::WrapUpForm& form) {
    return form.category.empty() && form.note.empty();
}

model::WrapUpForm trimmed(const model::WrapUpForm& form) {
    return {bridge::toStd(bridge::toQt(form.category).trimmed()), bridge::toStd(bridge::toQt(form.note).trimmed())};
}

QJsonObject jsonOf(const model::WrapUpForm& form, const QString& customer, bool unsure) {
    QJsonObject one{{QStringLiteral("category"), bridge::toQt(form.category)},
                    {QStringLiteral("note"), bridge::toQt(form.note)},
                    {QStringLiteral("customer"), customer}};
    if (unsure)
        one[QStringLiteral("unsure")] = true;
    return one;
}

model::WrapUpForm formOf(const QJsonObject& one) {
    return {bridge::toStd(one[QLatin1String("category")].toString()),
            bridge::toStd(one[QLatin1String("note")].toString())};
}

QJsonObject keptIn(sync::AccountStore& store) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(store.kept(kName))).object();
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
    connect(&m_workbench, &WorkbenchState::presenceChanged, this, later); // after a call it says how long
    connect(&m_workbench, &WorkbenchState::connectionChanged, this, later);
}

WrapUps::~WrapUps() {
    flush();
}

void WrapUps::flush() {
    bool changed = m_write.isActive();
    for (const auto& [session, sent] : m_sending) // whose answer nobody will hear
        if (const auto entry = m_typed.find(session); entry != m_typed.end() && entry->second.form == sent)
            changed = entry->second.unsure = true;
    if (changed)
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
        m_typed[session] = {form, bridge::toQt(item->view.customerName), false};
    if (!m_write.isActive())
        m_write.start(kWriteMillis);
    plan();
}

std::optional<base::Millis> WrapUps::left(model::SessionId session) const {
    const auto* item = m_workbench.sessions()->find(session);
    if (item == nullptr || item->section != Section::WrapUp)
        return {};
    const auto& settings = m_workbench.settings();
    int total = settings.wrapUpSeconds;
    if (item->view.session.mode == model::Mode::Phone) {
        // It completes itself when the agent is ready again, and not by itself while they finish their notes.
        const bool recovers = settings.phoneRecovery && m_workbench.presence().status != model::AgentStatus::WrapUp;
        total = recovers ? settings.phoneRecoverySeconds : 0;
    }
    if (total <= 0)
        return {};
    const auto end = bridge::toQt(item->view.session.endedAt).addSecs(total);
    return base::Millis(std::max<qint64>(0, m_workbench.serverNow().msecsTo(end)));
}

void WrapUps::complete(model::SessionId session, Commands::Then then) {
    if (!m_sending.emplace(session, typed(session)).second)
        return;
    const auto form = trimmed(typed(session));
    const bool heard = m_workbench.connection() == WorkbenchState::Connection::Connected;
    // Not by `then` alone: a view may be gone when the answer comes.
    m_commands.complete(session, bridge::toQt(form.category), bridge::toQt(form.note),
                        [this, session, heard, then = std::move(then)](const base::Result<void>& done) {
                            answered(session, heard, done);
                            if (then)
                                then(done);
                        });
}

void WrapUps::answered(model::SessionId session, bool wasSent, const base::Result<void>& done) {
    const auto sent = std::move(m_sending[session]);
    m_sending.erase(session);
    const auto entry = m_typed.find(session);
    if (!done) {
        m_pause.setRemainingTime(kAgainMillis);
        m_sweep.start(kAgainMillis);
        if (entry != m_typed.end() && wasSent && done.error().code == "disconnected" && entry->second.form == sent) {
            entry->second.unsure = true;
            m_write.start(kWriteMillis);
        }
        return;
    }
    m_sweep.start(0);
    if (entry == m_typed.end())
        return;
    auto present = std::move(entry->second);
    m_typed.erase(entry);
    const bool more = trimmed(present.form) != trimmed(sent); // typed while the other was on its way
    if (more)
        addLost(std::move(present));
    write();
    if (more)
        Q_EMIT lostChanged();
}

void WrapUps::addLost(Typed entry) {
    m_lost.push_back(
        {++m_lastLost, std::move(entry.customer), std::move(entry.form), m_workbench.serverNow(), entry.unsure});
    if (m_lost.size() > kMostLost)
        m_lost.pop_front();
}

void WrapUps::dismiss(int id) {
    if (std::erase_if(m_lost, [id](const LostWrapUp& one) { return one.id == id; }) == 0)
        return;
    write();
    Q_EMIT lostChanged();
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
        m_due.start(static_cast<int>(
            std::max({qint64(0), qint64((*first - kSendBeforeEnd).count()), m_pause.remainingTime()})));
}

void WrapUps::sendDue() {
    std::vector<model::SessionId> due;
    for (const auto& [session, entry] : m_typed)
        if (const auto rest = left(session); rest && *rest <= kSendBeforeEnd)
            due.push_back(session);
    for (const auto session : due) // an error is not shown: it is tried again, and stands in lost() when it is too late
        complete(session, [](const base::Result<void>&) {});
    plan();
}

/// Sessions that are gone took nothing along: what was typed for them is told.
void WrapUps::sweep() {
    if (!m_workbench.isLive())
        return;
    const bool heard = m_workbench.connection() == WorkbenchState::Connection::Connected;
    const auto before = m_typed;
    const auto lostBefore = m_lastLost;
    for (auto entry = m_typed.begin(); entry != m_typed.end();) {
        if (m_sending.contains(entry->first)) {
            ++entry;
        } else if (m_workbench.sessions()->find(entry->first) != nullptr) {
            entry->second.unsure = entry->second.unsure && !heard; // else the server still waits for it
            ++entry;
        } else {
            addLost(std::move(entry->second));
            entry = m_typed.erase(entry);
        }
    }
    if (m_typed != before)
        write();
    plan();
    if (m_lastLost != lostBefore)
        Q_EMIT lostChanged();
}

// ---- on this disk ------------------------------------------------------------------------------------------------

void WrapUps::read() {
    const auto all = keptIn(m_store);
    for (auto entry = all.begin(); entry != all.end(); ++entry) {
        const auto one = entry->toObject();
        if (entry.key() != kLost)
            m_typed[model::SessionId(entry.key().toLongLong())] = {
                formOf(one), one[QLatin1String("customer")].toString(), one[QLatin1String("unsure")].toBool()};
    }
    for (const auto& entry : all[kLost].toArray()) {
        const auto one = entry.toObject();
        m_lost.push_back({++m_lastLost, one[QLatin1String("customer")].toString(), formOf(one),
                          QDateTime::fromMSecsSinceEpoch(one[QLatin1String("at")].toInteger()),
                          one[QLatin1String("unsure")].toBool()});
    }
}

/// Both together: a text moves from one to the other or stays where it is.
void WrapUps::write() {
    m_write.stop();
    QJsonObject all;
    for (const auto& [session, entry] : m_typed)
        all[QString::number(session.value)] = jsonOf(entry.form, entry.customer, entry.unsure);
    QJsonArray lost;
    for (const auto& one : m_lost) {
        auto json = jsonOf(one.form, one.customer, one.unsure);
        json[QStringLiteral("at")] = one.at.toMSecsSinceEpoch();
        lost.append(json);
    }
    if (!lost.isEmpty())
        all[kLost] = lost;
    if (!m_store.keep(kName, QJsonDocument(all).toJson(QJsonDocument::Compact).toStdString()))
        m_write.start(kAgainMillis);
}

int WrapUps::countIn(sync::AccountStore& store) {
    const auto all = keptIn(store);
    const auto lost = all.contains(kLost) ? all[kLost].toArray().size() - 1 : 0;
    return static_cast<int>(all.size() + lost);
}

} // namespace cb::state
