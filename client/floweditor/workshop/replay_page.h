#pragma once

#include "client/api/admin_client.h"
#include "client/floweditor/scene/canvas.h"
#include "client/floweditor/workshop/replay_rows.h"
#include "client/widgets/controls/panels.h"
#include "shared/flowtest/history.h"

#include <QtWidgets/QListWidget>
#include <QtWidgets/QStackedWidget>

#include <memory>

namespace cb::floweditor {

/// A session that was had, on the canvas of the flow version it went through, step by step: left and right go along it,
/// what was said stands beside it, and it can be kept as a test of the flow.
class ReplayPage : public widgets::Ground {
    Q_OBJECT
public:
    /// `client` outlives it.
    ReplayPage(api::AdminClient& client, model::SessionId session, QWidget* parent = nullptr);
    ~ReplayPage() override;

    void setChoices(const Choices& choices);
    int steps() const { return int(m_rows.size()); }
    int step() const { return m_list->currentRow(); }
    void go(int step);
    Canvas* canvas() const { return m_canvas; } ///< nullptr until it is loaded
    QListWidget& list() const { return *m_list; }
    widgets::Button& keepButton() const { return *m_keep; }

Q_SIGNALS:
    void closeWanted();
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void retranslate() override;

private:
    void load();
    void open(wire::Replay replay);
    void fill();
    void showStep(int row);
    QString sentenceOf(const ReplayRow& row) const;
    QString whyNotKept() const;
    void askKeep();
    void keep(const flowtest::FlowTest& test, bool anyway = false);
    void askAnyway(const flowtest::FlowTest& test, const QString& why);
    flowtest::History history() const;

    api::AdminClient& m_client;
    model::SessionId m_session;
    Choices m_choices;
    wire::Replay m_replay;
    std::vector<ReplayRow> m_rows; ///< of m_replay
    std::unique_ptr<Document> m_document;
    FlowScene* m_scene = nullptr;
    Canvas* m_canvas = nullptr;
    QStackedWidget* m_pages;
    widgets::EmptyState* m_waiting;
    QWidget* m_whole;
    QVBoxLayout* m_room;
    widgets::IconButton* m_back;
    widgets::Label* m_title;
    widgets::Label* m_note;
    widgets::IconButton* m_first;
    widgets::IconButton* m_before;
    widgets::IconButton* m_next;
    widgets::IconButton* m_last;
    widgets::Button* m_keep;
    QListWidget* m_list;
};

} // namespace cb::floweditor
