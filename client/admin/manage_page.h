#pragma once

#include "client/admin/page.h"

#include <QtWidgets/QStackedWidget>

#include <array>

class QTreeWidget;
class QTreeWidgetItem;

namespace cb::admin {

/// The admin workbench（管理工作台）: the tree of places at the left, the page of the chosen one beside it. Pages are
/// made when they are first opened and live as long as this. Whoever composes the program fills places whose pages are
/// made in other rooms; a place without a page does not appear.
class ManagePage : public widgets::Ground {
    Q_OBJECT
public:
    /// Makes a page; it may be a Page, to be asked before it is left.
    using Make = std::function<QWidget*(const Context& context)>;

    ManagePage(state::AgentAccount& account, widgets::StateStore store, QWidget* parent = nullptr);

    void fill(Place place, Make make);
    /// Goes there when nothing is lost by it or the user says so.
    void open(Place place);
    Place place() const { return m_place; }
    QWidget* page(Place place) const { return m_pages[std::size_t(place)]; } ///< nullptr: not opened yet
    bool isEdited() const;
    /// Does `go` when no page would lose an edit, or the user says so.
    void leave(std::function<void()> go);

    struct Entry {
        Place place;
        QString title;
        QString part; ///< which branch of the tree it is in; empty: none
    };
    std::vector<Entry> entries() const; ///< for the command palette

Q_SIGNALS:
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);

protected:
    void retranslate() override;
    void restyle() override;
    void showEvent(QShowEvent* event) override;

private:
    void buildTree();
    void go(Place place);
    void mark();

    Context m_context;
    QTreeWidget* m_tree;
    QStackedWidget* m_stack;
    std::array<Make, kPlaces> m_makers;
    std::array<QWidget*, kPlaces> m_pages{};
    Place m_place = Place::Overview;
    bool m_opened = false;
};

} // namespace cb::admin
