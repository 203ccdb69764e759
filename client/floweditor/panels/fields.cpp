#include "client/floweditor/panels/fields.h"

#include "client/floweditor/panels/listen_row.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QBoxLayout>

namespace cb::floweditor {

using flow::Sound;

NumberField::NumberField(int least, int most, QWidget* parent)
    : Field({}, parent)
    , m_box(new QSpinBox) {
    m_box->setRange(least, most);
    setEditor(m_box);
    setLineKept(false);
    connect(m_box, &QSpinBox::valueChanged, this, &NumberField::edited);
}

void NumberField::setValue(int value) {
    const QSignalBlocker quiet(m_box);
    m_box->setValue(value);
}

void NumberField::setUnit(const QString& unit) {
    m_box->setSuffix(QLatin1Char(' ') + unit);
}

void NumberField::setNothing(const QString& words) {
    m_box->setSpecialValueText(words);
}

void GroupField::show(const Choices& choices, flow::Mode mode, flow::GroupId chosen) {
    const QSignalBlocker quiet(box());
    box()->clear();
    box()->addItem(tr("Choose a skill group"), 0);
    for (const auto& group : choices.groups)
        if (group.mode == mode)
            box()->addItem(group.name, qint64(group.id.value));
    int at = box()->findData(qint64(chosen.value));
    if (at < 0) {
        const QString name = choices.groupName(chosen);
        box()->addItem(name.isEmpty() ? tr("A skill group that is gone") : name, qint64(chosen.value));
        at = box()->count() - 1;
    }
    box()->setCurrentIndex(at);
}

void AudioField::show(const Choices& choices, flow::AudioId chosen, const QString& nothing) {
    const QSignalBlocker quiet(box());
    box()->clear();
    box()->addItem(nothing, 0);
    for (const auto& audio : choices.audio)
        if (audio.approved || audio.id == chosen)
            box()->addItem(audio.approved ? audio.name : tr("%1 (not approved)").arg(audio.name),
                           qint64(audio.id.value));
    int at = box()->findData(qint64(chosen.value));
    if (at < 0) {
        box()->addItem(tr("An audio file that is gone"), qint64(chosen.value));
        at = box()->count() - 1;
    }
    box()->setCurrentIndex(at);
}

SoundField::SoundField(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_label(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_source(new widgets::Segmented(widgets::Segmented::Shape::Pills))
    , m_pages(new QStackedWidget)
    , m_audio(new AudioField(QString()))
    , m_text(new widgets::TextArea({}, 2))
    , m_voice(new widgets::SelectField({}))
    , m_listen(new ListenRow) {
    for (int i = 0; i < 3; ++i)
        m_source->addSegment({});
    for (widgets::Field* field : std::initializer_list<widgets::Field*>{m_audio, m_text, m_voice})
        field->setLineKept(false);
    auto* speech = new QWidget;
    auto* lines = new QVBoxLayout(speech);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->addWidget(m_text);
    lines->addWidget(m_voice);
    m_pages->addWidget(new QWidget);
    m_pages->addWidget(m_audio);
    m_pages->addWidget(speech);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look().grid(1));
    column->addWidget(m_label);
    column->addWidget(m_source, 0, Qt::AlignLeft);
    column->addWidget(m_pages);
    column->addWidget(m_listen);
    connect(m_source, &widgets::Segmented::currentChanged, this, [this](int source) {
        choose(source);
        Q_EMIT edited();
    });
    connect(m_audio->box(), &QComboBox::currentIndexChanged, this, &SoundField::edited);
    connect(m_voice->box(), &QComboBox::currentIndexChanged, this, &SoundField::edited);
    connect(m_text->edit(), &QTextEdit::textChanged, this, &SoundField::edited);
    connect(this, &SoundField::edited, m_listen, [this] { m_listen->setSound(m_listener, sound()); });
    choose(0);
    SoundField::retranslate();
}

void SoundField::setLabel(const QString& text) {
    m_label->setText(text);
    m_source->setAccessibleName(text);
}

void SoundField::retranslate() {
    m_source->setSegmentText(0, tr("Nothing"));
    m_source->setSegmentText(1, tr("Audio"));
    m_source->setSegmentText(2, tr("Speech"));
    m_audio->setLabel(tr("Audio file"));
    m_text->setLabel(tr("Text to speak"));
    m_voice->setLabel(tr("Voice"));
}

/// The page that is not shown takes no room.
void SoundField::choose(int source) {
    for (int page = 0; page < m_pages->count(); ++page)
        m_pages->widget(page)->setSizePolicy(QSizePolicy::Preferred,
                                             page == source ? QSizePolicy::Maximum : QSizePolicy::Ignored);
    m_pages->setCurrentIndex(source);
    m_pages->setVisible(source != 0);
    m_pages->adjustSize();
}

void SoundField::show(const Choices& choices, const Sound& sound) {
    const QSignalBlocker quiet(this);
    m_source->setCurrent(int(sound.source));
    choose(int(sound.source));
    m_audio->show(choices, sound.audio, tr("Choose an audio file"));
    const QString text = QString::fromStdString(sound.text);
    if (m_text->text() != text)
        m_text->setText(text);
    m_voice->box()->clear();
    m_voice->box()->addItem(tr("The server's own"), QString());
    for (const QString& voice : choices.voices)
        m_voice->box()->addItem(voice, voice);
    const QString voice = QString::fromStdString(sound.voice);
    if (m_voice->box()->findData(voice) < 0)
        m_voice->box()->addItem(voice, voice);
    m_voice->box()->setCurrentIndex(m_voice->box()->findData(voice));
    m_listener = choices.listener;
    m_listen->setSound(m_listener, sound);
}

Sound SoundField::sound() const {
    Sound sound;
    sound.source = Sound::Source(m_source->current());
    if (sound.source == Sound::Source::Audio)
        sound.audio = m_audio->chosen();
    if (sound.source == Sound::Source::Speech) {
        sound.text = m_text->text().toStdString();
        sound.voice = m_voice->box()->currentData().toString().toStdString();
    }
    return sound;
}

} // namespace cb::floweditor
