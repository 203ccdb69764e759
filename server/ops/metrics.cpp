#include "server/ops/metrics.h"

#include <filesystem>
#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

namespace cb::ops {

namespace {

std::string number(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

/// Label values: backslash, quote and line feed are escaped.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out;
}

} // namespace

void MetricsText::head(std::string_view name, std::string_view help, std::string_view type) {
    if (m_last == name)
        return;
    m_last = name;
    m_text.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
    m_text.append(name).append(" ").append(type).append("\n");
}

void MetricsText::counter(std::string_view name, std::string_view help, double value) {
    head(name, help, "counter");
    m_text.append(name).append(" ").append(number(value)).append("\n");
}

void MetricsText::gauge(std::string_view name, std::string_view help, double value) {
    head(name, help, "gauge");
    m_text.append(name).append(" ").append(number(value)).append("\n");
}

void MetricsText::labelled(std::string_view name, std::string_view help, std::string_view type, Labels labels,
                           double sample) {
    head(name, help, type);
    m_text.append(name);
    char before = '{';
    for (const auto& [label, value] : labels) {
        m_text.append(1, before).append(label).append("=\"").append(escaped(value)).append("\"");
        before = ',';
    }
    m_text.append("} ").append(number(sample)).append("\n");
}

void MetricsText::histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                            const std::vector<std::uint64_t>& counts, double sum) {
    head(name, help, "histogram");
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        total += counts[i];
        const auto bound = i < bounds.size() ? number(bounds[i]) : std::string("+Inf");
        m_text.append(name).append("_bucket{le=\"").append(bound).append("\"} ");
        m_text.append(std::to_string(total)).append("\n");
    }
    m_text.append(name).append("_sum ").append(number(sum)).append("\n");
    m_text.append(name).append("_count ").append(std::to_string(total)).append("\n");
}

void Histogram::add(double seconds) {
    std::size_t bucket = 0;
    while (bucket < kBounds.size() && seconds > kBounds[bucket])
        ++bucket;
    const std::lock_guard lock(m_mutex);
    ++m_counts[bucket];
    m_sum += seconds;
}

void Histogram::write(MetricsText& out, std::string_view name, std::string_view help) const {
    const std::lock_guard lock(m_mutex);
    out.histogram(name, help, {kBounds.begin(), kBounds.end()}, {m_counts.begin(), m_counts.end()}, m_sum);
}

ProcessFigures processFigures() {
    ProcessFigures figures;
    std::ifstream statm("/proc/self/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    if (statm >> size >> resident)
        figures.residentBytes = resident * ::sysconf(_SC_PAGESIZE);
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0)
        figures.cpuSeconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                             static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
        (void)entry;
        ++figures.openFiles;
    }
    return figures;
}

} // namespace cb::ops
