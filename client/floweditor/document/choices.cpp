#include "client/floweditor/document/choices.h"

namespace cb::floweditor {

QString Choices::groupName(flow::GroupId id) const {
    for (const Group& group : groups)
        if (group.id == id)
            return group.name;
    return {};
}

QString Choices::audioName(flow::AudioId id) const {
    for (const Audio& one : audio)
        if (one.id == id)
            return one.name;
    return {};
}

flow::ValidationContext Choices::context() const {
    flow::ValidationContext context;
    for (const Group& group : groups)
        context.groups.emplace(group.id, group.mode);
    for (const Audio& one : audio)
        if (one.approved)
            context.approvedAudio.insert(one.id);
    return context;
}

} // namespace cb::floweditor
