#pragma once

#include <QObject>

#include <functional>
#include <memory>

class QIODevice;

namespace cb::widgets {

/// Where sound goes: a device of this computer, or what a test has instead. GUI thread.
class SoundOutput : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Hz it takes for a sound of that rate; 0: there is nothing to hear it by. Before open().
    virtual int rateFor(int rate, int channels) = 0;
    /// Reads samples of 16 bits from `source` as it needs them, until close(). False: the device does not open.
    virtual bool open(int rate, int channels, QIODevice* source) = 0;
    virtual void close() = 0;
    virtual void setPaused(bool paused) = 0;
    virtual void setVolume(double volume) = 0; ///< 0 to 1

Q_SIGNALS:
    void drained(); ///< the source has given all, and it was heard
    void lost();    ///< the device has failed or was taken away
};

using MakeSoundOutput = std::function<std::unique_ptr<SoundOutput>()>;

/// The default output of this computer, by Qt Multimedia, which is first touched when something is to be heard.
std::unique_ptr<SoundOutput> deviceOutput();

} // namespace cb::widgets
