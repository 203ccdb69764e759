#include "client/webview/engine/engine.h"

#include "client/webview/engine/page.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QPointer>
#include <QtWebEngineCore/QWebEngineSettings>

namespace cb::webview {

WebPagePtr Engine::makePage(WebPage::Host& host, const QString& profile, const QString& folder) {
    return WebPagePtr(new Page(profileOf(profile, folder), host));
}

std::shared_ptr<QWebEngineProfile> Engine::profileOf(const QString& name, const QString& folder) {
    auto& profile = m_profiles[folder];
    if (profile != nullptr)
        return profile;
    const bool first = m_profiles.size() == 1;
    profile = std::make_shared<QWebEngineProfile>(name);
    if (first) { // after the engine's own, so that it runs before it: what pages keep is written out then
        static QPointer<Engine> closing;
        closing = this;
        qAddPostRoutine([] {
            if (closing)
                closing->m_profiles.clear();
        });
    }
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
    return profile;
}

} // namespace cb::webview
