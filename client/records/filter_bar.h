#pragma once

#include "client/widgets/controls/field.h"
#include "shared/wire/records.h"

#include <QtCore/QDateTime>

class QDateEdit;
class QHBoxLayout;

namespace cb::records {

/// What the records on the page are limited to: text, time, group, agent, state, of calls also which ones. Days are
/// those of this computer.
class FilterBar : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    using Choices = std::vector<std::pair<QString, qint64>>; ///< name and id

    explicit FilterBar(QWidget* parent = nullptr);

    /// As they stand at this moment, of one mode.
    wire::RecordFilters filters(model::Mode mode, const QDateTime& now) const;
    bool isFiltered() const;        ///< by more than the time
    void clear();                   ///< all but the time
    void setMode(model::Mode mode); ///< calls have more to choose by
    void setGroups(const Choices& groups);
    void setAgents(const Choices& agents);
    void setAgentShown(bool shown);
    widgets::SearchField* search() const { return m_search; }

Q_SIGNALS:
    void changed();
    void typed();

protected:
    void retranslate() override;
    void restyle() override;

private:
    QComboBox* addBox();
    void fillPeriods();
    void fillStates();
    void fillCalls();
    void tellSearch();
    void setDates();
    std::pair<QDate, QDate> days(const QDate& today) const; ///< first, last

    QHBoxLayout* m_row;
    widgets::SearchField* m_search;
    QComboBox* m_period;
    QDateEdit* m_from;
    QDateEdit* m_to;
    QComboBox* m_group;
    QComboBox* m_agent;
    QComboBox* m_state;
    QComboBox* m_call; ///< incoming, outgoing, recorded
    Choices m_groups;
    Choices m_agents;
    model::Mode m_mode = model::Mode::Chat;
};

} // namespace cb::records
