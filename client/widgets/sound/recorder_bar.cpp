#include "client/widgets/sound/recorder_bar.h"

#include "client/widgets/controls/format.h"
#include "client/widgets/sound/level_meter.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QStackedWidget>

namespace cb::widgets {

RecorderBar::RecorderBar(QWidget* parent, const MakeSoundInput& in, const MakeSoundOutput& out)
    : Themed<QWidget>(parent)
    , m_recorder(new SoundRecorder(this, in))
    , m_pages(new QStackedWidget)
    , m_start(new Button({}, Glyph::Mic))
    , m_trouble(new Label({}, TextSize::Secondary))
    , m_level(new LevelMeter)
    , m_time(new Label({}, TextSize::Secondary))
    , m_stop(new Button({}, Glyph::Square, Button::Kind::Danger))
    , m_player(new PlayerBar(nullptr, out))
    , m_discard(new Button({}, Glyph::Trash2)) {
    m_trouble->setWordWrap(true);
    m_trouble->setMinimumWidth(1);
    m_player->setVolumeShown(false);
    const auto page = [this](std::initializer_list<QWidget*> parts, QWidget* wide) {
        auto* widget = new QWidget;
        auto* row = new QHBoxLayout(widget);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(look().grid(2));
        for (auto* part : parts)
            row->addWidget(part, part == wide ? 1 : 0);
        m_pages->addWidget(widget);
    };
    page({m_start, m_trouble}, m_trouble);
    page({m_stop, m_level, m_time}, m_level);
    page({m_player, m_discard}, m_player);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_pages);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_start, &QAbstractButton::clicked, m_recorder, &SoundRecorder::start);
    connect(m_stop, &QAbstractButton::clicked, m_recorder, &SoundRecorder::stop);
    connect(m_discard, &QAbstractButton::clicked, this, &RecorderBar::discard);
    connect(m_recorder, &SoundRecorder::started, this, [this] {
        m_trouble->setTone(Tone::Muted);
        m_level->clear();
        turnTo(Recording);
        Q_EMIT changed();
    });
    connect(m_recorder, &SoundRecorder::level, this, [this](double loudness) {
        m_level->setLevel(loudness);
        tellTime();
    });
    connect(m_recorder, &SoundRecorder::stopped, this, [this] {
        m_player->setSound(m_recorder->sound());
        turnTo(m_recorder->sound().isEmpty() ? Idle : Done);
        Q_EMIT changed();
    });
    connect(m_recorder, &SoundRecorder::silent, this, [this] {
        m_trouble->setTone(Tone::Danger);
        m_trouble->setText(tr("There is no microphone, or another program has it."));
    });
    RecorderBar::restyle();
    RecorderBar::retranslate();
}

void RecorderBar::restyle() {
    m_time->setMinimumWidth(m_time->fontMetrics().horizontalAdvance(QStringLiteral("00:00")));
}

void RecorderBar::retranslate() {
    m_start->setText(tr("Record"));
    m_stop->setText(tr("Stop"));
    m_discard->setText(tr("Discard"));
    m_level->setAccessibleName(tr("Loudness of the microphone"));
    m_trouble->setTone(Tone::Muted);
    m_trouble->setText(tr("Speak into the microphone of this computer."));
}

void RecorderBar::turnTo(Page page) {
    const bool inside = isAncestorOf(QApplication::focusWidget()); // whoever uses the keyboard goes on with it
    m_pages->setCurrentIndex(page);
    tellTime();
    if (inside)
        (page == Idle ? m_start : page == Recording ? m_stop : m_discard)->setFocus(Qt::OtherFocusReason);
}

void RecorderBar::tellTime() {
    m_time->setText(formatElapsed(m_recorder->sound().millis() / 1'000));
}

QByteArray RecorderBar::file() const {
    return hasRecording() ? writeWav(m_recorder->sound()) : QByteArray();
}

void RecorderBar::discard() {
    m_recorder->clear();
    m_player->clear();
    turnTo(Idle);
    Q_EMIT changed();
}

} // namespace cb::widgets
