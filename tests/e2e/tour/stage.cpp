#include "tests/e2e/tour/stage.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QCheckBox>

#include <algorithm>

namespace cb::tour {

namespace {

/// How many windows it stands over.
int heightOf(const QWidget* top) {
    int height = 0;
    for (; top->parentWidget() != nullptr; top = top->parentWidget()->window())
        ++height;
    return height;
}

} // namespace

Stage::Stage(const api::SessionOptions& session)
    : desk(session) {}

void Stage::open() {
    if (!desk.open())
        fail(QStringLiteral("not signed in"));
}

void Stage::openAt(std::int64_t session) {
    open();
    if (failed())
        return;
    desk.page().showSession(model::SessionId(session));
    await("the session", [&] { return desk.page().currentSession().value == session; });
    const auto& transcript = desk.program.transcript(session);
    await("its messages", [&] { return transcript.rowCount() > 0 && !transcript.isLoading(); });
}

void Stage::press(const QString& text) {
    if (auto* button = desk.button(text))
        button->click();
    else
        fail(QStringLiteral("no button “%1”").arg(text));
}

void Stage::fail(const QString& why) {
    m_failed = true;
    m_troubles << why;
}

void Stage::settle() const {
    for (int i = 0; i < 12; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
}

/// What a label or a button says must fit into it, unless it is one that ends in “…” on purpose.
void Stage::checkTexts(const QWidget& root) {
    const auto labels = root.findChildren<QLabel*>();
    for (const auto* label : labels) {
        if (!label->isVisible() || label->text().isEmpty() || qobject_cast<const widgets::ElidedLabel*>(label))
            continue;
        const bool cut = label->wordWrap() ? label->heightForWidth(label->width()) > label->height() + 1
                                           : label->sizeHint().width() > label->width() + 1;
        if (cut)
            fail(QStringLiteral("cut off: “%1”").arg(label->text()));
    }
    const auto buttons = root.findChildren<QAbstractButton*>();
    for (const auto* button : buttons)
        if (button->isVisible() && !button->text().isEmpty() && button->sizeHint().width() > button->width() + 1)
            fail(QStringLiteral("cut off: button “%1”").arg(button->text()));
}

QImage Stage::picture() {
    settle();
    auto* window = desk.window.get();
    QPixmap all = window->grab();
    checkTexts(*window);
    QPainter painter(&all);
    auto tops = QApplication::topLevelWidgets(); // in no order
    std::stable_sort(tops.begin(), tops.end(),
                     [](const QWidget* a, const QWidget* b) { return heightOf(a) < heightOf(b); });
    for (auto* top : tops) {
        if (!top->isVisible() || top == window)
            continue;
        const bool menu = top->windowType() == Qt::Popup;
        if (!menu) {
            painter.fillRect(window->rect(), QColor(0, 0, 0, 70));
            checkTexts(*top);
        }
        const QPoint middle((window->width() - top->width()) / 2, (window->height() - top->height()) / 2);
        const auto* opener = menu ? top->parentWidget() : nullptr; // the screen may be smaller than the window
        const QPoint under =
            opener ? opener->mapTo(window, QPoint(opener->width() - top->width(), opener->height())) : middle;
        painter.drawPixmap(under, top->grab());
    }
    painter.end();
    QImage image = all.toImage();
    int other = 0;
    for (int y = 0; y < image.height(); y += 4)
        for (int x = 0; x < image.width(); x += 4)
            other += image.pixel(x, y) != image.pixel(0, 0) ? 1 : 0;
    if (image.isNull() || other < 100)
        fail(QStringLiteral("the picture is empty"));
    return image;
}

} // namespace cb::tour
