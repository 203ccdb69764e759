#include "client/widgets/controls/rail.h"

#include "client/widgets/controls/badge.h"
#include "client/widgets/theme/paint.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleOption>
#include <QVBoxLayout>

namespace cb::widgets {

class RailButton : public Themed<QAbstractButton> {
public:
    RailButton(QString id, Glyph glyph, QWidget* parent)
        : Themed<QAbstractButton>(parent)
        , m_id(std::move(id))
        , m_glyph(glyph) {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

    const QString& id() const { return m_id; }
    void setBadge(int count) {
        m_badge = count;
        update();
    }
    void name(const QString& text) {
        setAccessibleName(text);
        const QString keys = shortcut().toString(QKeySequence::NativeText);
        setToolTip(keys.isEmpty() ? text : QStringLiteral("%1  %2").arg(text, keys));
    }
    QSize sizeHint() const override { return {look().px(48), look().px(44)}; }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const Look& l = look();
        const Tokens& t = l.color;
        const QRectF box = QRectF(rect()).adjusted(l.px(6), l.px(2), -l.px(6), -l.px(2));
        if (isChecked())
            paintRounded(painter, box, l.cardRadius(), t.selection);
        else if (isDown() || underMouse())
            paintRounded(painter, box, l.cardRadius(), isDown() ? t.pressed : t.hover);
        if (isChecked())
            paintRounded(painter, QRectF(0, box.center().y() - l.px(9), l.px(3), l.px(18)), 1.5, t.accent);
        const QColor color = isChecked() ? t.accent : underMouse() ? t.text : t.muted;
        paintGlyph(painter, box, m_glyph, color, l.largeIconSize());
        if (m_badge > 0)
            paintBadge(painter, QPointF(width() - l.px(3), l.px(2)), m_badge, l);
        QStyleOption option;
        option.initFrom(this);
        if (wantsFocusRing(option))
            paintFocusRing(painter, box, l.cardRadius(), l);
    }

private:
    QString m_id;
    Glyph m_glyph;
    int m_badge = 0;
};

NavigationRail::NavigationRail(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_pages(new QVBoxLayout)
    , m_actions(new QVBoxLayout) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, look().grid(2), 1, look().grid(2));
    column->setSpacing(0);
    for (QVBoxLayout* part : {m_pages, m_actions}) {
        part->setContentsMargins(0, 0, 0, 0);
        part->setSpacing(look().px(2));
    }
    column->addLayout(m_pages);
    column->addStretch(1);
    column->addLayout(m_actions);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    NavigationRail::restyle();
}

void NavigationRail::restyle() {
    setFixedWidth(look().px(48) + 1);
}

RailButton* NavigationRail::add(const QString& id, Glyph glyph, const QString& text, const QKeySequence& keys) {
    auto* button = new RailButton(id, glyph, this);
    button->setShortcut(keys);
    button->name(text);
    m_buttons.push_back(button);
    return button;
}

RailButton* NavigationRail::find(const QString& id) const {
    for (RailButton* button : m_buttons)
        if (button->id() == id)
            return button;
    return nullptr;
}

void NavigationRail::addPage(const QString& id, Glyph glyph, const QString& text, const QKeySequence& keys) {
    RailButton* button = add(id, glyph, text, keys);
    button->setCheckable(true);
    m_pages->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, id] {
        setCurrent(id);
        Q_EMIT pageChosen(id);
    });
}

void NavigationRail::addAction(const QString& id, Glyph glyph, const QString& text, const QKeySequence& keys) {
    RailButton* button = add(id, glyph, text, keys);
    m_actions->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, id] { Q_EMIT actionTriggered(id); });
}

void NavigationRail::setText(const QString& id, const QString& text) {
    if (RailButton* button = find(id))
        button->name(text);
}

void NavigationRail::setBadge(const QString& id, int count) {
    if (RailButton* button = find(id))
        button->setBadge(count);
}

void NavigationRail::setShown(const QString& id, bool shown) {
    if (RailButton* button = find(id))
        button->setVisible(shown);
}

void NavigationRail::setCurrent(const QString& id) {
    m_current = id;
    for (RailButton* button : m_buttons)
        button->setChecked(button->isCheckable() && button->id() == id);
}

void NavigationRail::keyPressEvent(QKeyEvent* event) {
    const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    for (std::size_t i = 0; by != 0 && i < m_buttons.size(); ++i) {
        if (!m_buttons[i]->hasFocus())
            continue;
        for (int next = int(i) + by; next >= 0 && next < int(m_buttons.size()); next += by) {
            if (m_buttons[std::size_t(next)]->isVisible()) {
                m_buttons[std::size_t(next)]->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
    QWidget::keyPressEvent(event);
}

void NavigationRail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), look().color.bg);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), look().color.border);
}

} // namespace cb::widgets
