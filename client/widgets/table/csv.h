#pragma once

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace cb::widgets {

/// A file that spreadsheets open: UTF-8 with a byte order mark, commas, lines end in CR LF, quotes where needed. What a
/// spreadsheet would take for a formula is made text by an apostrophe in front.
QByteArray csvOf(const QStringList& titles, const std::vector<QStringList>& rows);

/// The apostrophe alone: for = + - @, tab and carriage return at the beginning, behind spaces and in full width, too.
QString withoutFormula(const QString& text);

} // namespace cb::widgets
