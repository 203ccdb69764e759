#include "client/widgets/overlay/progress_dialog.h"

#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

namespace cb::widgets {

namespace {
constexpr qint64 kSayAfterMillis = 1500; ///< before it, the guess jumps
}

QString timeLeft(qint64 done, qint64 total, qint64 elapsedMillis) {
    if (done <= 0 || done >= total || elapsedMillis < kSayAfterMillis)
        return {};
    const qint64 seconds = (elapsedMillis * (total - done) / done + 999) / 1000;
    return seconds < 90 ? ProgressDialog::tr("about %1 s left").arg(seconds)
                        : ProgressDialog::tr("about %1 min left").arg((seconds + 30) / 60);
}

ProgressDialog::ProgressDialog(const QString& what, QWidget* parent)
    : Dialog(what, parent)
    , m_bar(new QProgressBar(this))
    , m_numbers(new Label({}, TextSize::Body, this))
    , m_stop(addButton({}, Button::Kind::Secondary)) {
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(look().px(6));
    m_numbers->setTone(Tone::Muted);
    body()->addWidget(m_bar);
    body()->addWidget(m_numbers);
    connect(m_stop, &QAbstractButton::clicked, this, &ProgressDialog::reject);
    m_since.start();
    ProgressDialog::retranslate();
}

void ProgressDialog::retranslate() {
    Dialog::retranslate();
    m_stop->setText(tr("Cancel"));
    tell();
}

void ProgressDialog::setProgress(qint64 done, qint64 total) {
    m_done = done;
    m_total = total;
    m_bar->setRange(0, 1000);
    m_bar->setValue(total > 0 ? int(done * 1000 / total) : 0);
    tell();
}

void ProgressDialog::tell() {
    QString text = tr("%1 of %2").arg(QLocale().toString(m_done), QLocale().toString(m_total));
    if (const QString left = timeLeft(m_done, m_total, m_since.elapsed()); !left.isEmpty() && !m_stopping)
        text += QStringLiteral(" · ") + left;
    m_numbers->setText(m_stopping ? tr("Stopping…") : text);
}

void ProgressDialog::reject() {
    if (m_stopping)
        return;
    m_stopping = true;
    m_stop->setBusy(true);
    tell();
    Q_EMIT cancelWanted();
}

} // namespace cb::widgets
