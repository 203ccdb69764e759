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
    Page(QWebEngineProfile& profile, Host& host);
    ~Page() override;

    QWidget* widget() override { return m_view.get(); }
    void open(const QUrl& url) override;
    void back() override { triggerAction(Back); }
    void forward() override { triggerAction(Forward); }
    void reload() override;
    void stop() override { triggerAction(Stop); }
    QString title() const override { return QWebEnginePage::title(); }
    QUrl url() const override { return QWebEnginePage::requestedUrl(); }
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
    Reply ask(const Question& question);

    Host* m_host; ///< null after release()
    std::unique_ptr<QWebEngineView> m_view;
    QTimer m_patience; ///< for a sign of life
    QUrl m_wanted;
    QPointer<QEventLoop> m_waiting; ///< a script waits for an answer
    bool m_loads = false;           ///< or will in a moment
    bool m_rests = false;
    std::optional<Trouble> m_trouble; ///< has been told
};

/// A download of any page of a profile.
void takeDownload(QWebEngineDownloadRequest* download);

} // namespace cb::webview
