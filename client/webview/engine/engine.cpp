#include "client/webview/engine/engine.h"

#include "client/webview/engine/page.h"

#include <QtCore/QLocale>
#include <QtWebEngineCore/QWebEngineSettings>

namespace cb::webview {

WebPagePtr Engine::makePage(WebPage::Host& host, const QString& profile, const QString& folder) {
    return WebPagePtr(new Page(profileOf(profile, folder), host));
}

QWebEngineProfile& Engine::profileOf(const QString& name, const QString& folder) {
    auto& profile = m_profiles[folder];
    if (profile != nullptr)
        return *profile;
    profile = std::make_unique<QWebEngineProfile>(name);
    profile->setPersistentStoragePath(folder + QStringLiteral("/store"));
    profile->setCachePath(folder + QStringLiteral("/cache"));
    profile->setPersistentCookiesPolicy(QWebEngineProfile::ForcePersistentCookies);
    profile->setHttpCacheMaximumSize(64 * 1024 * 1024);
    profile->setHttpAcceptLanguage(QLocale().bcp47Name());
    using Settings = QWebEngineSettings;
    auto* settings = profile->settings();
    for (const auto off :
         {Settings::LocalContentCanAccessRemoteUrls, Settings::LocalContentCanAccessFileUrls, Settings::PluginsEnabled,
          Settings::FullScreenSupportEnabled, Settings::ScreenCaptureEnabled, Settings::AllowRunningInsecureContent,
          Settings::AllowGeolocationOnInsecureOrigins, Settings::AllowWindowActivationFromJavaScript,
          Settings::FocusOnNavigationEnabled, Settings::ErrorPageEnabled, Settings::DnsPrefetchEnabled,
          Settings::HyperlinkAuditingEnabled, Settings::NavigateOnDropEnabled})
        settings->setAttribute(off, false);
    settings->setAttribute(Settings::PlaybackRequiresUserGesture, true);
    settings->setUnknownUrlSchemePolicy(Settings::DisallowUnknownUrlSchemes);
    connect(profile.get(), &QWebEngineProfile::downloadRequested, this, &takeDownload);
    return *profile;
}

} // namespace cb::webview
