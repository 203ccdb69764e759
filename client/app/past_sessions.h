#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/overlay/list_row.h"

#include <QtCore/QPointer>

namespace cb::widgets {
class TranscriptView;
}

namespace cb::app {

/// The conversations of this agent by their customers' names, for the command palette. Notes each session of the floor
/// in the local file while it is there; what was had with another program is not known. GUI thread.
class PastSessions : public QObject {
    Q_OBJECT
public:
    /// `account` outlives it.
    explicit PastSessions(state::AgentAccount& account, QObject* parent = nullptr);

    /// One per conversation that is over, newest first; data is what sessionOf() reads.
    std::vector<widgets::ListRow> rows() const;
    /// 0: the row was none of ours.
    static model::SessionId sessionOf(const QVariant& data);
    /// The customer's name and when it was; of any session of rows().
    QString titleOf(model::SessionId session) const;

private:
    std::vector<sync::PastSession> known() const;
    void note(int first, int last);

    state::AgentAccount& m_account;
    std::map<model::SessionId, sync::PastSession> m_noted; ///< of the floor
};

/// An earlier conversation to read. It comes from this machine at once and from the server when that is there.
class PastDialog : public widgets::Dialog {
    Q_OBJECT
public:
    PastDialog(state::AgentAccount& account, model::SessionId session, const QString& title, QWidget* parent);

protected:
    void retranslate() override;

private:
    void tell();

    QPointer<state::TranscriptModel> m_transcript;
    widgets::TranscriptView* m_view;
    widgets::Label* m_state; ///< why there is nothing, or not all
    widgets::Button* m_close;
    bool m_failed = false;
};

} // namespace cb::app
