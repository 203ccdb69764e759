#pragma once

#include "client/widgets/controls/panels.h"

namespace cb::floweditor {

/// Stands at the canvas's edge in place of a folded panel: the button that unfolds it, and buttons for what is wanted
/// of it all the same.
class FoldedColumn : public widgets::Ground {
    Q_OBJECT
public:
    /// `edge`: of the editor, the left or the right one.
    explicit FoldedColumn(Qt::Edge edge, QWidget* parent = nullptr);

    widgets::IconButton* unfoldButton() const { return m_unfold; }
    /// One more button, below the others; its label is the caller's.
    widgets::IconButton* add(widgets::Glyph glyph);

private:
    QVBoxLayout* m_buttons;
    widgets::IconButton* m_unfold;
};

/// Folds a panel beside the canvas to its column and back. What the user chooses is remembered in QSettings (group
/// "folds"), for a roomy editor and for a narrow one by itself: at first only the narrow one is folded.
class Fold : public QObject {
    Q_OBJECT
public:
    /// Both have their places already, as has `button`, which folds the panel.
    Fold(const QString& key, QWidget& panel, FoldedColumn& column, QAbstractButton& button);

    bool isFolded() const { return m_folded; }
    /// The user's choice.
    void toggle();
    /// Something of the panel is wanted: for now, nothing is remembered.
    void unfold();
    void setRoomy(bool roomy);
    /// While not shown there is neither panel nor column.
    void setShown(bool shown);

Q_SIGNALS:
    void unfolded(); ///< the canvas gets narrower

private:
    QString memory() const;
    void set(bool folded);
    void tell();

    QString m_key;
    QWidget& m_panel;
    FoldedColumn& m_column;
    QAbstractButton& m_button;
    bool m_roomy = true;
    bool m_shown = true;
    bool m_folded = false;
};

} // namespace cb::floweditor
