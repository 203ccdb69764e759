#pragma once

#include "client/widgets/overlay/dialog.h"

#include <QElapsedTimer>

class QProgressBar;

namespace cb::widgets {

/// Long work: how much of it is done in numbers, about how long the rest takes, and a way to stop. Closing it is
/// stopping.
class ProgressDialog : public Dialog {
    Q_OBJECT
public:
    ProgressDialog(const QString& what, QWidget* parent);

    void setProgress(qint64 done, qint64 total);

Q_SIGNALS:
    /// The work goes on until its owner has ended it and closes the dialog.
    void cancelWanted();

protected:
    void reject() override;
    void retranslate() override;

private:
    void tell();

    QProgressBar* m_bar;
    Label* m_numbers;
    Button* m_stop;
    QElapsedTimer m_since;
    qint64 m_done = 0;
    qint64 m_total = 0;
    bool m_stopping = false;
};

/// "about 2 min": of what is left, from what was done in the time so far; empty when that says nothing yet.
QString timeLeft(qint64 done, qint64 total, qint64 elapsedMillis);

} // namespace cb::widgets
