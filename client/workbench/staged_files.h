#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/compose/attachment_bar.h"

#include <QtCore/QObject>
#include <QtGui/QImage>

#include <functional>
#include <map>
#include <vector>

namespace cb::workbench {

/// Pictures and files that go with the next message, for each session: they wait in the composer's bar to be looked at,
/// taken away or sent. Not kept over a restart. GUI thread.
class StagedFiles : public QObject {
    Q_OBJECT
public:
    using Then = std::function<void(const base::Result<void>&)>;

    StagedFiles(state::AgentAccount& account, widgets::AttachmentBar* bar, QObject* parent);

    /// What waits for this session is shown; what waits for others stays with them.
    void show(model::SessionId session);
    bool isEmpty() const;
    /// False: as many as go with one message wait already.
    bool add(const QImage& image);
    bool add(const QString& path);
    /// Hands all that is shown to the outbox, in order. `each` is told of every one, then `done` is called.
    void send(const Then& each, const std::function<void()>& done);

    static constexpr std::size_t kMost = 10;

private:
    struct Staged {
        QString key;
        QString path; ///< empty: the image is all there is
        QImage image;
    };
    bool stage(Staged staged);
    void put(const Staged& staged);
    void remove(const QString& key);
    void sendFrom(std::vector<Staged> left, model::SessionId session, const Then& each,
                  const std::function<void()>& done);

    state::AgentAccount& m_account;
    widgets::AttachmentBar* m_bar;
    model::SessionId m_session;
    std::map<model::SessionId, std::vector<Staged>> m_staged;
    int m_lastKey = 0;
};

} // namespace cb::workbench
