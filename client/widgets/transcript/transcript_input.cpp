// The mouse and keyboard half of TranscriptView.
#include "client/widgets/controls/format.h"
#include "client/widgets/theme/icon.h"
#include "client/widgets/transcript/transcript_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QLocale>
#include <QMenu>
#include <QScrollBar>
#include <QTextBoundaryFinder>
#include <QTimerEvent>

namespace cb::widgets {

namespace {
constexpr int kDragScrollMs = 40;
} // namespace

// --- selection ---

TranscriptView::Spot TranscriptView::spotAt(const QPoint& pos) {
    const int row = m_model ? rowAtViewport(pos.y()) : -1;
    if (row < 0)
        return {};
    const RowLayout& layout = layoutOf(row);
    const QPointF inside(pos.x(), pos.y() - viewportTop(row));
    if (layout.text == nullptr)
        return {row, 0};
    // Above the text means its start, below its end: a drag across rows takes whole messages.
    const int end = int(layout.data.text.size());
    if (inside.y() < layout.textAt.y())
        return {row, 0};
    if (inside.y() > layout.textAt.y() + layout.text->boundingRect().height())
        return {row, end};
    return {row, qMax(0, layout.characterAt(inside))};
}

std::pair<TranscriptView::Spot, TranscriptView::Spot> TranscriptView::selection() const {
    return std::minmax(m_selectFrom, m_selectTo);
}

RowPaint TranscriptView::paintOf(int row) const {
    RowPaint paint;
    const auto [from, to] = selection();
    if (from.row >= 0 && row >= from.row && row <= to.row) {
        paint.selectedFrom = row == from.row ? from.position : 0;
        paint.selectedTo = row == to.row ? to.position : std::numeric_limits<int>::max() / 2;
    }
    paint.current = row == m_current && hasFocus();
    paint.hovered = row == m_hoverRow ? m_hoverLink : nullptr;
    return paint;
}

QString TranscriptView::selectedText() const {
    const auto [from, to] = selection();
    if (!m_model || from.row < 0 || from == to)
        return {};
    QStringList lines;
    for (int row = from.row; row <= to.row && row < m_heights.count(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        QString text = index.data(TextRole).toString();
        const int end = row == to.row ? to.position : int(text.size());
        const int start = row == from.row ? from.position : 0;
        text = text.mid(start, end - start);
        if (text.isEmpty())
            text = index.data(FileNameRole).toString();
        if (from.row == to.row)
            return text;
        if (text.isEmpty())
            continue;
        const QString time = QLocale().toString(index.data(TimeRole).toDateTime().toLocalTime(), QLocale::ShortFormat);
        const QString author = index.data(AuthorRole).toString();
        lines << (author.isEmpty() ? QStringLiteral("[%1] %2").arg(time, text)
                                   : QStringLiteral("[%1] %2: %3").arg(time, author, text));
    }
    return lines.join(QLatin1Char('\n'));
}

void TranscriptView::selectAll() {
    if (m_heights.count() == 0)
        return;
    const int last = m_heights.count() - 1;
    m_selectFrom = {0, 0};
    m_selectTo = {last, int(m_model->index(last, 0).data(TextRole).toString().size())};
    viewport()->update();
}

void TranscriptView::clearSelection() {
    m_selectFrom = m_selectTo = Spot();
    viewport()->update();
}

void TranscriptView::copy() const {
    const QString text = selectedText();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

// --- mouse ---

bool TranscriptView::isActivatable(const RowLayout& row, const QPointF& pos) const {
    return row.linkAt(pos) != nullptr || QRectF(row.picture).contains(pos) || QRectF(row.file).contains(pos) ||
           QRectF(row.retry).contains(pos) || QRectF(row.discard).contains(pos);
}

void TranscriptView::updateCursor(const QPoint& pos) {
    const int row = m_model ? rowAtViewport(pos.y()) : -1;
    const Link* link = nullptr;
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (row >= 0) {
        const RowLayout& layout = layoutOf(row);
        const QPointF inside(pos.x(), pos.y() - viewportTop(row));
        link = layout.linkAt(inside);
        if (isActivatable(layout, inside))
            shape = Qt::PointingHandCursor;
        else if (layout.text != nullptr && layout.text->boundingRect().translated(layout.textAt).contains(inside))
            shape = Qt::IBeamCursor;
    }
    if (link != m_hoverLink || row != m_hoverRow) {
        m_hoverLink = link;
        m_hoverRow = row;
        viewport()->setToolTip(link == nullptr ? QString() : tipOf(link->url.toDisplayString()));
        viewport()->update();
    }
    viewport()->setCursor(shape);
}

void TranscriptView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_model)
        return;
    m_pressed = event->position().toPoint();
    m_current = -1;
    const Spot spot = spotAt(m_pressed);
    if (!event->modifiers().testFlag(Qt::ShiftModifier) || m_selectFrom.row < 0)
        m_selectFrom = spot;
    m_selectTo = spot;
    m_selecting = true;
    viewport()->update();
}

void TranscriptView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint pos = event->position().toPoint();
    if (!m_selecting) {
        updateCursor(pos);
        return;
    }
    m_selectTo = spotAt(pos);
    const bool outside = pos.y() < 0 || pos.y() > viewport()->height();
    if (outside && m_scrollTimer == 0) {
        m_scrollTimer = startTimer(kDragScrollMs);
    } else if (!outside && m_scrollTimer != 0) {
        killTimer(m_scrollTimer);
        m_scrollTimer = 0;
    }
    viewport()->update();
}

void TranscriptView::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_scrollTimer) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    const QPoint pos = viewport()->mapFromGlobal(QCursor::pos());
    const int past = pos.y() < 0 ? pos.y() : qMax(0, pos.y() - viewport()->height());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + past / 2);
    m_selectTo = spotAt({pos.x(), qBound(0, pos.y(), viewport()->height() - 1)});
    viewport()->update();
}

void TranscriptView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_selecting)
        return;
    m_selecting = false;
    if (m_scrollTimer != 0) {
        killTimer(m_scrollTimer);
        m_scrollTimer = 0;
    }
    const QPoint pos = event->position().toPoint();
    if (QApplication::clipboard()->supportsSelection() && m_selectFrom != m_selectTo)
        QApplication::clipboard()->setText(selectedText(), QClipboard::Selection);
    const bool click = (pos - m_pressed).manhattanLength() < QApplication::startDragDistance();
    const int row = click ? indexAt(pos).row() : -1;
    if (row >= 0 && m_selectFrom == m_selectTo)
        activate(row, QPointF(pos.x(), pos.y() - viewportTop(row)));
}

void TranscriptView::mouseDoubleClickEvent(QMouseEvent* event) {
    const Spot spot = spotAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || spot.row < 0)
        return;
    const QString text = layoutOf(spot.row).data.text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(spot.position);
    const qsizetype start = finder.isAtBoundary() ? spot.position : finder.toPreviousBoundary();
    finder.setPosition(spot.position);
    const qsizetype end = finder.toNextBoundary();
    m_selectFrom = {spot.row, int(qMax<qsizetype>(0, start))};
    m_selectTo = {spot.row, int(end < 0 ? text.size() : end)};
    viewport()->update();
}

void TranscriptView::activate(int row, const QPointF& pos) {
    const RowLayout& layout = layoutOf(row);
    const QModelIndex index = m_model->index(row, 0);
    if (const Link* link = layout.linkAt(pos))
        open(QUrl(link->url));
    else if (QRectF(layout.retry).contains(pos))
        Q_EMIT retryRequested(index);
    else if (QRectF(layout.discard).contains(pos))
        Q_EMIT discardRequested(index);
    else if (QRectF(layout.picture).contains(pos))
        Q_EMIT pictureActivated(index);
    else if (QRectF(layout.file).contains(pos))
        Q_EMIT fileActivated(index);
}

void TranscriptView::open(const QUrl& url) {
    if (isPlainWebLink(url))
        QDesktopServices::openUrl(url);
    else
        Q_EMIT linkNeedsConfirmation(url);
}

void TranscriptView::contextMenuEvent(QContextMenuEvent* event) {
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int row = keyboard ? m_current : indexAt(viewport()->mapFrom(this, event->pos())).row();
    // Not on the stack: the view may go while it is open.
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copySelected = menu->addAction(glyphIcon(Glyph::Copy), tr("Copy selected text"), this, [this] { copy(); });
    copySelected->setShortcut(QKeySequence::Copy);
    copySelected->setEnabled(!selectedText().isEmpty());
    if (row >= 0) {
        const QModelIndex index = m_model->index(row, 0);
        const QString text = index.data(TextRole).toString();
        if (!text.isEmpty())
            menu->addAction(tr("Copy message"), this, [text] { QApplication::clipboard()->setText(text); });
        for (const Link& link : layoutOf(row).links) {
            const QString address = link.url.toString();
            menu->addAction(glyphIcon(Glyph::Link), tr("Copy link"), this,
                            [address] { QApplication::clipboard()->setText(address); });
        }
        Q_EMIT menuAboutToShow(menu, index);
    }
    const QPoint at = keyboard && row >= 0 ? viewport()->mapToGlobal(visualRect(m_model->index(row, 0)).center())
                                           : event->globalPos();
    menu->popup(at);
}

// --- keyboard ---

void TranscriptView::setCurrent(int row) {
    if (m_heights.count() == 0)
        return;
    m_current = qBound(0, row, m_heights.count() - 1);
    ensureVisible(m_current);
    const QString spoken = m_model->index(m_current, 0).data(Qt::AccessibleTextRole).toString();
    const RowData& values = layoutOf(m_current).data;
    setAccessibleDescription(
        spoken.isEmpty() ? QStringList{values.author, values.text, values.fileName}.join(QLatin1Char(' ')).simplified()
                         : spoken);
    viewport()->update();
}

void TranscriptView::keyPressEvent(QKeyEvent* event) {
    QScrollBar* bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Up:
        setCurrent(m_current < 0 ? rowAtViewport(viewport()->height() - bottomPadding()) : m_current - 1);
        return;
    case Qt::Key_Down:
        setCurrent(m_current < 0 ? rowAtViewport(0) : m_current + 1);
        return;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        const int by = bar->pageStep() - look().grid(6);
        bar->setValue(bar->value() + (event->key() == Qt::Key_PageUp ? -by : by));
        return;
    }
    case Qt::Key_Home:
        bar->setValue(0);
        return;
    case Qt::Key_End:
        scrollToEnd();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0) {
            const RowLayout& row = layoutOf(m_current);
            if (!row.retry.isEmpty())
                activate(m_current, QRectF(row.retry).center());
            else if (!row.picture.isEmpty())
                activate(m_current, QRectF(row.picture).center());
            else if (!row.file.isEmpty())
                activate(m_current, QRectF(row.file).center());
            else if (!row.links.empty())
                open(QUrl(row.links.front().url));
        }
        return;
    case Qt::Key_Delete:
        if (m_current >= 0 && !layoutOf(m_current).discard.isEmpty())
            Q_EMIT discardRequested(m_model->index(m_current, 0));
        return;
    case Qt::Key_Escape:
        if (m_selectFrom != m_selectTo) {
            clearSelection();
            return;
        }
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void TranscriptView::focusInEvent(QFocusEvent* event) {
    if (m_current < 0 && (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason))
        setCurrent(rowAtViewport(viewport()->height() - bottomPadding()));
    viewport()->update();
    QAbstractScrollArea::focusInEvent(event);
}

void TranscriptView::focusOutEvent(QFocusEvent* event) {
    viewport()->update();
    QAbstractScrollArea::focusOutEvent(event);
}

} // namespace cb::widgets
