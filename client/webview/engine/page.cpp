#include "client/webview/engine/page.h"

#include <QtCore/QDir>
#include <QtCore/QEventLoop>
#include <QtCore/QFileInfo>
#include <QtCore/QScopedValueRollback>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QAuthenticator>
#include <QtWebEngineCore/QWebEngineCertificateError>
#include <QtWebEngineCore/QWebEngineHistory>
#include <QtWebEngineCore/QWebEngineLoadingInfo>
#include <QtWebEngineCore/QWebEngineNewWindowRequest>

#include <utility>

namespace cb::webview {

namespace {

bool isWeb(const QUrl& url) {
    return url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
}

/// For programs of the system, when the user clicked on it.
bool isPersonal(const QUrl& url) {
    return url.scheme() == QLatin1String("mailto") || url.scheme() == QLatin1String("tel");
}

QString freeName(const QDir& folder, const QString& wanted) {
    const QFileInfo name(QFileInfo(wanted).fileName());
    const QString base = name.completeBaseName().isEmpty() ? QStringLiteral("download") : name.completeBaseName();
    const QString suffix = name.suffix().isEmpty() ? QString() : u'.' + name.suffix();
    QString tried = base + suffix;
    for (int i = 1; folder.exists(tried); ++i)
        tried = QStringLiteral("%1 (%2)%3").arg(base).arg(i).arg(suffix);
    return tried;
}

bool asking = false;

} // namespace

Page::Page(std::shared_ptr<QWebEngineProfile> profile, Host& host)
    : QWebEnginePage(profile.get(), nullptr)
    , m_profile(std::move(profile))
    , m_host(&host)
    , m_view(std::make_unique<QWebEngineView>()) {
    m_view->setPage(this);
    for (const auto hidden : {ViewSource, SavePage, InspectElement, OpenLinkInThisWindow, OpenLinkInNewBackgroundTab})
        action(hidden)->setVisible(false);
    const auto changed = [this] {
        if (m_host != nullptr)
            m_host->pageChanged();
    };
    connect(this, &QWebEnginePage::titleChanged, this, changed);
    connect(this, &QWebEnginePage::urlChanged, this, changed);
    connect(this, &QWebEnginePage::loadingChanged, this, &Page::onLoading);
    connect(this, &QWebEnginePage::renderProcessTerminated, this, &Page::onTerminated);
    connect(this, &QWebEnginePage::certificateError, this, &Page::onCertificate);
    connect(this, &QWebEnginePage::newWindowRequested, this, &Page::onWindow);
    connect(this, &QWebEnginePage::featurePermissionRequested, this, [this](const QUrl& origin, Feature feature) {
        setFeaturePermission(origin, feature, PermissionDeniedByUser);
        if (m_host != nullptr)
            m_host->pageRemarked(Remark::PermissionRefused, origin.host());
    });
    connect(this, &QWebEnginePage::authenticationRequired, this, [this](const QUrl& at, QAuthenticator* who) {
        const Reply reply = ask({Question::Kind::SignIn, at.host(), who->realm(), {}});
        if (reply.yes) {
            who->setUser(reply.text);
            who->setPassword(reply.password);
        } else {
            *who = {}; // the page says what it says to strangers
        }
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Page::onLost);
}

Page::~Page() {
    m_view->setPage(nullptr);
}

void Page::release() {
    m_host = nullptr;
    m_view->hide();
    m_view->setParent(nullptr);
    if (m_waiting)
        m_waiting->quit(); // the script's stack is above: ask() ends it
    else
        destroy();
}

void Page::destroy() {
    const auto kept = m_profile; // until the base class is gone
    delete this;
}

void Page::open(const QUrl& url) {
    m_wanted = url;
    m_loads = true;
    m_came = false;
    load(url);
}

void Page::reload() {
    m_patience.stop();
    if (!m_trouble)
        return triggerAction(Reload);
    if (std::exchange(m_trouble, std::nullopt) == Trouble::Unresponsive) { // with its process
        const bool shown = m_view->isVisible();
        m_view->hide();
        setLifecycleState(LifecycleState::Discarded);
        m_view->setVisible(shown);
    }
    m_loads = true;
    load(m_wanted);
}

/// After a redirect: where it is, not where it was sent for.
QUrl Page::url() const {
    const QUrl shown = QWebEnginePage::url();
    return m_came && isWeb(shown) ? shown : m_wanted;
}

/// The engine's own file dialog would stand over the whole program, a ringing session included.
QStringList Page::chooseFiles(FileSelectionMode, const QStringList&, const QStringList&) {
    if (m_host != nullptr)
        m_host->pageRemarked(Remark::UploadRefused, {});
    return {};
}

bool Page::canGoBack() const {
    return history()->canGoBack();
}

bool Page::canGoForward() const {
    return history()->canGoForward();
}

void Page::rest() {
    m_rests = true;
    m_patience.stop();
    if (!isVisible() && !m_loads && lifecycleState() == LifecycleState::Active)
        setLifecycleState(LifecycleState::Frozen);
}

void Page::discard() {
    m_patience.stop();
    if (!isVisible() && !m_waiting) // the engine is in the middle of the question
        setLifecycleState(LifecycleState::Discarded);
}

void Page::check(int millis) {
    m_rests = false;
    if (std::exchange(m_asksAgain, false))
        return reload();
    if (m_trouble || m_loads || lifecycleState() == LifecycleState::Discarded)
        return; // showing it loads it again
    m_patience.start(millis);
    runJavaScript(QStringLiteral("0"), [alive = QPointer<Page>(this)](const QVariant&) {
        if (alive)
            alive->onAnswer();
    });
}

/// In time, or after all.
void Page::onAnswer() {
    m_patience.stop();
    if (m_trouble != Trouble::Unresponsive || m_host == nullptr)
        return;
    m_trouble.reset();
    m_host->pageRecovered();
}

void Page::onLost() {
    if (!m_waiting) // for the agent
        tell(Trouble::Unresponsive, {});
}

void Page::onLoading(const QWebEngineLoadingInfo& info) {
    if (m_host == nullptr)
        return;
    using Info = QWebEngineLoadingInfo;
    m_loads = info.status() == Info::LoadStartedStatus;
    if (m_loads)
        m_trouble.reset();
    // What the server says about a page it does not have is a page, too.
    else if (info.status() == Info::LoadFailedStatus && info.errorDomain() != Info::HttpStatusCodeDomain)
        tell(Trouble::Unreachable, info.url().host());
    m_came = m_came || info.status() == Info::LoadSucceededStatus;
    m_host->pageChanged();
    if (m_rests)
        rest();
}

/// Once, until it is loaded again.
void Page::tell(Trouble trouble, const QString& detail) {
    if (m_host == nullptr || m_trouble)
        return;
    m_trouble = trouble;
    m_host->pageTroubled(trouble, detail);
}

void Page::onTerminated(RenderProcessTerminationStatus status) {
    m_patience.stop();
    if (status != NormalTerminationStatus)
        tell(Trouble::Crashed, {});
}

void Page::onCertificate(QWebEngineCertificateError error) {
    error.rejectCertificate();
    const QString what = error.url().host() + QStringLiteral(": ") + error.description();
    if (m_loads && !m_came && error.url().host() == m_wanted.host())
        tell(Trouble::Certificate, what);
    else if (m_host != nullptr) // a picture of it, say
        m_host->pageRemarked(Remark::PartRefused, what);
}

void Page::onWindow(QWebEngineNewWindowRequest& request) {
    if (m_host == nullptr)
        return;
    const QUrl url = request.requestedUrl();
    if (request.isUserInitiated() && (isWeb(url) || isPersonal(url)))
        m_host->pageOpensOutside(url);
    else
        m_host->pageRemarked(Remark::WindowRefused, url.toDisplayString());
}

bool Page::acceptNavigationRequest(const QUrl& url, NavigationType type, bool isMainFrame) {
    if (isWeb(url)) {
        if (isMainFrame) {
            m_wanted = url;
            m_came = false;
        }
        return true;
    }
    if (!isMainFrame && (url.scheme() == QLatin1String("data") || url.scheme() == QLatin1String("blob")))
        return true;
    if (url.scheme() == QLatin1String("about"))
        return true;
    if (m_host == nullptr)
        return false;
    if (isPersonal(url) && type == NavigationTypeLinkClicked)
        m_host->pageOpensOutside(url);
    else
        m_host->pageRemarked(Remark::AddressRefused, url.toDisplayString().left(200));
    return false;
}

void Page::javaScriptAlert(const QUrl&, const QString& text) {
    if (m_host != nullptr)
        m_host->pageRemarked(Remark::Said, text.left(500)); // the page goes on
}

bool Page::javaScriptConfirm(const QUrl& origin, const QString& text) {
    return ask({Question::Kind::Confirm, origin.host(), text, {}}).yes;
}

bool Page::javaScriptPrompt(const QUrl& origin, const QString& text, const QString& preset, QString* result) {
    const Reply reply = ask({Question::Kind::Prompt, origin.host(), text, preset});
    if (reply.yes)
        *result = reply.text;
    return reply.yes;
}

/// The page stands still in its process; the program does not. One page asks at a time.
Reply Page::ask(const Question& question) {
    if (m_host == nullptr || m_waiting)
        return {};
    // While one page waits the engine hears nothing of the others: nobody waits unseen, and only one at a time.
    if (asking || !m_view->isVisible()) {
        m_asksAgain = m_asksAgain || question.kind == Question::Kind::SignIn;
        m_host->pageRemarked(Remark::QuestionRefused, {});
        return {};
    }
    const QScopedValueRollback one(asking, true);
    m_patience.stop();
    const auto reply = std::make_shared<Reply>();
    QEventLoop loop;
    m_waiting = &loop;
    m_host->pageAsks(question, [reply, waiting = m_waiting](const Reply& given) {
        if (!waiting)
            return;
        *reply = given;
        waiting->quit();
    });
    loop.exec();
    m_waiting = nullptr;
    m_asksAgain = question.kind == Question::Kind::SignIn && !reply->yes && !m_view->isVisible();
    if (m_host == nullptr) // released meanwhile; the engine's own stack is still above
        QTimer::singleShot(0, this, [this] { destroy(); });
    return m_host == nullptr ? Reply{} : *reply;
}

void Page::take(QWebEngineDownloadRequest& download) {
    if (m_host == nullptr)
        return;
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    if (!folder.mkpath(QStringLiteral(".")))
        return m_host->pageDownloads({folder.path(), 0, -1, Download::State::Failed});
    download.setDownloadDirectory(folder.path());
    download.setDownloadFileName(freeName(folder, download.suggestedFileName()));
    const auto tell = [alive = QPointer<Page>(this), &download] {
        if (!alive || alive->m_host == nullptr)
            return;
        using State = QWebEngineDownloadRequest::DownloadState;
        const auto state =
            download.state() == State::DownloadCompleted ? Download::State::Done
            : download.state() == State::DownloadInterrupted || download.state() == State::DownloadCancelled
                ? Download::State::Failed
                : Download::State::Running;
        alive->m_host->pageDownloads({QDir(download.downloadDirectory()).filePath(download.downloadFileName()),
                                      download.receivedBytes(), download.totalBytes(), state});
    };
    connect(&download, &QWebEngineDownloadRequest::receivedBytesChanged, &download, tell);
    connect(&download, &QWebEngineDownloadRequest::stateChanged, &download, tell);
    download.accept();
}

void takeDownload(QWebEngineDownloadRequest* download) {
    if (auto* page = qobject_cast<Page*>(download->page()))
        page->take(*download);
}

} // namespace cb::webview
