#include "client/records/recording_bar.h"

#include "client/bridge/error_text.h"
#include "client/state/beside.h"
#include "client/widgets/sound/sound_decoder.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QFileDialog>

#include <utility>

namespace cb::records {

namespace {

using Grade = widgets::Strip::Grade;

QString endingOf(const QByteArray& file) {
    return file.startsWith("OggS") ? QStringLiteral("ogg") : QStringLiteral("wav");
}

bool written(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path); // what stood there before stays until all of it is written
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

} // namespace

RecordingBar::RecordingBar(api::RecordsClient& client, Tell tell, QWidget* parent)
    : PlayerBar(parent)
    , m_client(client)
    , m_tell(std::move(tell))
    , m_of(std::make_unique<QObject>()) {
    setVolumeShown(false);
    setSavable(true);
    hide();
    connect(this, &PlayerBar::wanted, this, &RecordingBar::fetch);
    connect(this, &PlayerBar::saveWanted, this, [this] {
        if (!m_file.isEmpty())
            return save();
        m_saves = true;
        fetch();
    });
}

void RecordingBar::setRecord(const wire::Record& record) {
    const bool recorded = record.call && record.call->recorded;
    if (!recorded || record.id != m_session)
        forget();
    if (recorded && record.id != m_session) {
        m_session = record.id;
        setAwaited(record.call->talkMillis);
    }
    setVisible(recorded);
}

void RecordingBar::forget() {
    m_of = std::make_unique<QObject>();
    if (m_transfer)
        m_transfer->cancel();
    m_transfer = nullptr;
    m_session = {};
    m_file.clear();
    m_saves = false;
    clear();
}

void RecordingBar::fetch() {
    if (m_transfer)
        return;
    setLoading();
    auto* transfer = m_client.hearRecording(m_session, m_of.get(), [this](const base::Result<QByteArray>& file) {
        m_transfer = nullptr;
        if (file)
            take(*file);
        else
            fail(file.error());
    });
    m_transfer = transfer;
    connect(transfer, &api::Transfer::progressed, m_of.get(), [this](int percent) { setLoading(percent); });
}

void RecordingBar::take(const QByteArray& file) {
    m_file = file;
    if (std::exchange(m_saves, false))
        save();
    widgets::decodeSound(file, m_of.get(), [this](std::optional<widgets::Pcm> pcm) {
        if (pcm)
            setSound(std::move(*pcm));
        else
            setTrouble(bridge::errorText(base::rejected("sound_unplayable")));
    });
}

void RecordingBar::fail(const base::Error& error) {
    m_saves = false;
    setTrouble(bridge::errorText(error));
}

void RecordingBar::save() {
    const QString ending = endingOf(m_file);
    auto* dialog =
        new QFileDialog(this, tr("Save as"), QStandardPaths::writableLocation(QStandardPaths::DownloadLocation),
                        tr("Audio files (*.%1)").arg(ending));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(QStringLiteral("call-%1.%2").arg(QString::number(m_session.value), ending));
    connect(dialog, &QFileDialog::fileSelected, this, [this, file = m_file](const QString& path) {
        state::beside(
            this, [path, file] { return written(path, file); },
            [this, path](bool done) {
                if (done)
                    m_tell(Grade::Info, tr("Saved as %1").arg(QFileInfo(path).fileName()));
                else
                    m_tell(Grade::Error, tr("The file could not be written there. Choose another folder."));
            });
    });
    dialog->open();
}

} // namespace cb::records
