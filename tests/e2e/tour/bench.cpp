#include "tests/e2e/tour/bench.h"

#include "client/widgets/transcript/transcript_view.h"
#include "tests/e2e/tour/furniture.h"
#include "tests/e2e/tour/stage.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtWidgets/QScrollBar>

#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace cb::tour {

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

void print(const char* what, double figure, const char* unit) {
    std::printf("%-58s %9.1f %s\n", what, figure, unit);
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
    return 0;
}

} // namespace cb::tour
