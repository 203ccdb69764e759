#pragma once

#include "client/floweditor/document/choices.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/segmented.h"

#include <QtWidgets/QSpinBox>
#include <QtWidgets/QStackedWidget>

namespace cb::floweditor {

class ListenRow;

/// A whole number of seconds, or of anything.
class NumberField : public widgets::Field {
    Q_OBJECT
public:
    NumberField(int least, int most, QWidget* parent = nullptr);
    int value() const { return m_box->value(); }
    void setValue(int value);
    void setUnit(const QString& unit);
    void setNothing(const QString& words); ///< what the least value is called

Q_SIGNALS:
    void edited();

private:
    QSpinBox* m_box;
};

/// A skill group of the flow's mode. One that is gone stays in the list until another is chosen.
class GroupField : public widgets::SelectField {
    Q_OBJECT
public:
    using SelectField::SelectField;
    void show(const Choices& choices, flow::Mode mode, flow::GroupId chosen);
    flow::GroupId chosen() const { return flow::GroupId{box()->currentData().toLongLong()}; }
};

/// An audio file. One that is not approved, or gone, is offered only where it was chosen already.
class AudioField : public widgets::SelectField {
    Q_OBJECT
public:
    using SelectField::SelectField;
    /// `nothing`: the words for none.
    void show(const Choices& choices, flow::AudioId chosen, const QString& nothing);
    flow::AudioId chosen() const { return flow::AudioId{box()->currentData().toLongLong()}; }
};

/// What a caller hears: nothing, a file, or text to speech. It can be listened to.
class SoundField : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit SoundField(QWidget* parent = nullptr);

    void setLabel(const QString& text);
    void show(const Choices& choices, const flow::Sound& sound);
    flow::Sound sound() const;

Q_SIGNALS:
    void edited();

protected:
    void retranslate() override;

private:
    void choose(int source);

    widgets::Label* m_label;
    widgets::Segmented* m_source;
    QStackedWidget* m_pages;
    AudioField* m_audio;
    widgets::TextArea* m_text;
    widgets::SelectField* m_voice;
    ListenRow* m_listen;
    Listener* m_listener = nullptr;
};

} // namespace cb::floweditor
