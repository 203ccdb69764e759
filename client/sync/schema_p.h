#pragma once

#include <QtCore/QStringList>

#include <vector>

namespace cb::sync {

/// One step of the schema. Released steps never change.
struct Migration {
    int version;
    QStringList statements;
};

/// In rising order without gaps, from 1.
const std::vector<Migration>& migrations();

} // namespace cb::sync
