#include "client/admin/sheet/template.h"

#include "client/admin/sheet/agents.h"

#include <xlsxwriter.h>

#include <type_traits>

namespace cb::admin::sheet {

namespace {

constexpr double kColumnWidth = 22;

void fillIn(lxw_workbook* book, const TemplateWords& words) {
    lxw_worksheet* sheet = workbook_add_worksheet(book, words.sheet.c_str());
    lxw_format* bold = workbook_add_format(book);
    format_set_bold(bold);
    lxw_format* text = workbook_add_format(book);
    format_set_num_format(text, "@"); // text: zeros in front and long numbers stay as they are typed
    worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(words.titles.size() - 1), kColumnWidth, text);
    for (std::size_t i = 0; i < words.titles.size(); ++i)
        worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), words.titles[i].c_str(), bold);
    for (int row = 1; row <= words.textRows; ++row)
        for (std::size_t i = 0; i < words.titles.size(); ++i)
            worksheet_write_blank(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(i), text);
    worksheet_freeze_panes(sheet, 1, 0);
    lxw_data_validation choice{};
    choice.validate = LXW_VALIDATION_TYPE_LIST;
    std::vector<std::string> copies = words.roles; // whether the library wants const differs by version
    std::vector<std::remove_pointer_t<decltype(choice.value_list)>> roles;
    roles.reserve(copies.size() + 1);
    for (auto& role : copies)
        roles.push_back(role.data());
    roles.push_back(nullptr);
    choice.value_list = roles.data();
    worksheet_data_validation_range(sheet, 1, static_cast<lxw_col_t>(Column::Role),
                                    static_cast<lxw_row_t>(words.textRows), static_cast<lxw_col_t>(Column::Role),
                                    &choice);
    lxw_worksheet* help = workbook_add_worksheet(book, words.helpSheet.c_str());
    worksheet_set_column(help, 0, 0, 100, nullptr);
    for (std::size_t i = 0; i < words.help.size(); ++i)
        worksheet_write_string(help, static_cast<lxw_row_t>(i), 0, words.help[i].c_str(), nullptr);
    worksheet_activate(sheet);
}

} // namespace

base::Result<void> writeTemplate(const std::string& path, const TemplateWords& words) {
    lxw_workbook* book = workbook_new(path.c_str());
    if (book == nullptr)
        return base::with(base::rejected("file_unwritable"), "reason", path);
    fillIn(book, words);
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
        return base::with(base::rejected("file_unwritable"), "reason", lxw_strerror(error));
    return {};
}

std::string csvTemplate(const TemplateWords& words) {
    std::string line = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < words.titles.size(); ++i)
        line += (i > 0 ? "," : "") + words.titles[i];
    return line + "\r\n";
}

} // namespace cb::admin::sheet
