#include "client/webview/page_shelf.h"
#include "client/widgets/controls/segmented.h"
#include "client/workbench/context_panel.h"
#include "tests/e2e/tour/scenes.h"
#include "tests/e2e/tour/stage.h"

#include <QtWidgets/QLabel>

#include <memory>

/// Web pages beside a session. The tour has no browser engine; what one would tell is told by hand.
namespace cb::tour {

namespace {

using webview::Question;
using webview::Trouble;
using webview::WebPage;

/// What a site has sent.
class StillPage final : public WebPage {
public:
    StillPage()
        : m_face(std::make_unique<QLabel>(QStringLiteral("李女士"))) {
        QPalette paper;
        paper.setColor(QPalette::Window, Qt::white);
        paper.setColor(QPalette::WindowText, Qt::black);
        m_face->setPalette(paper);
        m_face->setAutoFillBackground(true);
        m_face->setAlignment(Qt::AlignCenter);
    }

    QWidget* widget() override { return m_face.get(); }
    void open(const QUrl& url) override { m_url = url; }
    void back() override {}
    void forward() override {}
    void reload() override {}
    void stop() override {}
    QString title() const override { return QStringLiteral("客户资料"); }
    QUrl url() const override { return m_url; }
    bool isLoading() const override { return false; }
    bool canGoBack() const override { return true; }
    bool canGoForward() const override { return false; }
    void rest() override {}
    void discard() override {}
    void check(int) override {}

private:
    void release() override { delete this; }

    std::unique_ptr<QLabel> m_face;
    QUrl m_url;
};

class StillEngine final : public QObject, public webview::WebEngine {
public:
    using QObject::QObject;

    webview::WebPagePtr makePage(WebPage::Host& host, const QString&, const QString&) override {
        m_host = &host;
        return webview::WebPagePtr(new StillPage);
    }
    void close(const QString&) override {}
    WebPage::Host& host() const { return *m_host; }

private:
    WebPage::Host* m_host = nullptr;
};

/// Without the engine, as it is here: the way to the browser.
void pages(Stage& stage) {
    stage.desk.server.admin.pops.pops = {{"客户资料", "https://crm.shop.example/find?name=${Nickname}", true},
                                         {"Orders and returns", "https://erp.shop.example/orders", true},
                                         {"知识库", "https://wiki.shop.example/", true}};
    busy(stage);
    auto* panel = stage.desk.the<workbench::ContextPanel>();
    auto* shelf = stage.desk.the<webview::PageShelf>();
    stage.await("the pages", [&] { return shelf->shown() != 0; });
    panel->findChild<widgets::Segmented*>()->setCurrent(2);
    stage.await("the tab", [&] { return shelf->isVisible(); });
}

/// A page of an engine over the one in front, and what it tells.
void toldBy(Stage& stage, const std::function<void(WebPage::Host&)>& tell) {
    pages(stage);
    if (stage.failed())
        return;
    stage.settle(); // the tab has its size
    auto* front = stage.desk.the<webview::PageShelf>()->current();
    auto* engine = new StillEngine(front);
    auto* view = new webview::PageView(engine, {}, QUrl(QStringLiteral("https://crm.shop.example/find")), front);
    view->setGeometry(front->rect());
    view->load();
    view->show();
    tell(engine->host());
}

void troubled(Stage& stage, Trouble trouble, const QString& detail = {}) {
    toldBy(stage, [&](WebPage::Host& host) { host.pageTroubled(trouble, detail); });
}

void asking(Stage& stage, const Question& question) {
    toldBy(stage, [&](WebPage::Host& host) { host.pageAsks(question, [](const webview::Reply&) {}); });
}

} // namespace

std::vector<Scene> pageScenes() {
    const QString site = QStringLiteral("crm.shop.example");
    return {{"workbench-pages", pages},
            {"workbench-pages-unreachable", [site](Stage& stage) { troubled(stage, Trouble::Unreachable, site); }},
            {"workbench-pages-certificate",
             [site](Stage& stage) {
                 troubled(stage, Trouble::Certificate, site + QStringLiteral(": the certificate has expired"));
             }},
            {"workbench-pages-crashed", [](Stage& stage) { troubled(stage, Trouble::Crashed); }},
            {"workbench-pages-unresponsive", [](Stage& stage) { troubled(stage, Trouble::Unresponsive); }},
            {"workbench-pages-question",
             [site](Stage& stage) {
                 asking(stage, {Question::Kind::Confirm, site, QStringLiteral("离开这个页面吗？"), {}});
             }},
            {"workbench-pages-sign-in", [site](Stage& stage) {
                 asking(stage, {Question::Kind::SignIn, site, QStringLiteral("Customer records"), {}});
             }}};
}

} // namespace cb::tour
