#include "client/admin/sheet/cells_p.h"

#include <pugixml.hpp>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>

namespace cb::admin::sheet {

namespace {

constexpr std::size_t kMaxShared = 500'000; ///< strings
constexpr std::size_t kMaxWorkbook = 4 * 1024 * 1024;

base::Error unreadable(std::string_view why) {
    return base::rejected("sheet_unreadable", why);
}

struct CloseZip {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct ClosePart {
    void operator()(zip_file_t* part) const { zip_fclose(part); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

base::Result<Zip> openZip(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    Zip zip(source != nullptr ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr);
    zip_error_fini(&error);
    if (!zip) {
        if (source != nullptr)
            zip_source_free(source);
        return unreadable("not a zip");
    }
    return zip;
}

/// A part, unpacked; nothing when there is none of this name. What its head says of its size is not believed.
base::Result<std::optional<std::string>> partOf(zip_t* zip, const std::string& name, std::size_t limit) {
    const zip_int64_t index = zip_name_locate(zip, name.c_str(), ZIP_FL_NOCASE);
    if (index < 0)
        return std::optional<std::string>();
    const std::unique_ptr<zip_file_t, ClosePart> part(zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0));
    if (!part)
        return unreadable(name);
    std::string all;
    std::string chunk(64 * 1024, '\0');
    for (;;) {
        const zip_int64_t got = zip_fread(part.get(), chunk.data(), chunk.size());
        if (got < 0)
            return unreadable(name);
        if (got == 0)
            return std::optional(std::move(all));
        if (all.size() + static_cast<std::size_t>(got) > limit)
            return base::with(base::rejected("sheet_too_large"), "limit", std::to_string(limit));
        all.append(chunk.data(), static_cast<std::size_t>(got));
    }
}

/// Parses in place: `text` must outlive the document. Entities are not expanded beyond the five of XML.
bool parse(pugi::xml_document& document, std::string& text) {
    return bool(document.load_buffer_inplace(text.data(), text.size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8));
}

/// Names without the prefix that some programs put before them.
bool isNamed(const pugi::xml_node& node, std::string_view name) {
    std::string_view own = node.name();
    if (const auto colon = own.find(':'); colon != std::string_view::npos)
        own.remove_prefix(colon + 1);
    return own == name;
}

pugi::xml_node childOf(const pugi::xml_node& node, std::string_view name) {
    for (const auto& child : node.children())
        if (isNamed(child, name))
            return child;
    return {};
}

/// <si> or <is>: plain, or in runs; phonetic hints are left out.
std::string textOf(const pugi::xml_node& item) {
    std::string text;
    for (const auto& child : item.children()) {
        if (isNamed(child, "t"))
            text += child.text().get();
        else if (isNamed(child, "r"))
            text += childOf(child, "t").text().get();
        if (text.size() > kMaxCell)
            break;
    }
    return cellText(text);
}

/// "1.3800138E10" → "13800138000": numbers as they are seen, not as they are stored.
std::string numberText(const std::string& stored) {
    if (stored.find_first_of(".eE") == std::string::npos)
        return stored;
    double value = 0;
    const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
    if (error != std::errc() || end != stored.data() + stored.size() || std::fabs(value) > 9e15)
        return stored;
    std::string text(32, '\0');
    const auto made = std::nearbyint(value) == value
                          ? std::to_chars(text.data(), text.data() + text.size(), static_cast<long long>(value))
                          : std::to_chars(text.data(), text.data() + text.size(), value);
    text.resize(static_cast<std::size_t>(made.ptr - text.data()));
    return text;
}

/// "BC12": column 54, from 0; kMaxColumns when it says nothing or is too far to the right.
std::size_t columnOf(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z')
            break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        if (column > kMaxColumns)
            return kMaxColumns;
    }
    return column == 0 ? kMaxColumns : column - 1;
}

/// Where the first sheet is; the usual place when the workbook does not say.
std::string firstSheet(zip_t* zip) {
    static const std::string usual = "xl/worksheets/sheet1.xml";
    auto book = partOf(zip, "xl/workbook.xml", kMaxWorkbook);
    auto links = partOf(zip, "xl/_rels/workbook.xml.rels", kMaxWorkbook);
    if (!book || !*book || !links || !*links)
        return usual;
    pugi::xml_document workbook;
    pugi::xml_document relations;
    if (!parse(workbook, **book) || !parse(relations, **links))
        return usual;
    const auto first = childOf(childOf(workbook.document_element(), "sheets"), "sheet");
    std::string id;
    for (const auto& attribute : first.attributes())
        if (std::string_view(attribute.name()).ends_with(":id"))
            id = attribute.value();
    for (const auto& link : relations.document_element().children()) {
        if (id != link.attribute("Id").value())
            continue;
        const std::string target = link.attribute("Target").value();
        return target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return usual;
}

base::Result<std::vector<std::string>> sharedStrings(zip_t* zip) {
    std::vector<std::string> all;
    auto part = partOf(zip, "xl/sharedStrings.xml", kMaxUnpacked);
    if (!part)
        return part.error();
    if (!*part)
        return all;
    pugi::xml_document document;
    if (!parse(document, **part))
        return unreadable("shared strings");
    for (const auto& item : document.document_element().children()) {
        if (all.size() >= kMaxShared)
            return base::with(base::rejected("sheet_too_large"), "limit", std::to_string(kMaxUnpacked));
        all.push_back(textOf(item));
    }
    return all;
}

std::string cellOf(const pugi::xml_node& cell, const std::vector<std::string>& shared) {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr")
        return textOf(childOf(cell, "is"));
    const std::string value = childOf(cell, "v").text().get();
    if (type == "s") {
        std::size_t index = shared.size();
        std::from_chars(value.data(), value.data() + value.size(), index);
        return index < shared.size() ? shared[index] : std::string();
    }
    if (type == "str" || type == "e" || type == "b")
        return cellText(value);
    return cellText(numberText(value));
}

base::Result<Rows> rowsOf(const pugi::xml_node& sheet, const std::vector<std::string>& shared) {
    Rows rows;
    for (const auto& row : childOf(sheet, "sheetData").children()) {
        if (!isNamed(row, "row"))
            continue;
        const auto number = row.attribute("r").as_ullong(rows.size() + 1);
        if (number > kMaxRows || rows.size() >= kMaxRows) {
            // Somebody's formatting may go down to the last row there is; only what has something in it counts.
            if (!childOf(childOf(row, "c"), "v") && !childOf(childOf(row, "c"), "is"))
                continue;
            return tooManyRows();
        }
        const std::size_t at = std::max<std::size_t>(1, static_cast<std::size_t>(number)) - 1;
        if (rows.size() <= at)
            rows.resize(at + 1);
        auto& cells = rows[at];
        for (const auto& cell : row.children()) {
            const auto reference = cell.attribute("r");
            const std::size_t column = reference ? columnOf(reference.value()) : cells.size();
            if (column >= kMaxColumns)
                continue;
            if (cells.size() <= column)
                cells.resize(column + 1);
            cells[column] = cellOf(cell, shared);
        }
    }
    return finished(std::move(rows));
}

} // namespace

base::Result<Rows> readXlsx(std::string_view bytes) {
    auto zip = openZip(bytes);
    if (!zip)
        return zip.error();
    auto shared = sharedStrings(zip->get());
    if (!shared)
        return shared.error();
    auto part = partOf(zip->get(), firstSheet(zip->get()), kMaxUnpacked);
    if (!part)
        return part.error();
    if (!*part)
        return unreadable("no sheet");
    pugi::xml_document document;
    if (!parse(document, **part))
        return unreadable("sheet");
    return rowsOf(document.document_element(), *shared);
}

} // namespace cb::admin::sheet
