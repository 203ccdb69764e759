#pragma once

#include "client/floweditor/document/document.h"
#include "client/widgets/controls/panels.h"

#include <QtWidgets/QListWidget>

namespace cb::floweditor {

/// What keeps the flow from being published: the count is always seen, the list unfolds; a click goes to the node.
class ProblemStrip : public widgets::Ground {
    Q_OBJECT
public:
    explicit ProblemStrip(Document& document, QWidget* parent = nullptr);

    bool isUnfolded() const { return m_list->isVisibleTo(this); }
    void setUnfolded(bool on);
    /// F8: the next problem's node, from the first again behind the last.
    void next();

Q_SIGNALS:
    void nodeWanted(cb::flow::NodeId node);

protected:
    void retranslate() override;
    void restyle() override;

private:
    void fill();
    void tell();

    Document& m_document;
    widgets::Button* m_head;
    QListWidget* m_list;
    int m_at = -1;
};

} // namespace cb::floweditor
