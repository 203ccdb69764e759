#include "client/widgets/controls/panels.h"

#include "client/widgets/theme/paint.h"

#include <QPainter>

namespace cb::widgets {

Card::Card(QWidget* parent)
    : Themed<QFrame>(parent)
    , m_body(new QVBoxLayout(this)) {
    Card::restyle();
}

void Card::restyle() {
    const int pad = look().grid(3);
    m_body->setContentsMargins(pad, pad, pad, pad);
    m_body->setSpacing(look().grid(2));
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintRounded(painter, rect(), look().cardRadius(), look().color.surface, look().color.border);
}

SectionHeader::SectionHeader(const QString& title, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_title(title)
    , m_label(new ElidedLabel(title, TextSize::Secondary, this))
    , m_row(new QHBoxLayout(this)) {
    m_label->setStrong(true);
    m_label->setTone(Tone::Muted);
    m_label->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_row->setContentsMargins(look().grid(3), look().grid(2), look().grid(2), look().grid(1));
    m_row->addWidget(m_label, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SectionHeader::setTitle(const QString& title) {
    m_title = title;
    tell();
}

void SectionHeader::setCount(int count) {
    m_count = count;
    tell();
}

void SectionHeader::tell() {
    m_label->setText(m_count < 0 ? m_title : QStringLiteral("%1 (%2)").arg(m_title).arg(m_count));
}

void SectionHeader::setFlush() {
    m_row->setContentsMargins(0, look().grid(2), 0, 0);
}

void SectionHeader::addAction(QWidget* action) {
    m_row->addWidget(action);
}

EmptyState::EmptyState(Glyph glyph, const QString& sentence, const QString& action, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_glyph(glyph)
    , m_picture(new QLabel(this))
    , m_sentence(new Label(sentence, TextSize::Body, this))
    , m_button(new Button(action, Button::Kind::Primary, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look().grid(6), look().grid(6), look().grid(6), look().grid(6));
    column->setSpacing(look().grid(4));
    column->addStretch(2);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addWidget(m_sentence, 0);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    m_sentence->setTone(Tone::Muted);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_button->setVisible(!action.isEmpty());
    connect(m_button, &QAbstractButton::clicked, this, &EmptyState::triggered);
    EmptyState::restyle();
}

void EmptyState::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
}

void EmptyState::setGlyph(Glyph glyph) {
    m_glyph = glyph;
    restyle();
}

void EmptyState::restyle() {
    m_picture->setPixmap(glyphPixmap(m_glyph, look().color.muted, look().px(32), devicePixelRatioF()));
}

Strip::Strip(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_text(new Label({}, TextSize::Body, this))
    , m_action(new Button({}, Button::Kind::Ghost, this))
    , m_close(new IconButton(Glyph::X, {}, this)) {
    auto* row = new QHBoxLayout(this);
    row->setSpacing(look().grid(2));
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    m_text->setAlignment(Qt::AlignVCenter | Qt::AlignLeft);
    m_text->setWordWrap(true); // what stops somebody's work is read to its end
    m_text->setMinimumWidth(1);
    m_action->setSmall(true);
    m_close->hide();
    connect(m_action, &QAbstractButton::clicked, this, &Strip::actionTriggered);
    connect(m_close, &QAbstractButton::clicked, this, &QWidget::hide);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    Strip::restyle();
    Strip::retranslate();
    hide();
}

void Strip::restyle() {
    const Look& l = look();
    layout()->setContentsMargins(l.grid(3) + l.iconSize() + l.grid(2), l.px(2), l.grid(2), l.px(2));
    setMinimumHeight(l.controlHeight(true) + l.px(4));
}

void Strip::retranslate() {
    m_close->setLabel(tr("Close"));
}

void Strip::tell(Grade grade, const QString& sentence, const QString& action) {
    m_grade = grade;
    m_text->setText(sentence);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(sentence);
    show();
    update();
}

void Strip::setClosable(bool closable) {
    m_close->setVisible(closable);
}

void Strip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    const QColor color = m_grade == Grade::Error ? t.busy : m_grade == Grade::Warning ? t.wrapUp : t.accent;
    painter.fillRect(rect(), mix(t.surface, color, t.dark ? 0.16 : 0.09));
    painter.fillRect(QRect(0, height() - 1, width(), 1), mix(t.surface, color, 0.35));
    const Glyph glyph = m_grade == Grade::Info ? Glyph::Info : Glyph::TriangleAlert;
    paintGlyph(painter, QRectF(l.grid(3), 0, l.iconSize(), height()), glyph, color, l.iconSize());
}

Separator::Separator(Qt::Orientation orientation, QWidget* parent)
    : Themed<QWidget>(parent) {
    if (orientation == Qt::Horizontal) {
        setFixedHeight(1);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    } else {
        setFixedWidth(1);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    }
}

void Separator::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), look().color.border);
}

Ground::Ground(Kind kind, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_kind(kind) {}

void Ground::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = look().color;
    painter.fillRect(rect(), m_kind == Kind::Window ? t.bg : m_kind == Kind::Surface ? t.surface : t.sunken);
}

} // namespace cb::widgets
