#pragma once

#include "client/floweditor/document/listener.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"

#include <QtCore/QPointer>

#include <optional>

namespace cb::floweditor {

/// A button that lets one hear a sound, and why it could not be heard. Takes no room where nothing can be heard.
class ListenRow : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit ListenRow(QWidget* parent = nullptr);
    ~ListenRow() override;

    /// `listener` may be nullptr.
    void setSound(Listener* listener, const flow::Sound& sound);

protected:
    void retranslate() override;

private:
    void press();
    void tell();

    QPointer<Listener> m_listener;
    flow::Sound m_sound;
    std::optional<flow::Sound> m_pressed; ///< what was asked for here, whatever the sound has become since
    widgets::Button* m_button;
    widgets::Label* m_trouble;
};

} // namespace cb::floweditor
