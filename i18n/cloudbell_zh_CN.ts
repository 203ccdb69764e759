<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Error</name>
    <message>
        <source>This colleague is not online.</source>
        <translation>该同事不在线。</translation>
    </message>
    <message>
        <source>This colleague does not exist any more.</source>
        <translation>该同事已不存在。</translation>
    </message>
    <message>
        <source>Your workbench is open on %1.</source>
        <translation>您的工作台已在 %1 打开。</translation>
    </message>
    <message>
        <source>The file is not on the server. Send it again.</source>
        <translation>服务器上没有该文件，请重新发送。</translation>
    </message>
    <message>
        <source>This is not a sign-in address. It looks like https://example.com/online/1400000001.</source>
        <translation>这不是登录地址。登录地址形如 https://example.com/online/1400000001。</translation>
    </message>
    <message>
        <source>The server answered something this program does not understand. Is the address right, and is the program up to date?</source>
        <translation>无法识别服务器的应答。请检查地址是否正确、程序是否为最新版本。</translation>
    </message>
    <message>
        <source>The e-mail address or the password is wrong.</source>
        <translation>邮箱或密码错误。</translation>
    </message>
    <message>
        <source>The server did not accept the value of “%1”.</source>
        <translation>服务器不接受“%1”的值。</translation>
    </message>
    <message>
        <source>The text has characters that cannot be sent.</source>
        <translation>文字中含有无法发送的字符。</translation>
    </message>
    <message>
        <source>Your sign-in is not valid any more. Please sign in again.</source>
        <translation>登录已失效，请重新登录。</translation>
    </message>
    <message>
        <source>This visitor is blocked.</source>
        <translation>该访客已被屏蔽。</translation>
    </message>
    <message>
        <source>The local data was written by a newer version of the program. Please update.</source>
        <translation>本地数据由更新版本的程序写入，请更新程序。</translation>
    </message>
    <message>
        <source>The local data cannot be written: %1</source>
        <translation>无法写入本地数据：%1</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>There is no connection to the server.</source>
        <translation>未连接到服务器。</translation>
    </message>
    <message>
        <source>The file is too large. The limit is %1.</source>
        <translation>文件过大，上限为 %1。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>无法读取文件：%1</translation>
    </message>
    <message>
        <source>You are not allowed to do this.</source>
        <translation>您没有权限执行此操作。</translation>
    </message>
    <message>
        <source>This skill group does not exist any more.</source>
        <translation>该技能组已不存在。</translation>
    </message>
    <message>
        <source>The server %1 cannot be found. Check the address and your network.</source>
        <translation>找不到服务器 %1，请检查地址和网络。</translation>
    </message>
    <message>
        <source>The server has a fault. It has been recorded there.</source>
        <translation>服务器出现故障，已在服务器上记录。</translation>
    </message>
    <message>
        <source>The network failed: %1</source>
        <translation>网络故障：%1</translation>
    </message>
    <message>
        <source>This colleague is not in that skill group.</source>
        <translation>该同事不在此技能组中。</translation>
    </message>
    <message>
        <source>This file is not a picture that can be shown.</source>
        <translation>该文件不是可显示的图片。</translation>
    </message>
    <message>
        <source>The server does not have this any more.</source>
        <translation>服务器上已没有该内容。</translation>
    </message>
    <message>
        <source>Go online first.</source>
        <translation>请先上线。</translation>
    </message>
    <message>
        <source>This session is not ringing at you any more.</source>
        <translation>该会话已不再向您响铃。</translation>
    </message>
    <message>
        <source>Too much is waiting. Try again in a moment.</source>
        <translation>等待处理的内容过多，请稍后重试。</translation>
    </message>
    <message>
        <source>Please choose a password of your own first.</source>
        <translation>请先设置您自己的密码。</translation>
    </message>
    <message>
        <source>The new password must differ from the old one.</source>
        <translation>新密码不能与旧密码相同。</translation>
    </message>
    <message>
        <source>The new password needs at least %1 characters.</source>
        <translation>新密码至少需要 %1 个字符。</translation>
    </message>
    <message>
        <source>This program is too old for the server. Please update it.</source>
        <translation>程序版本过旧，请更新后再连接服务器。</translation>
    </message>
    <message>
        <source>That was too fast. Try again in a moment.</source>
        <translation>操作过快，请稍后重试。</translation>
    </message>
    <message>
        <source>The server %1 does not answer.</source>
        <translation>服务器 %1 没有应答。</translation>
    </message>
    <message>
        <source>The session is already there.</source>
        <translation>会话已在该处。</translation>
    </message>
    <message>
        <source>The session is over.</source>
        <translation>会话已结束。</translation>
    </message>
    <message>
        <source>This session is not yours any more.</source>
        <translation>该会话已不归您接待。</translation>
    </message>
    <message>
        <source>The server cannot store anything at the moment. Nothing was changed.</source>
        <translation>服务器暂时无法保存数据，未作任何更改。</translation>
    </message>
    <message>
        <source>Your workbench was opened on another machine.</source>
        <translation>您的工作台已在另一台电脑打开。</translation>
    </message>
    <message>
        <source>There is nothing to send.</source>
        <translation>没有可发送的内容。</translation>
    </message>
    <message>
        <source>The text is longer than 4,000 characters.</source>
        <translation>文字超过 4000 个字符。</translation>
    </message>
    <message>
        <source>Too many attempts. Try again in %1.</source>
        <translation>尝试次数过多，请在 %1后重试。</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器未及时应答。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted, so nothing was sent: %1</source>
        <translation>服务器证书不受信任，因此未发送任何内容：%1</translation>
    </message>
    <message>
        <source>You were signed out by the server. Please sign in again.</source>
        <translation>服务器已将您登出，请重新登录。</translation>
    </message>
    <message>
        <source>Files of this kind cannot be sent.</source>
        <translation>不能发送此类型的文件。</translation>
    </message>
</context>
<context>
    <name>cb::widgets::AttachmentChip</name>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>cb::widgets::CommandPalette</name>
    <message>
        <source>Nothing fits.</source>
        <translation>没有匹配的结果。</translation>
    </message>
</context>
<context>
    <name>cb::widgets::Composer</name>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Attach a picture or a file</source>
        <translation>添加图片或文件</translation>
    </message>
    <message>
        <source>Quick replies</source>
        <translation>快捷回复</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>cb::widgets::Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>cb::widgets::EmojiPicker</name>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Smileys</source>
        <translation>笑脸</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Nature</source>
        <translation>自然</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>食物与饮料</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <translation>旅行与地点</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>旗帜</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>搜索表情</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>搜索结果</translation>
    </message>
</context>
<context>
    <name>cb::widgets::ImageViewer</name>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
</context>
<context>
    <name>cb::widgets::JumpButton</name>
    <message numerus="yes">
        <source>Go to the newest message, %n not seen</source>
        <translation>
            <numerusform>跳到最新消息，%n 条未看</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>跳到最新消息</translation>
    </message>
</context>
<context>
    <name>cb::widgets::PasswordField</name>
    <message>
        <source>Hide password</source>
        <translation>隐藏密码</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>显示密码</translation>
    </message>
</context>
<context>
    <name>cb::widgets::Strip</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>cb::widgets::TranscriptView</name>
    <message>
        <source>Copy selected text</source>
        <translation>复制所选文字</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>会话内容</translation>
    </message>
</context>
</TS>
