#include "server/channels/phone/rules/numbers.h"

#include "shared/base/text.h"

#include <phonenumbers/geocoding/phonenumber_offline_geocoder.h>
#include <phonenumbers/phonenumberutil.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>

namespace cb::phone {

namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using Number = i18n::phonenumbers::PhoneNumber;

constexpr std::size_t kMostText = 250; ///< bytes; the library reads no more
constexpr const char* kNoRegion = "ZZ";

const PhoneNumberUtil& numberUtil() {
    return *PhoneNumberUtil::GetInstance();
}

/// Marks of no width that come along when a number is copied: soft hyphen, zero-width blanks and joiners, directions,
/// byte-order mark.
bool isMark(char32_t c) {
    return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

bool isDigit(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/// East Asia's letters: a number has none, but a name often stands right behind one.
bool isIdeograph(char32_t c) {
    return (c >= 0x2E80 && c < 0x3000) || (c >= 0x3040 && c < 0xD800) || (c >= 0xF900 && c < 0xFB00);
}

/// Valid UTF-8 without marks, up to the first ideograph behind a digit.
std::string onlyNumber(std::string_view text) {
    std::string out;
    bool begun = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        char32_t c = size == 1 ? first : first & (0xFFU >> (size + 1));
        for (std::size_t i = 1; i < size; ++i)
            c = (c << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        begun = begun || isDigit(c);
        if (begun && isIdeograph(c))
            break;
        if (!isMark(c))
            out += text.substr(at, size);
        at += size;
    }
    return out;
}

bool startsWithWord(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
           });
}

/// The user's part of "sip:+8613800138000@host;transport=tcp"; the number of "callto:". tel: is the library's.
std::string_view withoutScheme(std::string_view text) {
    for (const std::string_view scheme : {"sip:", "sips:"})
        if (startsWithWord(text, scheme)) {
            text.remove_prefix(scheme.size());
            return text.substr(0, text.find('@'));
        }
    if (startsWithWord(text, "callto:"))
        text.remove_prefix(7);
    return text;
}

/// 95xxx to 95xxxxxx: given out to companies across China (numbering plan of the MIIT), dialled without an area code.
bool isChineseService(const Number& number) {
    const auto digits = number.national_number();
    return number.country_code() == 86 && !number.italian_leading_zero() &&
           ((digits >= 95'000 && digits < 96'000) || (digits >= 950'000 && digits < 960'000) ||
            (digits >= 9'500'000 && digits < 9'600'000) || (digits >= 95'000'000 && digits < 96'000'000));
}

std::optional<Number> parsed(const std::string& text, const std::string& region) {
    Number number;
    if (numberUtil().Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return std::nullopt;
    if (numberUtil().IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE && !isChineseService(number))
        return std::nullopt;
    return number;
}

std::optional<Number> numberOf(std::string_view e164) {
    return e164.size() <= kMostText && !e164.empty() && e164.front() == '+' ? parsed(std::string(e164), kNoRegion)
                                                                            : std::nullopt;
}

std::string formatted(const Number& number, PhoneNumberUtil::PhoneNumberFormat format) {
    std::string text;
    numberUtil().Format(number, format, &text);
    return text;
}

} // namespace

std::optional<std::string> e164(std::string_view text, std::string_view region) {
    if (text.size() > kMostText || !base::isUtf8(text))
        return std::nullopt;
    const std::string cleaned = base::trimmed(onlyNumber(text));
    const std::string wanted(withoutScheme(cleaned));
    auto number = parsed(wanted, region.empty() ? kNoRegion : std::string(region));
    if (!number && startsWithWord(wanted, "00")) // what most of the world dials for abroad, wherever it is pasted
        number = parsed('+' + wanted.substr(2), kNoRegion);
    if (!number)
        return std::nullopt;
    return formatted(*number, PhoneNumberUtil::E164);
}

std::string shown(std::string_view e164, std::string_view region) {
    const auto number = numberOf(e164);
    if (!number)
        return std::string(e164);
    const int home = numberUtil().GetCountryCodeForRegion(std::string(region));
    return formatted(*number,
                     home == number->country_code() ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL);
}

std::string regionOf(std::string_view e164, std::string_view locale) {
    static const i18n::phonenumbers::PhoneNumberOfflineGeocoder geocoder;
    const auto number = numberOf(e164);
    if (!number)
        return {};
    return geocoder.GetDescriptionForNumber(*number, icu::Locale::createFromName(std::string(locale).c_str()));
}

std::string regionOfZone(const std::string& zone) {
    std::array<char, 8> region{};
    UErrorCode error = U_ZERO_ERROR;
    const auto length = icu::TimeZone::getRegion(icu::UnicodeString::fromUTF8(zone), region.data(),
                                                 static_cast<std::int32_t>(region.size()), error);
    return U_SUCCESS(error) && length == 2 ? std::string(region.data(), 2) : std::string(); // "001" = the world
}

} // namespace cb::phone
