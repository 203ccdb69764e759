#pragma once

#include "client/call/call_media.h"
#include "client/call/engine/page_link.h"

#include <QtCore/QTimer>
#include <QtWebChannel/QWebChannel>
#include <QtWebEngineCore/QWebEnginePage>
#include <QtWebEngineCore/QWebEngineProfile>

namespace cb::call {

/// The media page, which nobody sees, and what keeps it going. Words that the page cannot hear yet are not kept: what
/// it is to do is said once it is ready.
class MediaPage final : public QWebEnginePage, public CallMedia {
    Q_OBJECT
public:
    MediaPage(std::shared_ptr<QWebEngineProfile> profile, Host& host);
    ~MediaPage() override;

    void start(const DeviceChoice& choice) override;
    void applyAnswer(const QString& sdp) override;
    void renew() override;
    void setMuted(bool muted) override;
    void sendKey(QChar key) override;
    void stop() override;
    void choose(const DeviceChoice& choice) override;
    void check(bool on) override;
    void playTone() override;
    qint64 processId() const override { return renderProcessPid(); }

protected:
    void release() override;
    bool acceptNavigationRequest(const QUrl& url, NavigationType type, bool isMainFrame) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString& message, int line,
                                  const QString& source) override;

private:
    void open();
    void destroy();
    void word(const QString& what, const QJsonObject& d = {});
    void sayStart();
    void onReady();
    void onHeard(const QString& what, const QJsonObject& d);
    void onCallHeard(const QString& what, const QJsonObject& d);
    void onPermission(const QUrl& origin, Feature feature);
    void onTerminated(RenderProcessTerminationStatus status);
    void onSilence();
    void crashed();

    std::shared_ptr<QWebEngineProfile> m_profile; ///< outlives the page
    Host* m_host;                                 ///< null after release()
    PageLink m_link;
    QWebChannel m_channel;
    QTimer m_patience; ///< for a word of a page that has something to do
    DeviceChoice m_choice;
    int m_call = 0;       ///< number of the newest
    bool m_open = false;  ///< is loaded, or being loaded
    bool m_ready = false; ///< hears
    bool m_on = false;    ///< in a call
    bool m_checks = false;
    bool m_muted = false;
    bool m_inside = false; ///< the engine's stack is above
};

} // namespace cb::call
