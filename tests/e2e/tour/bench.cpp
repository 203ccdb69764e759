#include "tests/e2e/tour/bench.h"

#include "client/admin/charts/curve_chart.h"
#include "client/admin/overview_page.h"
#include "client/widgets/compose/composer_edit.h"
#include "client/widgets/transcript/transcript_view.h"
#include "client/workbench/offer_card.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/stage.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTimer>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <unistd.h>
#include <vector>

namespace cb::tour {

void print(const char* what, double figure, const char* unit) {
    std::printf("%-58s %9.1f %s\n", what, figure, unit);
}

void printSpread(const char* what, std::vector<double>& figures) {
    if (figures.empty())
        return print(what, -1, "ms (nothing measured)");
    std::sort(figures.begin(), figures.end());
    const auto at = [&figures](double share) { return figures[std::size_t(share * double(figures.size() - 1))]; };
    std::printf("%-58s %9.1f ms (p50 %.1f, p99 %.1f)\n", what, figures.back(), at(0.5), at(0.99));
}

namespace {

constexpr int kMessages = 10'000;

/// Milliseconds since this process was started, in steps of the kernel's tick (10 ms).
double sinceStart() {
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray line = stat.readAll();
    const auto fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double up = double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
    return up - fields.value(19).toDouble() * 1000 / double(sysconf(_SC_CLK_TCK));
}

double megabytes() {
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return -1;
    return statm.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

bool loadAll(state::TranscriptModel& transcript) {
    while (transcript.olderAvailable()) {
        const int before = transcript.rowCount();
        transcript.loadOlder();
        if (!QTest::qWaitFor([&] { return transcript.rowCount() > before || !transcript.olderAvailable(); }))
            return false;
    }
    return transcript.rowCount() >= kMessages;
}

/// Screen by screen from the end to the beginning; the slowest step counts.
void scroll(widgets::TranscriptView& view) {
    auto* bar = view.verticalScrollBar();
    QElapsedTimer whole;
    double slowest = 0;
    int steps = 0;
    whole.start();
    while (bar->value() > bar->minimum() && steps < 400) {
        QElapsedTimer step;
        step.start();
        bar->setValue(bar->value() - view.viewport()->height());
        view.viewport()->repaint();
        slowest = qMax(slowest, double(step.nsecsElapsed()) / 1e6);
        ++steps;
    }
    print("one screen up, mean", double(whole.nsecsElapsed()) / 1e6 / qMax(1, steps), "ms");
    print("one screen up, slowest", slowest, "ms");
}

/// Calls back after each painting of a widget.
class PaintWatch : public QObject {
public:
    PaintWatch(QWidget* widget, std::function<void()> painted)
        : m_painted(std::move(painted)) {
        widget->installEventFilter(this);
    }
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::Paint)
            return false;
        watched->removeEventFilter(this);
        QCoreApplication::sendEvent(watched, event); // painted when this returns
        watched->installEventFilter(this);
        m_painted();
        return true;
    }

private:
    std::function<void()> m_painted;
};

/// Key down → the composer painted with it, while 50 messages a second arrive in the conversation on the screen.
void typeUnderLoad(Stage& stage) {
    auto* edit = stage.desk.the<widgets::ComposerEdit>();
    edit->setFocus();
    bool painted = false;
    PaintWatch watch(edit->viewport(), [&painted] { painted = true; });
    int said = 0;
    QTimer customer;
    QObject::connect(&customer, &QTimer::timeout, &stage.desk.server, [&] {
        stage.desk.server.customerSays(kLi, "message " + std::to_string(++said) + ", of a customer in a hurry");
    });
    customer.start(20);
    std::vector<double> figures;
    for (int i = 0; i < 300; ++i) {
        QTest::qWait(7 + i % 13); // at any moment between two messages
        QElapsedTimer timer;
        painted = false;
        timer.start();
        QTest::keyClick(edit, Qt::Key(Qt::Key_A + i % 26));
        while (!painted && timer.elapsed() < 1000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        figures.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    printSpread("keystroke painted while 50 messages/s arrive, slowest", figures);
    std::printf("%-58s %9d\n", "  messages that arrived meanwhile", said);
}

/// The offer leaves the server → its card is on the screen.
void ringUnderWatch(Stage& stage) {
    std::vector<double> figures;
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer timer;
        timer.start();
        test::ring(stage.desk.server, 500 + i, 700 + i, "Visitor " + std::to_string(i));
        const auto shown = [&] {
            const auto cards = stage.desk.window->findChildren<workbench::OfferCard*>();
            return std::any_of(cards.begin(), cards.end(), [](const auto* card) { return card->isVisible(); });
        };
        while (!shown() && timer.elapsed() < 5000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        if (!shown())
            return stage.fail(QStringLiteral("no card"));
        stage.desk.window->repaint();
        figures.push_back(double(timer.nsecsElapsed()) / 1e6);
        const model::OfferId offer(500 + i);
        stage.desk.server.offers.erase(offer);
        stage.desk.server.event(wire::OfferClosed{offer, model::OfferOutcome::CustomerLeft}, 700 + i);
        stage.await("the card's end", [&] { return !shown(); });
    }
    printSpread("offer leaves the server → card painted, slowest", figures);
}

/// The overview of 1,000 agents: what one frame of the server costs, from its text to the painted page, when all its
/// figures are others. The server sends one a second.
void watchOverview() {
    Stage stage(test::quickSession());
    auto& server = stage.desk.server;
    addAdmin(server, true);
    stage.open();
    stage.desk.window->frame()->showManage(admin::Place::Overview);
    auto* page = qobject_cast<admin::OverviewPage*>(stage.desk.window->frame()->manage()->page(admin::Place::Overview));
    if (page == nullptr)
        return stage.fail(QStringLiteral("no overview"));
    const double before = megabytes();
    stage.await("the figures", [&] { return page->curve() != nullptr; });
    stage.desk.window->repaint();
    print("memory that the charts take when first shown", megabytes() - before, "MB");
    std::vector<double> figures;
    QElapsedTimer whole;
    whole.start();
    auto now = *server.overview;
    for (int i = 0; i < 300; ++i) {
        now.agents.idle = 1 + i % 500;
        now.agents.busy = 1'000 - now.agents.idle;
        now.modes[0].today.offered += 3;
        for (auto& group : now.groups)
            group.waiting = (i * 7) % 40;
        now.offered.back() = 20 + i % 60;
        QElapsedTimer timer;
        timer.start();
        server.say(wire::encodeOverview(now));
        while (page->statuses()->count(0) != now.agents.idle && timer.elapsed() < 5'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        page->window()->repaint();
        page->curve()->viewport()->repaint();
        figures.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    print("overview frames of 1,000 agents, shown per second at most", 300e9 / double(whole.nsecsElapsed()), "/s");
    printSpread("one overview frame sent → page painted, slowest", figures);
}

} // namespace

int bench() {
    Stage stage(test::quickSession());
    stage.desk.window->repaint();
    print("process start to the sign-in window painted", sinceStart(), "ms");
    print("memory with the sign-in window", megabytes(), "MB");
    furnish(stage.desk.server);
    addSessions(stage.desk.server);
    stage.desk.server.log.clear();
    addPast(stage.desk.server, kLi, kMessages);
    stage.desk.server.skipTo(kMessages);
    stage.desk.server.sessions[model::SessionId(kLi)].session.lastSeq = kMessages;
    QElapsedTimer timer;
    timer.start();
    stage.open();
    stage.desk.window->repaint();
    print("signed in, workbench painted", double(timer.nsecsElapsed()) / 1e6, "ms");
    timer.restart();
    stage.openAt(kLi);
    stage.desk.window->repaint();
    print("conversation of 10,000 messages opened at its end", double(timer.nsecsElapsed()) / 1e6, "ms");
    timer.restart();
    if (stage.failed() || !loadAll(stage.desk.program.transcript(kLi)))
        return 1;
    print("all 10,000 loaded page by page", double(timer.nsecsElapsed()) / 1e6, "ms");
    timer.restart();
    stage.desk.page().showSession(model::SessionId(kWu));
    stage.desk.page().showSession(model::SessionId(kLi));
    stage.desk.window->repaint();
    print("switched away and back, 10,000 loaded", double(timer.nsecsElapsed()) / 1e6, "ms");
    for (auto* view : stage.desk.window->findChildren<widgets::TranscriptView*>())
        if (view->isVisible())
            scroll(*view);
    print("memory with 10,000 messages loaded", megabytes(), "MB");
    typeUnderLoad(stage);
    ringUnderWatch(stage);
    watchOverview();
    drawFlow();
    return stage.failed() ? 1 : 0;
}

} // namespace cb::tour
