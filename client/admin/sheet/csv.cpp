#include "client/admin/sheet/cells_p.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

namespace cb::admin::sheet {

namespace {

base::Result<std::string> convert(std::string_view bytes, const char* from) {
    const iconv_t tool = iconv_open("UTF-8", from);
    if (tool == reinterpret_cast<iconv_t>(-1)) // NOLINT(performance-no-int-to-ptr): iconv's own sign of failure
        return base::rejected("sheet_unreadable", from);
    std::string out;
    std::string input(bytes); // iconv wants to write to where it reads
    char* in = input.data();
    std::size_t left = input.size();
    std::string chunk(64 * 1024, '\0');
    bool good = true;
    while (good && left > 0) {
        char* to = chunk.data();
        std::size_t room = chunk.size();
        const bool failed = iconv(tool, &in, &left, &to, &room) == static_cast<std::size_t>(-1);
        good = !failed || errno == E2BIG;
        out.append(chunk.data(), chunk.size() - room);
    }
    iconv_close(tool);
    if (!good)
        return base::rejected("sheet_unreadable", from);
    return out;
}

/// Of the characters that part cells, the one that is most frequent in the first line, outside quotes.
char separatorOf(std::string_view text) {
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t tabs = 0;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (c == '\n' || c == '\r')
            break;
        commas += c == ',' ? 1 : 0;
        semicolons += c == ';' ? 1 : 0;
        tabs += c == '\t' ? 1 : 0;
    }
    return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
}

/// Reads cell by cell; what is beyond the bounds of a row or a cell is read over.
class Reader {
public:
    Reader(std::string_view text, char separator)
        : m_text(text)
        , m_separator(separator) {}

    base::Result<Rows> all() {
        while (m_at < m_text.size()) {
            if (m_rows.size() >= kMaxRows)
                return tooManyRows();
            m_rows.emplace_back();
            row();
        }
        return finished(std::move(m_rows));
    }

private:
    void row() {
        for (;;) {
            std::string cell = m_at < m_text.size() && m_text[m_at] == '"' ? quoted() : plain();
            if (m_rows.back().size() < kMaxColumns)
                m_rows.back().push_back(cellText(cell));
            if (m_at >= m_text.size())
                return;
            const char end = m_text[m_at++];
            if (end == m_separator)
                continue;
            if (end == '\r' && m_at < m_text.size() && m_text[m_at] == '\n')
                ++m_at;
            return;
        }
    }

    bool atEnd(char c) const { return c == m_separator || c == '\n' || c == '\r'; }

    std::string plain() {
        const auto from = m_at;
        while (m_at < m_text.size() && !atEnd(m_text[m_at]))
            ++m_at;
        return std::string(m_text.substr(from, std::min(m_at - from, 4 * kMaxCell)));
    }

    std::string quoted() {
        std::string cell;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '"') {
                if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != '"')
                    break;
                ++m_at;
            }
            if (cell.size() < 4 * kMaxCell)
                cell += m_text[m_at];
        }
        if (m_at < m_text.size())
            ++m_at; // the closing quote
        return cell + plain();
    }

    std::string_view m_text;
    char m_separator;
    std::size_t m_at = 0;
    Rows m_rows;
};

} // namespace

std::string cellText(std::string_view text) {
    std::string out;
    out.reserve(std::min(text.size(), kMaxCell));
    for (std::size_t i = 0; i < text.size();) {
        std::size_t size = 1;
        while (i + size < text.size() && (static_cast<unsigned char>(text[i + size]) & 0xC0U) == 0x80)
            ++size;
        auto piece = text.substr(i, size);
        if (size == 1 && (static_cast<unsigned char>(piece[0]) < 0x20 || piece[0] == 0x7F))
            piece = " ";
        else if (!base::isUtf8(piece))
            piece = "\xEF\xBF\xBD"; // U+FFFD
        if (out.size() + piece.size() > kMaxCell)
            break;
        out += piece;
        i += size;
    }
    return base::trimmed(out);
}

base::Result<std::string> toUtf8(std::string_view bytes) {
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF")
        bytes.remove_prefix(3);
    if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF")
        return convert(bytes, "UTF-16");
    if (base::isUtf8(bytes))
        return std::string(bytes);
    return convert(bytes, "GB18030");
}

base::Result<Rows> readCsv(std::string_view bytes) {
    const auto text = toUtf8(bytes);
    if (!text)
        return text.error();
    if (text->find('\0') != std::string::npos) // not a text at all
        return base::rejected("sheet_unreadable");
    return Reader(*text, separatorOf(*text)).all();
}

} // namespace cb::admin::sheet
