#include "client/widgets/sound/player_bar.h"

#include "client/widgets/controls/format.h"
#include "client/widgets/sound/waveform.h"

#include <QHBoxLayout>
#include <QHideEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QSlider>

#include <algorithm>
#include <array>
#include <utility>

namespace cb::widgets {

namespace {

constexpr std::array kSpeeds{1.0, 1.25, 1.5, 2.0};
constexpr int kFullVolume = 100;

} // namespace

PlayerBar::PlayerBar(QWidget* parent, const MakeSoundOutput& make)
    : Themed<QWidget>(parent)
    , m_player(new SoundPlayer(this, make))
    , m_play(new IconButton(Glyph::Play, {}))
    , m_time(new Label({}, TextSize::Secondary))
    , m_wave(new Waveform)
    , m_speed(new Button({}, Button::Kind::Ghost))
    , m_mute(new IconButton(Glyph::Volume2, {}))
    , m_volume(new QSlider(Qt::Horizontal))
    , m_save(new IconButton(Glyph::Download, {}))
    , m_trouble(new Label({}, TextSize::Secondary)) {
    m_play->setLarge(true);
    m_speed->setSmall(true);
    m_time->setTone(Tone::Muted);
    m_trouble->setTone(Tone::Danger);
    m_trouble->setWordWrap(true);
    m_trouble->setMinimumWidth(1);
    m_volume->setRange(0, kFullVolume);
    m_volume->setValue(kFullVolume);
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_play);
    row->addWidget(m_time);
    row->addWidget(m_wave, 1);
    row->addWidget(m_trouble, 1);
    row->addWidget(m_speed);
    row->addWidget(m_mute);
    row->addWidget(m_volume);
    row->addWidget(m_save);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_save->hide();
    connect(m_play, &QAbstractButton::clicked, this, &PlayerBar::press);
    connect(m_save, &QAbstractButton::clicked, this, &PlayerBar::saveWanted);
    connect(m_speed, &QAbstractButton::clicked, this, &PlayerBar::nextSpeed);
    connect(m_wave, &Waveform::sought, m_player, &SoundPlayer::seek);
    connect(m_volume, &QSlider::valueChanged, this, [this](int value) {
        m_player->setVolume(double(value) / kFullVolume);
        tell();
    });
    connect(m_mute, &QAbstractButton::clicked, this,
            [this] { m_volume->setValue(m_volume->value() > 0 ? 0 : kFullVolume); });
    connect(m_player, &SoundPlayer::stateChanged, this, &PlayerBar::tell);
    connect(m_player, &SoundPlayer::soundChanged, this, [this] { m_wave->setSound(m_player->sound()); });
    connect(m_player, &SoundPlayer::positionChanged, this, &PlayerBar::tellTime);
    connect(m_player, &SoundPlayer::silent, this,
            [this] { setTrouble(tr("This computer has nothing to hear it by. Plug in headphones or loudspeakers.")); });
    PlayerBar::restyle();
    PlayerBar::retranslate();
}

void PlayerBar::restyle() {
    layout()->setContentsMargins(0, 0, 0, 0);
    layout()->setSpacing(look().grid(2));
    m_volume->setFixedWidth(look().px(72));
    m_time->setMinimumWidth(m_time->fontMetrics().horizontalAdvance(QStringLiteral("00:00 / 00:00")));
}

void PlayerBar::retranslate() {
    m_wave->setAccessibleName(tr("Place in the sound"));
    m_speed->setToolTip(tr("Speed"));
    m_speed->setAccessibleName(tr("Speed"));
    m_volume->setAccessibleName(tr("Volume"));
    m_save->setLabel(tr("Save as a file"));
    tell();
}

void PlayerBar::setAwaited(qint64 millis) {
    clear();
    m_awaited = millis;
    tell();
}

void PlayerBar::setLoading(int percent) {
    m_loading = true;
    m_percent = percent;
    m_trouble->clear();
    tell();
}

void PlayerBar::setSound(Pcm sound) {
    m_loading = false;
    m_trouble->clear();
    m_player->setSound(std::move(sound));
    if (std::exchange(m_wanted, false))
        m_player->play();
    tell();
}

void PlayerBar::setTrouble(const QString& sentence) {
    m_loading = false;
    m_wanted = false;
    m_trouble->setText(sentence);
    tell();
}

void PlayerBar::clear() {
    m_loading = false;
    m_wanted = false;
    m_awaited = 0;
    m_trouble->clear();
    m_player->setSound({});
    tell();
}

void PlayerBar::setSavable(bool savable) {
    m_save->setVisible(savable);
}

void PlayerBar::setVolumeShown(bool shown) {
    m_mute->setVisible(shown);
    m_volume->setVisible(shown);
}

void PlayerBar::press() {
    m_trouble->clear();
    if (m_player->isPlaying())
        return m_player->pause();
    if (m_player->state() != SoundPlayer::State::Empty) {
        m_player->play();
        return tell();
    }
    if (m_loading)
        return;
    m_wanted = true;
    Q_EMIT wanted();
}

void PlayerBar::want() {
    if (!m_player->isPlaying())
        press();
}

void PlayerBar::nextSpeed() {
    const auto now = std::find(kSpeeds.begin(), kSpeeds.end(), m_player->speed());
    m_player->setSpeed(now == kSpeeds.end() || now + 1 == kSpeeds.end() ? kSpeeds.front() : *(now + 1));
    tell();
}

void PlayerBar::tell() {
    const bool there = m_player->state() != SoundPlayer::State::Empty;
    m_play->setGlyph(m_player->isPlaying() ? Glyph::Pause : m_loading ? Glyph::LoaderCircle : Glyph::Play);
    m_play->setLabel(m_player->isPlaying() ? tr("Pause") : m_loading ? tr("Being fetched…") : tr("Play"));
    m_play->setEnabled(there || !m_loading);
    m_speed->setText(QStringLiteral("%1×").arg(QLocale().toString(m_player->speed())));
    const bool mute = m_volume->value() == 0;
    m_mute->setGlyph(mute ? Glyph::VolumeX : Glyph::Volume2);
    m_mute->setLabel(mute ? tr("Sound on") : tr("Sound off"));
    m_wave->setVisible(m_trouble->text().isEmpty());
    m_wave->setEnabled(there);
    m_trouble->setVisible(!m_trouble->text().isEmpty());
    tellTime(m_player->position());
}

void PlayerBar::tellTime(qint64 millis) {
    m_wave->setPosition(millis);
    if (m_loading)
        return m_time->setText(m_percent >= 0 ? tr("%1 %").arg(m_percent) : tr("Loading…"));
    const qint64 whole = m_player->duration() > 0 ? m_player->duration() : m_awaited;
    const QString length = formatElapsed((whole + 500) / 1'000);
    m_time->setText(m_player->state() == SoundPlayer::State::Empty
                        ? (whole > 0 ? length : QString())
                        : QStringLiteral("%1 / %2").arg(formatElapsed(millis / 1'000), length));
}

void PlayerBar::hideEvent(QHideEvent* event) {
    Themed<QWidget>::hideEvent(event);
    if (!event->spontaneous())
        m_player->pause();
}

void PlayerBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        press();
    else
        Themed<QWidget>::keyPressEvent(event);
}

} // namespace cb::widgets
