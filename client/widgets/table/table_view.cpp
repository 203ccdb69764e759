#include "client/widgets/table/table_view.h"

#include "client/widgets/controls/format.h"

#include "client/widgets/theme/paint.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <algorithm>

namespace cb::widgets {

namespace {

/// Paints whole rows: the ground of the row under the pointer goes through all cells.
class TableDelegate : public QStyledItemDelegate {
public:
    explicit TableDelegate(TableView* view)
        : QStyledItemDelegate(view)
        , m_view(view) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Look& l = lookOf(option.widget);
        const Tokens& t = l.color;
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, t.selection);
        else if (index.row() == m_view->hoveredRow() && enabled)
            painter->fillRect(option.rect, t.hover);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
        if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
            paintFocusRing(*painter, QRectF(option.rect).adjusted(1, 1, -1, -2), l.px(4), l);
        QRect room = option.rect.adjusted(l.grid(2), 0, -l.grid(2), 0);
        if (const QVariant dot = index.data(TableModel::DotRole); dot.isValid()) {
            const int side = l.px(8);
            paintRounded(*painter, QRectF(room.left(), room.center().y() - side / 2.0 + 0.5, side, side), side / 2.0,
                         statusColor(StatusTone(dot.toInt()), t));
            room.setLeft(room.left() + side + l.grid(2));
        }
        const QString text = index.data(Qt::DisplayRole).toString().simplified();
        painter->setFont(l.body);
        painter->setPen(inkOf(Tone(index.data(TableModel::ToneRole).toInt()), t));
        const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, room.width());
        if (index.data(TableModel::NumberRole).toBool() && shown == text) {
            const int width = tabularWidth(painter->fontMetrics(), text);
            paintTabular(*painter, QRectF(room.right() - width, room.top(), width, room.height()), text);
        } else {
            painter->drawText(room, Qt::TextSingleLine | index.data(Qt::TextAlignmentRole).toInt(), shown);
        }
        painter->restore();
    }

    /// Text that is cut off is told whole.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override {
        const Look& l = lookOf(view);
        const QString tip = index.data(Qt::ToolTipRole).toString();
        const QString text = index.data(Qt::DisplayRole).toString();
        const bool cut = QFontMetrics(l.body).horizontalAdvance(text.simplified()) > option.rect.width() - l.grid(4);
        const QString said = !tip.isEmpty() ? tip : cut ? text : QString();
        if (said.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(event->globalPos(), tipOf(said), view);
        return true;
    }

private:
    static QColor inkOf(Tone tone, const Tokens& t) {
        switch (tone) {
        case Tone::Muted:
            return t.muted;
        case Tone::Accent:
            return t.accent;
        case Tone::Danger:
            return t.busy;
        case Tone::Normal:
            break;
        }
        return t.text;
    }

    TableView* m_view;
};

} // namespace

/// The actions of the row under the pointer, over its right end. Not for the keyboard: that has the menu and the keys.
class TableView::Buttons : public QWidget {
public:
    explicit Buttons(TableView* view)
        : QWidget(view->viewport())
        , m_view(view)
        , m_row(new QHBoxLayout(this)) {
        m_row->setSpacing(0);
        hide();
    }

    void fill() {
        qDeleteAll(findChildren<IconButton*>(QString(), Qt::FindDirectChildrenOnly));
        for (const auto& action : m_view->m_actions) {
            auto* button = new IconButton(action.glyph, action.text, this);
            button->setFocusPolicy(Qt::NoFocus);
            m_row->addWidget(button);
            QObject::connect(button, &QAbstractButton::clicked, m_view, [this, id = action.id] {
                const QModelIndex at = m_view->m_rows->index(m_view->m_hovered, 0);
                if (at.isValid())
                    Q_EMIT m_view->actionTriggered(id, m_view->m_rows->mapToSource(at).row());
            });
        }
    }

    void showFor(int sourceRow) {
        const auto buttons = findChildren<IconButton*>(QString(), Qt::FindDirectChildrenOnly);
        bool any = false;
        for (qsizetype i = 0; i < buttons.size(); ++i) {
            const bool shown = m_view->can(m_view->m_actions[std::size_t(i)], sourceRow);
            buttons[i]->setVisible(shown);
            any = any || shown;
        }
        const int pad = lookOf(m_view).grid(1);
        m_row->setContentsMargins(pad, 0, pad, 0);
        m_row->activate();
        setVisible(any);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Tokens& t = lookOf(m_view).color;
        const bool chosen = m_view->selectionModel()->isSelected(m_view->m_rows->index(qMax(0, m_view->m_hovered), 0));
        painter.fillRect(rect(), t.surface);
        painter.fillRect(rect(), chosen ? t.selection : t.hover);
    }

private:
    TableView* m_view;
    QHBoxLayout* m_row;
};

TableView::TableView(QWidget* parent)
    : Themed<QTableView>(parent)
    , m_table(new TableModel(this))
    , m_rows(new TableRows(this))
    , m_buttons(new Buttons(this)) {
    m_rows->setSourceModel(m_table);
    setModel(m_rows);
    setItemDelegate(new TableDelegate(this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false); // Tab leaves the table
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    auto* header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(48);
    header->setSortIndicatorClearable(true); // a third click gives the order of the rows back
    setSortable(true);
    m_saving.setSingleShot(true);
    m_saving.setInterval(400);
    connect(&m_saving, &QTimer::timeout, this, &TableView::save);
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT opened(m_rows->mapToSource(index).row()); });
    connect(m_rows, &QAbstractItemModel::modelReset, this, [this] { hover(-1); });
    connect(m_rows, &QAbstractItemModel::layoutChanged, this, [this] { hover(-1); });
    connect(m_rows, &QAbstractItemModel::rowsRemoved, this, [this] { hover(-1); });
    TableView::restyle();
}

void TableView::restyle() {
    verticalHeader()->setDefaultSectionSize(look().controlHeight() + look().px(4));
}

void TableView::remember(const StateStore& store, const QString& key) {
    auto* header = horizontalHeader();
    const auto& columns = m_table->columns();
    QString ids;
    for (const auto& column : columns)
        ids += column.id + u' ';
    m_store = store;
    m_key = QStringLiteral("table/%1/%2").arg(key, ids.trimmed());
    for (int i = 0; i < int(columns.size()); ++i)
        setColumnWidth(i, look().px(columns[std::size_t(i)].width));
    if (const QByteArray kept = m_store.get(m_key); !kept.isEmpty())
        header->restoreState(kept);
    header->setStretchLastSection(true);
    header->setSortIndicatorClearable(true);
    const auto changed = [this] { m_saving.start(); };
    connect(header, &QHeaderView::sectionResized, this, changed);
    connect(header, &QHeaderView::sectionMoved, this, changed);
    connect(header, &QHeaderView::sortIndicatorChanged, this, changed);
}

/// Whoever closes the window right after pulling a column finds it so again.
void TableView::hideEvent(QHideEvent* event) {
    Themed<QTableView>::hideEvent(event);
    if (m_saving.isActive()) {
        m_saving.stop();
        save();
    }
}

void TableView::save() {
    m_store.set(m_key, horizontalHeader()->saveState());
}

void TableView::setActions(std::vector<RowAction> actions) {
    m_actions = std::move(actions);
    m_buttons->fill();
    hover(-1);
}

void TableView::setSortable(bool sortable) {
    setSortingEnabled(sortable);
    horizontalHeader()->setSectionsClickable(sortable);
    if (!sortable)
        return;
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // as they come
}

int TableView::currentRow() const {
    const QModelIndex index = currentIndex();
    return index.isValid() && selectionModel()->isRowSelected(index.row()) ? m_rows->mapToSource(index).row() : -1;
}

void TableView::selectKey(const QVariant& key) {
    for (int row = 0; key.isValid() && row < m_rows->rowCount(); ++row)
        if (m_rows->index(row, 0).data(TableModel::KeyRole) == key)
            return setCurrentIndex(m_rows->index(row, 0));
}

std::vector<int> TableView::columnOrder() const {
    std::vector<int> order;
    for (int place = 0; place < m_rows->columnCount(); ++place)
        order.push_back(horizontalHeader()->logicalIndex(place));
    return order;
}

std::vector<QStringList> TableView::texts() const {
    const auto order = columnOrder();
    std::vector<QStringList> all;
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        QStringList cells;
        for (const int column : order)
            cells << m_rows->index(row, column).data(TableModel::FileRole).toString();
        all.push_back(cells);
    }
    return all;
}

QStringList TableView::titles() const {
    QStringList all;
    for (const int column : columnOrder())
        all << m_rows->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    return all;
}

void TableView::reload(int rows) {
    const QVariant current = m_currentKey;
    const int place = verticalScrollBar()->value();
    m_table->setRows(rows);
    m_currentKey = {};
    selectKey(current);
    verticalScrollBar()->setValue(place);
}

void TableView::keyPressEvent(QKeyEvent* event) {
    const int row = currentRow();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && row >= 0 && !event->modifiers()) {
        Q_EMIT opened(row);
        return;
    }
    const QKeySequence pressed(event->keyCombination());
    for (const auto& action : m_actions)
        if (row >= 0 && !action.keys.isEmpty() && action.keys == pressed && can(action, row)) {
            Q_EMIT actionTriggered(action.id, row);
            return;
        }
    QTableView::keyPressEvent(event);
}

void TableView::mouseMoveEvent(QMouseEvent* event) {
    QTableView::mouseMoveEvent(event);
    hover(indexAt(event->pos()).row());
}

void TableView::leaveEvent(QEvent* event) {
    QTableView::leaveEvent(event);
    hover(-1);
}

bool TableView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        hover(-1);
    return QTableView::viewportEvent(event);
}

void TableView::hover(int row) {
    if (row != m_hovered) {
        m_hovered = row;
        viewport()->update();
    }
    placeButtons();
}

void TableView::placeButtons() {
    const QModelIndex at = m_rows->index(m_hovered, 0);
    if (!at.isValid() || m_actions.empty())
        return m_buttons->hide();
    m_buttons->showFor(m_rows->mapToSource(at).row());
    const QRect row = visualRect(at);
    const int width = m_buttons->sizeHint().width();
    m_buttons->setGeometry(viewport()->width() - width, row.top(), width, row.height() - 1);
    m_buttons->raise();
}

void TableView::contextMenuEvent(QContextMenuEvent* event) {
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex at = keyboard ? currentIndex() : indexAt(event->pos());
    if (!at.isValid() || m_actions.empty())
        return;
    const int row = m_rows->mapToSource(at).row();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& action : m_actions) {
        if (!can(action, row))
            continue;
        const QString keys = action.keys.toString(QKeySequence::NativeText);
        auto* entry =
            menu->addAction(glyphIcon(action.glyph), keys.isEmpty() ? action.text : action.text + u'\t' + keys);
        connect(entry, &QAction::triggered, this, [this, id = action.id, key = at.data(TableModel::KeyRole)] {
            for (int now = 0; now < m_table->rowCount(); ++now) // the rows may have changed under the menu
                if (m_table->index(now, 0).data(TableModel::KeyRole) == key)
                    return void(Q_EMIT actionTriggered(id, now));
        });
    }
    const QPoint where = keyboard ? viewport()->mapToGlobal(visualRect(at).bottomLeft()) : event->globalPos();
    menu->popup(where);
}

void TableView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    placeButtons();
}

void TableView::scrollContentsBy(int dx, int dy) {
    QTableView::scrollContentsBy(dx, dy);
    hover(indexAt(viewport()->mapFromGlobal(QCursor::pos())).row());
}

void TableView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    m_currentKey = current.data(TableModel::KeyRole);
    QTableView::currentChanged(current, previous);
}

void TableView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    m_buttons->update();
    Q_EMIT selectionMoved();
}

} // namespace cb::widgets
