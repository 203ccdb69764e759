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
std::vector<Scene> signInScenes(); ///< part of them
std::vector<Scene> pageScenes();   ///< likewise, as all below
std::vector<Scene> flowScenes();
std::vector<Scene> adminScenes();
std::vector<Scene> recordScenes();

/// The workbench with its three sessions, Ms Li's in front with her pictures.
void busy(Stage& stage);

} // namespace cb::tour
