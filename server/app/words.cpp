#include "server/app/words.h"

#include <charconv>
#include <filesystem>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace cb::app {

namespace {

constexpr std::string_view kWord = "word-";
constexpr std::string_view kMailsDue = "mails";
constexpr std::string_view kTrunksChanged = "trunks";
constexpr std::string_view kNumbersChanged = "numbers";
constexpr std::string_view kInstanceChanged = "instance-";
constexpr std::string_view kAudioReviewed = "audio-";

std::vector<std::string> wordTexts(const Words& words) {
    std::vector<std::string> all;
    const auto add = [&all](bool said, std::string_view text) {
        if (said)
            all.emplace_back(text);
    };
    add(words.mails, kMailsDue);
    add(words.trunks, kTrunksChanged);
    add(words.numbers, kNumbersChanged);
    for (const auto instance : words.instances)
        all.push_back(std::string(kInstanceChanged) + std::to_string(instance.value));
    for (const auto instance : words.audio)
        all.push_back(std::string(kAudioReviewed) + std::to_string(instance.value));
    return all;
}

void addInstance(std::string_view digits, std::set<model::InstanceId>& to) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{} && end == digits.data() + digits.size())
        to.insert(model::InstanceId{number});
}

/// What a newer command left is passed over.
void takeUp(std::string_view text, Words& words) {
    if (text == kMailsDue)
        words.mails = true;
    else if (text == kTrunksChanged)
        words.trunks = true;
    else if (text == kNumbersChanged)
        words.numbers = true;
    else if (text.starts_with(kInstanceChanged))
        addInstance(text.substr(kInstanceChanged.size()), words.instances);
    else if (text.starts_with(kAudioReviewed))
        addInstance(text.substr(kAudioReviewed.size()), words.audio);
}

} // namespace

bool leaveWords(const std::string& data, const Words& words) {
    bool left = true;
    for (const auto& text : wordTexts(words)) {
        std::string path = data;
        path.append("/").append(kWord).append(text);
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        left = left && file >= 0;
        if (file >= 0)
            ::close(file);
    }
    return left;
}

Words takeWords(const std::string& data) {
    Words words;
    std::vector<std::string> found;
    std::error_code error;
    for (std::filesystem::directory_iterator it(data, error), end; !error && it != end; it.increment(error))
        if (auto name = it->path().filename().string(); name.starts_with(kWord))
            found.push_back(std::move(name));
    for (const auto& name : found)
        if (::unlink((std::filesystem::path(data) / name).c_str()) == 0)
            takeUp(std::string_view(name).substr(kWord.size()), words);
    return words;
}

} // namespace cb::app
