#pragma once

#include "client/widgets/sound/sound_player.h"
#include "shared/flow/graph.h"

#include <QtCore/QString>

#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace cb::floweditor {

/// Lets admins hear what callers would, one sound at a time. Each is fetched once. GUI thread.
class Listener : public QObject {
    Q_OBJECT
public:
    enum class State {
        Silent,
        Coming, ///< being fetched
        Heard
    };
    /// An empty sound: why it cannot be heard, in words.
    using Then = std::function<void(widgets::Pcm sound, const QString& trouble)>;
    /// Gets a sound from wherever it lies. `then` once, or never when `context` is gone first.
    using Fetch = std::function<void(const flow::Sound& sound, QObject* context, Then then)>;

    explicit Listener(Fetch fetch, QObject* parent = nullptr,
                      const widgets::MakeSoundOutput& make = widgets::deviceOutput);
    ~Listener() override;

    void listen(const flow::Sound& sound); ///< instead of what is heard now
    void follow(const flow::Sound& sound); ///< after it
    void stop();
    State state(const flow::Sound& sound) const;
    /// Why this one could not be heard when it was its turn; empty: it could.
    QString trouble(const flow::Sound& sound) const;
    /// Whether there is anything to hear: a file that was chosen, a text that was written.
    static bool isAudible(const flow::Sound& sound);

Q_SIGNALS:
    void changed();

private:
    void next();
    void take(widgets::Pcm sound, const QString& trouble);
    void play(const widgets::Pcm& sound);
    void fail(const QString& trouble);

    Fetch m_fetch;
    widgets::SoundPlayer m_player;
    std::deque<flow::Sound> m_queue; ///< the first is coming or heard
    std::deque<std::pair<flow::Sound, widgets::Pcm>> m_known;
    std::unique_ptr<QObject> m_coming; ///< the question that is under way
    flow::Sound m_failed;
    QString m_trouble;
};

} // namespace cb::floweditor
