#pragma once

#include "client/webview/web_page.h"

#include <QtCore/QObject>
#include <QtWebEngineCore/QWebEngineProfile>

#include <map>
#include <memory>

namespace cb::webview {

/// The plugin. Pages must be gone before it.
class Engine final : public QObject, public WebEngine {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID CB_WEB_ENGINE_IID)
    Q_INTERFACES(cb::webview::WebEngine)
public:
    void close(const QString& folder) override { m_profiles.erase(folder); }
    WebPagePtr makePage(WebPage::Host& host, const QString& profile, const QString& folder) override;

private:
    std::shared_ptr<QWebEngineProfile> profileOf(const QString& name, const QString& folder);

    std::map<QString, std::shared_ptr<QWebEngineProfile>> m_profiles; ///< by folder; pages hold theirs, too
};

} // namespace cb::webview
