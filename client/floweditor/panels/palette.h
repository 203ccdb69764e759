#pragma once

#include "client/floweditor/document/document.h"
#include "client/floweditor/panels/fold.h"
#include "client/widgets/controls/panels.h"

#include <QtWidgets/QListWidget>

#include <utility>
#include <vector>

namespace cb::floweditor {

/// The kinds of nodes that the flow may have: drag one out, or double-click (Enter) to add it.
class Palette : public widgets::Ground {
    Q_OBJECT
public:
    /// `mime`: the format a drag carries, the kind's number as its text.
    Palette(Document& document, const QString& mime, QWidget* parent = nullptr);

    widgets::IconButton* foldButton() const { return m_fold; }
    /// The kinds as buttons, for while the palette is folded.
    void addTo(FoldedColumn& column);

Q_SIGNALS:
    void chosen(cb::flow::Kind kind);

protected:
    void retranslate() override;

private:
    class List;

    Document& m_document;
    widgets::SectionHeader* m_title;
    widgets::IconButton* m_fold;
    List* m_list;
    widgets::Label* m_hint;
    std::vector<std::pair<flow::Kind, widgets::IconButton*>> m_folded;
};

} // namespace cb::floweditor
