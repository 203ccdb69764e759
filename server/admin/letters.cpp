#include "server/admin/letters.h"

#include <fmt/format.h>

#include <algorithm>

namespace cb::admin {

namespace {

/// Names come from forms: in a letter they are one line, so that nobody writes a letter of their own with them.
std::string line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    return text;
}

constexpr const char* kInvitationZh = R"({name}，您好！

您已成为“{instance}”呼叫中心的客服人员。请用云铃程序登录：

登录地址：{address}
账号：{email}
初始密码：{password}

首次登录时请设置新的密码。如果您没有预料到这封邮件，请忽略它。
)";

constexpr const char* kInvitationEn = R"(Hello {name},

you are now with the call centre "{instance}". Please sign in with the Cloudbell program:

Sign-in address: {address}
Account: {email}
First password: {password}

You will be asked for a password of your own. If you did not expect this letter, please ignore it.
)";

constexpr const char* kResetZh = R"({name}，您好！

管理员重置了您在“{instance}”的登录密码，原密码已失效。

登录地址：{address}
账号：{email}
新密码：{password}

登录时请设置您自己的密码。
)";

constexpr const char* kResetEn = R"(Hello {name},

an admin has reset your password for "{instance}"; the old one is no longer valid.

Sign-in address: {address}
Account: {email}
New password: {password}

You will be asked for a password of your own when you sign in.
)";

std::string filled(const char* text, const Recipient& to, const std::string& address, const std::string& password) {
    return fmt::format(fmt::runtime(text), fmt::arg("name", line(to.name)), fmt::arg("instance", line(to.instance)),
                       fmt::arg("address", address), fmt::arg("email", line(to.email)), fmt::arg("password", password));
}

Letter letter(std::string subject, const char* zh, const char* en, const Recipient& to, const std::string& password) {
    const bool known = !to.address.empty();
    const std::string zhAddress = known ? to.address : "请向管理员询问（呼叫中心编号 " + to.instanceId + "）";
    const std::string enAddress = known ? to.address : "ask your admin (call centre number " + to.instanceId + ")";
    return {std::move(subject),
            filled(zh, to, zhAddress, password) + "\n----\n\n" + filled(en, to, enAddress, password)};
}

} // namespace

Letter invitation(const Recipient& to, const std::string& password) {
    return letter(fmt::format("{}：您的云铃账号 / your Cloudbell account", line(to.instance)), kInvitationZh,
                  kInvitationEn, to, password);
}

Letter passwordReset(const Recipient& to, const std::string& password) {
    return letter(fmt::format("{}：您的密码已重置 / your password was reset", line(to.instance)), kResetZh, kResetEn,
                  to, password);
}

} // namespace cb::admin
