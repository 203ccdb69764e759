#pragma once

#include "client/widgets/theme/themed.h"
#include "client/widgets/transcript/height_index.h"
#include "client/widgets/transcript/transcript_row.h"

#include <QAbstractItemModel>
#include <QAbstractScrollArea>
#include <QPointer>

#include <unordered_map>

class QMenu;

namespace cb::widgets {

class JumpButton;

/// A conversation of any length. Lays out only what is on or near the screen; all other rows have an estimated height.
/// What is on the screen stays where it is when rows are added before it, when heights become known and when the width
/// changes; at the end the view follows new rows. Reads a model with the roles of transcript_roles.h. GUI thread.
class TranscriptView : public Themed<QAbstractScrollArea> {
    Q_OBJECT
public:
    explicit TranscriptView(QWidget* parent = nullptr);
    ~TranscriptView() override;

    /// Not owned; shows the end of the conversation.
    void setModel(QAbstractItemModel* model);
    QAbstractItemModel* model() const { return m_model; }

    /// True: olderWanted() is sent once when the upper end comes near, and again after rows came in at the front.
    void setOlderAvailable(bool available);
    /// A line below the last row, e.g. “… is typing”; its room is always kept. Empty for none.
    void setTyping(const QString& sentence);
    QString typing() const { return m_typing; }

    bool isAtEnd() const;
    void scrollToEnd();
    void scrollToRow(int row);
    /// Rows that arrived from the customer while the end was out of sight.
    int unseen() const { return m_unseen; }

    QString selectedText() const;
    void selectAll();
    void clearSelection();
    /// The row at \p pos of the viewport, and its rectangle there; for menus and tests.
    QModelIndex indexAt(const QPoint& pos) const;
    QRect visualRect(const QModelIndex& index) const;
    /// How many rows have been laid out since the start: tests count on appending being cheap.
    qint64 layoutCount() const { return m_layoutCount; }

Q_SIGNALS:
    void olderWanted();
    /// A row whose picture is not there has come into sight.
    void pictureWanted(const QModelIndex& index);
    void pictureActivated(const QModelIndex& index);
    void fileActivated(const QModelIndex& index);
    void retryRequested(const QModelIndex& index);
    void discardRequested(const QModelIndex& index); ///< a failed one, by its “Remove” or Delete
    /// A link that is not plain http(s) was clicked: ask before opening. Plain ones open in the browser at once.
    void linkNeedsConfirmation(const QUrl& url);
    /// The newest row the user has had on the screen, with the window active.
    void seen(const QModelIndex& index);
    /// Before the context menu of a row is shown: add actions.
    void menuAboutToShow(QMenu* menu, const QModelIndex& index);

protected:
    void restyle() override;
    void retranslate() override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    struct Spot {
        int row = -1;
        int position = 0;
        auto operator<=>(const Spot&) const = default;
    };

    // Model changes.
    void onInserted(const QModelIndex& parent, int first, int last);
    void onRemoved(const QModelIndex& parent, int first, int last);
    void onChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);
    void onReset();

    // Geometry.
    int contentWidth() const;
    int topPadding() const;
    int bottomPadding() const;
    const RowLayout& layoutOf(int row);
    void forget(int row);
    void forgetFar();
    /// Lays out what is visible and a screen beyond, keeping the anchor in its place.
    void settle();
    void noteAnchor();
    void setScroll(qint64 value);
    int rowAtViewport(int y) const;
    int viewportTop(int row) const;
    void ensureVisible(int row);

    // After scrolling.
    void report();
    void placeJump();
    void askForOlder();

    // Selection and clicks.
    Spot spotAt(const QPoint& pos);
    std::pair<Spot, Spot> selection() const;
    RowPaint paintOf(int row) const;
    void activate(int row, const QPointF& posInRow);
    void open(const QUrl& url);
    void updateCursor(const QPoint& pos);
    void setCurrent(int row);
    void copy() const;
    bool isActivatable(const RowLayout& row, const QPointF& posInRow) const;

    QPointer<QAbstractItemModel> m_model;
    HeightIndex m_heights;
    std::vector<char> m_measured;
    std::unordered_map<int, RowLayout> m_layouts;
    RowTexts m_texts;
    QString m_typing;
    JumpButton* m_jump;

    int m_anchorRow = -1;
    int m_anchorOffset = 0; // of the viewport's top below the anchor row's top
    bool m_follow = true;
    bool m_settling = false;
    bool m_olderAvailable = false;
    bool m_olderAsked = false;
    int m_unseen = 0;
    int m_lastSeen = -1;
    qint64 m_layoutCount = 0;

    Spot m_selectFrom;
    Spot m_selectTo;
    bool m_selecting = false;
    QPoint m_pressed;
    int m_scrollTimer = 0;
    int m_current = -1;
    int m_hoverRow = -1;
    const Link* m_hoverLink = nullptr;
};

} // namespace cb::widgets
