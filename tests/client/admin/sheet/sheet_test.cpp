#include "client/admin/sheet/agents.h"
#include "client/admin/sheet/template.h"
#include "tests/support/suite.h"

#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <xlsxwriter.h>
#include <zip.h>

using namespace cb;
using namespace cb::admin::sheet;

namespace {

using Table = std::vector<std::vector<std::string>>;

std::string bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// An .xlsx made by libxlsxwriter; "#12.5" is a number.
std::string xlsxOf(const Table& rows, bool constantMemory = false) {
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.xlsx"));
    lxw_workbook_options options{};
    options.constant_memory = constantMemory; // then texts stand in the cells, not in the shared strings
    lxw_workbook* book = workbook_new_opt(path.toLocal8Bit().constData(), &options);
    lxw_worksheet* sheet = workbook_add_worksheet(book, "客服");
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            const auto row = static_cast<lxw_row_t>(r);
            const auto column = static_cast<lxw_col_t>(c);
            if (rows[r][c].starts_with('#'))
                worksheet_write_number(sheet, row, column, std::stod(rows[r][c].substr(1)), nullptr);
            else
                worksheet_write_string(sheet, row, column, rows[r][c].c_str(), nullptr);
        }
    workbook_close(book);
    return bytesOf(path);
}

/// A zip with these parts.
std::string zipOf(const std::vector<std::pair<std::string, std::string>>& parts) {
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.zip"));
    zip_t* zip = zip_open(path.toLocal8Bit().constData(), ZIP_CREATE, nullptr);
    for (const auto& [name, content] : parts)
        zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), 0);
    zip_close(zip);
    return bytesOf(path);
}

std::string codeOf(const base::Result<Rows>& rows) {
    return rows ? "ok" : rows.error().code;
}

Vocabulary words() {
    Vocabulary all;
    all.titles = {{Column::Name, {"Name", "姓名"}},
                  {Column::StaffNo, {"Staff number", "工号"}},
                  {Column::Email, {"E-mail", "邮箱"}},
                  {Column::Nickname, {"Nickname", "昵称"}},
                  {Column::Mobile, {"Mobile", "手机"}},
                  {Column::Role, {"Role", "角色"}},
                  {Column::Groups, {"Skill groups", "技能组"}}};
    all.adminWords = {"admin", "管理员"};
    all.agentWords = {"agent", "普通坐席"};
    all.groups = {{"Sales", model::GroupId(1)},
                  {"Sales (Chat)", model::GroupId(1)},
                  {"Sales", model::GroupId(2)},
                  {"Sales (Phone)", model::GroupId(2)},
                  {"售后", model::GroupId(3)}};
    return all;
}

const std::vector<std::string> kTitles{"姓名*", "工号*", "邮箱*", "昵称", "手机", "角色", "技能组"};

} // namespace

class SheetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void excel() {
        const Table rows{{"姓名", "工号"}, {"李娜", "000010"}, {}, {"Bo <&> \"x\"", "#13800138000"}, {"C", "#10"}};
        for (const bool inCells : {false, true}) {
            const auto read = cb::admin::sheet::read(xlsxOf(rows, inCells));
            QVERIFY(read.ok());
            QCOMPARE(*read,
                     (Rows{{"姓名", "工号"}, {"李娜", "000010"}, {}, {"Bo <&> \"x\"", "13800138000"}, {"C", "10"}}));
        }
    }
    void csvOfEveryKind_data() {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray utf8 = "姓名,工号\r\n李娜,000010\r\n";
        QTest::newRow("utf-8") << utf8;
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + utf8;
        QTest::newRow("semicolons") << QByteArray("姓名;工号\n李娜;000010");
        QTest::newRow("tabs, quotes") << QByteArray("姓名\t\"工号\"\n\"李娜\"\t\"000010\"\n\n\n");
        QTest::newRow("old Mac") << QByteArray("姓名,工号\r李娜,000010\r");
        QTest::newRow("GB18030") << QByteArray("\xD0\xD5\xC3\xFB,\xB9\xA4\xBA\xC5\r\n\xC0\xEE\xC4\xC8,000010\r\n");
        const auto wide = QStringLiteral("\uFEFF姓名,工号\n李娜,000010");
        QTest::newRow("utf-16") << QByteArray(reinterpret_cast<const char*>(wide.utf16()), wide.size() * 2);
    }
    void csvOfEveryKind() {
        QFETCH(QByteArray, bytes);
        const auto rows = cb::admin::sheet::read(bytes.toStdString());
        QVERIFY(rows.ok());
        QCOMPARE(*rows, (Rows{{"姓名", "工号"}, {"李娜", "000010"}}));
    }
    void quotes() {
        const auto rows = readCsv("a,\"b, \"\"c\"\"\nd\",e\n\"open,f\n");
        QVERIFY(rows.ok());
        QCOMPARE((*rows)[0], (std::vector<std::string>{"a", "b, \"c\" d", "e"})); // a line break becomes a space
        QCOMPARE((*rows)[1], (std::vector<std::string>{"open,f"}));               // never closed: to the end
    }
    void gb18030WithFourBytes() {
        // 㐀 (U+3400) is 81 39 EE 39: no GBK, only GB18030.
        const auto text = toUtf8("\xD0\xD5\x81\x39\xEE\x39");
        QVERIFY(text.ok());
        QCOMPARE(*text, std::string("姓㐀"));
        QCOMPARE(toUtf8("\xD0\xD5\xFF\xFF").error().code, std::string("sheet_unreadable"));
    }
    void whatIsNoSheet() {
        QCOMPARE(codeOf(cb::admin::sheet::read("")), std::string("sheet_empty"));
        QCOMPARE(codeOf(cb::admin::sheet::read(" \r\n,,\n")), std::string("sheet_empty"));
        QCOMPARE(codeOf(cb::admin::sheet::read("\xD0\xCF\x11\xE0\xA1\xB1")), std::string("sheet_old_format"));
        QCOMPARE(codeOf(cb::admin::sheet::read(std::string("\x89PNG\0\0\x01", 7))), std::string("sheet_unreadable"));
        QCOMPARE(codeOf(cb::admin::sheet::read("PK\x03\x04 nothing more")), std::string("sheet_unreadable"));
        QCOMPARE(codeOf(cb::admin::sheet::read(zipOf({{"a.txt", "x"}}))), std::string("sheet_unreadable"));
        QCOMPARE(codeOf(cb::admin::sheet::read(zipOf({{"xl/worksheets/sheet1.xml", "<worksheet><sheetData>"}}))),
                 std::string("sheet_unreadable"));
        QCOMPARE(codeOf(cb::admin::sheet::read(std::string(kMaxFile + 1, 'a'))), std::string("sheet_too_large"));
    }
    void bombs() {
        // 60 MB of spaces in some 60 KB.
        const std::string heavy = "<worksheet>" + std::string(60 * 1024 * 1024, ' ') + "</worksheet>";
        const auto bomb = zipOf({{"xl/worksheets/sheet1.xml", heavy}});
        QVERIFY(bomb.size() < 200'000);
        QCOMPARE(codeOf(cb::admin::sheet::read(bomb)), std::string("sheet_too_large"));
        // Entities that would grow are not expanded.
        const auto laughs =
            zipOf({{"xl/worksheets/sheet1.xml",
                    "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>"
                    "<sheetData><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>"}});
        const auto rows = cb::admin::sheet::read(laughs);
        QVERIFY(rows.ok());
        QCOMPARE((*rows)[0][0], std::string("&b;"));
        // A row that says it is far down, and a column far to the right.
        const auto far = zipOf(
            {{"xl/worksheets/sheet1.xml",
              "<worksheet><sheetData><row r=\"99999999\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"}});
        QCOMPARE(codeOf(cb::admin::sheet::read(far)), std::string("sheet_too_many_rows"));
        const auto wide =
            zipOf({{"xl/worksheets/sheet1.xml",
                    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c>"
                    "</row></sheetData></worksheet>"}});
        QCOMPARE(*cb::admin::sheet::read(wide), (Rows{{"1"}}));
        std::string lines;
        for (std::size_t i = 0; i <= kMaxRows; ++i)
            lines += "a\n";
        QCOMPARE(codeOf(cb::admin::sheet::read(lines)), std::string("sheet_too_many_rows"));
        const auto cell = readCsv("\"" + std::string(100'000, 'x') + "\",b");
        QCOMPARE((*cell)[0][0].size(), kMaxCell);
        QCOMPARE((*cell)[0][1], std::string("b"));
    }
    /// Whatever the bytes are: a result or a code, and text that is UTF-8.
    void brokenAtRandom() {
        QRandomGenerator random(7);
        const std::string good[] = {xlsxOf({{"姓名", "工号"}, {"李娜", "000010"}}), "\"a\",b;c\n\xD0\xD5,\"d\"\"\n"};
        for (int round = 0; round < 2'000; ++round) {
            std::string bytes = good[round % 2];
            for (int i = 0; i < 1 + int(random.bounded(6)); ++i)
                bytes[random.bounded(quint32(bytes.size()))] = char(random.bounded(256));
            bytes.resize(bytes.size() - random.bounded(quint32(bytes.size() / 3)));
            const auto rows = cb::admin::sheet::read(bytes);
            if (!rows) {
                QVERIFY(rows.error().code.starts_with("sheet_"));
                continue;
            }
            QVERIFY(rows->size() <= kMaxRows);
            for (const auto& row : *rows) {
                QVERIFY(row.size() <= kMaxColumns);
                for (const auto& text : row)
                    QVERIFY(text.size() <= kMaxCell);
            }
        }
    }

    void agents() {
        const auto lines =
            agentsOf({{},
                      kTitles,
                      {"李娜", "000010", "li@shop.cn", "小李", "138 0013 8000", "", "售后；Sales (Chat)"},
                      {},
                      {"Root", "", "root@shop.cn", "", "", "管理员"}},
                     words());
        QVERIFY(lines.ok());
        QCOMPARE(lines->size(), std::size_t(2));
        const auto& li = (*lines)[0];
        QCOMPARE(li.line, 3);
        QCOMPARE(li.problems, std::vector<Problem>());
        QCOMPARE(li.draft.staffNo, std::string("000010"));
        QCOMPARE(li.draft.groups, (std::vector{model::GroupId(3), model::GroupId(1)}));
        QCOMPARE((*lines)[1].line, 5);
        QCOMPARE((*lines)[1].draft.role, model::Role::Admin);
        QCOMPARE((*lines)[1].problems, std::vector<Problem>()); // the server gives an admin a number
    }
    void whatIsWrongInARow() {
        const auto lines = agentsOf({kTitles,
                                     {"", "1", "x@y"},
                                     {"A", "", "a@b.c", "", "call me", "boss", "Sales, Nobody"},
                                     {"B", "1", "A@B.C", "", "", "", ""}},
                                    words());
        QVERIFY(lines.ok());
        using Problems = std::vector<Problem>;
        QCOMPARE((*lines)[0].problems, (Problems{{Column::Name, "required", ""}, {Column::Email, "bad_email", ""}}));
        QCOMPARE((*lines)[1].problems, (Problems{{Column::StaffNo, "required", ""},
                                                 {Column::Mobile, "bad_mobile", ""},
                                                 {Column::Role, "bad_role", "boss"},
                                                 {Column::Groups, "group_ambiguous", "Sales"},
                                                 {Column::Groups, "group_unknown", "Nobody"}}));
        QCOMPARE((*lines)[2].problems,
                 (Problems{{Column::Email, "email_repeated", ""}, {Column::StaffNo, "staff_no_repeated", ""}}));
    }
    void titles() {
        const auto shuffled =
            agentsOf({{"e-MAIL", "Notes", "ＮＡＭＥ", "Staff number *"}, {"a@b.c", "?", "A", "1"}}, words());
        QVERIFY(shuffled.ok());
        QCOMPARE((*shuffled)[0].draft.name, std::string("A"));
        QCOMPARE((*shuffled)[0].problems, std::vector<Problem>());
        const auto without = agentsOf({{"Name", "E-mail"}, {"A", "a@b.c"}}, words());
        QCOMPARE(without.error().code, std::string("sheet_no_titles"));
        QCOMPARE(without.error().params.at("title"), std::string("Staff number"));
        QCOMPARE(agentsOf({kTitles}, words()).error().code, std::string("sheet_empty"));
    }
    void theTemplateIsRead() {
        const QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("模板.xlsx"));
        TemplateWords said;
        said.sheet = "客服";
        said.titles = kTitles;
        said.helpSheet = "说明";
        said.help = {"一行一个"};
        said.roles = {"普通坐席", "管理员"};
        QVERIFY(writeTemplate(QFile::encodeName(path).toStdString(), said).ok());
        const auto rows = cb::admin::sheet::read(bytesOf(path));
        QVERIFY(rows.ok());
        QCOMPARE(*rows, Rows{kTitles});
        QCOMPARE(agentsOf(*rows, words()).error().code, std::string("sheet_empty")); // nothing is filled in
        QCOMPARE(*cb::admin::sheet::read(csvTemplate(said)), Rows{kTitles});
        QVERIFY(!writeTemplate("/nowhere/at/all.xlsx", said).ok());
    }
    void emails() {
        for (const char* good : {"a@b.c", "first.last+tag@shop.example.com"})
            QVERIFY2(isEmail(good), good);
        for (const char* bad : {"", "a", "a@b", "@b.c", "a@b@c.d", "a b@c.d", "a@.c", "a@b..c", "a@b.c."})
            QVERIFY2(!isEmail(bad), bad);
    }
};

static const test::Add<SheetTest> addedSheetTest;
CB_TEST_MAIN()
#include "sheet_test.moc"
