#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace cb::widgets {

/// Where sound comes from: the microphone, or what a test has instead. One channel of 16 bits. GUI thread.
class SoundInput : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Begins to listen. What rate it comes in, Hz: `rate` where the device can; 0: there is none, or it does not open.
    virtual int open(int rate) = 0;
    virtual void close() = 0;

Q_SIGNALS:
    void heard(const std::vector<qint16>& samples);
    void lost(); ///< the device has failed or was taken away
};

using MakeSoundInput = std::function<std::unique_ptr<SoundInput>()>;

/// The default microphone of this computer, by Qt Multimedia, which is first touched when somebody records.
std::unique_ptr<SoundInput> deviceInput();

} // namespace cb::widgets
