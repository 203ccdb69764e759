#include "server/media/attachment_files.h"

#include "server/store/database.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <optional>

#include <sys/stat.h>

namespace cb::media {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPage = 200; ///< rows looked at in one snapshot

std::optional<struct stat> statOf(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) ? std::optional(info) : std::nullopt;
}

/// The attachments of one of the 256 folders that were last written before `before`.
std::vector<model::AttachmentId> olderFiles(const std::string& folder, const fs::path& part, base::TimePoint before) {
    std::vector<model::AttachmentId> found;
    std::error_code error;
    for (fs::directory_iterator it(part, error), end; !error && it != end; it.increment(error)) {
        const auto name = it->path().filename().string();
        std::int64_t number = 0;
        const auto [stop, bad] = std::from_chars(name.data(), name.data() + name.size(), number);
        const model::AttachmentId id{number};
        if (bad != std::errc{} || stop != name.data() + name.size() || it->path() != attachmentPath(folder, id))
            continue; // not ours
        const auto info = statOf(it->path().string());
        if (info && base::fromUnixMillis(info->st_mtime * std::int64_t{1000}) < before)
            found.push_back(id);
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// Of these, the ones without a row.
base::Result<void> addRowless(store::Database& database, const std::vector<model::AttachmentId>& files,
                              std::vector<model::AttachmentId>& strays) {
    for (std::size_t at = 0; at < files.size(); at += kPage) {
        const std::vector<model::AttachmentId> page(
            files.begin() + static_cast<std::ptrdiff_t>(at),
            files.begin() + static_cast<std::ptrdiff_t>(std::min(files.size(), at + kPage)));
        auto reader = database.reader();
        if (!reader)
            return reader.error();
        auto rows = reader->attachments().byIds(page);
        if (!rows)
            return rows.error();
        for (const auto id : page)
            if (std::none_of(rows->begin(), rows->end(), [id](const auto& row) { return row.id == id; }))
                strays.push_back(id);
    }
    return {};
}

/// A file may go before its row when nobody can ask for it any more: then nothing is missing.
base::Result<bool> isWanted(store::Database& database, const model::Attachment& row) {
    auto reader = database.reader();
    if (!reader)
        return reader.error();
    auto now = reader->attachments().byId(row.id);
    if (!now || !*now)
        return now ? base::Result<bool>(false) : now.error();
    auto orphan = reader->attachments().isOrphan(row);
    return orphan ? base::Result<bool>(!*orphan) : orphan.error();
}

} // namespace

std::string attachmentPath(const std::string& folder, model::AttachmentId id) {
    char part[8];
    std::snprintf(part, sizeof part, "%02x", static_cast<unsigned>(id.value & 0xFF));
    return folder + '/' + part + '/' + std::to_string(id.value);
}

base::Result<std::vector<model::AttachmentId>> strayFiles(const std::string& folder, store::Database& database,
                                                          base::TimePoint before) {
    std::vector<model::AttachmentId> strays;
    for (std::int64_t part = 0; part < 256; ++part) {
        const auto path = fs::path(attachmentPath(folder, model::AttachmentId{part})).parent_path();
        if (auto added = addRowless(database, olderFiles(folder, path, before), strays); !added)
            return added.error();
    }
    std::sort(strays.begin(), strays.end());
    return strays;
}

base::Result<FileReport> checkFiles(const std::string& folder, store::Database& database) {
    constexpr auto kEver = base::fromUnixMillis(std::numeric_limits<std::int64_t>::max());
    FileReport report;
    model::AttachmentId last;
    for (bool more = true; more && report.problems.size() < FileReport::kMaxProblems;) {
        std::vector<model::Attachment> rows;
        {
            auto reader = database.reader();
            if (!reader)
                return reader.error();
            auto page = reader->attachments().after(last, kEver, static_cast<std::int64_t>(kPage));
            if (!page)
                return page.error();
            rows = std::move(*page);
        }
        more = rows.size() == kPage;
        for (const auto& row : rows) {
            last = row.id;
            ++report.rows;
            const auto info = statOf(attachmentPath(folder, row.id));
            if (info && info->st_size == row.bytes)
                continue;
            auto wanted = isWanted(database, row);
            if (!wanted)
                return wanted.error();
            if (*wanted)
                report.problems.push_back({info ? "file_size" : "file_missing", row.id});
        }
    }
    if (report.problems.size() > FileReport::kMaxProblems)
        report.problems.resize(FileReport::kMaxProblems);
    return report;
}

} // namespace cb::media
