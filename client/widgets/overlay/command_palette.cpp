#include "client/widgets/overlay/command_palette.h"

#include "client/widgets/controls/field.h"
#include "client/widgets/overlay/fuzzy.h"
#include "client/widgets/overlay/popup_list.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace cb::widgets {

CommandPalette::CommandPalette(QWidget* anywhereInWindow)
    : Floating(anywhereInWindow)
    , m_edit(new SearchField({}, this))
    , m_view(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_nothing(new Label({}, TextSize::Body, this)) {
    auto* column = new QVBoxLayout(this);
    const int m = shadowMargin() + look().grid(2);
    column->setContentsMargins(m, m, m, m);
    column->setSpacing(look().grid(2));
    column->addWidget(m_edit);
    column->addWidget(m_view, 1);
    column->addWidget(m_nothing);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new ListRowDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setMouseTracking(true);
    m_view->setUniformItemSizes(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setTone(Tone::Muted);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString& text) {
        filter();
        Q_EMIT queryChanged(text);
    });
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_view->setCurrentIndex(index);
        choose();
    });
    parentWidget()->installEventFilter(this);
    CommandPalette::retranslate();
}

void CommandPalette::retranslate() {
    m_nothing->setText(tr("Nothing fits."));
}

QString CommandPalette::query() const {
    return m_edit->text();
}

void CommandPalette::open(std::vector<ListRow> rows, const QString& placeholder) {
    m_rows = std::move(rows);
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    m_edit->setPlaceholderText(placeholder);
    m_edit->setAccessibleName(placeholder);
    {
        const QSignalBlocker blocker(m_edit);
        m_edit->clear();
    }
    filter();
    raise();
    show();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::addRows(const std::vector<ListRow>& rows) {
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    filter();
}

void CommandPalette::filter() {
    std::vector<std::pair<int, const ListRow*>> hits;
    for (const ListRow& row : m_rows) {
        const int title = fuzzyScore(m_edit->text(), row.title);
        const int score = qMax(title, fuzzyScore(m_edit->text(), row.title + QLatin1Char(' ') + row.subtitle) / 2);
        if (score > 0)
            hits.emplace_back(score, &row);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    constexpr std::size_t kMost = 100;
    if (hits.size() > kMost)
        hits.resize(kMost);
    m_model->clear();
    for (const auto& [score, row] : hits)
        m_model->appendRow(makeItem(*row));
    m_view->setCurrentIndex(m_model->index(0, 0));
    m_view->setVisible(!hits.empty());
    m_nothing->setVisible(hits.empty());
    place();
}

void CommandPalette::place() {
    const Look& l = look();
    const int rows = qBound(1, m_model->rowCount(), 10);
    placeTopCentre({l.px(560), l.controlHeight() * (rows + 1) + 3 * l.grid(2)}, l.px(72));
}

bool CommandPalette::handleKey(int key) {
    const int last = m_model->rowCount() - 1;
    const int row = m_view->currentIndex().row();
    switch (key) {
    case Qt::Key_Up:
        m_view->setCurrentIndex(m_model->index(row <= 0 ? last : row - 1, 0));
        return true;
    case Qt::Key_Down:
        m_view->setCurrentIndex(m_model->index(row >= last ? 0 : row + 1, 0));
        return true;
    case Qt::Key_PageUp:
        m_view->setCurrentIndex(m_model->index(qMax(0, row - 9), 0));
        return true;
    case Qt::Key_PageDown:
        m_view->setCurrentIndex(m_model->index(qMin(last, row + 9), 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // nothing else here takes the focus
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (!isVisible())
        return false;
    if (watched == m_edit && event->type() == QEvent::KeyPress)
        return handleKey(static_cast<QKeyEvent*>(event)->key());
    if (watched == m_edit && event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
        hide();
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    return false;
}

void CommandPalette::choose() {
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return;
    const QVariant picked = index.data(DataRole);
    close();
    Q_EMIT chosen(picked);
}

void CommandPalette::close() {
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

} // namespace cb::widgets
