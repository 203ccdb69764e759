#pragma once

#include "client/floweditor/compare/compare_view.h"
#include "client/state/flow_work.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/overlay/dialog.h"

#include <map>

namespace cb::floweditor {

/// Asks for a flow's name.
class NameDialog : public widgets::Dialog {
    Q_OBJECT
public:
    NameDialog(const QString& title, const QString& name, const QString& action, QWidget* parent);

    static constexpr int kMaxName = 40; ///< characters, as at the server

Q_SIGNALS:
    void named(const QString& name);

private:
    widgets::TextField* m_name;
};

/// Which saved tests the flow fails, and why. Accepted: publish anyway.
class FailedTestsDialog : public widgets::Dialog {
    Q_OBJECT
public:
    FailedTestsDialog(const base::Error& error, const flow::Graph& graph, QWidget* parent);

Q_SIGNALS:
    void testsWanted(); ///< show them
};

/// Two have changed the same flow: both versions, and what is to become of them.
class ConflictDialog : public widgets::Dialog {
    Q_OBJECT
public:
    /// `mayReplace`: theirs is not published, mine can take its place. `coming`: tests of theirs that mine then has,
    /// too.
    ConflictDialog(CompareView::Side theirs, CompareView::Side mine, const QStringList& coming, const Choices& choices,
                   bool mayReplace, QWidget* parent);

Q_SIGNALS:
    void mineChosen();
    void theirsChosen();
    void copyChosen();
};

/// The versions of a flow; the chosen one beside the present draft or beside any other.
class VersionsDialog : public widgets::Dialog {
    Q_OBJECT
public:
    VersionsDialog(state::FlowWork& work, const Choices& choices, QWidget* parent);

private:
    void fill(const wire::FlowVersions& versions);
    void fetch(int version);
    void compareBoth();
    CompareView::Side sideOf(int version) const;
    int beside() const { return m_beside->box()->currentData().toInt(); }
    void place(QWidget* view);
    void restore();

    state::FlowWork& m_work;
    const Choices& m_choices;
    std::map<int, flow::Graph> m_graphs; ///< by version, as far as they are here; 0 is the draft
    QListWidget* m_list;
    widgets::SelectField* m_beside;
    QVBoxLayout* m_room;
    QWidget* m_view = nullptr;
    widgets::Button* m_restore;
    int m_shown = 0; ///< the version that is chosen
};

} // namespace cb::floweditor
