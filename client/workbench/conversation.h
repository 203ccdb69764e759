#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/compose/composer.h"
#include "client/widgets/controls/avatar.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/transcript/transcript_view.h"
#include "client/workbench/end_prompt.h"
#include "client/workbench/wrap_up_form.h"

#include <QtCore/QPointer>
#include <QtWidgets/QStackedWidget>

namespace cb::workbench {

class StagedFiles;

/// The middle column: who it is, the transcript, and below it the composer, or the wrap-up form once it has ended. GUI
/// thread.
class Conversation : public widgets::Ground {
    Q_OBJECT
public:
    explicit Conversation(state::AgentAccount& account, QWidget* parent = nullptr);

    void show(model::SessionId session); ///< 0 = nothing is chosen
    model::SessionId session() const { return m_session; }
    bool isOpen() const;  ///< with us, not ended
    bool isCall() const;  ///< nothing is written there
    bool isEnded() const; ///< in wrap-up
    void focusComposer();
    void endSession(); ///< asks first, at its button
    void completeSession() { m_form->complete(); }
    void transferSession();
    void pickFiles();
    void showReasons(); ///< why this agent

Q_SIGNALS:
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);
    void stateChanged(); ///< open, ended or nothing: shortcuts follow

protected:
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void buildHead();
    void connectTranscript();
    void connectComposer();
    void attach(state::TranscriptModel* transcript);
    void onSessions();
    void tellHead();
    void tellTransfer();
    void updateFoot();
    void send(const QString& text);
    void stageFiles(const QList<QUrl>& files); ///< to the composer's bar; they go with the next message
    bool staged(bool taken);
    void tell(const base::Result<void>& result);
    void openPicture(const QModelIndex& index);
    void saveFile(const QModelIndex& index);
    void loadOlder();
    std::vector<widgets::ListRow> quickRows(const QString& typed);

    state::AgentAccount& m_account;
    model::SessionId m_session;
    QPointer<state::TranscriptModel> m_transcript;
    widgets::Avatar* m_avatar;
    widgets::ElidedLabel* m_name;
    widgets::ElidedLabel* m_where;
    widgets::IconButton* m_why;
    widgets::Button* m_transfer;
    widgets::Button* m_end;
    QWidget* m_head;
    widgets::TranscriptView* m_view;
    QStackedWidget* m_foot;
    widgets::Composer* m_composer;
    StagedFiles* m_staged;
    WrapUpForm* m_form;
    QStackedWidget* m_pages;
    widgets::EmptyState* m_nothing;
    QPointer<EndPrompt> m_prompt; ///< a child of the window, made when first asked
    bool m_wasEnded = false;
    model::SessionId m_endAsked; ///< the agent ended it, here
};

} // namespace cb::workbench
