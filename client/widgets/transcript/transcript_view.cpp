#include "client/widgets/transcript/transcript_view.h"

#include "client/widgets/transcript/jump_button.h"

#include <QPainter>
#include <QScrollBar>

namespace cb::widgets {

namespace {
constexpr std::size_t kMostLayouts = 600;
} // namespace

TranscriptView::TranscriptView(QWidget* parent)
    : Themed<QAbstractScrollArea>(parent)
    , m_jump(new JumpButton(viewport())) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // no second layout when it appears
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(m_jump, &QAbstractButton::clicked, this, &TranscriptView::scrollToEnd);
    TranscriptView::retranslate();
    TranscriptView::restyle();
}

TranscriptView::~TranscriptView() {
    // The model may be a child and die after this part of the object.
    if (m_model)
        m_model->disconnect(this);
}

void TranscriptView::setModel(QAbstractItemModel* model) {
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    if (model != nullptr) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &TranscriptView::onInserted);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &TranscriptView::onRemoved);
        connect(model, &QAbstractItemModel::dataChanged, this, &TranscriptView::onChanged);
        connect(model, &QAbstractItemModel::modelReset, this, &TranscriptView::onReset);
        connect(model, &QAbstractItemModel::layoutChanged, this, &TranscriptView::onReset);
        connect(model, &QObject::destroyed, this, &TranscriptView::onReset);
    }
    onReset();
}

void TranscriptView::setOlderAvailable(bool available) {
    m_olderAvailable = available;
    m_olderAsked = false;
    askForOlder();
}

void TranscriptView::setTyping(const QString& sentence) {
    if (m_typing == sentence)
        return;
    m_typing = sentence;
    viewport()->update();
}

// --- looks and texts ---

void TranscriptView::restyle() {
    m_layouts.clear();
    std::fill(m_measured.begin(), m_measured.end(), char(0));
    m_hoverLink = nullptr;
    verticalScrollBar()->setSingleStep(look().px(40));
    m_jump->resize(m_jump->sizeHint());
    settle();
}

void TranscriptView::retranslate() {
    m_texts.today = tr("Today");
    m_texts.yesterday = tr("Yesterday");
    m_texts.retry = tr("Try again");
    m_texts.discard = tr("Remove");
    m_texts.note = tr("Internal note");
    m_texts.noteHidden = tr("The customer does not see this.");
    setAccessibleName(tr("Conversation"));
    m_layouts.clear();
    m_hoverLink = nullptr;
    settle();
}

// --- the model's changes ---

void TranscriptView::onReset() {
    m_heights.clear();
    m_layouts.clear();
    m_measured.clear();
    m_hoverLink = nullptr;
    m_selectFrom = m_selectTo = Spot();
    m_current = m_hoverRow = m_lastSeen = m_anchorRow = -1;
    m_anchorOffset = m_unseen = 0;
    m_follow = true;
    m_olderAsked = false;
    if (m_model && m_model->rowCount() > 0)
        onInserted({}, 0, m_model->rowCount() - 1);
    else
        settle();
}

void TranscriptView::onInserted(const QModelIndex& parent, int first, int last) {
    if (parent.isValid() || !m_model)
        return;
    const int number = last - first + 1;
    const int before = m_heights.count();
    std::vector<int> heights;
    heights.reserve(std::size_t(number));
    const Look& l = look();
    const RowEstimate estimate(contentWidth(), l);
    for (int row = first; row <= last; ++row)
        heights.push_back(estimate.height(m_model->index(row, 0)));
    m_heights.insert(first, heights);
    m_measured.insert(m_measured.begin() + first, std::size_t(number), char(0));

    if (first < before) {
        std::unordered_map<int, RowLayout> moved;
        for (auto& [row, layout] : m_layouts)
            moved.emplace(row < first ? row : row + number, std::move(layout));
        m_layouts = std::move(moved);
        forget(last + 1); // it may no longer begin a day or a run
        for (int* row : {&m_selectFrom.row, &m_selectTo.row, &m_current, &m_anchorRow})
            if (*row >= first)
                *row += number;
        if (first == 0 && m_lastSeen >= 0)
            m_lastSeen += number; // an older page
        else
            m_lastSeen = qMin(m_lastSeen, first - 1); // before messages that wait to be sent: not seen yet
        m_hoverRow = -1;
        m_hoverLink = nullptr;
    } else if (!m_follow) {
        for (int row = first; row <= last; ++row) {
            const QModelIndex index = m_model->index(row, 0);
            const auto kind = TranscriptKind(index.data(KindRole).toInt());
            const bool message = kind != TranscriptKind::System && kind != TranscriptKind::Note;
            m_unseen += message && TranscriptSide(index.data(SideRole).toInt()) == TranscriptSide::Customer ? 1 : 0;
        }
    }
    if (first == 0)
        m_olderAsked = false;
    settle();
}

void TranscriptView::onRemoved(const QModelIndex& parent, int first, int last) {
    if (parent.isValid())
        return;
    const int number = last - first + 1;
    m_heights.remove(first, number);
    m_measured.erase(m_measured.begin() + first, m_measured.begin() + last + 1);
    std::unordered_map<int, RowLayout> moved;
    for (auto& [row, layout] : m_layouts)
        if (row < first || row > last)
            moved.emplace(row < first ? row : row - number, std::move(layout));
    m_layouts = std::move(moved);
    forget(first);
    m_selectFrom = m_selectTo = Spot();
    m_hoverRow = -1;
    m_hoverLink = nullptr;
    for (int* row : {&m_current, &m_lastSeen, &m_anchorRow})
        if (*row >= first)
            *row = qMax(first - 1, *row - number);
    settle();
}

void TranscriptView::onChanged(const QModelIndex& first, const QModelIndex& last, const QList<int>&) {
    // Ticks and progress may change a row's size too (a failure has a line of its own), so the row is laid out anew;
    // only that row.
    for (int row = first.row(); row <= last.row(); ++row)
        forget(row);
    settle();
}

// --- geometry ---

int TranscriptView::contentWidth() const {
    return viewport()->width();
}

int TranscriptView::topPadding() const {
    // Short conversations stand at the lower end, next to the composer.
    const qint64 missing = viewport()->height() - m_heights.total() - bottomPadding();
    return int(qMax<qint64>(missing, look().grid(2)));
}

int TranscriptView::bottomPadding() const {
    return QFontMetrics(look().secondary).height() + look().grid(4);
}

const RowLayout& TranscriptView::layoutOf(int row) {
    const auto found = m_layouts.find(row);
    if (found != m_layouts.end())
        return found->second;
    const RowData values = readRow(m_model->index(row, 0));
    RowLayout layout = layOutRow(values, contentWidth(), look(), m_texts, devicePixelRatioF());
    ++m_layoutCount;
    m_heights.set(row, layout.height);
    m_measured[std::size_t(row)] = 1;
    return m_layouts.emplace(row, std::move(layout)).first->second;
}

void TranscriptView::forget(int row) {
    if (row < 0 || row >= m_heights.count())
        return;
    m_layouts.erase(row);
    m_measured[std::size_t(row)] = 0;
    if (row == m_hoverRow) {
        m_hoverRow = -1;
        m_hoverLink = nullptr;
    }
}

void TranscriptView::forgetFar() {
    if (m_layouts.size() <= kMostLayouts)
        return;
    const int first = rowAtViewport(-2 * viewport()->height());
    const int last = rowAtViewport(3 * viewport()->height());
    std::erase_if(m_layouts, [&](const auto& entry) {
        return (entry.first < first || entry.first > last) && entry.first != m_hoverRow;
    });
}

void TranscriptView::setScroll(qint64 value) {
    QScrollBar* bar = verticalScrollBar();
    const qint64 content = m_heights.total() + topPadding() + bottomPadding();
    bar->setPageStep(viewport()->height());
    bar->setRange(0, int(qMax<qint64>(0, content - viewport()->height())));
    bar->setValue(int(std::clamp<qint64>(value, 0, bar->maximum())));
}

void TranscriptView::noteAnchor() {
    const qint64 y = qint64(verticalScrollBar()->value()) - topPadding();
    m_anchorRow = m_heights.rowAt(qMax<qint64>(0, y));
    m_anchorOffset = m_anchorRow < 0 ? 0 : int(y - m_heights.top(m_anchorRow));
}

void TranscriptView::settle() {
    if (m_settling)
        return;
    m_settling = true;
    const int count = m_model ? m_heights.count() : 0;
    const int screen = qMax(viewport()->height(), 1);
    if (count == 0) {
        setScroll(0);
    } else if (m_follow) {
        int filled = 0;
        for (int row = count - 1; row >= 0 && filled < 2 * screen; --row)
            filled += layoutOf(row).height;
        setScroll(std::numeric_limits<int>::max());
    } else {
        m_anchorRow = qBound(0, m_anchorRow, count - 1);
        int below = -m_anchorOffset;
        for (int row = m_anchorRow; row < count && below < 2 * screen; ++row)
            below += layoutOf(row).height;
        int above = m_anchorOffset;
        for (int row = m_anchorRow - 1; row >= 0 && above < screen; --row)
            above += layoutOf(row).height;
        setScroll(topPadding() + m_heights.top(m_anchorRow) + m_anchorOffset);
    }
    if (count > 0)
        noteAnchor();
    forgetFar();
    m_settling = false;
    viewport()->update();
    report();
}

void TranscriptView::scrollContentsBy(int, int) {
    if (m_settling) {
        viewport()->update();
        return;
    }
    noteAnchor();
    m_follow = isAtEnd();
    settle();
}

void TranscriptView::resizeEvent(QResizeEvent* event) {
    if (event->oldSize().width() != event->size().width()) {
        m_layouts.clear();
        m_hoverLink = nullptr;
        std::fill(m_measured.begin(), m_measured.end(), char(0));
    }
    settle();
}

void TranscriptView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    settle();
}

int TranscriptView::viewportTop(int row) const {
    return int(m_heights.top(row) + topPadding() - verticalScrollBar()->value());
}

int TranscriptView::rowAtViewport(int y) const {
    return m_heights.rowAt(qMax<qint64>(0, qint64(y) + verticalScrollBar()->value() - topPadding()));
}

bool TranscriptView::isAtEnd() const {
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum() - look().grid(2);
}

void TranscriptView::scrollToEnd() {
    m_follow = true;
    settle();
}

void TranscriptView::scrollToRow(int row) {
    if (row < 0 || row >= m_heights.count())
        return;
    m_follow = false;
    m_anchorRow = row;
    m_anchorOffset = -viewport()->height() / 3;
    settle();
    m_follow = isAtEnd();
}

void TranscriptView::ensureVisible(int row) {
    layoutOf(row);
    const int top = viewportTop(row);
    const int bottom = top + m_heights.height(row);
    const int room = viewport()->height() - bottomPadding();
    if (top < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + top - look().grid(2));
    else if (bottom > room)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + qMin(top, bottom - room));
}

QModelIndex TranscriptView::indexAt(const QPoint& pos) const {
    const int row = m_model ? rowAtViewport(pos.y()) : -1;
    return row < 0 || pos.y() < viewportTop(row) ? QModelIndex() : m_model->index(row, 0);
}

QRect TranscriptView::visualRect(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= m_heights.count())
        return {};
    return {0, viewportTop(index.row()), contentWidth(), m_heights.height(index.row())};
}

// --- after scrolling ---

void TranscriptView::report() {
    if (isAtEnd())
        m_unseen = 0;
    placeJump();
    if (!m_model || m_heights.count() == 0 || !isVisible())
        return;
    const int first = rowAtViewport(0);
    const int last = rowAtViewport(viewport()->height() - bottomPadding());
    QList<QPersistentModelIndex> wanted;
    for (int row = first; row <= last; ++row) {
        const auto found = m_layouts.find(row);
        if (found == m_layouts.end() || found->second.pictureAsked ||
            found->second.data.kind != TranscriptKind::Picture)
            continue;
        found->second.pictureAsked = true;
        if (found->second.scaled.isNull() && found->second.data.progress < 0)
            wanted.append(m_model->index(row, 0));
    }
    const bool newer = isActiveWindow() && last > m_lastSeen;
    if (newer)
        m_lastSeen = last;
    const QPersistentModelIndex newest = newer ? m_model->index(last, 0) : QModelIndex();
    // From here on the listeners may change the model.
    askForOlder();
    for (const QPersistentModelIndex& index : wanted)
        if (index.isValid())
            Q_EMIT pictureWanted(index);
    if (newest.isValid())
        Q_EMIT seen(newest);
}

void TranscriptView::askForOlder() {
    if (!m_olderAvailable || m_olderAsked || !isVisible() || verticalScrollBar()->value() > viewport()->height())
        return;
    m_olderAsked = true;
    // Later: a model that answers at once must not insert rows in the middle of a scroll.
    QMetaObject::invokeMethod(this, &TranscriptView::olderWanted, Qt::QueuedConnection);
}

void TranscriptView::placeJump() {
    const bool far = verticalScrollBar()->maximum() - verticalScrollBar()->value() > look().px(80);
    m_jump->setCount(m_unseen);
    m_jump->setVisible(far);
    m_jump->move(viewport()->width() - m_jump->width() - look().grid(2),
                 viewport()->height() - m_jump->height() - look().grid(2));
    if (far)
        m_jump->raise();
}

bool TranscriptView::event(QEvent* event) {
    if (event->type() == QEvent::WindowActivate)
        report();
    return QAbstractScrollArea::event(event);
}

// --- painting ---

void TranscriptView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    const Look& l = look();
    painter.fillRect(event->rect(), l.color.sunken);
    if (!m_model || m_heights.count() == 0)
        return;
    const int last = m_heights.count() - 1;
    for (int row = rowAtViewport(event->rect().top()); row <= last; ++row) {
        const int top = viewportTop(row);
        if (top > event->rect().bottom())
            break;
        const auto found = m_layouts.find(row);
        if (found == m_layouts.end())
            continue;
        painter.save();
        painter.translate(0, top);
        paintRow(painter, found->second, contentWidth(), l, m_texts, paintOf(row));
        painter.restore();
    }
    if (!m_typing.isEmpty()) {
        const int top = viewportTop(last) + m_heights.height(last);
        painter.setFont(l.secondary);
        painter.setPen(l.color.muted);
        painter.drawText(QRect(l.grid(4), top, contentWidth() - l.grid(8), bottomPadding()), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_typing, Qt::ElideRight, contentWidth() - l.grid(8)));
    }
}

} // namespace cb::widgets
