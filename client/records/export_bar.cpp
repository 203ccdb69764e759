#include "client/records/export_bar.h"

#include "client/bridge/error_text.h"
#include "client/widgets/controls/format.h"
#include "client/widgets/overlay/progress_dialog.h"

#include <QtCore/QLocale>
#include <QtWidgets/QProgressBar>

namespace cb::records {

using Stage = state::ExportRun::Stage;
using widgets::Button;

ExportBar::ExportBar(state::ExportRun& run, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_run(run)
    , m_text(new widgets::Label)
    , m_bar(new QProgressBar)
    , m_main(new Button({}, Button::Kind::Primary))
    , m_end(new Button({})) {
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(1);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 100);
    m_main->setSmall(true);
    m_end->setSmall(true);
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_text, 2);
    row->addWidget(m_bar, 1);
    row->addWidget(m_main);
    row->addWidget(m_end);
    connect(&m_run, &state::ExportRun::changed, this, &ExportBar::tell);
    connect(m_main, &QAbstractButton::clicked, this, &ExportBar::press);
    connect(m_end, &QAbstractButton::clicked, this, [this] {
        if (m_run.stage() == Stage::Failed)
            m_run.dismiss();
        else
            m_run.cancel();
    });
    ExportBar::restyle();
    ExportBar::retranslate();
}

void ExportBar::restyle() {
    layout()->setContentsMargins(look().grid(5), look().grid(2), look().grid(5), look().grid(2));
    layout()->setSpacing(look().grid(3));
    m_bar->setFixedHeight(look().px(6));
    m_bar->setMaximumWidth(look().px(260));
}

void ExportBar::retranslate() {
    tell();
}

void ExportBar::press() {
    if (m_run.stage() == Stage::Ready)
        return void(Q_EMIT saveWanted());
    const auto other = m_run.error().params.find("id");
    if (other != m_run.error().params.end())
        m_run.follow(QString::fromStdString(other->second).toLongLong());
}

void ExportBar::tellRunning() {
    const auto& job = m_run.job();
    QString text =
        m_run.isEnding() ? tr("Stopping the export…")
        : job.state == "running"
            ? tr("Exporting: %1 records, %2 %").arg(QLocale().toString(qint64(job.rows)), QString::number(job.percent))
            : tr("The export waits for its turn…");
    const QString left = widgets::timeLeft(job.percent, 100, m_run.elapsedMillis());
    if (!left.isEmpty() && !m_run.isEnding())
        text += QStringLiteral(" · ") + left;
    m_text->setText(text);
    m_bar->setValue(job.percent);
}

void ExportBar::tell() {
    const auto stage = m_run.stage();
    setVisible(stage != Stage::None);
    const auto& error = m_run.error();
    const QString trouble = error.code.empty()
                                ? QString()
                                : QStringLiteral("%1 (%2)").arg(bridge::errorText(error), bridge::errorCode(error));
    m_text->setTone(trouble.isEmpty() || error.code == "cancelled" ? widgets::Tone::Normal : widgets::Tone::Danger);
    m_bar->setVisible(stage == Stage::Running || stage == Stage::Saving);
    m_end->setBusy(m_run.isEnding());
    m_end->setText(stage == Stage::Failed ? tr("Close") : stage == Stage::Ready ? tr("Discard") : tr("Cancel"));
    const bool other = stage == Stage::Failed && error.code == "export_running";
    m_main->setVisible(stage == Stage::Ready || other);
    m_main->setText(other ? tr("Show it") : tr("Save as…"));
    switch (stage) {
    case Stage::None:
        return;
    case Stage::Running:
        return tellRunning();
    case Stage::Ready: {
        const auto& job = m_run.job();
        m_text->setText(!trouble.isEmpty()
                            ? trouble
                            : tr("The file is ready: %1 records, %2.")
                                  .arg(QLocale().toString(qint64(job.rows)), widgets::formatBytes(job.bytes)));
        return;
    }
    case Stage::Saving:
        m_text->setText(tr("Saving: %1 %").arg(m_run.savedPercent()));
        m_bar->setValue(m_run.savedPercent());
        return;
    case Stage::Failed:
        m_text->setText(trouble);
        return;
    }
}

} // namespace cb::records
