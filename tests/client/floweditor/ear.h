#pragma once

#include "client/floweditor/document/listener.h"
#include "tests/client/support/sounds.h"

#include <vector>

namespace cb::test {

/// Somebody who listens, by a loudspeaker that says what it is told; what is to be fetched waits until it is given.
struct Ear {
    std::vector<flow::Sound> asked;
    std::vector<floweditor::Listener::Then> waiting;
    TestOutput* output = nullptr; ///< nullptr: nothing was heard yet
    bool deaf = false;

    void give(widgets::Pcm sound, const QString& trouble = {}) {
        const auto then = waiting.back();
        waiting.pop_back();
        then(std::move(sound), trouble);
    }
    bool hears(const flow::Sound& sound) const { return listener.state(sound) == floweditor::Listener::State::Heard; }

    floweditor::Listener listener{[this](const flow::Sound& sound, QObject*, floweditor::Listener::Then then) {
                                      asked.push_back(sound);
                                      waiting.push_back(std::move(then));
                                  },
                                  nullptr,
                                  [this] {
                                      auto made = std::make_unique<TestOutput>();
                                      made->missing = deaf;
                                      output = made.get();
                                      return made;
                                  }};
};

} // namespace cb::test
