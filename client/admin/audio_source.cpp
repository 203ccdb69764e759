#include "client/admin/audio_source.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/state/beside.h"
#include "client/widgets/sound/sound_decoder.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>

namespace cb::admin {

using widgets::Button;

AudioSource::AudioSource(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_choose(new Button({}, widgets::Glyph::Folder))
    , m_file(new widgets::ElidedLabel)
    , m_player(new widgets::PlayerBar)
    , m_or(new widgets::Label)
    , m_recorder(new widgets::RecorderBar)
    , m_error(new widgets::Label({}, widgets::TextSize::Secondary)) {
    m_choose->setSmall(true);
    m_or->setTone(widgets::Tone::Muted);
    m_error->setTone(widgets::Tone::Danger);
    m_error->setWordWrap(true);
    m_error->setMinimumWidth(1);
    m_player->setVolumeShown(false);
    m_recorder->recorder().setLongest(kMostBytes);
    auto* row = new QHBoxLayout;
    row->setSpacing(look().grid(2));
    row->addWidget(m_choose);
    row->addWidget(m_file, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look().grid(2));
    column->addLayout(row);
    for (QWidget* part : std::initializer_list<QWidget*>{m_player, m_or, m_recorder, m_error})
        column->addWidget(part);
    connect(m_choose, &QAbstractButton::clicked, this, &AudioSource::askFile);
    connect(m_recorder, &widgets::RecorderBar::changed, this, [this] {
        if (m_recorder->recorder().isRecording() || m_recorder->hasRecording())
            forget(); // of the two the last one counts
        tell();
        Q_EMIT changed();
    });
    AudioSource::retranslate();
}

void AudioSource::retranslate() {
    m_choose->setText(tr("Choose a file…"));
    m_or->setText(tr("Or record it here:"));
    tell();
}

void AudioSource::tell() {
    m_file->setText(m_fileName.isEmpty() ? tr("wav or mp3, at most 5 MB") : m_fileName);
    m_file->setTone(m_fileName.isEmpty() ? widgets::Tone::Muted : widgets::Tone::Normal);
    m_player->setVisible(!m_bytes.isEmpty());
    m_error->setVisible(!m_error->text().isEmpty());
}

QByteArray AudioSource::bytes() const {
    return m_bytes.isEmpty() ? m_recorder->file() : m_bytes;
}

void AudioSource::setError(const QString& sentence) {
    m_error->setText(sentence);
    tell();
}

void AudioSource::askFile() {
    auto* dialog = new QFileDialog(this, tr("Choose audio"), {}, tr("Audio files (*.wav *.mp3);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AudioSource::choose);
    dialog->open();
}

void AudioSource::choose(const QString& path) {
    m_name = QFileInfo(path).completeBaseName();
    m_fileName = QFileInfo(path).fileName();
    state::beside(
        this, [path] { return readFile(path); },
        [this, wanted = m_fileName](const Read& read) {
            if (wanted == m_fileName) // another one was chosen since
                take(read);
        });
}

/// Beside the GUI thread.
AudioSource::Read AudioSource::readFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, base::with(base::rejected("file_unreadable"), "reason", bridge::toStd(file.errorString()))};
    if (file.size() > kMostBytes)
        return {{}, base::with(base::rejected("file_too_large"), "limit", std::to_string(kMostBytes))};
    auto bytes = file.read(kMostBytes);
    if (bytes.isEmpty())
        return {{}, base::rejected("file_empty")};
    return {std::move(bytes), {}};
}

void AudioSource::take(const Read& read) {
    const QString called = m_name;
    const QString fileName = m_fileName;
    forget();
    const bool good = read.error.code.empty();
    m_error->setText(good ? QString() : bridge::errorText(read.error));
    if (good) {
        if (m_recorder->recorder().isRecording() || m_recorder->hasRecording())
            m_recorder->discard();
        m_bytes = read.bytes;
        m_name = called;
        m_fileName = fileName;
        widgets::decodeSound(m_bytes, m_player, [this](std::optional<widgets::Pcm> pcm) {
            if (pcm)
                m_player->setSound(std::move(*pcm));
            else
                m_player->setTrouble(bridge::errorText(base::rejected("sound_unplayable")));
        });
    }
    tell();
    Q_EMIT changed();
}

void AudioSource::forget() {
    m_bytes.clear();
    m_name.clear();
    m_fileName.clear();
    m_error->clear();
    m_player->clear();
}

} // namespace cb::admin
