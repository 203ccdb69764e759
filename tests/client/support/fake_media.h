#pragma once

#include "client/call/call_media.h"

#include <QtCore/QStringList>

namespace cb::test {

/// The sound of calls without any: what the program asked of it, in order, and its host, to tell it things.
struct FakeSound {
    QStringList asked;
    call::CallMedia::Host* host = nullptr; ///< null: not made yet, or let go of
    int made = 0;
    bool missing = false; ///< this program has none

    call::MakeMedia maker();
    int count(const QString& what) const { return int(asked.count(what)); }
};

class FakeMedia final : public call::CallMedia {
public:
    explicit FakeMedia(FakeSound& sound)
        : m_sound(sound) {}

    void start(const call::DeviceChoice& choice) override { note("start %1|%2", choice.microphone, choice.speaker); }
    void applyAnswer(const QString& sdp) override { note("answer %1", sdp); }
    void renew() override { note("renew"); }
    void setMuted(bool muted) override { note(muted ? "mute" : "speak"); }
    void sendKey(QChar key) override { note("key %1", QString(key)); }
    void stop() override { note("stop"); }
    void choose(const call::DeviceChoice& choice) override { note("choose %1|%2", choice.microphone, choice.speaker); }
    void check(bool on) override { note(on ? "check" : "no check"); }
    void playTone() override { note("tone"); }
    qint64 processId() const override { return 0; }

protected:
    void release() override {
        m_sound.host = nullptr;
        delete this;
    }

private:
    template <class... Parts>
    void note(const char* what, const Parts&... parts) {
        QString text = QString::fromLatin1(what);
        ((text = text.arg(parts)), ...);
        m_sound.asked << text;
    }

    FakeSound& m_sound;
};

/// The sound outlives what is made.
inline call::MakeMedia FakeSound::maker() {
    return [this](call::CallMedia::Host& wants) {
        if (missing)
            return call::CallMediaPtr();
        ++made;
        host = &wants;
        return call::CallMediaPtr(new FakeMedia(*this));
    };
}

} // namespace cb::test
