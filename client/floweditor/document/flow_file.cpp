#include "client/floweditor/document/flow_file.h"

#include "shared/flow/json.h"
#include "shared/flow/limits.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

namespace cb::floweditor {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FlowFile)
};

QString remarkOn(const flow::TakenOver& taken) {
    if (taken.lost > 0)
        return Words::tr("Taken over. Skill groups or audio files that are not here have to be chosen anew: %1")
            .arg(taken.lost);
    if (taken.unsure > 0)
        return Words::tr("Taken over. The file does not name its skill groups and audio files: check that they are "
                         "the right ones.");
    return {};
}

} // namespace

FlowFile readFlowFile(const QString& path, flow::Mode mode, const flow::Names& here) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {std::nullopt, Words::tr("The file could not be read.")};
    const QByteArray json = file.read(qint64(flow::kMaxBytes) + 1);
    const std::string_view text(json.constData(), std::size_t(json.size()));
    auto graph = flow::parseJson(text);
    if (!graph)
        return {std::nullopt, Words::tr("This file holds no flow that can be read.")};
    if (graph->mode != mode)
        return {std::nullopt, Words::tr("The flow in this file is of another kind.")};
    const auto taken = flow::takeOver(*graph, flow::namesIn(text), here);
    return {std::move(*graph), remarkOn(taken)};
}

} // namespace cb::floweditor
