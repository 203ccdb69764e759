#include "client/widgets/table/data_table.h"

#include <QVBoxLayout>

namespace cb::widgets {

DataTable::DataTable(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_pages(new QStackedWidget)
    , m_view(new TableView)
    , m_empty(new EmptyState(Glyph::Inbox, {}))
    , m_nothing(new EmptyState(Glyph::Search, {}))
    , m_loading(new EmptyState(Glyph::LoaderCircle, {}))
    , m_error(new EmptyState(Glyph::TriangleAlert, {}, QStringLiteral(" ")))
    , m_strip(new Strip) {
    for (QWidget* page : std::initializer_list<QWidget*>{m_view, m_empty, m_nothing, m_loading, m_error})
        m_pages->addWidget(page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_pages, 1);
    setFocusProxy(m_view);
    connect(m_empty, &EmptyState::triggered, this, &DataTable::makeWanted);
    connect(m_error, &EmptyState::triggered, this, &DataTable::retryWanted);
    connect(m_strip, &Strip::actionTriggered, this, &DataTable::retryWanted);
    connect(&m_view->rows(), &QAbstractItemModel::rowsInserted, this, &DataTable::choose); // further ones came
    DataTable::retranslate();
    m_pages->setCurrentWidget(m_loading);
}

void DataTable::retranslate() {
    m_loading->setSentence(tr("Loading…"));
    m_error->button()->setText(tr("Try again"));
    m_nothing->setSentence(m_nothingText.isEmpty() ? tr("Nothing fits what is searched for.") : m_nothingText);
}

void DataTable::setEmpty(Glyph glyph, const QString& sentence, const QString& action) {
    m_empty->setGlyph(glyph);
    m_empty->setSentence(sentence);
    m_empty->button()->setText(action);
    m_empty->button()->setVisible(!action.isEmpty());
}

void DataTable::setNothingFound(const QString& sentence) {
    m_nothingText = sentence;
    retranslate();
}

void DataTable::showLoading() {
    m_failed = false;
    choose();
}

void DataTable::showError(const QString& sentence, const QString& code) {
    const QString said = QStringLiteral("%1 (%2)").arg(sentence, code);
    if (m_loaded) {
        m_strip->tell(Strip::Grade::Error, said, tr("Try again"));
        return;
    }
    m_failed = true;
    m_error->setSentence(said);
    choose();
}

void DataTable::showRows(int count) {
    m_loaded = true;
    m_failed = false;
    m_strip->hide();
    m_view->reload(count);
    choose();
}

void DataTable::setPasses(TableRows::Passes passes) {
    m_view->rows().setPasses(std::move(passes));
    choose();
}

void DataTable::choose() {
    QWidget* page = m_failed       ? static_cast<QWidget*>(m_error)
                    : !m_loaded    ? m_loading
                    : total() == 0 ? m_empty
                    : shown() == 0 ? static_cast<QWidget*>(m_nothing)
                                   : m_view;
    m_pages->setCurrentWidget(page);
    Q_EMIT countsChanged();
}

} // namespace cb::widgets
