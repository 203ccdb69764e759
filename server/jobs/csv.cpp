#include "server/jobs/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cb::jobs {

namespace {

bool startsFormula(std::string_view cell) {
    static constexpr std::array<std::string_view, 11> kStarts{"=",  "+",  "-",  "@",  "\t", "\r",
                                                              "\n", "＝", "＋", "－", "＠"};
    return std::any_of(kStarts.begin(), kStarts.end(),
                       [&](std::string_view start) { return cell.substr(0, start.size()) == start; });
}

void appendCell(std::string& out, std::string_view cell) {
    const bool formula = startsFormula(cell);
    if (!formula && cell.find_first_of("\",\r\n") == std::string_view::npos) {
        out += cell;
        return;
    }
    out += '"';
    if (formula)
        out += '\'';
    for (const char c : cell) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

} // namespace

void appendRow(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i != 0)
            out += ',';
        appendCell(out, cells[i]);
    }
    out += "\r\n";
}

std::string isoTime(base::TimePoint time, const base::TimeZone& zone) {
    if (time == base::TimePoint{})
        return {};
    const auto offset = zone.offsetAt(time);
    const auto local = std::chrono::floor<std::chrono::seconds>(time + offset);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(local - day);
    const auto minutes = std::abs(offset.count()) / 60;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), offset.count() < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
}

} // namespace cb::jobs
