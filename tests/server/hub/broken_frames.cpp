#include "tests/server/hub/broken_frames.h"

namespace cb::test {

std::vector<std::string> brokenFrames() {
    return {
        "",
        "{",
        "nonsense",
        "null",
        "[]",
        "17",
        "{}",
        R"({"t":7})",
        R"({"t":null,"id":1})",
        R"({"t":"message.send","id":"one"})",
        R"({"t":"message.send","id":-1})",
        R"({"t":"message.send","id":1.5})",
        R"({"t":"message.send","id":1e400})",
        R"({"t":"message.send","id":1,"d":[]})",
        R"({"t":"message.send","id":1,"d":"x"})",
        R"({"t":"no.such.thing","id":1,"d":{}})",
        R"({"t":"ok","re":1})",
        R"({"t":"event","d":{"seq":1}})",
        R"({"t":"welcome","re":1})",
        "{\"t\":\"message.send\",\"id\":1,\"d\":{\"text\":\"\\ud800\"}}",
        std::string(2'000, '['),
        R"({"t":"message.send","id":1,"d":)" + std::string(100, '[') + std::string(100, ']') + "}",
    };
}

} // namespace cb::test
