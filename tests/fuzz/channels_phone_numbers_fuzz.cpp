#include "server/channels/phone/rules/numbers.h"
#include "shared/base/text.h"

#include <cstdint>
#include <cstdlib>

/// A region on the first line, below it any bytes as a number: what is read as one is a plus and digits, and can be
/// read again by itself.
using namespace cb;

namespace {

constexpr std::size_t kLongest = 1 + 3 + 17; ///< plus, country code, and what libphonenumber takes for a number

void require(bool good) {
    if (!good)
        std::abort();
}

void show(const std::string& number, std::string_view region) {
    require(!phone::shown(number, region).empty());
    for (const auto* locale : {"zh_CN", "en"})
        (void)phone::regionOf(number, locale);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto line = bytes.find('\n');
    const auto region = line == std::string_view::npos ? std::string_view("CN") : bytes.substr(0, line);
    const auto text = line == std::string_view::npos ? bytes : bytes.substr(line + 1);
    (void)phone::regionOfZone(std::string(text));
    const auto number = phone::e164(text, region);
    if (number) {
        require(number->size() <= kLongest && number->front() == '+');
        require(number->size() > 1 && number->find_first_not_of("0123456789", 1) == std::string::npos);
        require(phone::e164(*number, "").has_value());
        show(*number, region);
    }
    if (!text.empty() && base::isUtf8(text)) // as all texts are that are kept
        show(std::string(text), region);
    if (!text.empty() && text.front() != '+')
        require(phone::shown(text, region) == text);
    return 0;
}
