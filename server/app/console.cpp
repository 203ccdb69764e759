#include "server/app/console.h"

#include <fstream>
#include <iostream>

namespace cb::app {

int tellError(const base::Error& error) {
    std::cerr << error.code;
    for (const auto& [key, value] : error.params)
        std::cerr << ' ' << key << '=' << value;
    std::cerr << (error.detail.empty() ? "" : ": ") << error.detail << '\n';
    return 1;
}

std::string shown(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    return text;
}

base::Result<std::string> secretIn(const std::string& path, const char* option) {
    std::ifstream in(path);
    std::string line;
    if (!in || !std::getline(in, line) || line.empty() || line.size() > 1'000)
        return base::with(base::rejected("bad_field", path + " has no password in its first line"), "field", option);
    if (line.back() == '\r')
        line.pop_back();
    return line;
}

} // namespace cb::app
