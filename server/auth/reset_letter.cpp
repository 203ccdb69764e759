#include "server/auth/reset_letter.h"

#include <fmt/format.h>

namespace cb::auth {

ResetLetter resetLetter(const std::string& name, const std::string& instance, const std::string& link,
                        base::Millis life) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(life).count();
    ResetLetter letter;
    letter.subject = "重置云铃密码 / Reset your Cloudbell password";
    letter.body =
        fmt::format("{0}，您好：\n\n"
                    "有人为您在“{1}”的云铃账号申请重置密码。请在 {3} 分钟内打开下面的链接，设置新密码：\n\n"
                    "{2}\n\n"
                    "链接只能使用一次。如果不是您本人申请，请忽略这封邮件，您的密码不会改变。\n\n"
                    "----------------------------------------\n\n"
                    "Hello {0},\n\n"
                    "Somebody asked for a new password for your Cloudbell account at “{1}”. Within {3} minutes, "
                    "open this link to set one:\n\n"
                    "{2}\n\n"
                    "The link works once. If it was not you, ignore this letter: your password stays as it is.\n",
                    name, instance, link, minutes);
    return letter;
}

} // namespace cb::auth
