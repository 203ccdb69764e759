#include "tests/server/app/house.h"
#include "tests/support/suite.h"

#include <boost/asio/write.hpp>

#include <filesystem>
#include <fstream>

using namespace cb::test;
namespace fs = std::filesystem;

/// Uploads and downloads, good and bad.
class FilesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<House> m_house;

    Reply get(std::int64_t id, std::map<std::string, std::string> more = {}) {
        more.merge(bearer(m_house->agent1));
        return ask(m_house->port(), "GET", "/api/v1/attachments/" + std::to_string(id), {}, more);
    }
    static std::int64_t idOf(const Reply& reply) {
        const auto json = reply.json();
        return json.contains("attachment") ? json["attachment"].value("id", std::int64_t(0)) : 0;
    }
    int filesOnDisk() const {
        int count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(m_house->demo.data() + "/attachments"))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    }
    /// The server takes down what was cut off after it noticed; asks it other things meanwhile.
    bool filesBecome(int wanted) const {
        for (int i = 0; i < 2'000 && filesOnDisk() != wanted; ++i)
            ask(m_house->port(), "GET", "/healthz");
        return filesOnDisk() == wanted;
    }

private Q_SLOTS:
    void initTestCase() {
        m_house = std::make_unique<House>();
        QVERIFY2(m_house->trouble.empty(), m_house->trouble.c_str());
    }

    void whatIsNoPictureIsRefused() {
        const int before = filesOnDisk();
        for (const std::string bytes :
             {"<html><script>alert(1)</script></html>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF", "\x89PNG",
              "BM", "PK\x03\x04", "MZ"}) {
            const auto reply = m_house->upload("a.png", bytes, "picture");
            QVERIFY2(reply.status == 400 && reply.code() == "not_a_picture", (bytes + reply.body).c_str());
        }
        QCOMPARE(m_house->upload("a.png", smallPng().substr(0, 20), "picture").code(), std::string("not_a_picture"));
        QCOMPARE(m_house->upload("a.png", smallPng(), "poster").code(), std::string("bad_field"));
        QCOMPARE(m_house->upload("a.txt", "", "file").code(), std::string("bad_field"));
        QVERIFY(filesBecome(before));
    }

    void namesHarmNobody() {
        const std::vector<std::pair<std::string, std::string>> names{
            {"..%2F..%2F..%2Fetc%2Fpasswd", "passwd"},
            {"..%5C..%5Cwindows%5Csystem.ini", "system.ini"},
            {"%2Fabsolute%2Fname.txt", "name.txt"},
            {"a%0D%0AX-Evil:%201%0D%0A%0D%0A.txt", "aX-Evil: 1.txt"},
            {"%3Cimg%20src=x%20onerror=alert(1)%3E.html", "<img src=x onerror=alert(1)>.html"},
            {"a%22;filename=evil.exe", "a\";filename=evil.exe"},
            {"invoice%E2%80%AEfdp.exe", "invoicefdp.exe"},
            {"..", "file"},
            {"%FF%FE", "file"},
        };
        for (const auto& [given, kept] : names) {
            const auto reply = m_house->upload(given, "<script>alert(1)</script>");
            QVERIFY2(reply.status == 200, (given + reply.body).c_str());
            QCOMPARE(reply.json()["attachment"].value("name", ""), kept);
            const auto file = get(idOf(reply));
            QCOMPARE(file.status, 200);
            QCOMPARE(file.body, std::string("<script>alert(1)</script>"));
            QCOMPARE(file.header("content-type"), std::string("application/octet-stream"));
            QCOMPARE(file.header("x-content-type-options"), std::string("nosniff"));
            QCOMPARE(file.header("content-security-policy"), std::string("default-src 'none'; sandbox"));
            QVERIFY(file.header("content-disposition").compare(0, 22, "attachment; filename=\"") == 0);
            QVERIFY(file.header("x-evil").empty());
            QCOMPARE(file.headers.count("content-disposition"), std::size_t(1));
        }
    }

    void ranges() {
        const auto id = idOf(m_house->upload("digits.txt", "0123456789"));
        QVERIFY(id != 0);
        const auto part = [&](const char* range) { return get(id, {{"Range", range}}); };
        QCOMPARE(part("bytes=2-4").status, 206);
        QCOMPARE(part("bytes=2-4").body, std::string("234"));
        QCOMPARE(part("bytes=2-4").header("content-range"), std::string("bytes 2-4/10"));
        QCOMPARE(part("bytes=7-").body, std::string("789"));
        QCOMPARE(part("bytes=-2").body, std::string("89"));
        QCOMPARE(part("bytes=5-99999999999999999999").status != 500, true);
        QCOMPARE(part("bytes=10-").status, 416);
        QCOMPARE(part("bytes=10-").header("content-range"), std::string("bytes */10"));
        for (const auto* nonsense : {"bytes=", "bytes=x", "lines=1-2", "bytes=4-2"})
            QVERIFY2(part(nonsense).status == 200 || part(nonsense).status == 416, nonsense);
        const auto whole = get(id);
        QCOMPARE(whole.body, std::string("0123456789"));
        QCOMPARE(get(id, {{"If-None-Match", whole.header("etag")}}).status, 304);
        const auto theirs = ask(m_house->port(), "GET", "/api/v1/widget/demo/attachments/" + std::to_string(id), {},
                                visitorHeader(m_house->visitorToken));
        QCOMPARE(theirs.body, std::string("0123456789"));
    }

    void whatIsTooLargeLeavesNothing() {
        const int before = filesOnDisk();
        const std::string large(10 * 1024 * 1024 + 1, 'x');
        const auto reply = m_house->upload("large.png", large, "picture");
        QCOMPARE(reply.status, 413);
        QCOMPARE(reply.code(), std::string("file_too_large"));
        QVERIFY(filesBecome(before));
    }

    void onlyRefusalsAreCounted() {
        const auto counted = [&] {
            const auto text = ask(m_house->port(), "GET", "/metrics").body;
            const auto at = text.find("code=\"file_too_large\"");
            return at == std::string::npos ? std::string() : text.substr(at, text.find('\n', at) - at);
        };
        const auto before = counted();
        QCOMPARE(m_house->upload("small.txt", "small").status, 200);
        QCOMPARE(counted(), before);
    }

    void installersAreOffered() {
        const auto port = m_house->port();
        const auto folder = m_house->demo.data() + "/programs/";
        QVERIFY(ask(port, "GET", "/download").body.find("has not put installers") != std::string::npos);
        const auto put = [&](const std::string& name, const std::string& bytes) {
            std::ofstream(folder + name, std::ios::binary) << bytes;
        };
        const std::string installer(300'000, '\7');
        put("Cloudbell Setup & more.exe", installer);
        put("notes.txt", "not for everybody");
        fs::create_symlink(m_house->demo.data() + "/cloudbell.db", folder + "linked.deb");
        fs::create_directory(folder + "folder.deb");
        const auto page = ask(port, "GET", "/download");
        QCOMPARE(page.status, 200);
        QCOMPARE(page.header("content-type"), std::string("text/html; charset=utf-8"));
        QVERIFY(page.body.find("<a href=\"download/Cloudbell%20Setup%20%26%20more.exe\">"
                               "Cloudbell Setup &amp; more.exe</a> <span>Windows · 0.3 MB</span>") !=
                std::string::npos);
        for (const auto* other : {"notes.txt", "linked.deb", "folder.deb", "has not put"})
            QVERIFY2(page.body.find(other) == std::string::npos, other);
        const auto file = ask(port, "GET", "/download/Cloudbell%20Setup%20%26%20more.exe");
        QCOMPARE(file.status, 200);
        QVERIFY(file.body == installer);
        QVERIFY(file.header("content-disposition").find("attachment") == 0);
        for (const auto* other : {"notes.txt", "linked.deb", "folder.deb", "..%2Fcloudbell.db", "%2E%2E", "x.exe%00"})
            QVERIFY2(ask(port, "GET", std::string("/download/") + other).code() == "not_found", other);
        QVERIFY(ask(port, "GET", "/online/1400000001").body.find("href=\"../download\"") != std::string::npos);
    }

    void cutOffUploadsLeaveNothing() {
        namespace asio = boost::asio;
        const int before = filesOnDisk();
        const auto head = "POST /api/v1/widget/demo/attachments?kind=file&name=x HTTP/1.1\r\nHost: x\r\n"
                          "Authorization: Visitor " +
                          m_house->visitorToken + "\r\nContent-Length: 1000000\r\n\r\n" + std::string(300'000, 'x');
        asio::io_context io;
        std::vector<asio::ip::tcp::socket> sockets;
        for (int i = 0; i < 20; ++i) {
            sockets.emplace_back(io).connect({asio::ip::address_v4::loopback(), m_house->port()});
            asio::write(sockets.back(), asio::buffer(head));
        }
        QVERIFY(filesBecome(before + 20)); // all of them are under way
        for (auto& socket : sockets)
            socket.set_option(asio::socket_base::linger(true, 0));
        sockets.clear();
        QVERIFY(filesBecome(before));
        QCOMPARE(m_house->upload("after.txt", "still works").status, 200);
    }
};

static const Add<FilesTest> addedFilesTest;
#include "files_test.moc"
