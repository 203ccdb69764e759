#pragma once

#include "client/state/session_item.h"
#include "client/widgets/controls/avatar.h"
#include "client/widgets/controls/countdown.h"
#include "client/widgets/controls/panels.h"

#include <QtCore/QDateTime>

namespace cb::workbench {

/// A ringing session: who, where from, how long they have waited, the flow path so far, the time left to answer. Enter
/// answers, Escape declines. GUI thread.
class OfferCard : public widgets::Card {
    Q_OBJECT
public:
    explicit OfferCard(QWidget* parent = nullptr);

    /// `now` by the server's clock, as all times of the item.
    void show(const state::SessionItem& item, const QDateTime& now);
    void tick(const QDateTime& now);              ///< waiting time
    void setLastContact(const QString& sentence); ///< empty: none is known
    model::OfferId offer() const { return m_offer; }
    void setBusy(bool busy); ///< the answer is on its way
    bool isBusy() const { return m_answer->isBusy(); }

Q_SIGNALS:
    void answered();
    void declined();

protected:
    void retranslate() override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void showNumber(const model::SessionView& view);

    model::OfferId m_offer;
    QDateTime m_waitsSince;
    QString m_group;
    widgets::Avatar* m_avatar;
    widgets::ElidedLabel* m_name;
    widgets::Label* m_where;
    widgets::Label* m_number; ///< of a call
    widgets::Label* m_path;
    widgets::Label* m_last;
    widgets::ElidedLabel* m_waiting;
    widgets::Label* m_before;
    widgets::Label* m_note; ///< that this agent declined it already
    widgets::Countdown* m_ring;
    widgets::Button* m_answer;
    widgets::Button* m_decline;
};

} // namespace cb::workbench
