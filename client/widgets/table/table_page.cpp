#include "client/widgets/table/table_page.h"

#include "client/widgets/table/csv.h"

#include <QFileDialog>
#include <QLocale>
#include <QSaveFile>

namespace cb::widgets {

namespace {

constexpr int kSentenceFrom = 520; ///< px of a head
constexpr int kCountFrom = 460;    ///< px of a tool bar

} // namespace

PageHead::PageHead(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_title(new Label({}, TextSize::Head))
    , m_sentence(new Label)
    , m_buttons(new QHBoxLayout)
    , m_button(new Button({}, Glyph::Plus, Button::Kind::Primary)) {
    m_sentence->setTone(Tone::Muted);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumWidth(1);
    auto* words = new QVBoxLayout;
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(look().px(2));
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    auto* row = new QHBoxLayout(this);
    row->addLayout(words, 1);
    row->addLayout(m_buttons);
    m_buttons->setSpacing(look().grid(2));
    m_buttons->addWidget(m_button);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    PageHead::restyle();
}

void PageHead::restyle() {
    layout()->setContentsMargins(look().grid(5), look().grid(4), look().grid(5), look().grid(2));
    layout()->setSpacing(look().grid(4));
}

/// Beside a drawer in a small window there is room for what can be done, not for what it is about.
void PageHead::resizeEvent(QResizeEvent* event) {
    Themed<QWidget>::resizeEvent(event);
    m_sentence->setVisible(width() >= look().px(kSentenceFrom));
}

void PageHead::tell(const QString& title, const QString& sentence, const QString& action) {
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
}

void PageHead::addButton(Button* button) {
    m_buttons->insertWidget(m_buttons->count() - 1, button);
}

TablePage::TablePage(QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_head(new PageHead)
    , m_strip(new Strip)
    , m_bar(new QWidget)
    , m_filters(new QHBoxLayout)
    , m_search(new SearchField({}))
    , m_count(new Label({}, TextSize::Secondary))
    , m_export(new IconButton(Glyph::Download, {}))
    , m_table(new DataTable)
    , m_drawer(new Drawer) {
    m_count->setTone(Tone::Muted);
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* bar = new QHBoxLayout(m_bar);
    bar->addWidget(m_search, 2);
    bar->addLayout(m_filters);
    bar->addStretch(1);
    bar->addWidget(m_count);
    bar->addWidget(m_export);
    auto* card = new Ground(Kind::Surface);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_table);
    auto* left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(0);
    left->addWidget(m_head);
    left->addWidget(m_strip);
    left->addWidget(m_bar);
    left->addWidget(new Separator);
    left->addWidget(card, 1);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(left, 1);
    whole->addWidget(m_drawer);
    m_bar->installEventFilter(this);
    connect(m_table, &DataTable::countsChanged, this, &TablePage::tellCount);
    connect(m_export, &QAbstractButton::clicked, this, &TablePage::exportRows);
    connect(m_drawer, &Drawer::closed, m_table, [this] {
        if (isVisible())
            m_table->setFocus(Qt::OtherFocusReason);
    });
    TablePage::restyle();
    TablePage::retranslate();
}

void TablePage::restyle() {
    const Look& l = look();
    m_bar->layout()->setContentsMargins(l.grid(5), l.grid(1), l.grid(4), l.grid(2));
    m_bar->layout()->setSpacing(l.grid(2));
    m_filters->setSpacing(l.grid(2));
    m_search->setMinimumWidth(l.px(140));
    m_search->setMaximumWidth(l.px(320));
}

void TablePage::retranslate() {
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search"));
    m_export->setLabel(tr("Export as CSV"));
    tellCount();
}

/// The filters come before the count.
bool TablePage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_bar && event->type() == QEvent::Resize)
        m_count->setVisible(m_bar->width() >= look().px(kCountFrom));
    return Ground::eventFilter(watched, event);
}

void TablePage::addFilter(QWidget* filter) {
    m_filters->addWidget(filter);
}

void TablePage::setCut(bool cut) {
    m_cut = cut;
    tellCount();
}

void TablePage::tellCount() {
    const QLocale locale;
    const int total = m_table->total();
    const QString all = locale.toString(total);
    const QString shown = locale.toString(m_table->shown());
    m_count->setText(total == 0                 ? QString()
                     : m_table->shown() < total ? (m_cut ? tr("%1 of the newest %2") : tr("%1 of %2")).arg(shown, all)
                     : m_cut                    ? tr("the newest %1").arg(all)
                                                : tr("%1 in all").arg(all));
    m_export->setEnabled(m_table->shown() > 0);
}

void TablePage::exportRows() {
    const QString suggested = (m_fileName.isEmpty() ? QStringLiteral("table") : m_fileName) + QStringLiteral(".csv");
    auto* dialog = new QFileDialog(this, tr("Export as CSV"), suggested, tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        collect([this, path](const QString& missing) { writeRows(path, missing); });
    });
    dialog->open();
}

void TablePage::collect(std::function<void(const QString& missing)> write) {
    write(m_cut ? tr("Only the newest %1 are in it.").arg(QLocale().toString(m_table->total())) : QString());
}

void TablePage::writeRows(const QString& path, const QString& missing) {
    QSaveFile file(path);
    const QByteArray bytes = csvOf(m_table->view().titles(), m_table->view().texts());
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        Q_EMIT told(Strip::Grade::Info,
                    missing.isEmpty() ? tr("Written to %1.").arg(path) : tr("Written to %1. %2").arg(path, missing));
    else
        Q_EMIT told(Strip::Grade::Error, tr("%1 cannot be written: %2").arg(path, file.errorString()));
}

} // namespace cb::widgets
