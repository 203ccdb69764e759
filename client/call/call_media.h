#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QtPlugin>

#include <functional>
#include <memory>

/// What the plugin with the media page and the program say to each other. Plain interfaces: they hold across the two
/// binaries without shared meta objects. Everything on the GUI thread.
namespace cb::call {

/// What can be heard with and spoken into now, by the names the system gives.
struct Devices {
    QStringList microphones;
    QStringList speakers;

    bool operator==(const Devices&) const = default;
};

/// Which of them are wanted; empty, or gone: the system's.
struct DeviceChoice {
    QString microphone;
    QString speaker;

    bool operator==(const DeviceChoice&) const = default;
};

enum class DeviceKind { Microphone, Speaker };

/// How the connection to the server has been for the last two seconds.
struct Quality {
    double lossPercent = 0; ///< of what the server sent
    int jitterMillis = 0;
    int roundTripMillis = -1; ///< -1: not known yet

    bool operator==(const Quality&) const = default;
};

/// The agent's end of one call at a time.
class CallMedia {
public:
    /// Who wants the call; outlives the CallMediaPtr. What belongs to a call that was stopped is not told any more.
    class Host {
    public:
        /// For the server; its answer comes by applyAnswer(). After start() and renew(), and by itself when the network
        /// has changed.
        virtual void mediaOffers(const QString& sdp) = 0;
        virtual void mediaUp() = 0;      ///< both sides hear each other
        virtual void mediaLost() = 0;    ///< and does not come back by itself: start() makes a new connection
        virtual void mediaCrashed() = 0; ///< the page is gone, with all it had; start() makes it anew
        /// 0 … 1, ten times a second, while a call or a check is on.
        virtual void mediaLevels(double microphone, double speaker) = 0;
        virtual void mediaQuality(const Quality& quality) = 0;
        virtual void mediaDevices(const Devices& devices) = 0;
        /// One in use was pulled out and this one took its place; empty: none is left, the call goes on without.
        virtual void mediaSwitched(DeviceKind kind, const QString& name) = 0;
        /// microphone_denied, microphone_missing, microphone_busy: the call goes on, they hear nothing of us.
        /// media_failed: the page could not do what was asked.
        virtual void mediaFailed(const QString& code) = 0;

    protected:
        ~Host() = default;
    };
    struct Release {
        void operator()(CallMedia* media) const { media->release(); }
    };

    /// Opens the microphone and offers a new connection; ends the one before.
    virtual void start(const DeviceChoice& choice) = 0;
    virtual void applyAnswer(const QString& sdp) = 0;
    virtual void renew() = 0; ///< the network may be another: offers the same connection again
    virtual void setMuted(bool muted) = 0;
    virtual void sendKey(QChar key) = 0; ///< 0–9 * #, as RFC 4733 events
    virtual void stop() = 0;
    virtual void choose(const DeviceChoice& choice) = 0; ///< also in the middle of a call
    virtual void check(bool on) = 0;                     ///< devices and levels, without a call
    virtual void playTone() = 0;                         ///< a second of it, on the chosen speaker
    /// Of the page; 0: there is none yet.
    virtual qint64 processId() const = 0;

protected:
    virtual ~CallMedia() = default;
    virtual void release() = 0; ///< the host is told nothing more
};

using CallMediaPtr = std::unique_ptr<CallMedia, CallMedia::Release>;

/// Makes the media of one host; nullptr when this program has no engine for it.
using MakeMedia = std::function<CallMediaPtr(CallMedia::Host&)>;

class CallEngine {
public:
    virtual ~CallEngine() = default;
    virtual CallMediaPtr makeMedia(CallMedia::Host& host) = 0;
};

} // namespace cb::call

#define CB_CALL_ENGINE_IID "cloudbell.CallEngine/1"
Q_DECLARE_INTERFACE(cb::call::CallEngine, CB_CALL_ENGINE_IID)
