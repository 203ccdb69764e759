#include "server/mail/message.h"

#include "shared/base/text.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <initializer_list>

namespace cb::mail {

namespace {

constexpr std::size_t kLine = 76;
constexpr std::size_t kWordBytes = 45;  ///< of text in one encoded word: 60 characters of base64, 72 with its frame
constexpr std::size_t kFirstBytes = 36; ///< of the first one, behind the header's name
constexpr std::string_view kNewLine = "\r\n";

bool isAtom(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

std::string base64(std::string_view bytes) {
    static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto byte = [&](std::size_t i) {
            return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
        };
        const unsigned group = byte(0) << 16 | byte(1) << 8 | byte(2);
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 4; ++i)
            out += i <= have ? kAlphabet[group >> (18 - 6 * i) & 63] : '=';
    }
    return out;
}

/// As many whole characters from the front as fit into `bytes`; at least one.
std::string_view headOf(std::string_view utf8, std::size_t bytes) {
    std::size_t end = std::min(bytes, utf8.size());
    while (end < utf8.size() && end > 1 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80)
        --end;
    return utf8.substr(0, end);
}

std::string cleaned(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    return out;
}

/// Words that say what they are; anything else must not be taken for syntax.
bool isPlain(std::string_view text) {
    return text.size() <= 60 && text.find("=?") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                      std::string_view(" -_.!?").find(c) != std::string_view::npos;
           });
}

/// RFC 2047; folded, so that no line gets long.
std::string headerText(std::string_view raw) {
    std::string text = cleaned(raw);
    if (isPlain(text))
        return text;
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const auto head = headOf(rest, out.empty() ? kFirstBytes : kWordBytes);
        if (!out.empty())
            out.append(kNewLine).append(" ");
        out += "=?UTF-8?B?" + base64(head) + "?=";
        rest.remove_prefix(head.size());
    }
    return out;
}

/// Text on the wire has CRLF; a lone \r is none.
std::string lines(std::string_view body) {
    std::string out;
    for (const char c : body) {
        if (c == '\r')
            continue;
        if (c == '\n')
            out += kNewLine;
        else
            out += c;
    }
    if (out.size() < 2 || out.substr(out.size() - 2) != kNewLine)
        out += kNewLine;
    return out;
}

std::string inBase64(std::string_view text) {
    const std::string all = base64(text);
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += kLine)
        out.append(all, at, kLine).append(kNewLine);
    return out;
}

/// RFC 2045 6.7.
std::string quotedPrintable(std::string_view text) {
    std::string out;
    std::size_t column = 0;
    const auto add = [&](std::string_view piece) {
        if (column + piece.size() > kLine - 1) {
            out.append("=").append(kNewLine);
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (text.substr(at, 2) == kNewLine) {
            out += kNewLine;
            column = 0;
            ++at;
            continue;
        }
        const bool lineEnds = at + 1 >= text.size() || text.substr(at + 1, 2) == kNewLine;
        const bool space = c == ' ' || c == '\t';
        // A dot or a "From " at the beginning of a line means something to some on the way.
        const bool first = column == 0 || column + 1 > kLine - 1;
        const bool risky = first && (c == '.' || c == 'F');
        if ((c > 32 && c < 127 && c != '=' && !risky) || (space && !lineEnds))
            add(std::string_view(&text[at], 1));
        else
            add(fmt::format("={:02X}", c));
    }
    return out;
}

/// Whichever is shorter; the reader of a raw letter can read quoted-printable.
bool wantsBase64(std::string_view text) {
    const auto high =
        std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 126; });
    return static_cast<std::size_t>(high) * 6 > text.size();
}

std::string mailboxText(const Mailbox& box) {
    if (box.name.empty())
        return box.address;
    const std::string name = headerText(box.name);
    const bool encoded = name.find("=?") != std::string::npos;
    return (encoded ? name + "\r\n" : '"' + name + '"') + " <" + box.address + '>';
}

} // namespace

bool isAddress(std::string_view text) {
    const auto at = text.rfind('@');
    if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64 || at + 1 == text.size())
        return false;
    const auto local = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    return std::all_of(local.begin(), local.end(), isAtom) && local.front() != '-' &&
           std::all_of(domain.begin(), domain.end(),
                       [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.'; });
}

base::Result<Mailbox> parseMailbox(std::string_view text) {
    const auto bad = base::with(base::rejected("bad_field", "not an address"), "field", "mail-from");
    Mailbox box;
    const auto open = text.rfind('<');
    if (open == std::string_view::npos) {
        box.address = base::trimmed(text);
    } else {
        const auto close = text.find('>', open);
        if (close == std::string_view::npos || !base::trimmed(text.substr(close + 1)).empty())
            return bad;
        box.name = base::trimmed(text.substr(0, open));
        if (box.name.size() >= 2 && box.name.front() == '"' && box.name.back() == '"')
            box.name = box.name.substr(1, box.name.size() - 2);
        box.address = base::trimmed(text.substr(open + 1, close - open - 1));
    }
    if (!isAddress(box.address) || !base::isUtf8(box.name) || base::length(box.name) > 100)
        return bad;
    return box;
}

std::string rfcDate(base::TimePoint time) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::tm t = fmt::gmtime(std::chrono::time_point_cast<std::chrono::seconds>(time));
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", kDays[t.tm_wday], t.tm_mday, kMonths[t.tm_mon],
                       t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

std::string compose(const Letter& letter) {
    const std::string body = lines(letter.body);
    const bool coded = wantsBase64(body);
    const std::string domain = letter.from.address.substr(letter.from.address.rfind('@') + 1);
    std::string out;
    const auto header = [&](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append(kNewLine);
    };
    header("From", mailboxText(letter.from));
    header("To", letter.to);
    header("Subject", headerText(letter.subject));
    header("Date", rfcDate(letter.date));
    header("Message-ID", fmt::format("<{}.{}@{}>", letter.id, base::toUnixMillis(letter.date), domain));
    header("Auto-Submitted", "auto-generated"); // RFC 3834: no holiday notices, please
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Transfer-Encoding", coded ? "base64" : "quoted-printable");
    out += kNewLine;
    return out + (coded ? inBase64(body) : quotedPrintable(body));
}

} // namespace cb::mail
