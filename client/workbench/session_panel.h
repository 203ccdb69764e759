#pragma once

#include "client/state/agent_account.h"
#include "client/widgets/controls/panels.h"
#include "client/workbench/offer_card.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtCore/QTimer>
#include <QtWidgets/QListView>

#include <map>

namespace cb::workbench {

/// The left column: what rings, what is open, what waits for its wrap-up. One session is current, over both lists. GUI
/// thread.
class SessionPanel : public widgets::Ground {
    Q_OBJECT
public:
    explicit SessionPanel(state::AgentAccount& account, QWidget* parent = nullptr);

    model::SessionId current() const { return m_current; }
    void setCurrent(model::SessionId session); ///< 0 = none; unknown ones are ignored
    void step(int by);                         ///< to the next or previous session, round the end
    void answerFirst();
    void declineFirst();
    void focusOffer(model::OfferId offer);
    bool rings() const { return !m_cards.empty(); }

Q_SIGNALS:
    void currentChanged(cb::model::SessionId session);
    /// The user pressed Enter or clicked: the composer wants the focus.
    void opened(cb::model::SessionId session);

protected:
    void retranslate() override;

private:
    /// One section of the list, as long as its rows.
    struct Part {
        widgets::SectionHeader* header = nullptr;
        QSortFilterProxyModel* rows = nullptr;
        QListView* view = nullptr;
    };

    Part makePart(state::Section section);
    void onModel();
    void syncCards();
    void syncParts();
    void showSelection();
    void answer(OfferCard* card);
    void tellLastContact(OfferCard* card, const model::SessionView& view);
    OfferCard* firstCard() const; ///< the one that rings longest
    void tick();
    std::vector<model::SessionId> order() const;

    state::AgentAccount& m_account;
    widgets::SectionHeader* m_ringing;
    QVBoxLayout* m_cardColumn;
    std::map<model::OfferId, OfferCard*> m_cards;
    Part m_open;
    Part m_wrapUp;
    widgets::EmptyState* m_empty;
    QTimer m_tick;
    model::SessionId m_current;
    bool m_answering = false; ///< the user answered: the session becomes current when it opens
};

} // namespace cb::workbench
