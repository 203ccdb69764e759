#include "client/widgets/controls/tick_list.h"

#include "client/widgets/theme/paint.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace cb::widgets {

namespace {

enum Role { KeyRole = Qt::UserRole + 1, SubtitleRole, WordsRole };

class TickDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {0, lookOf(option.widget).controlHeight()};
    }

    /// A click anywhere on the row ticks it; on the box it must not be ticked twice.
    bool editorEvent(QEvent*, QAbstractItemModel*, const QStyleOptionViewItem&, const QModelIndex&) override {
        return false;
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Look& l = lookOf(option.widget);
        const Tokens& t = l.color;
        const QRect rect = option.rect;
        if (option.state & QStyle::State_MouseOver)
            painter->fillRect(rect, t.hover);
        if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
            paintFocusRing(*painter, QRectF(rect).adjusted(1, 1, -1, -1), l.px(4), l);
        QStyleOption box;
        const int side = l.px(16);
        box.rect = QRect(rect.left() + l.grid(2), rect.center().y() - side / 2, side, side);
        box.state = QStyle::State_Enabled |
                    (index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off);
        option.widget->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, option.widget);
        int left = box.rect.right() + l.grid(2) + 1;
        const int right = rect.right() - l.grid(2);
        painter->save();
        painter->setFont(l.body);
        painter->setPen(t.text);
        const QFontMetrics metrics = painter->fontMetrics();
        const QString subtitle = index.data(SubtitleRole).toString();
        const QString title = metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight,
                                                 subtitle.isEmpty() ? right - left : (right - left) * 3 / 5);
        painter->drawText(QRect(left, rect.top(), right - left, rect.height()), Qt::AlignVCenter, title);
        left += metrics.horizontalAdvance(title) + l.grid(2);
        painter->setPen(t.muted);
        painter->drawText(QRect(left, rect.top(), right - left, rect.height()), Qt::AlignVCenter,
                          metrics.elidedText(subtitle, Qt::ElideRight, right - left));
        painter->restore();
    }
};

} // namespace

TickList::TickList(const QString& name, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_search(new SearchField({}))
    , m_view(new QListView)
    , m_count(new Label({}, TextSize::Secondary))
    , m_model(new QStandardItemModel(this))
    , m_rows(new QSortFilterProxyModel(this)) {
    m_rows->setSourceModel(m_model);
    m_rows->setFilterRole(WordsRole);
    m_rows->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_rows);
    m_view->setItemDelegate(new TickDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setSelectionMode(QAbstractItemView::NoSelection);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setAccessibleName(name);
    m_view->installEventFilter(this);
    m_count->setTone(Tone::Muted);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_search);
    column->addWidget(m_view, 1);
    column->addWidget(m_count);
    connect(m_search, &QLineEdit::textChanged, m_rows, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_view, &QListView::clicked, this, &TickList::toggle);
    TickList::restyle();
    TickList::retranslate();
}

void TickList::restyle() {
    layout()->setSpacing(look().grid(1));
    m_view->setMinimumHeight(look().px(120));
}

void TickList::retranslate() {
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search"));
    tell();
}

void TickList::setRows(const std::vector<Row>& rows) {
    m_model->clear();
    for (const auto& row : rows) {
        auto* item = new QStandardItem(row.title);
        item->setData(row.key, KeyRole);
        item->setData(row.subtitle, SubtitleRole);
        item->setData(QString(row.title + u' ' + row.subtitle), WordsRole);
        item->setCheckable(true);
        item->setCheckState(row.ticked ? Qt::Checked : Qt::Unchecked);
        m_model->appendRow(item);
    }
    tell();
}

void TickList::setNothing(const QString& sentence) {
    m_nothing = sentence;
    tell();
}

std::vector<QVariant> TickList::ticked() const {
    std::vector<QVariant> keys;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->item(row)->checkState() == Qt::Checked)
            keys.push_back(m_model->item(row)->data(KeyRole));
    return keys;
}

bool TickList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
        toggle(m_view->currentIndex());
        return true;
    }
    return Themed<QWidget>::eventFilter(watched, event);
}

void TickList::toggle(const QModelIndex& index) {
    if (!index.isValid())
        return;
    auto* item = m_model->itemFromIndex(m_rows->mapToSource(index));
    item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    tell();
    Q_EMIT changed();
}

void TickList::tell() {
    m_count->setText(m_model->rowCount() == 0 ? m_nothing
                                              : tr("%1 of %2 chosen").arg(ticked().size()).arg(m_model->rowCount()));
}

} // namespace cb::widgets
