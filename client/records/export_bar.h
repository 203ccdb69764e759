#pragma once

#include "client/state/export_run.h"
#include "client/widgets/controls/panels.h"

class QProgressBar;

namespace cb::records {

/// An export under way: how far, about how long still, a way to stop; then where to put the file. It is no dialog: work
/// goes on and may ring. Takes no room while there is none.
class ExportBar : public widgets::Ground {
    Q_OBJECT
public:
    /// `run` outlives it.
    explicit ExportBar(state::ExportRun& run, QWidget* parent = nullptr);

Q_SIGNALS:
    void saveWanted();

protected:
    void retranslate() override;
    void restyle() override;

private:
    void tell();
    void tellRunning();
    void press();

    state::ExportRun& m_run;
    widgets::Label* m_text;
    QProgressBar* m_bar;
    widgets::Button* m_main;
    widgets::Button* m_end;
};

} // namespace cb::records
