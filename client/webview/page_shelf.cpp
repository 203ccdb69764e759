#include "client/webview/page_shelf.h"

#include "client/webview/engine_loader.h"

#include <algorithm>

namespace cb::webview {

PageShelf::PageShelf(const QString& folder, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_folder(folder)
    , m_tabs(new widgets::Segmented)
    , m_line(new widgets::Separator)
    , m_stack(new QStackedWidget) {
    m_tabs->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // names are shortened to the room there is
    m_tabs->setMinimumWidth(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_line);
    column->addWidget(m_stack, 1);
    connect(m_tabs, &widgets::Segmented::currentChanged, this, &PageShelf::turnTo);
}

PageShelf::~PageShelf() {
    if (!m_used)
        return;
    for (const auto& [key, shelf] : m_shelves)
        for (auto* page : shelf.pages)
            delete page; // before the folder is let go of
    if (auto* engine = webEngine())
        engine->close(m_folder);
}

void PageShelf::warmUp() {
    (void)webEngine();
}

void PageShelf::add(Key key, const std::vector<Entry>& entries) {
    if (entries.empty() || m_shelves.contains(key))
        return;
    m_used = true;
    Shelf& shelf = m_shelves[key];
    for (const auto& entry : entries) {
        shelf.names.push_back(entry.name);
        shelf.pages.push_back(new PageView(webEngine(), m_folder, entry.url));
        m_stack->addWidget(shelf.pages.back());
    }
    m_seen.push_back(shelf.pages.front());
    shelf.pages.front()->load();
    spare();
}

void PageShelf::showKey(Key key) {
    const auto found = m_shelves.find(key);
    m_shown = found == m_shelves.end() ? 0 : key;
    m_stack->setVisible(m_shown != 0);
    const bool several = m_shown != 0 && found->second.pages.size() > 1;
    m_tabs->setVisible(several);
    m_line->setVisible(several);
    if (m_shown == 0)
        return;
    nameTabs();
    turnTo(found->second.front);
}

void PageShelf::turnTo(int index) {
    const auto found = m_shelves.find(m_shown);
    if (found == m_shelves.end() || index >= int(found->second.pages.size()))
        return;
    found->second.front = index;
    const QSignalBlocker quiet(m_tabs);
    m_tabs->setCurrent(index);
    PageView* page = found->second.pages[std::size_t(index)];
    m_stack->setCurrentWidget(page);
    m_seen.erase(std::remove(m_seen.begin(), m_seen.end(), page), m_seen.end());
    m_seen.push_back(page);
    spare();
}

/// The pages that were seen longest ago; they load again when they are seen.
void PageShelf::spare() {
    for (; m_seen.size() > kLive; m_seen.erase(m_seen.begin()))
        m_seen.front()->discard();
}

void PageShelf::keep(const std::set<Key>& keys) {
    for (auto shelf = m_shelves.begin(); shelf != m_shelves.end();) {
        if (keys.contains(shelf->first)) {
            ++shelf;
            continue;
        }
        for (auto* page : shelf->second.pages) {
            m_seen.erase(std::remove(m_seen.begin(), m_seen.end(), page), m_seen.end());
            m_stack->removeWidget(page);
            page->hide();
            page->deleteLater();
        }
        const bool inFront = shelf->first == m_shown;
        shelf = m_shelves.erase(shelf);
        if (inFront)
            showKey(0);
    }
}

PageView* PageShelf::current() const {
    return m_shown == 0 ? nullptr : qobject_cast<PageView*>(m_stack->currentWidget());
}

/// All of them have room, the longer ones not whole.
void PageShelf::nameTabs() {
    const auto found = m_shelves.find(m_shown);
    if (found == m_shelves.end())
        return;
    const auto& names = found->second.names;
    const int room = width() / int(names.size()) - look().grid(6);
    const QFontMetrics metrics(look().font(widgets::TextSize::Body, true));
    const QSignalBlocker quiet(m_tabs); // hiding the chosen one would choose another for this key
    for (; m_tabCount < names.size(); ++m_tabCount)
        m_tabs->addSegment({});
    for (std::size_t i = 0; i < m_tabCount; ++i) {
        m_tabs->setSegmentShown(int(i), i < names.size());
        if (i < names.size())
            m_tabs->setSegmentText(int(i), metrics.elidedText(names[i], Qt::ElideRight, room));
    }
}

void PageShelf::resizeEvent(QResizeEvent* event) {
    Ground::resizeEvent(event);
    nameTabs();
}

} // namespace cb::webview
