#pragma once

#include <functional>
#include <vector>

namespace cb::tour {

class Stage;

/// A page or dialog: play() brings it up in a fresh window.
struct Scene {
    const char* name;
    std::function<void(Stage&)> play;
};

std::vector<Scene> scenes();
std::vector<Scene> adminScenes();  ///< part of them
std::vector<Scene> recordScenes(); ///< part of them
std::vector<Scene> flowScenes();   ///< likewise

} // namespace cb::tour
