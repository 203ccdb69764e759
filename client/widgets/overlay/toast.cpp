#include "client/widgets/overlay/toast.h"

#include "client/widgets/theme/paint.h"

#include <QEnterEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>

namespace cb::widgets {

namespace {
constexpr int kStayMs = 5000;
constexpr int kStayWithActionMs = 9000;
constexpr std::size_t kMostToasts = 3;
} // namespace

Toast::Toast(QWidget* window, Strip::Grade grade, const QString& sentence, const QString& action)
    : Floating(window)
    , m_grade(grade)
    , m_text(new Label(sentence, TextSize::Body, this))
    , m_action(new Button(action, Button::Kind::Ghost, this))
    , m_timer(new QTimer(this)) {
    const Look& l = look();
    auto* row = new QHBoxLayout(this);
    const int m = shadowMargin();
    row->setContentsMargins(m + l.grid(4) + l.iconSize() + l.grid(2), m + l.grid(2), m + l.grid(2), m + l.grid(2));
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    m_text->setWordWrap(true);
    m_action->setSmall(true);
    m_action->setVisible(!action.isEmpty());
    m_timer->setSingleShot(true);
    m_timer->setInterval(action.isEmpty() ? kStayMs : kStayWithActionMs);
    connect(m_timer, &QTimer::timeout, this, &Toast::leave);
    connect(m_action, &QAbstractButton::clicked, this, [this] {
        Q_EMIT actionTriggered();
        leave();
    });
    setAccessibleName(sentence);
    m_timer->start();
}

QSize Toast::panelSize() const {
    const Look& l = look();
    const QFontMetrics metrics(l.body);
    const int extra = l.grid(4) + l.iconSize() + l.grid(2) + l.grid(4) +
                      (m_action->isVisibleTo(this) ? m_action->sizeHint().width() + l.grid(2) : 0);
    const int room = qMin(l.px(480), parentWidget()->width() - l.grid(8)) - extra;
    const QRect text =
        metrics.boundingRect(QRect(0, 0, qMax(room, l.px(120)), 10000), Qt::TextWordWrap, m_text->text());
    return {text.width() + extra + 2, qMax(l.px(44), text.height() + l.grid(5))};
}

void Toast::leave() {
    hide();
    Q_EMIT gone();
    deleteLater();
}

void Toast::enterEvent(QEnterEvent* event) {
    m_timer->stop();
    Floating::enterEvent(event);
}

void Toast::leaveEvent(QEvent* event) {
    m_timer->start();
    Floating::leaveEvent(event);
}

void Toast::paintEvent(QPaintEvent* event) {
    Floating::paintEvent(event);
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    const QColor color = m_grade == Strip::Grade::Error ? t.busy : m_grade == Strip::Grade::Warning ? t.wrapUp : t.idle;
    const Glyph glyph = m_grade == Strip::Grade::Info ? Glyph::CircleCheck : Glyph::CircleAlert;
    paintGlyph(painter, QRectF(shadowMargin() + l.grid(4), 0, l.iconSize(), height()), glyph, color, l.iconSize());
}

Toaster::Toaster(QWidget* window)
    : QObject(window)
    , m_window(window) {
    window->installEventFilter(this);
}

void Toaster::show(Strip::Grade grade, const QString& sentence, const QString& action,
                   std::function<void()> triggered) {
    auto* toast = new Toast(m_window, grade, sentence, action);
    if (triggered)
        connect(toast, &Toast::actionTriggered, this, std::move(triggered));
    connect(toast, &Toast::gone, this, [this, toast] {
        std::erase_if(m_toasts, [toast](const QPointer<Toast>& t) { return t.isNull() || t == toast; });
        place();
    });
    m_toasts.emplace_back(toast);
    while (m_toasts.size() > kMostToasts) {
        Toast* oldest = m_toasts.front();
        m_toasts.pop_front();
        delete oldest;
    }
    place();
    toast->raise();
    toast->show();
}

void Toaster::place() {
    const Look& l = lookOf(m_window);
    int top = l.grid(26); // below the heads with their buttons; the lower edge belongs to the composer
    for (const QPointer<Toast>& toast : m_toasts) {
        if (toast.isNull())
            continue;
        const QSize size = toast->panelSize();
        toast->placeTopCentre(size, top);
        top += size.height() + l.grid(2);
    }
}

bool Toaster::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && event->type() == QEvent::Resize)
        place();
    return false;
}

} // namespace cb::widgets
