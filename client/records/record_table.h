#pragma once

#include "client/records/record_words.h"
#include "client/state/record_list.h"
#include "client/widgets/table/data_table.h"

namespace cb::records {

/// The records of one mode: rows, and what stands in their place. GUI thread.
class RecordTable : public widgets::DataTable {
    Q_OBJECT
public:
    /// `client` and what `now` asks outlive it. `now`: by the server's clock.
    RecordTable(model::Mode mode, bool withAgent, api::RecordsClient& client, const widgets::StateStore& store,
                std::function<QDateTime()> now, QWidget* parent = nullptr);

    model::Mode mode() const { return m_mode; }
    state::RecordList& list() { return m_list; }
    /// Whether more than a time limits what is shown: then nothing is "nothing found".
    void setFiltered(bool filtered);
    /// "1,204 records", "10,000+ records", "Searching…"; empty when there is nothing to say.
    QString countText() const;

Q_SIGNALS:
    void openWanted(const cb::wire::Record& record); ///< a row was chosen by a click, Enter or the arrow keys
    void countChanged();
    void clearWanted(); ///< the button of "nothing found"

protected:
    void retranslate() override;

private:
    void tellWords();
    void show();
    void append(int count);
    void setMore();

    const model::Mode m_mode;
    const std::vector<RecordWords::Column> m_columns;
    state::RecordList m_list;
    std::function<QDateTime()> m_now;
    bool m_filtered = false;
    bool m_troubled = false; ///< that further ones could not be had stands above the rows
    bool m_showing = false;  ///< rows are being exchanged: the selection moves, nobody chose
};

} // namespace cb::records
