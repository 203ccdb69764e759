#include "client/workbench/offer_card.h"

#include "client/bridge/convert.h"
#include "client/bridge/words.h"
#include "client/widgets/controls/format.h"
#include "client/widgets/theme/paint.h"

#include <QtCore/QLocale>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>

namespace cb::workbench {

using widgets::Button;
using widgets::ElidedLabel;
using widgets::TextSize;
using widgets::Tone;

namespace {
constexpr int kNote = 160; ///< characters shown of what the sender wrote; the rest is a tool tip
}

OfferCard::OfferCard(QWidget* parent)
    : Card(parent)
    , m_avatar(new widgets::Avatar(32))
    , m_name(new ElidedLabel({}, TextSize::Title))
    , m_where(new widgets::Label({}, TextSize::Secondary))
    , m_number(new widgets::Label)
    , m_path(new widgets::Label({}, TextSize::Secondary))
    , m_last(new widgets::Label({}, TextSize::Secondary))
    , m_waiting(new ElidedLabel({}, TextSize::Secondary))
    , m_before(new widgets::Label({}, TextSize::Secondary))
    , m_note(new widgets::Label({}, TextSize::Secondary))
    , m_ring(new widgets::Countdown(widgets::Countdown::Shape::Ring))
    , m_answer(new Button({}, widgets::Glyph::MessageSquare, Button::Kind::Primary))
    , m_decline(new Button({}, Button::Kind::Secondary)) {
    setFocusPolicy(Qt::StrongFocus);
    m_name->setStrong(true);
    for (widgets::Label* label : std::initializer_list<widgets::Label*>{m_where, m_path, m_last, m_waiting})
        label->setTone(Tone::Muted);
    for (widgets::Label* label :
         {m_where, m_number, m_path, m_last, m_before, m_note}) { // a long group's name is read before one answers
        label->setWordWrap(true);
        label->setMinimumWidth(1);
    }
    m_before->setStrong(true);
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_waiting);
    auto* top = new QHBoxLayout;
    top->setSpacing(look().grid(2));
    top->addWidget(m_avatar);
    top->addLayout(names, 1);
    top->addWidget(m_ring);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(look().grid(2));
    buttons->addWidget(m_answer, 1);
    buttons->addWidget(m_decline, 1);
    body()->addLayout(top);
    body()->addWidget(m_number);
    body()->addWidget(m_where);
    body()->addWidget(m_path);
    body()->addWidget(m_last);
    m_last->hide();
    body()->addWidget(m_note);
    body()->addWidget(m_before);
    body()->addLayout(buttons);
    connect(m_answer, &Button::clicked, this, &OfferCard::answered);
    connect(m_decline, &Button::clicked, this, &OfferCard::declined);
    OfferCard::retranslate();
}

void OfferCard::retranslate() {
    m_answer->setText(tr("Answer"));
    m_answer->setToolTip(tr("Answer (F2)"));
    m_decline->setText(tr("Decline"));
}

void OfferCard::show(const state::SessionItem& item, const QDateTime& now) {
    m_offer = item.offer;
    const auto& view = item.view;
    const QString name = bridge::toQt(view.customerName);
    m_avatar->setPerson(name, QString::number(view.session.customer.value));
    m_name->setText(name);
    QStringList where{bridge::word(view.channelKind), bridge::toQt(view.groupName)};
    if (!view.lastAgentName.empty())
        where << tr("from %1").arg(bridge::toQt(view.lastAgentName));
    where.removeAll({});
    m_where->setText(where.join(QStringLiteral(" · ")));
    showNumber(view);
    m_path->setText(bridge::toQt(view.session.flowPath));
    m_path->setVisible(!view.session.flowPath.empty());
    const auto declined = bridge::toQt(item.declinedAt).toLocalTime().time();
    m_before->setText(tr("You declined this at %1").arg(QLocale().toString(declined, QLocale::ShortFormat)));
    m_before->setVisible(item.declinedAt != base::TimePoint{});
    m_note->setText(tr("“%1”").arg(bridge::toQt(view.transferNote).left(kNote)));
    m_note->setVisible(!view.transferNote.empty());
    m_note->setToolTip(widgets::tipOf(bridge::toQt(view.transferNote)));
    m_waitsSince = bridge::toQt(item.waitsSince());
    const auto expires = bridge::toQt(item.offerExpires);
    const auto offered = bridge::toQt(item.offeredAt);
    m_ring->setVisible(expires.isValid());
    if (expires.isValid())
        m_ring->start(qMax<qint64>(1, offered.msecsTo(expires)), qMax<qint64>(0, now.msecsTo(expires)));
    else
        m_ring->stop();
    setAccessibleName(tr("%1 is ringing, %2").arg(name, m_where->text()));
    setAccessibleDescription(m_before->isHidden() ? QString() : m_before->text());
    tick(now);
}

/// Of a call: it is who they are, unless somebody has given them a name.
void OfferCard::showNumber(const model::SessionView& view) {
    const bool isCall = view.session.mode == model::Mode::Phone;
    const QString known = bridge::toQt(view.call ? view.call->number : view.externalId);
    const QString number = known.isEmpty() ? tr("Number withheld") : known;
    m_answer->setGlyph(isCall ? widgets::Glyph::Phone : widgets::Glyph::MessageSquare);
    m_number->setText(number);
    m_number->setVisible(isCall && number != m_name->text());
}

void OfferCard::setLastContact(const QString& sentence) {
    m_last->setText(sentence);
    m_last->setVisible(!sentence.isEmpty());
}

void OfferCard::tick(const QDateTime& now) {
    const qint64 seconds = m_waitsSince.isValid() ? m_waitsSince.secsTo(now) : 0;
    m_waiting->setText(tr("waiting %1").arg(widgets::formatElapsed(seconds)));
}

void OfferCard::setBusy(bool busy) {
    m_answer->setBusy(busy);
    m_decline->setEnabled(!busy);
}

void OfferCard::paintEvent(QPaintEvent* event) {
    Card::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus())
        widgets::paintFocusRing(painter, rect(), look().cardRadius(), look());
    else
        widgets::paintRounded(painter, rect(), look().cardRadius(), {}, look().color.accent);
}

void OfferCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT answered();
    else if (event->key() == Qt::Key_Escape)
        Q_EMIT declined();
    else
        Card::keyPressEvent(event);
}

void OfferCard::focusInEvent(QFocusEvent* event) {
    Card::focusInEvent(event);
    update();
}

void OfferCard::focusOutEvent(QFocusEvent* event) {
    Card::focusOutEvent(event);
    update();
}

} // namespace cb::workbench
