#pragma once

#include "shared/flow/validate.h"

#include <QtCore/QString>

#include <vector>

namespace cb::floweditor {

class Listener;

/// What a flow may refer to, with the names that the admin knows.
struct Choices {
    struct Group {
        flow::GroupId id;
        QString name;
        flow::Mode mode = flow::Mode::Chat;
    };
    struct Audio {
        flow::AudioId id;
        QString name;
        bool approved = false;
    };

    std::vector<Group> groups;
    std::vector<Audio> audio;
    std::vector<QString> voices;  ///< of text to speech; empty: only the server's own
    Listener* listener = nullptr; ///< nullptr: sounds cannot be heard here

    QString groupName(flow::GroupId id) const; ///< empty: there is none
    QString audioName(flow::AudioId id) const; ///< empty: there is none
    flow::ValidationContext context() const;
};

} // namespace cb::floweditor
