#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cb::ops {

/// Prometheus text exposition format 0.0.4, built line by line.
class MetricsText {
public:
    void counter(std::string_view name, std::string_view help, double value);
    void gauge(std::string_view name, std::string_view help, double value);
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    /// One sample of a metric with labels; the first call for a name writes its head.
    void labelled(std::string_view name, std::string_view help, std::string_view type, Labels labels, double sample);
    void histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                   const std::vector<std::uint64_t>& counts, double sum);
    std::string take() { return std::move(m_text); }

private:
    void head(std::string_view name, std::string_view help, std::string_view type);
    std::string m_text;
    std::string m_last;
};

/// Counts durations in buckets. Any thread.
class Histogram {
public:
    void add(double seconds);
    void write(MetricsText& out, std::string_view name, std::string_view help) const;

private:
    static constexpr std::array<double, 10> kBounds{0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5};
    mutable std::mutex m_mutex;
    std::array<std::uint64_t, kBounds.size() + 1> m_counts{};
    double m_sum = 0;
};

struct ProcessFigures {
    std::int64_t residentBytes = 0;
    double cpuSeconds = 0;
    int openFiles = 0;
};
ProcessFigures processFigures();

} // namespace cb::ops
