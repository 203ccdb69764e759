#include "server/media/program_shelf.h"

#include "server/media/file_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <tuple>

#include <fcntl.h>
#include <unistd.h>

namespace cb::media {

namespace {

namespace fs = std::filesystem;
using System = ProgramShelf::System;

struct Ending {
    std::string_view text;
    System system;
};
constexpr std::array kEndings{
    Ending{".exe", System::Windows},  Ending{".msi", System::Windows},  Ending{".msix", System::Windows},
    Ending{".dmg", System::MacOs},    Ending{".pkg", System::MacOs},    Ending{".appimage", System::Linux},
    Ending{".deb", System::Linux},    Ending{".rpm", System::Linux},    Ending{".flatpak", System::Linux},
    Ending{".tar.gz", System::Linux}, Ending{".tar.xz", System::Linux},
};

std::optional<System> systemOf(std::string_view name) {
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    for (const auto& ending : kEndings)
        if (lower.size() > ending.text.size() && lower.ends_with(ending.text))
            return ending.system;
    return std::nullopt;
}

std::string_view nameOf(System system) {
    switch (system) {
    case System::Windows:
        return "Windows";
    case System::MacOs:
        return "macOS";
    case System::Linux:
        break;
    }
    return "Linux";
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    return out;
}

/// A path segment of a URL (RFC 3986).
std::string percentEncoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace

base::Result<void> ProgramShelf::prepare() const {
    std::error_code error;
    fs::create_directories(m_folder, error);
    return error ? base::retry("storage_unavailable", m_folder) : base::Result<void>{};
}

base::Result<std::vector<ProgramShelf::Program>> ProgramShelf::all() const {
    std::vector<Program> programs;
    std::error_code error;
    fs::directory_iterator it(m_folder, error);
    if (error == std::errc::no_such_file_or_directory)
        return programs;
    for (; !error && it != fs::directory_iterator() && programs.size() < kMost; it.increment(error)) {
        std::error_code gone; // taken away while we look
        const std::string name = it->path().filename().string();
        const auto system = systemOf(name);
        if (!system || cleanFileName(name) != name || it->symlink_status(gone).type() != fs::file_type::regular)
            continue;
        const auto bytes = it->file_size(gone);
        if (!gone)
            programs.push_back({name, *system, static_cast<std::int64_t>(bytes)});
    }
    if (error)
        return base::retry("storage_unavailable", m_folder);
    std::sort(programs.begin(), programs.end(),
              [](const auto& a, const auto& b) { return std::tie(a.system, a.name) < std::tie(b.system, b.name); });
    return programs;
}

base::Result<int> ProgramShelf::open(std::string_view name) const {
    const auto programs = all();
    if (!programs)
        return programs.error();
    const bool known =
        std::any_of(programs->begin(), programs->end(), [&](const auto& program) { return program.name == name; });
    if (!known)
        return base::rejected("not_found");
    const int descriptor = ::open((m_folder + "/" + std::string(name)).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return base::rejected("not_found");
    return descriptor;
}

std::string programPage(std::string_view page, const std::vector<ProgramShelf::Program>& programs) {
    std::string list;
    for (const auto& program : programs)
        list += fmt::format("<li><a href=\"download/{}\">{}</a> <span>{} · {:.1f} MB</span></li>\n",
                            percentEncoded(program.name), escaped(program.name), nameOf(program.system),
                            static_cast<double>(program.bytes) / 1e6);
    if (!list.empty())
        list = "<ul>\n" + list + "</ul>\n";
    else
        list = "<p lang=\"zh\">管理员还没有在服务器上放置安装程序。</p>\n"
               "<p lang=\"en\">The operator has not put installers on this server yet.</p>\n";
    constexpr std::string_view kPlace = "{{programs}}";
    std::string out(page);
    if (const auto at = out.find(kPlace); at != std::string::npos)
        out.replace(at, kPlace.size(), list);
    return out;
}

} // namespace cb::media
