#include "client/admin/sheet/agents.h"
#include "shared/base/text.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

/// Any bytes as a file of agents. What begins with < is put into an .xlsx as its parts, one after each zero byte: no
/// mutation finds the sums of a zip. Whatever they are: rows within the bounds, of UTF-8, or a code.
using namespace cb;
using namespace cb::admin;

namespace {

void require(bool good) {
    if (!good)
        std::abort();
}

/// The parts, as they are, in a zip.
std::string zipOf(std::string_view parts) {
    constexpr std::array kNames{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml",
                                "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml"};
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* file = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = zip_open_from_source(file, ZIP_CREATE | ZIP_TRUNCATE, &error);
    require(zip != nullptr);
    for (const auto* name : kNames) {
        const auto end = std::min(parts.find('\0'), parts.size());
        const auto index =
            zip_file_add(zip, name, zip_source_buffer(zip, parts.data(), end, 0), ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
        require(index >= 0 && zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) == 0);
        if (end == parts.size())
            break;
        parts.remove_prefix(end + 1);
    }
    zip_source_keep(file); // closing the zip lets go of it
    require(zip_close(zip) == 0);
    zip_stat_t told;
    require(zip_source_stat(file, &told) == 0 && zip_source_open(file) == 0);
    std::string bytes(static_cast<std::size_t>(told.size), '\0');
    require(zip_source_read(file, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()));
    zip_source_close(file);
    zip_source_free(file);
    zip_error_fini(&error);
    return bytes;
}

sheet::Vocabulary words() {
    using sheet::Column;
    sheet::Vocabulary all;
    all.titles = {{Column::Name, {"Name", "姓名"}},
                  {Column::StaffNo, {"Staff number", "工号"}},
                  {Column::Email, {"E-mail", "邮箱"}},
                  {Column::Nickname, {"Nickname", "昵称"}},
                  {Column::Mobile, {"Mobile", "手机"}},
                  {Column::Role, {"Role", "角色"}},
                  {Column::Groups, {"Skill groups", "技能组"}}};
    all.adminWords = {"admin", "管理员"};
    all.agentWords = {"agent", "坐席"};
    all.groups = {{"Sales", model::GroupId(1)}, {"Sales", model::GroupId(2)}, {"售后", model::GroupId(3)}};
    return all;
}

void checkAgents(const sheet::Rows& rows) {
    static const auto kWords = words();
    const auto lines = sheet::agentsOf(rows, kWords);
    if (!lines)
        return require(lines.error().code.starts_with("sheet_"));
    require(!lines->empty() && lines->size() <= sheet::kMaxAgents);
    int before = 0;
    for (const auto& line : *lines) {
        require(line.line > before && static_cast<std::size_t>(line.line) <= rows.size());
        before = line.line;
        for (const auto& problem : line.problems)
            require(!problem.code.empty());
        if (line.isGood())
            require(!line.draft.name.empty() && sheet::isEmail(line.draft.email));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto rows = bytes.starts_with('<') ? sheet::read(zipOf(bytes)) : sheet::read(bytes);
    if (!rows) {
        require(rows.error().code.starts_with("sheet_"));
        return 0;
    }
    require(!rows->empty() && rows->size() <= sheet::kMaxRows && !rows->back().empty());
    for (const auto& row : *rows) {
        require(row.size() <= sheet::kMaxColumns);
        for (const auto& cell : row)
            require(cell.size() <= sheet::kMaxCell && base::isUtf8(cell));
    }
    checkAgents(*rows);
    return 0;
}
