#pragma once

#include "client/records/export_bar.h"
#include "client/records/filter_bar.h"
#include "client/records/record_detail.h"
#include "client/records/record_table.h"
#include "client/widgets/table/table_page.h"

class QStackedWidget;

namespace cb::widgets {
class Splitter;
}

namespace cb::records {

/// Service records（服务记录）: a tab for each mode the agent works in, filters over the rows, the open record at the
/// right, which Escape closes. Admins see everybody's. Asks the server when it is shown and when somebody changes what
/// is to be shown.
class RecordsPage : public widgets::Ground {
    Q_OBJECT
public:
    /// `account` outlives it.
    RecordsPage(state::AgentAccount& account, widgets::StateStore store, QWidget* parent = nullptr);

    RecordTable* table() const; ///< of the tab in front; nullptr before the page was shown
    RecordDetail* detail() const { return m_detail; }
    FilterBar* filterBar() const { return m_filters; }
    state::ExportRun& exportRun() { return m_export; }

Q_SIGNALS:
    void told(cb::widgets::Strip::Grade grade, const QString& sentence);
    void replayWanted(cb::model::SessionId session);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void retranslate() override;
    void restyle() override;

private:
    void layOut();
    bool worksIn(model::Mode mode) const;
    void tellTabs();
    void tellChoices();
    void tellCount();
    void chooseTab(int tab);
    RecordTable* make(model::Mode mode);
    void ask(bool soon = false);
    void open(const wire::Record& record);
    void startExport();
    void saveExport();
    void askErase(const wire::Record& record);
    void erased(const wire::Record& record, const base::Result<void>& answer);

    state::AgentAccount& m_account;
    widgets::StateStore m_store;
    const bool m_admin; ///< when it was made: whoever becomes one gets a new page
    api::RecordsClient m_client;
    state::ExportRun m_export;
    widgets::PageHead* m_head;
    widgets::Segmented* m_tabs;
    widgets::Label* m_count;
    widgets::IconButton* m_reload;
    FilterBar* m_filters;
    ExportBar* m_exportBar;
    widgets::Splitter* m_parts;
    QStackedWidget* m_tables;
    RecordDetail* m_detail;
    std::map<model::Mode, RecordTable*> m_made;
};

} // namespace cb::records
