#include "client/workbench/staged_files.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeDatabase>
#include <QtCore/QPointer>

#include <algorithm>
#include <utility>

namespace cb::workbench {

StagedFiles::StagedFiles(state::AgentAccount& account, widgets::AttachmentBar* bar, QObject* parent)
    : QObject(parent)
    , m_account(account)
    , m_bar(bar) {
    connect(m_bar, &widgets::AttachmentBar::removeRequested, this, &StagedFiles::remove);
}

void StagedFiles::show(model::SessionId session) {
    m_session = session;
    m_bar->clear();
    // Sessions that are gone take what waited for them along.
    std::erase_if(m_staged, [this](const auto& entry) { return !m_account.workbench().sessions()->find(entry.first); });
    const auto waiting = m_staged.find(session);
    if (waiting == m_staged.end())
        return;
    for (const Staged& staged : waiting->second)
        put(staged);
}

bool StagedFiles::isEmpty() const {
    return m_bar->count() == 0;
}

bool StagedFiles::add(const QImage& image) {
    return stage({{}, {}, image});
}

bool StagedFiles::add(const QString& path) {
    return stage({{}, path, {}});
}

bool StagedFiles::stage(Staged staged) {
    auto& all = m_staged[m_session];
    if (all.size() >= kMost)
        return false;
    staged.key = QString::number(++m_lastKey);
    put(staged);
    all.push_back(std::move(staged));
    return true;
}

void StagedFiles::put(const Staged& staged) {
    if (staged.path.isEmpty())
        m_bar->add(staged.key, tr("Picture"), -1, staged.image);
    else
        m_bar->add(staged.key, QFileInfo(staged.path).fileName(), QFileInfo(staged.path).size());
}

void StagedFiles::remove(const QString& key) {
    m_bar->remove(key);
    for (auto& [session, all] : m_staged)
        std::erase_if(all, [&key](const Staged& staged) { return staged.key == key; });
}

void StagedFiles::send(const Then& each, const std::function<void()>& done) {
    auto all = std::exchange(m_staged[m_session], {});
    m_bar->clear();
    sendFrom(std::move(all), m_session, each, done);
}

void StagedFiles::sendFrom(std::vector<Staged> left, model::SessionId session, const Then& each,
                           const std::function<void()>& done) {
    auto& commands = m_account.commands();
    const QMimeDatabase types;
    while (!left.empty()) {
        const Staged first = std::move(left.front());
        left.erase(left.begin());
        if (first.path.isEmpty()) { // encoded beside this thread; what follows waits, so that the order stays
            commands.sendPicture(session, first.image,
                                 [here = QPointer(this), left, session, each, done](const base::Result<void>& result) {
                                     if (!here)
                                         return;
                                     each(result);
                                     here->sendFrom(left, session, each, done);
                                 });
            return;
        }
        const bool picture = types.mimeTypeForFile(first.path).name().startsWith(QLatin1String("image/"));
        each(picture ? commands.sendPicture(session, first.path) : commands.sendFile(session, first.path));
    }
    done();
}

} // namespace cb::workbench
