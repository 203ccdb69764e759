#pragma once

#include <QtCore/QString>
#include <QtCore/QUrl>
#include <QtCore/QtPlugin>

#include <functional>
#include <memory>

class QWidget;

/// What the plugin with the browser engine and the program say to each other. Plain interfaces: they hold across the
/// two binaries without shared meta objects. Everything on the GUI thread.
namespace cb::webview {

/// Why there is nothing to see.
enum class Trouble { Unreachable, Certificate, Crashed, Unresponsive };

/// What the page did or wanted and the agent should know.
enum class Remark {
    Said,             ///< an alert; subject: its text
    WindowRefused,    ///< a window nobody asked for; subject: its address
    UploadRefused,    ///< a file of this computer
    PartRefused,      ///< something in it from a host whose certificate is not trusted; subject: which and why
    QuestionRefused,  ///< it asked while nobody looked at it
    AddressRefused,   ///< neither http nor https; subject: the address
    PermissionRefused ///< camera, microphone, place, notifications; subject: the site
};

/// What the page waits for. Unanswered questions are answered with "no" when the page goes.
struct Question {
    enum class Kind { Confirm, Prompt, SignIn };
    Kind kind = Kind::Confirm;
    QString site;
    QString text;   ///< Confirm, Prompt: the page's own words
    QString preset; ///< Prompt
};
struct Reply {
    bool yes = false;
    QString text; ///< Prompt; SignIn: the name
    QString password;
};

struct Download {
    QString path; ///< where it goes: the user's download folder, under a name that was free
    qint64 received = 0;
    qint64 total = -1; ///< bytes; -1 = unknown
    enum class State { Running, Done, Failed } state = State::Running;
};

/// One page of somebody else's, in a process of its own. It cannot reach the program: no channel, no files, no further
/// windows, no permissions, http and https only.
class WebPage {
public:
    /// Who shows it and holds it: outlives the WebPagePtr.
    class Host {
    public:
        virtual void pageChanged() = 0; ///< title, address, loading, history
        virtual void pageTroubled(Trouble trouble, const QString& detail) = 0;
        virtual void pageRecovered() = 0; ///< it was Unresponsive and answers
        virtual void pageRemarked(Remark remark, const QString& subject) = 0;
        /// `answer` is called once, later, from an event.
        virtual void pageAsks(const Question& question, std::function<void(const Reply&)> answer) = 0;
        virtual void pageDownloads(const Download& download) = 0;
        virtual void pageOpensOutside(const QUrl& url) = 0; ///< a link for the system's browser, mail or phone program

    protected:
        ~Host() = default;
    };
    struct Release {
        void operator()(WebPage* page) const { page->release(); }
    };

    virtual QWidget* widget() = 0; ///< belongs to the page
    virtual void open(const QUrl& url) = 0;
    virtual void back() = 0;
    virtual void forward() = 0;
    virtual void reload() = 0; ///< also after Crashed and Unresponsive
    virtual void stop() = 0;
    virtual QString title() const = 0;
    virtual QUrl url() const = 0;
    virtual bool isLoading() const = 0;
    virtual bool canGoBack() const = 0;
    virtual bool canGoForward() const = 0;
    /// Nobody sees it: it stands still as soon as it has loaded, and moves on when it is shown.
    virtual void rest() = 0;
    /// Gives its memory back; it is loaded anew when it is shown.
    virtual void discard() = 0;
    /// Asks the page for a sign of life; Unresponsive when none comes within `millis`.
    virtual void check(int millis) = 0;

protected:
    virtual ~WebPage() = default;
    virtual void release() = 0; ///< the host is told nothing more; the page goes, at once or when it no longer waits
};

using WebPagePtr = std::unique_ptr<WebPage, WebPage::Release>;

class WebEngine {
public:
    virtual ~WebEngine() = default;
    /// `profile`: whose cookies and sign-ins are used; they last, in `folder`.
    virtual WebPagePtr makePage(WebPage::Host& host, const QString& profile, const QString& folder) = 0;
    /// Writes out and lets go of what is in `folder`; its pages are gone.
    virtual void close(const QString& folder) = 0;
};

} // namespace cb::webview

#define CB_WEB_ENGINE_IID "cloudbell.WebEngine/1"
Q_DECLARE_INTERFACE(cb::webview::WebEngine, CB_WEB_ENGINE_IID)
