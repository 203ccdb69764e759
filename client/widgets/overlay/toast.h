#pragma once

#include "client/widgets/controls/panels.h"
#include "client/widgets/overlay/floating.h"

#include <QPointer>

#include <deque>
#include <functional>

class QTimer;

namespace cb::widgets {

/// A short message under the upper edge that goes by itself: what has happened, perhaps with Undo. Stays while the
/// mouse is on it.
class Toast : public Floating {
    Q_OBJECT
public:
    Toast(QWidget* window, Strip::Grade grade, const QString& sentence, const QString& action);
    QSize panelSize() const;

Q_SIGNALS:
    void actionTriggered();
    void gone();

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void leave();
    Strip::Grade m_grade;
    Label* m_text;
    Button* m_action;
    QTimer* m_timer;
};

/// Stacks the toasts of one window. Holds three; a fourth sends the oldest away.
class Toaster : public QObject {
    Q_OBJECT
public:
    explicit Toaster(QWidget* window);
    void show(Strip::Grade grade, const QString& sentence, const QString& action = {},
              std::function<void()> triggered = {});
    int count() const { return int(m_toasts.size()); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    QWidget* m_window;
    std::deque<QPointer<Toast>> m_toasts;
};

} // namespace cb::widgets
