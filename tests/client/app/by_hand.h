#pragma once

#include "client/app/frame.h"
#include "client/floweditor/document/words.h"
#include "client/widgets/controls/tick_list.h"
#include "client/widgets/table/table_page.h"
#include "tests/client/app/desk.h"
#include "tests/client/support/flow_hand.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTextEdit>

#include <algorithm>
#include <memory>

namespace cb::test {

/// Somebody at the program's window, in front of a real server.
class Person {
public:
    Person() {
        initCloudbellTranslations();
        preferences.setLanguage(QStringLiteral("en"));
        language.set(QStringLiteral("en"));
        window = std::make_unique<app::MainWindow>(program.account, preferences);
        window->resize(1400, 900);
        window->show();
    }

    template <class Widget>
    Widget* named(const QString& name, int number = 0) const {
        for (auto* widget : window->findChildren<Widget*>())
            if (widget->isVisible() && widget->accessibleName() == name && number-- == 0)
                return widget;
        return nullptr;
    }
    template <class Widget>
    Widget* the() const {
        for (auto* widget : window->findChildren<Widget*>())
            if (widget->isVisible())
                return widget;
        return nullptr;
    }

    /// By the keyboard, or by an input method where there is no such key; in place of what stands there.
    void write(const QString& name, const QString& text, int number = 0) const {
        QWidget* field = nullptr;
        const bool there = QTest::qWaitFor([&] {
            field = named<QLineEdit>(name, number);
            field = field != nullptr ? field : named<QTextEdit>(name, number);
            return field != nullptr;
        });
        QVERIFY2(there, qPrintable(name));
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_Delete);
        QInputMethodEvent event;
        event.setCommitString(text);
        QApplication::sendEvent(field, &event);
    }
    bool press(const QString& text) const {
        widgets::Button* found = nullptr;
        const bool there = QTest::qWaitFor([&] {
            for (auto* button : window->findChildren<widgets::Button*>())
                if (button->isVisible() && button->isEnabled() && button->text() == text)
                    found = button; // the last one: a dialog's goes before the page's
            return found != nullptr;
        });
        if (there)
            QTest::mouseClick(found, Qt::LeftButton);
        return there;
    }
    void count(const QString& name, int number) const {
        QSpinBox* field = nullptr;
        QVERIFY2(QTest::qWaitFor([&] { return (field = named<QSpinBox>(name)) != nullptr; }), qPrintable(name));
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, QString::number(number));
        QCOMPARE(field->value(), number);
    }
    void choose(const QString& name, const QString& entry) const {
        QComboBox* box = nullptr;
        QVERIFY2(QTest::qWaitFor([&] { return (box = named<QComboBox>(name)) != nullptr; }), qPrintable(name));
        int row = -1;
        for (int i = 0; i < box->count(); ++i)
            if (box->itemText(i).startsWith(entry))
                row = i;
        QVERIFY2(row >= 0, qPrintable(entry));
        box->setFocus();
        for (int steps = 0; steps < 20 && box->currentIndex() != row; ++steps)
            QTest::keyClick(box, box->currentIndex() < row ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(box->currentIndex(), row);
    }
    void tick(const QString& title) const {
        widgets::TickList* ticks = nullptr;
        QVERIFY(QTest::qWaitFor([&] { return (ticks = the<widgets::TickList>()) != nullptr; }));
        auto* view = ticks->findChild<QListView*>();
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const auto at = view->model()->index(row, 0);
            if (at.data().toString() != title)
                continue;
            view->scrollTo(at);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(at).center());
            return;
        }
        QStringList rows;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            rows << view->model()->index(row, 0).data().toString();
        QFAIL(qPrintable(title + QStringLiteral(" is not among ") + rows.join(QStringLiteral("; "))));
    }
    bool go(admin::Place place) const {
        window->frame()->showManage(place);
        return window->frame()->manage() != nullptr;
    }
    widgets::TablePage* list() const {
        auto* manage = window->frame()->manage();
        return qobject_cast<widgets::TablePage*>(manage->page(manage->place()));
    }
    bool awaitRows(int count) const {
        return QTest::qWaitFor(
            [&] { return list() != nullptr && list()->table()->total() == count && !list()->drawer()->isOpen(); },
            10'000);
    }

    bool signIn(const QString& address, const QString& email, const QString& password) const {
        window->signInPage().setAddress(address);
        window->signInPage().setEmail(email);
        window->signInPage().signIn(password);
        return QTest::qWaitFor(
            [&] {
                return program.account.step() == state::AccountState::Step::SignedIn ||
                       program.account.step() == state::AccountState::Step::ChangePassword;
            },
            20'000);
    }
    bool setPassword(const QString& password) {
        if (program.account.step() != state::AccountState::Step::ChangePassword)
            return false;
        int fields = 0;
        QLineEdit* last = nullptr;
        for (auto* edit : window->currentWidget()->findChildren<QLineEdit*>())
            if (edit->isVisible()) {
                edit->setText(password);
                last = edit;
                ++fields;
            }
        if (last != nullptr)
            QTest::keyClick(last, Qt::Key_Return);
        return fields == 2 && QTest::qWaitFor([&] { return window->frame() != nullptr; }, 20'000);
    }

    Machine machine;
    mutable Program program{machine};
    app::Preferences preferences;
    platform::Language language;
    std::unique_ptr<app::MainWindow> window;
};

/// Draws the flow that is open at somebody's window. No node is named by anything but the number it was given.
class Drawer {
public:
    explicit Drawer(const Person& person)
        : m_person(person) {}

    floweditor::FlowPage* page() const {
        return qobject_cast<floweditor::FlowPage*>(m_person.window->frame()->flow().page());
    }
    floweditor::FlowEditor* editor() const { return page() == nullptr ? nullptr : page()->editor(); }
    const flow::Graph& graph() const { return editor()->document().graph(); }
    bool leads(std::int64_t from, const std::string& port, std::int64_t to) const {
        const flow::Edge wanted{flow::NodeId{from}, port, flow::NodeId{to}};
        return std::count(graph().edges.begin(), graph().edges.end(), wanted) == 1;
    }

    void takeAllAway() const {
        auto& canvas = editor()->canvas();
        hand().click({5, 5}); // where nothing is
        QTest::keyClick(&canvas, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&canvas, Qt::Key_Delete);
    }
    /// Out of the palette to where there is neither a card nor a line.
    void dragOut(flow::Kind kind) const {
        auto* item = itemOf(kind);
        QVERIFY(item != nullptr);
        const std::unique_ptr<QMimeData> what(palette().model()->mimeData({palette().indexFromItem(item)}));
        hand().drop(*what, emptyPlace());
    }
    void doubleClick(flow::Kind kind) const {
        auto* item = itemOf(kind);
        QVERIFY(item != nullptr);
        const QPoint at = palette().visualItemRect(item).center();
        QTest::mouseClick(palette().viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(palette().viewport(), Qt::LeftButton, {}, at);
    }
    /// A line is pulled from the node's first output into the empty, and ends in a new node.
    void pullOut(std::int64_t node, flow::Kind kind) const {
        hand().pull(node, 0, hand().output(node) + QPoint(40, 140));
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        for (auto* action : menu->actions())
            if (action->text() == floweditor::kindName(kind, graph().mode))
                menu->setActiveAction(action);
        QVERIFY(menu->activeAction() != nullptr);
        QTest::keyClick(menu, Qt::Key_Return);
    }
    void connect(std::int64_t from, std::size_t output, std::int64_t to) const {
        hand().pull(from, output, hand().head(to));
    }
    /// Every node is in sight then, none over another.
    void arrange() const {
        auto* button = m_person.named<widgets::IconButton>(QStringLiteral("Arrange (Ctrl+Shift+L)"));
        QVERIFY(button != nullptr);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    /// The node's settings come to the front; it gets its label.
    void edit(std::int64_t node, const QString& label) const {
        hand().click(hand().head(node));
        m_person.write(QStringLiteral("Label"), label);
    }

private:
    FlowHand hand() const { return FlowHand(editor()->canvas()); }
    QListWidget& palette() const { return *editor()->findChild<floweditor::Palette*>()->findChild<QListWidget*>(); }
    QListWidgetItem* itemOf(flow::Kind kind) const {
        const auto found = palette().findItems(floweditor::kindName(kind, graph().mode), Qt::MatchExactly);
        return found.isEmpty() || !palette().isVisible() ? nullptr : found.front();
    }
    QPoint emptyPlace() const {
        const auto& canvas = editor()->canvas();
        const QRect room = canvas.viewport()->rect().adjusted(140, 60, -140, -60);
        for (int y = room.top(); y < room.bottom(); y += 30)
            for (int x = room.left(); x < room.right(); x += 30) {
                const QPointF at = canvas.mapToScene(x, y);
                if (canvas.flowScene().nodeAt(at) == nullptr && canvas.flowScene().edgeAt(at) == nullptr)
                    return {x, y};
            }
        return room.center();
    }

    const Person& m_person;
};

} // namespace cb::test
