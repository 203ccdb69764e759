#pragma once

#include "client/widgets/controls/fact_list.h"
#include "client/widgets/table/table_model.h"
#include "shared/wire/records.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>

namespace cb::records {

/// What users read of a record, in the program's present language. GUI thread.
class RecordWords {
    Q_DECLARE_TR_FUNCTIONS(Records)
public:
    enum class Column {
        Time,
        Source,
        Visitor,
        Name,
        Direction,
        Caller,
        Callee,
        Group,
        Agent,
        State,
        Duration,
        Recorded
    };

    /// Of the tab; the same with and without the agent's name, which only admins need.
    static std::vector<Column> columns(model::Mode mode, bool withAgent);
    static std::vector<widgets::TableColumn> tableColumns(const std::vector<Column>& columns);
    static QStringList titles(const std::vector<Column>& columns, model::Mode mode);
    static widgets::TableCell cell(const wire::Record& record, Column column, const QDateTime& now);

    /// Who it was: the name, or the number that stands for one.
    static QString customer(const wire::Record& record);
    /// Whether it came or was dialled.
    static QString direction(model::CallDirection direction);
    /// Answered, not answered, or what it is in now.
    static QString state(const wire::Record& record);
    /// "yesterday, 10:05": relative when recent.
    static QString time(base::TimePoint at, const QDateTime& now);
    static std::vector<widgets::FactList::Fact> facts(const wire::Record& record);

    /// The columns of a file, with titles in the present language.
    static std::vector<wire::ExportColumn> exportColumns();
    /// A refusal of a search in its own words; else what is said everywhere.
    static QString error(const base::Error& error);

private:
    static widgets::TableCell numberCell(const wire::Record& record, bool caller);
    static QString cause(const std::string& cause);
    static QString ending(const wire::Record& record);
};

/// The seconds between two moments; nothing when one of them never was.
std::optional<qint64> secondsBetween(base::TimePoint from, base::TimePoint to);

} // namespace cb::records
