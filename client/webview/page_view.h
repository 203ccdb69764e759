#pragma once

#include "client/webview/page_prompt.h"
#include "client/widgets/controls/panels.h"

#include <QtWidgets/QStackedWidget>

#include <optional>

namespace cb::webview {

/// One page with its bar: back, again or stop, its title and site, "in the browser"; what it says and asks stands over
/// it, and in its place why there is nothing. Loads when it is first shown, or by load(). GUI thread.
class PageView : public widgets::Ground, private WebPage::Host {
    Q_OBJECT
public:
    /// `engine` null: only the way to the system's browser.
    PageView(WebEngine* engine, const QString& folder, const QUrl& url, QWidget* parent = nullptr);
    ~PageView() override;

    void load();
    void discard(); ///< while hidden: its memory is given back, the next show loads it again
    std::optional<Trouble> trouble() const { return m_trouble; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void retranslate() override;

private:
    void pageChanged() override;
    void pageTroubled(Trouble trouble, const QString& detail) override;
    void pageRecovered() override;
    void pageRemarked(Remark remark, const QString& subject) override;
    void pageAsks(const Question& question, std::function<void(const Reply&)> answer) override;
    void pageDownloads(const Download& download) override;
    void pageOpensOutside(const QUrl& url) override;
    void again();
    void tellTrouble();

    WebEngine* m_engine;
    QString m_folder;
    QUrl m_url;
    widgets::IconButton* m_back;
    widgets::IconButton* m_forward;
    widgets::IconButton* m_again;
    widgets::ElidedLabel* m_title;
    widgets::IconButton* m_outside;
    widgets::Strip* m_strip;
    PagePrompt* m_prompt;
    QStackedWidget* m_body;
    widgets::EmptyState* m_nothing;
    std::optional<Trouble> m_trouble;
    QString m_detail;
    QString m_saved;   ///< the file the strip is about
    WebPagePtr m_page; ///< goes first
};

} // namespace cb::webview
