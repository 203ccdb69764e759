#pragma once

#include "client/api/records_client.h"
#include "client/records/attachment_saver.h"
#include "client/widgets/controls/fact_list.h"
#include "client/widgets/controls/scroll_column.h"
#include "client/widgets/controls/segmented.h"
#include "shared/wire/records.h"

#include <QtCore/QPointer>

class QStackedWidget;

namespace cb::widgets {
class TranscriptView;
}

namespace cb::records {

class RecordingBar;

/// The record that is open: what was said, and what is known of it.
class RecordDetail : public widgets::Ground {
    Q_OBJECT
public:
    /// `account` and `client` outlive it.
    RecordDetail(state::AgentAccount& account, api::RecordsClient& client, Tell tell, QWidget* parent = nullptr);

    void show(const wire::Record& record);
    model::SessionId session() const { return m_record.id; } ///< 0: none
    const wire::Record& record() const { return m_record; }
    void setAdmin(bool admin);
    void close();
    void reload(); ///< the same record as it is now

Q_SIGNALS:
    void closed();
    void replayWanted(cb::model::SessionId session);
    void eraseWanted(const cb::wire::Record& record);

protected:
    void retranslate() override;
    void restyle() override;

private:
    void layOut();
    void showTranscript();
    void tell();
    void tellTranscript();
    void openPicture(const QModelIndex& index);
    void saveFile(const QModelIndex& index);

    state::AgentAccount& m_account;
    api::RecordsClient& m_client;
    Tell m_tell;
    wire::Record m_record;
    QPointer<state::TranscriptModel> m_transcript;
    bool m_failed = false; ///< the transcript could not be had
    widgets::Label* m_title;
    widgets::IconButton* m_close;
    widgets::Segmented* m_tabs;
    RecordingBar* m_recording;
    QStackedWidget* m_pages;
    widgets::TranscriptView* m_view;
    widgets::Label* m_state; ///< why there is no conversation, or not all of it
    widgets::ScrollColumn* m_column;
    widgets::FactList* m_facts;
    widgets::Label* m_trouble; ///< the facts are those of the list
    QWidget* m_foot;
    widgets::Button* m_replay;
    widgets::Button* m_erase;
    std::uint64_t m_generation = 0; ///< answers about the record before are dropped
};

} // namespace cb::records
