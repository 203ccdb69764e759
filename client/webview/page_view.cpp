#include "client/webview/page_view.h"

#include "client/webview/engine_loader.h"
#include "client/widgets/controls/format.h"

#include <QtCore/QFileInfo>
#include <QtGui/QDesktopServices>

namespace cb::webview {

using widgets::Glyph;
using widgets::IconButton;
using widgets::Strip;

namespace {

constexpr int kPatienceMillis = 4'000; ///< for a sign of life of a page that is looked at

const QString kProfile = QStringLiteral("screen-pops");

} // namespace

PageView::PageView(WebEngine* engine, const QString& folder, const QUrl& url, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_engine(engine)
    , m_folder(folder)
    , m_url(url)
    , m_back(new IconButton(Glyph::ArrowLeft, {}))
    , m_forward(new IconButton(Glyph::ArrowRight, {}))
    , m_again(new IconButton(Glyph::RotateCw, {}))
    , m_title(new widgets::ElidedLabel({}, widgets::TextSize::Secondary))
    , m_outside(new IconButton(Glyph::ExternalLink, {}))
    , m_strip(new Strip)
    , m_prompt(new PagePrompt)
    , m_body(new QStackedWidget)
    , m_nothing(new widgets::EmptyState(Glyph::Globe, {}, QStringLiteral(" "))) {
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(look().grid(1), look().grid(1), look().grid(1), look().grid(1));
    bar->setSpacing(0);
    for (auto* button : {m_back, m_forward, m_again})
        bar->addWidget(button);
    bar->addWidget(m_title, 1);
    bar->addWidget(m_outside);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(new widgets::Separator);
    column->addWidget(m_strip);
    column->addWidget(m_prompt);
    column->addWidget(m_body, 1);
    m_body->addWidget(m_nothing);
    m_strip->setClosable(true);
    m_strip->hide();
    connect(m_back, &IconButton::clicked, this, [this] { m_page->back(); });
    connect(m_forward, &IconButton::clicked, this, [this] { m_page->forward(); });
    connect(m_again, &IconButton::clicked, this, &PageView::again);
    connect(m_outside, &IconButton::clicked, this, [this] { pageOpensOutside(m_page ? m_page->url() : m_url); });
    connect(m_nothing, &widgets::EmptyState::triggered, this, [this] {
        if (m_engine == nullptr)
            pageOpensOutside(m_url);
        else
            again();
    });
    connect(m_strip, &Strip::actionTriggered, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_saved).path())); // the folder, never the file
    });
    PageView::retranslate();
    pageChanged();
    tellTrouble();
}

PageView::~PageView() {
    m_page.reset(); // its widget is none of ours, and questions are answered
}

void PageView::load() {
    if (m_page || m_engine == nullptr)
        return;
    m_page = m_engine->makePage(*this, kProfile, m_folder);
    m_body->addWidget(m_page->widget());
    m_body->setCurrentWidget(m_page->widget());
    m_page->open(m_url);
    if (!isVisible())
        m_page->rest();
}

void PageView::discard() {
    if (m_page && !isVisible())
        m_page->discard();
}

void PageView::showEvent(QShowEvent* event) {
    load();
    Ground::showEvent(event);
    if (m_page)
        m_page->check(kPatienceMillis);
}

void PageView::hideEvent(QHideEvent* event) {
    Ground::hideEvent(event);
    m_prompt->refuse(); // other pages would wait for the answer
    if (m_page)
        m_page->rest();
}

void PageView::again() {
    if (m_page->isLoading() && !m_trouble)
        return m_page->stop();
    m_trouble.reset();
    m_body->setCurrentWidget(m_page->widget());
    m_page->reload();
}

void PageView::pageChanged() {
    const QUrl url = m_page ? m_page->url() : m_url;
    const QString title = m_page ? m_page->title() : QString();
    const bool loading = m_page && m_page->isLoading();
    if (loading && m_trouble) { // tried again, from within the page or by its history
        m_trouble.reset();
        m_body->setCurrentWidget(m_page->widget());
    }
    m_title->setText(title.isEmpty() ? url.host() : tr("%1 – %2").arg(title, url.host()));
    m_title->setToolTip(widgets::tipOf(url.toDisplayString()));
    m_back->setEnabled(m_page && m_page->canGoBack());
    m_forward->setEnabled(m_page && m_page->canGoForward());
    m_again->setEnabled(bool(m_page));
    m_again->setGlyph(loading ? Glyph::X : Glyph::RotateCw);
    m_again->setLabel(loading ? tr("Stop") : tr("Load again"));
}

void PageView::pageTroubled(Trouble trouble, const QString& detail) {
    m_trouble = trouble;
    m_detail = detail;
    tellTrouble();
    m_prompt->refuse();
    m_body->setCurrentWidget(m_nothing);
}

void PageView::pageRecovered() {
    m_trouble.reset();
    m_body->setCurrentWidget(m_page->widget());
}

void PageView::tellTrouble() {
    m_nothing->button()->setText(tr("Load again"));
    if (m_engine == nullptr) {
        m_nothing->setSentence(tr("This installation shows web pages in the system's browser."));
        m_nothing->setToolTip(widgets::tipOf(engineTrouble()));
        m_nothing->button()->setText(tr("Open in the browser"));
    } else if (m_trouble == Trouble::Certificate) {
        m_nothing->setSentence(tr("The page was not opened: its certificate is not trusted. %1").arg(m_detail));
    } else if (m_trouble == Trouble::Crashed) {
        m_nothing->setSentence(tr("The page has crashed."));
    } else if (m_trouble == Trouble::Unresponsive) {
        m_nothing->setSentence(tr("The page does not respond."));
    } else if (m_trouble) {
        m_nothing->setSentence(tr("%1 cannot be reached.").arg(m_detail));
    }
}

void PageView::pageRemarked(Remark remark, const QString& subject) {
    m_saved.clear();
    switch (remark) {
    case Remark::Said:
        return m_strip->tell(Strip::Grade::Info, tr("%1 says: %2").arg(m_page->url().host(), subject));
    case Remark::WindowRefused:
        return m_strip->tell(Strip::Grade::Warning, tr("The page wanted to open a window: %1").arg(subject));
    case Remark::UploadRefused:
        return m_strip->tell(
            Strip::Grade::Info,
            tr("Pages here cannot take files of this computer. Open the page in the browser for that."));
    case Remark::PartRefused:
        return m_strip->tell(Strip::Grade::Warning,
                             tr("A part of the page is missing: its certificate is not trusted. %1").arg(subject));
    case Remark::QuestionRefused:
        return m_strip->tell(Strip::Grade::Info, tr("The page asked something while nobody looked at it."));
    case Remark::AddressRefused:
        return m_strip->tell(Strip::Grade::Warning, tr("Only http and https are opened here: %1").arg(subject));
    case Remark::PermissionRefused:
        return m_strip->tell(
            Strip::Grade::Info,
            tr("%1 wanted the camera, the microphone, your place or notifications. Pages here get none.").arg(subject));
    }
}

void PageView::pageAsks(const Question& question, std::function<void(const Reply&)> answer) {
    m_prompt->ask(question, std::move(answer));
}

void PageView::pageDownloads(const Download& download) {
    m_saved = download.path;
    const QString name = QFileInfo(download.path).fileName();
    switch (download.state) {
    case Download::State::Running:
        return m_strip->tell(Strip::Grade::Info,
                             download.total > 0
                                 ? tr("Saving %1: %2 %").arg(name).arg(download.received * 100 / download.total)
                                 : tr("Saving %1…").arg(name));
    case Download::State::Done:
        return m_strip->tell(Strip::Grade::Info, tr("%1 is saved.").arg(name), tr("Show folder"));
    case Download::State::Failed:
        return m_strip->tell(Strip::Grade::Error, tr("%1 could not be saved.").arg(name));
    }
}

void PageView::pageOpensOutside(const QUrl& url) {
    QDesktopServices::openUrl(url);
}

void PageView::retranslate() {
    m_back->setLabel(tr("Back"));
    m_forward->setLabel(tr("Forward"));
    m_outside->setLabel(tr("Open in the browser"));
    pageChanged();
    tellTrouble();
}

} // namespace cb::webview
