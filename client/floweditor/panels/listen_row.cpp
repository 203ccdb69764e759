#include "client/floweditor/panels/listen_row.h"

#include <QtWidgets/QBoxLayout>

namespace cb::floweditor {

using State = Listener::State;
using widgets::Button;
using widgets::Glyph;

ListenRow::ListenRow(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_button(new Button({}, Glyph::Play))
    , m_trouble(new widgets::Label({}, widgets::TextSize::Secondary)) {
    m_button->setSmall(true);
    m_trouble->setTone(widgets::Tone::Danger);
    m_trouble->setWordWrap(true);
    m_trouble->setMinimumWidth(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look().grid(1));
    column->addWidget(m_button, 0, Qt::AlignLeft);
    column->addWidget(m_trouble);
    connect(m_button, &QAbstractButton::clicked, this, &ListenRow::press);
    ListenRow::retranslate();
}

/// Whoever goes to another node does not want to hear it to its end.
ListenRow::~ListenRow() {
    if (!m_listener)
        return;
    m_listener->disconnect(this);
    if (m_pressed && m_listener->state(*m_pressed) != State::Silent)
        m_listener->stop();
}

void ListenRow::retranslate() {
    tell();
}

void ListenRow::setSound(Listener* listener, const flow::Sound& sound) {
    if (m_listener.data() != listener) {
        if (m_listener)
            m_listener->disconnect(this);
        m_listener = listener;
        if (m_listener)
            connect(m_listener.data(), &Listener::changed, this, &ListenRow::tell);
    }
    m_sound = sound;
    tell();
}

void ListenRow::press() {
    if (!m_listener)
        return;
    if (m_listener->state(m_sound) != State::Silent)
        return m_listener->stop();
    m_pressed = m_sound;
    m_listener->listen(m_sound);
}

void ListenRow::tell() {
    setVisible(m_listener && m_sound.source != flow::Sound::Source::None);
    const auto state = m_listener ? m_listener->state(m_sound) : State::Silent;
    m_button->setGlyph(state == State::Heard    ? Glyph::Square
                       : state == State::Coming ? Glyph::LoaderCircle
                                                : Glyph::Play);
    m_button->setText(state == State::Silent ? tr("Listen") : tr("Stop"));
    m_button->setEnabled(Listener::isAudible(m_sound));
    m_trouble->setText(m_listener ? m_listener->trouble(m_sound) : QString());
    m_trouble->setVisible(!m_trouble->text().isEmpty());
}

} // namespace cb::floweditor
