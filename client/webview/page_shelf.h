#pragma once

#include "client/webview/page_view.h"
#include "client/widgets/controls/segmented.h"

#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace cb::webview {

/// Pages as tabs, for one thing at a time of several that have pages: a session. What is open for the others rests, and
/// the pages longest unseen give their memory back. GUI thread.
class PageShelf : public widgets::Ground {
    Q_OBJECT
public:
    using Key = std::int64_t;
    struct Entry {
        QString name;
        QUrl url;
    };
    static constexpr int kLive = 8; ///< pages that keep what they hold while nobody sees them

    /// `folder`: for cookies and sign-ins.
    explicit PageShelf(const QString& folder, QWidget* parent = nullptr);
    ~PageShelf() override;

    /// Loads the engine, so that the first page does not wait for it.
    static void warmUp();
    /// What this key has; the first page begins to load. Known keys stay as they are.
    void add(Key key, const std::vector<Entry>& entries);
    void showKey(Key key); ///< one that was added; 0 = none
    Key shown() const { return m_shown; }
    /// Closes the pages of all others.
    void keep(const std::set<Key>& keys);
    /// Of the key in front.
    PageView* current() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Shelf {
        std::vector<QString> names;
        std::vector<PageView*> pages;
        int front = 0;
    };
    void turnTo(int index);
    void nameTabs();
    void spare();

    QString m_folder;
    widgets::Segmented* m_tabs;
    widgets::Separator* m_line;
    QStackedWidget* m_stack;
    std::map<Key, Shelf> m_shelves;
    std::vector<PageView*> m_seen; ///< the latest last
    std::size_t m_tabCount = 0;
    Key m_shown = 0;
    bool m_used = false;
};

} // namespace cb::webview
