#include "client/admin/sheet/read.h"

#include "client/admin/sheet/cells_p.h"

namespace cb::admin::sheet {

base::Result<Rows> read(std::string_view bytes) {
    if (bytes.empty())
        return base::rejected("sheet_empty");
    if (bytes.size() > kMaxFile)
        return base::with(base::rejected("sheet_too_large"), "limit", std::to_string(kMaxFile));
    if (bytes.substr(0, 4) == "PK\x03\x04")
        return readXlsx(bytes);
    if (bytes.substr(0, 4) == "\xD0\xCF\x11\xE0") // what Excel wrote until 2003
        return base::rejected("sheet_old_format");
    return readCsv(bytes);
}

base::Result<Rows> finished(Rows rows) {
    for (auto& row : rows)
        while (!row.empty() && row.back().empty())
            row.pop_back();
    while (!rows.empty() && rows.back().empty())
        rows.pop_back();
    if (rows.empty())
        return base::rejected("sheet_empty");
    return rows;
}

base::Error tooManyRows() {
    return base::with(base::rejected("sheet_too_many_rows"), "limit", std::to_string(kMaxRows));
}

} // namespace cb::admin::sheet
