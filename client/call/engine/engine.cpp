#include "client/call/engine/engine.h"

#include "client/call/engine/media_page.h"

#include <QtWebEngineCore/QWebEngineProfile>
#include <QtWebEngineCore/QWebEngineSettings>
#include <QtWebEngineCore/QWebEngineUrlRequestInfo>
#include <QtWebEngineCore/QWebEngineUrlRequestInterceptor>

namespace cb::call {

namespace {

/// Nothing is fetched from anywhere but out of this program.
class OwnFilesOnly final : public QWebEngineUrlRequestInterceptor {
public:
    using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;
    void interceptRequest(QWebEngineUrlRequestInfo& info) override {
        if (info.requestUrl().scheme() != QLatin1String("qrc"))
            info.block(true);
    }
};

} // namespace

CallMediaPtr Engine::makeMedia(CallMedia::Host& host) {
    auto profile = std::make_shared<QWebEngineProfile>(); // without a name: nothing of it comes on a disk
    profile->setUrlRequestInterceptor(new OwnFilesOnly(profile.get()));
    profile->setHttpCacheType(QWebEngineProfile::NoCache);
    using Settings = QWebEngineSettings;
    auto* settings = profile->settings();
    for (const auto off :
         {Settings::LocalContentCanAccessRemoteUrls, Settings::PluginsEnabled, Settings::FullScreenSupportEnabled,
          Settings::ScreenCaptureEnabled, Settings::AllowRunningInsecureContent,
          Settings::AllowGeolocationOnInsecureOrigins, Settings::AllowWindowActivationFromJavaScript,
          Settings::JavascriptCanOpenWindows, Settings::LocalStorageEnabled, Settings::DnsPrefetchEnabled,
          Settings::HyperlinkAuditingEnabled, Settings::WebGLEnabled, Settings::PlaybackRequiresUserGesture})
        settings->setAttribute(off, false);
    settings->setUnknownUrlSchemePolicy(Settings::DisallowUnknownUrlSchemes);
    return CallMediaPtr(new MediaPage(std::move(profile), host));
}

} // namespace cb::call
