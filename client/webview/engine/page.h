#pragma once

#include "client/webview/web_page.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWebEngineCore/QWebEngineDownloadRequest>
#include <QtWebEngineCore/QWebEnginePage>
#include <QtWebEngineWidgets/QWebEngineView>

#include <optional>

class QEventLoop;
class QWebEngineCertificateError;
class QWebEngineLoadingInfo;
class QWebEngineNewWindowRequest;

namespace cb::webview {

class Page final : public QWebEnginePage, public WebPage {
    Q_OBJECT
public:
    Page(std::shared_ptr<QWebEngineProfile> profile, Host& host);
    ~Page() override;

    QWidget* widget() override { return m_view.get(); }
    void open(const QUrl& url) override;
    void back() override { triggerAction(Back); }
    void forward() override { triggerAction(Forward); }
    void reload() override;
    void stop() override { triggerAction(Stop); }
    QString title() const override { return QWebEnginePage::title(); }
    QUrl url() const override;
    bool isLoading() const override { return m_loads; }
    bool canGoBack() const override;
    bool canGoForward() const override;
    void rest() override;
    void discard() override;
    void check(int millis) override;

    /// The folder's free name is chosen here; nothing is opened or run.
    void take(QWebEngineDownloadRequest& download);

protected:
    void release() override;
    QStringList chooseFiles(FileSelectionMode mode, const QStringList& old, const QStringList& types) override;
    void javaScriptAlert(const QUrl& origin, const QString& text) override;
    bool javaScriptConfirm(const QUrl& origin, const QString& text) override;
    bool javaScriptPrompt(const QUrl& origin, const QString& text, const QString& preset, QString* result) override;
    bool acceptNavigationRequest(const QUrl& url, NavigationType type, bool isMainFrame) override;

private:
    void onLoading(const QWebEngineLoadingInfo& info);
    void tell(Trouble trouble, const QString& detail);
    void onTerminated(RenderProcessTerminationStatus status);
    void onCertificate(QWebEngineCertificateError error);
    void onWindow(QWebEngineNewWindowRequest& request);
    void onLost();
    void onAnswer();
    Reply ask(const Question& question);

    void destroy();

    std::shared_ptr<QWebEngineProfile> m_profile; ///< outlives the page
    Host* m_host;                                 ///< null after release()
    std::unique_ptr<QWebEngineView> m_view;
    QTimer m_patience; ///< for a sign of life
    QUrl m_wanted;
    QPointer<QEventLoop> m_waiting; ///< a script waits for an answer
    bool m_loads = false;           ///< or will in a moment
    bool m_rests = false;
    bool m_asksAgain = false;         ///< it wanted a sign-in while nobody looked
    std::optional<Trouble> m_trouble; ///< has been told
    bool m_came = false;              ///< something of m_wanted is shown
};

/// A download of any page of a profile.
void takeDownload(QWebEngineDownloadRequest* download);

} // namespace cb::webview
