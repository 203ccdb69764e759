#pragma once

#include "client/floweditor/document/document.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/segmented.h"
#include "client/widgets/transcript/transcript_view.h"

#include <QtGui/QStandardItemModel>
#include <QtWidgets/QStackedWidget>

#include <optional>

namespace cb::floweditor {

/// Plays the flow that is drawn, with the server's own interpreter and a virtual clock. Every edit of the flow starts
/// the play anew with the same inputs, as far as they still mean something. Of calls the prompts can be heard, too; the
/// clock does not wait for them.
class Simulator : public widgets::Ground {
    Q_OBJECT
public:
    explicit Simulator(Document& document, QWidget* parent = nullptr);

    /// From the beginning; also the first time.
    void restart();
    /// Plays a saved test's inputs.
    void play(const flowtest::FlowTest& test);
    bool isRunning() const { return m_rehearsal.has_value(); }
    bool isSpeaking() const { return m_speaks; }
    /// While the panel is not seen nothing is played and nothing lit.
    void stop();

    const std::vector<flowtest::Input>& inputs() const { return m_inputs; }

Q_SIGNALS:
    /// Where it stands, and the line it came by; 0: nowhere.
    void stands(cb::flow::NodeId node, const std::optional<cb::flow::Edge>& edge);
    void testSaved(const QString& name);

protected:
    void retranslate() override;

private:
    void build();
    QWidget* buildKeys();
    void give(const flowtest::Input& input);
    void again();
    void tell();
    void tellLines();
    void tellControls();
    void setSpeaking(bool speaks);
    void tellSpeaker();
    void hush();
    void speak();
    void write();
    void save();
    void append(widgets::TranscriptKind kind, widgets::TranscriptSide side, const QString& text,
                const flowtest::Line& line);

    Document& m_document;
    std::optional<flowtest::Rehearsal> m_rehearsal;
    std::vector<flowtest::Input> m_inputs;
    flowtest::Agents m_began = flowtest::Agents::Free;
    QString m_problem; ///< why nothing can be played
    std::size_t m_shown = 0;
    std::size_t m_since = 0; ///< of the lines, the first since the last input
    bool m_speaks = false;
    QDateTime m_epoch;

    widgets::Label* m_agentsLabel;
    widgets::Segmented* m_agents;
    widgets::IconButton* m_speaker;
    widgets::IconButton* m_restart;
    widgets::Button* m_save;
    QStandardItemModel* m_lines;
    widgets::TranscriptView* m_view;
    widgets::Label* m_state;
    QStackedWidget* m_entry;
    QLineEdit* m_text;
    QWidget* m_keys;
    widgets::Button* m_wait;
    widgets::Button* m_answer;
    widgets::Button* m_agentWrites;
    widgets::Button* m_agentEnds;
    widgets::Button* m_leave;
};

} // namespace cb::floweditor
