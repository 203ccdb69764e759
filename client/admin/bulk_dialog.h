#pragma once

#include "client/admin/page.h"
#include "client/admin/sheet/agents.h"
#include "client/admin/sheet/template.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/overlay/progress_dialog.h"
#include "client/widgets/table/data_table.h"

#include <QtCore/QPointer>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QStackedWidget>

namespace cb::admin {

/// Many agents from a file: the template, the file, what is in it with what is wrong in each row, and adding all or the
/// good ones. The file is read beside the GUI thread.
class BulkDialog : public widgets::Dialog {
    Q_OBJECT
public:
    /// Lines of one request: the longest ones fit into what the server takes (4 MiB), and between two requests there is
    /// progress and a way to stop.
    static constexpr std::size_t kBatch = 500;

    explicit BulkDialog(const Context& context, QWidget* parent);

    void readFile(const QString& path);
    widgets::DataTable* preview() const { return m_table; }

    void reject() override;

protected:
    void retranslate() override;

private:
    using Read = base::Result<std::vector<sheet::AgentLine>>;

    QWidget* makeStart();
    QWidget* makePreview();
    void chooseFile();
    void saveTemplate(bool excel);
    sheet::Vocabulary vocabulary() const;
    sheet::TemplateWords templateWords() const;
    void take(Read read);
    void queueGood();
    std::vector<std::size_t> takeBatch(wire::BulkAgents& bulk);
    void check();
    void checkNext();
    void setReading(bool reading);
    void showRows();
    void add();
    void addNext();
    void finish();
    void takeAnswer(const wire::BulkResult& answer, const std::vector<std::size_t>& sent);
    void showPreview();
    void tell();
    struct Counts {
        std::size_t good = 0, bad = 0, there = 0;
    };
    Counts counts() const;
    QString afterwards(const Counts& left) const; ///< what was added, and what is left
    QString beforehand(const Counts& found) const;
    static QString skipped(const Counts& found); ///< a sentence behind another; empty: none
    widgets::TableCell cell(int row, int column) const;

    Context m_context;
    QStackedWidget* m_pages;
    widgets::Strip* m_strip;
    widgets::Label* m_what;
    widgets::Button* m_template;
    widgets::Button* m_csv;
    widgets::Button* m_file;
    widgets::DataTable* m_table;
    QCheckBox* m_onlyBad;
    widgets::Button* m_other;
    widgets::Button* m_add;
    widgets::Button* m_close;
    QPointer<widgets::ProgressDialog> m_progress;
    std::vector<sheet::AgentLine> m_lines;
    std::vector<std::size_t> m_queue; ///< of m_lines, that are still to be looked at or added
    std::size_t m_wanted = 0;         ///< in all
    std::size_t m_added = 0;
    bool m_stop = false;
    std::uint64_t m_reading = 0; ///< a file that is not the last one chosen is not shown
};

} // namespace cb::admin
