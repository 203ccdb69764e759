#include "client/widgets/overlay/popup_list.h"

#include <QKeyEvent>
#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace cb::widgets {

QStandardItem* makeItem(const ListRow& row) {
    auto* item = new QStandardItem(row.title);
    item->setEditable(false);
    item->setData(row.subtitle, SubtitleRole);
    item->setData(row.detail, DetailRole);
    if (row.glyph)
        item->setData(int(*row.glyph), GlyphRole);
    item->setData(row.data, DataRole);
    item->setData(row.subtitle.isEmpty() ? row.title : row.title + QStringLiteral(", ") + row.subtitle,
                  Qt::AccessibleTextRole);
    return item;
}

PopupList::PopupList(QWidget* anchor)
    : Floating(anchor)
    , m_anchor(anchor)
    , m_view(new QListView(this))
    , m_model(new QStandardItemModel(this)) {
    auto* column = new QVBoxLayout(this);
    const int m = shadowMargin() + 1;
    column->setContentsMargins(m, m + look().grid(1), m, m + look().grid(1));
    column->addWidget(m_view);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new ListRowDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setMouseTracking(true);
    m_view->setUniformItemSizes(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_view->setCurrentIndex(index);
        choose();
    });
}

void PopupList::setRows(const std::vector<ListRow>& rows) {
    m_model->clear();
    for (const ListRow& row : rows)
        m_model->appendRow(makeItem(row));
    if (rows.empty()) {
        hide();
        return;
    }
    m_view->setCurrentIndex(m_model->index(0, 0));
    if (isVisible())
        popup();
}

int PopupList::count() const {
    return m_model->rowCount();
}

void PopupList::popup() {
    if (count() == 0)
        return;
    const Look& l = look();
    const int rows = qMin(count(), 8);
    placeAt(m_anchor, {qMax(m_anchor->width(), l.px(320)), rows * l.controlHeight() + 2 * l.grid(1) + 2});
    raise();
    show();
}

bool PopupList::handleKey(const QKeyEvent& event) {
    if (!isVisible() || event.modifiers().testFlag(Qt::ControlModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_PageUp:
        step(-7);
        return true;
    case Qt::Key_PageDown:
        step(7);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        choose();
        return true;
    case Qt::Key_Escape:
        hide();
        Q_EMIT dismissed();
        return true;
    default:
        return false;
    }
}

void PopupList::step(int by) {
    const int last = count() - 1;
    int row = m_view->currentIndex().row() + by;
    if (qAbs(by) == 1)
        row = row < 0 ? last : row > last ? 0 : row; // single steps wrap round
    m_view->setCurrentIndex(m_model->index(qBound(0, row, last), 0));
}

void PopupList::choose() {
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return;
    const QVariant picked = index.data(DataRole);
    hide();
    Q_EMIT chosen(picked);
}

} // namespace cb::widgets
