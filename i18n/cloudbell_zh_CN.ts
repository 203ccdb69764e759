<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Audit</name>
    <message>
        <source>Added an agent</source>
        <translation>添加了坐席</translation>
    </message>
    <message>
        <source>Added many agents</source>
        <translation>批量添加了坐席</translation>
    </message>
    <message>
        <source>Deleted an agent</source>
        <translation>删除了坐席</translation>
    </message>
    <message>
        <source>Reset a password</source>
        <translation>重置了密码</translation>
    </message>
    <message>
        <source>Changed an agent</source>
        <translation>修改了坐席</translation>
    </message>
    <message>
        <source>Added a channel</source>
        <translation>添加了渠道</translation>
    </message>
    <message>
        <source>Deleted a channel</source>
        <translation>删除了渠道</translation>
    </message>
    <message>
        <source>Linked a channel with a flow</source>
        <translation>给渠道关联了流程</translation>
    </message>
    <message>
        <source>Changed a channel</source>
        <translation>修改了渠道</translation>
    </message>
    <message>
        <source>Unlinked a channel</source>
        <translation>取消了渠道关联的流程</translation>
    </message>
    <message>
        <source>Blocked a visitor</source>
        <translation>拉黑了访客</translation>
    </message>
    <message>
        <source>Lifted a block</source>
        <translation>解除了拉黑</translation>
    </message>
    <message>
        <source>Added a flow</source>
        <translation>添加了流程</translation>
    </message>
    <message>
        <source>Deleted a flow</source>
        <translation>删除了流程</translation>
    </message>
    <message>
        <source>Published a flow</source>
        <translation>发布了流程</translation>
    </message>
    <message>
        <source>Published a flow although tests failed</source>
        <translation>在测试未通过时仍发布了流程</translation>
    </message>
    <message>
        <source>Restored a version of a flow</source>
        <translation>恢复了流程的某个版本</translation>
    </message>
    <message>
        <source>Changed a flow</source>
        <translation>修改了流程</translation>
    </message>
    <message>
        <source>Unpublished a flow</source>
        <translation>撤销了流程的发布</translation>
    </message>
    <message>
        <source>Added a skill group</source>
        <translation>添加了技能组</translation>
    </message>
    <message>
        <source>Deleted a skill group</source>
        <translation>删除了技能组</translation>
    </message>
    <message>
        <source>Changed the members of a skill group</source>
        <translation>修改了技能组的成员</translation>
    </message>
    <message>
        <source>Changed a skill group</source>
        <translation>修改了技能组</translation>
    </message>
    <message>
        <source>Added a quick reply</source>
        <translation>添加了快捷回复</translation>
    </message>
    <message>
        <source>Deleted a quick reply</source>
        <translation>删除了快捷回复</translation>
    </message>
    <message>
        <source>Changed a quick reply</source>
        <translation>修改了快捷回复</translation>
    </message>
    <message>
        <source>Changed the screen pops</source>
        <translation>修改了来电弹屏</translation>
    </message>
    <message>
        <source>Changed settings</source>
        <translation>修改了设置</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Skill groups</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Flows</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Visitors</source>
        <translation>访客</translation>
    </message>
    <message>
        <source>Quick replies</source>
        <translation>快捷回复</translation>
    </message>
    <message>
        <source>Screen pops</source>
        <translation>来电弹屏</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>agent %1</source>
        <translation>坐席 %1</translation>
    </message>
    <message>
        <source>channel %1</source>
        <translation>渠道 %1</translation>
    </message>
    <message>
        <source>visitor %1</source>
        <translation>访客 %1</translation>
    </message>
    <message>
        <source>flow %1</source>
        <translation>流程 %1</translation>
    </message>
    <message>
        <source>skill group %1</source>
        <translation>技能组 %1</translation>
    </message>
    <message>
        <source>call centre %1</source>
        <translation>呼叫中心 %1</translation>
    </message>
    <message>
        <source>quick reply %1</source>
        <translation>快捷回复 %1</translation>
    </message>
    <message>
        <source>the screen pops</source>
        <translation>来电弹屏</translation>
    </message>
    <message>
        <source>chats go to another agent when nobody answers: %1</source>
        <translation>在线会话超时转接：%1</translation>
    </message>
    <message>
        <source>all-media sessions go to another agent when nobody answers: %1</source>
        <translation>全媒体会话超时转接：%1</translation>
    </message>
    <message>
        <source>calls go to another agent when nobody answers: %1</source>
        <translation>来电超时转接：%1</translation>
    </message>
    <message>
        <source>back to idle by itself after a call: %1</source>
        <translation>通话后状态恢复：%1</translation>
    </message>
    <message>
        <source>calls go to who has answered the fewest today: %1</source>
        <translation>来电按接听数量分配：%1</translation>
    </message>
    <message>
        <source>calls go to the agent of last time first: %1</source>
        <translation>来电上次接听人优先：%1</translation>
    </message>
    <message>
        <source>agents with open chats are offered calls: %1</source>
        <translation>接待在线会话的坐席也可接到来电：%1</translation>
    </message>
    <message>
        <source>a chat rings for %1 s</source>
        <translation>在线会话振铃 %1 秒</translation>
    </message>
    <message>
        <source>an all-media session rings for %1 s</source>
        <translation>全媒体会话振铃 %1 秒</translation>
    </message>
    <message>
        <source>a call rings for %1 s</source>
        <translation>来电振铃 %1 秒</translation>
    </message>
    <message>
        <source>idle again %1 s after hanging up</source>
        <translation>挂断 %1 秒后恢复空闲</translation>
    </message>
    <message>
        <source>a chat completes itself after %1 s</source>
        <translation>在线会话结束 %1 秒后自动完成</translation>
    </message>
    <message>
        <source>service level: answered within %1 s</source>
        <translation>服务水平：%1 秒内接起</translation>
    </message>
    <message>
        <source>kept for %1 days</source>
        <translation>保留 %1 天</translation>
    </message>
    <message>
        <source>a picture may have %1</source>
        <translation>图片上限 %1</translation>
    </message>
    <message>
        <source>a file may have %1</source>
        <translation>文件上限 %1</translation>
    </message>
    <message>
        <source>kind of conversation</source>
        <translation>会话类型</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>skill group</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>visitor</source>
        <translation>访客</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>%1, %2, sessions per agent: %3, members: %4</source>
        <translation>%1，%2，每名坐席会话数：%3，成员：%4</translation>
    </message>
    <message>
        <source>%1, %2, sessions per agent: %3</source>
        <translation>%1，%2，每名坐席会话数：%3</translation>
    </message>
    <message>
        <source>added: %1</source>
        <translation>添加：%1</translation>
    </message>
    <message>
        <source>removed: %1</source>
        <translation>移除：%1</translation>
    </message>
    <message>
        <source>%1, nickname: %2, mobile: %3, numbers of skill groups: %4</source>
        <translation>%1，昵称：%2，手机：%3，技能组编号：%4</translation>
    </message>
    <message>
        <source>%1, %2, staff number: %3, e-mail: %4</source>
        <translation>%1，%2，工号：%3，邮箱：%4</translation>
    </message>
    <message>
        <source>%1, version %2, although failed: %3</source>
        <translation>%1，版本 %2，未通过的测试：%3</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>version %1 of %2</source>
        <translation>版本 %1，流程 %2</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>nodes: %1, connections: %2</source>
        <translation>节点：%1，连线：%2</translation>
    </message>
    <message>
        <source>tests: %1</source>
        <translation>测试：%1</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>已拉黑</translation>
    </message>
    <message>
        <source>not blocked</source>
        <translation>未拉黑</translation>
    </message>
    <message>
        <source>all records</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>limited by: %1</source>
        <translation>筛选条件：%1</translation>
    </message>
    <message>
        <source>Erased a visitor</source>
        <translation>抹除了访客资料</translation>
    </message>
    <message>
        <source>Changed the tests of a flow</source>
        <translation>修改了流程的测试</translation>
    </message>
    <message>
        <source>Exported service records</source>
        <translation>导出了服务记录</translation>
    </message>
    <message>
        <source>Restored a backup</source>
        <translation>从备份恢复了数据</translation>
    </message>
    <message>
        <source>Went on after trouble with the storage</source>
        <translation>存储故障后恢复了服务</translation>
    </message>
    <message>
        <source>Exports</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Restored backups</source>
        <translation>备份恢复</translation>
    </message>
    <message>
        <source>export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>the database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>%1 agents</source>
        <translation>%1 名坐席</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>平台运营</translation>
    </message>
    <message>
        <source>kind of call</source>
        <translation>呼叫类型</translation>
    </message>
    <message>
        <source>phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>not reviewed yet</source>
        <translation>待审核</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>%1 (recorded)</source>
        <translation>%1（录音）</translation>
    </message>
    <message>
        <source>Uploaded audio</source>
        <translation>上传音频</translation>
    </message>
    <message>
        <source>Deleted audio</source>
        <translation>删除音频</translation>
    </message>
    <message>
        <source>Renamed audio</source>
        <translation>重命名音频</translation>
    </message>
    <message>
        <source>Listened to a recording</source>
        <translation>收听录音</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>audio %1</source>
        <translation>音频 %1</translation>
    </message>
    <message>
        <source>session %1</source>
        <translation>会话 %1</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>today, %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>yesterday, %1</source>
        <translation>昨天 %1</translation>
    </message>
</context>
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
        <source>You were signed out by the server. Please sign in again.</source>
        <translation>服务器已将您登出，请重新登录。</translation>
    </message>
    <message>
        <source>Files of this kind cannot be sent.</source>
        <translation>不能发送此类型的文件。</translation>
    </message>
    <message>
        <source>Nobody else of this skill group is online.</source>
        <translation>该技能组没有其他客服在线。</translation>
    </message>
    <message>
        <source>There is no certificate in the file %1. It has to be in PEM form.</source>
        <translation>文件 %1 中没有证书。文件须为 PEM 格式。</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired, so nothing was sent. Check the date of this computer; if it is right, the server&apos;s administrator has to renew the certificate.</source>
        <translation>%1 的证书已过期，因此未发送任何内容。请检查本机日期；若日期正确，需由服务器管理员更新证书。</translation>
    </message>
    <message>
        <source>No secure connection to %1 could be made, so nothing was sent. Check the address and its port; if they are right, tell the server&apos;s administrator.</source>
        <translation>无法与 %1 建立安全连接，因此未发送任何内容。请检查地址和端口；若均无误，请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet, so nothing was sent. Check the date of this computer; if it is right, tell the server&apos;s administrator.</source>
        <translation>%1 的证书尚未生效，因此未发送任何内容。请检查本机日期；若日期正确，请告知服务器管理员。</translation>
    </message>
    <message>
        <source>This computer does not know who issued the certificate of %1, so nothing was sent. If your company issues its own certificates, its root certificate has to be installed on this computer; ask your administrator.</source>
        <translation>本机不认识 %1 的证书颁发者，因此未发送任何内容。若贵公司自行签发证书，须在本机安装其根证书；请联系管理员。</translation>
    </message>
    <message>
        <source>The certificate was issued for another name than %1, so nothing was sent. Check the address; if it is right, tell the server&apos;s administrator.</source>
        <translation>该证书不是为 %1 签发的，因此未发送任何内容。请检查地址；若地址无误，请告知服务器管理员。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The program is open already and does not answer. End it and start again. While it runs, it keeps the file %1.</source>
        <translation>程序已经打开，但没有响应。请结束它后重新启动。它运行时会占用文件 %1。</translation>
    </message>
    <message>
        <source>Your account was deleted by an admin. What was kept of it on this computer was removed.</source>
        <translation>您的账号已被管理员删除，本机上保存的该账号数据已清除。</translation>
    </message>
    <message>
        <source>The server sent something this program does not understand. It is probably too old for the server: please update it.</source>
        <translation>服务器发来了本程序无法识别的内容。程序版本可能过旧，请更新。</translation>
    </message>
    <message>
        <source>The key store of this computer did not give out your sign-in, so please enter your password.</source>
        <translation>本机的密钥库没有提供您的登录信息，请输入密码。</translation>
    </message>
    <message>
        <source>The server %1 does not answer. Check the address and whether the server runs.</source>
        <translation>服务器 %1 没有响应。请检查地址以及服务器是否在运行。</translation>
    </message>
    <message>
        <source>The server %1 did not answer in time.</source>
        <translation>服务器 %1 未及时响应。</translation>
    </message>
    <message>
        <source>%1 answers, but not with the live connection (WebSocket) the workbench needs. Something in between may not let it through; tell the server&apos;s administrator.</source>
        <translation>%1 有响应，但无法建立工作台所需的实时连接（WebSocket）。可能被中间的代理拦截，请联系服务器管理员。</translation>
    </message>
    <message>
        <source>Your account was deleted by an admin. Messages, drafts or wrap-up notes that were never sent are still on this computer (%1); “Forget this account” removes them.</source>
        <translation>您的账号已被管理员删除。本机上还有未发送的消息、草稿或话后整理内容（%1 条），可用“忘记此账号”清除。</translation>
    </message>
    <message>
        <source>You cannot do this to your own account.</source>
        <translation>不能对自己的账号这样做。</translation>
    </message>
    <message>
        <source>Channels of this kind cannot be added yet.</source>
        <translation>暂时不能添加这种渠道。</translation>
    </message>
    <message>
        <source>This channel does not exist any more.</source>
        <translation>这个渠道已不存在。</translation>
    </message>
    <message>
        <source>Somebody has this e-mail address already. That of a deleted agent stays reserved, too.</source>
        <translation>这个邮箱已被使用。已删除坐席的邮箱也会保留。</translation>
    </message>
    <message>
        <source>The file cannot be written: %1</source>
        <translation>无法写入文件：%1</translation>
    </message>
    <message>
        <source>This flow does not exist any more.</source>
        <translation>这个流程已不存在。</translation>
    </message>
    <message>
        <source>Published flows use this skill group: %1. Change or unpublish them first.</source>
        <translation>已发布的流程正在使用这个技能组：%1。请先修改这些流程或撤销发布。</translation>
    </message>
    <message>
        <source>The skill group has sessions that are waiting, ringing or open: %1. Delete it when they have ended.</source>
        <translation>这个技能组还有排队、振铃或进行中的会话：%1。请在它们结束后再删除。</translation>
    </message>
    <message>
        <source>There is a skill group of this name already.</source>
        <translation>已有同名的技能组。</translation>
    </message>
    <message>
        <source>This channel cannot carry a flow of this kind.</source>
        <translation>这个渠道不支持这种流程。</translation>
    </message>
    <message>
        <source>There is nothing in the file.</source>
        <translation>文件里没有内容。</translation>
    </message>
    <message>
        <source>There is no column “%1” in the first line. Please use the template.</source>
        <translation>第一行里没有“%1”这一列。请使用模板。</translation>
    </message>
    <message>
        <source>This is an Excel file of the old kind (.xls). Save it as .xlsx or .csv.</source>
        <translation>这是旧版 Excel 文件（.xls）。请另存为 .xlsx 或 .csv。</translation>
    </message>
    <message>
        <source>The file has too many lines. At most %1 agents can be added at once.</source>
        <translation>文件行数太多。一次最多添加 %1 个坐席。</translation>
    </message>
    <message>
        <source>The file cannot be read. It should be an Excel file (.xlsx) or a text file (.csv).</source>
        <translation>无法读取文件。它应当是 Excel 文件（.xlsx）或文本文件（.csv）。</translation>
    </message>
    <message>
        <source>Somebody has this staff number already. That of a deleted agent stays reserved, too.</source>
        <translation>这个工号已被使用。已删除坐席的工号也会保留。</translation>
    </message>
    <message>
        <source>There can be at most %1 agents.</source>
        <translation>最多可以有 %1 个坐席。</translation>
    </message>
    <message>
        <source>There can be at most %1 channels.</source>
        <translation>最多可以有 %1 个渠道。</translation>
    </message>
    <message>
        <source>There can be at most %1 flows.</source>
        <translation>最多可以有 %1 个流程。</translation>
    </message>
    <message>
        <source>There can be at most %1 skill groups.</source>
        <translation>最多可以有 %1 个技能组。</translation>
    </message>
    <message>
        <source>There can be at most %1 quick replies.</source>
        <translation>最多可以有 %1 条快捷回复。</translation>
    </message>
    <message>
        <source>There can be at most %1 screen pops.</source>
        <translation>最多可以有 %1 个来电弹屏。</translation>
    </message>
    <message>
        <source>A colour looks like #0B6E6E.</source>
        <translation>颜色的写法如 #0B6E6E。</translation>
    </message>
    <message>
        <source>A domain looks like shop.example.com, without https:// and without a path.</source>
        <translation>域名的写法如 shop.example.com，不带 https://，也不带路径。</translation>
    </message>
    <message>
        <source>This is not an e-mail address.</source>
        <translation>这不是邮箱地址。</translation>
    </message>
    <message>
        <source>This is not a phone number.</source>
        <translation>这不是电话号码。</translation>
    </message>
    <message>
        <source>The role is neither agent nor admin.</source>
        <translation>角色既不是坐席也不是管理员。</translation>
    </message>
    <message>
        <source>This staff number cannot be used.</source>
        <translation>不能使用这个工号。</translation>
    </message>
    <message>
        <source>There are characters that cannot stand here.</source>
        <translation>含有此处不能使用的字符。</translation>
    </message>
    <message>
        <source>An address begins with https:// or http:// and has no spaces.</source>
        <translation>地址应以 https:// 或 http:// 开头，且不含空格。</translation>
    </message>
    <message>
        <source>A line before has the same e-mail address.</source>
        <translation>前面有一行的邮箱与此相同。</translation>
    </message>
    <message>
        <source>This cannot be changed any more.</source>
        <translation>此项不能再修改。</translation>
    </message>
    <message>
        <source>Several skill groups have this name. Write the kind behind it, as in “Sales (Chat)”.</source>
        <translation>有多个同名的技能组。请在后面写明类型，例如“销售（在线）”。</translation>
    </message>
    <message>
        <source>There is no skill group of this name.</source>
        <translation>没有这个名称的技能组。</translation>
    </message>
    <message>
        <source>It must be from %1 to %2.</source>
        <translation>应在 %1 到 %2 之间。</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>请填写此项。</translation>
    </message>
    <message>
        <source>A line before has the same staff number.</source>
        <translation>前面有一行的工号与此相同。</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>内容太长。</translation>
    </message>
    <message>
        <source>There is no placeholder %1.</source>
        <translation>没有 %1 这个占位符。</translation>
    </message>
    <message>
        <source>A conversation with this customer is not completed yet. Complete it first.</source>
        <translation>与该客户的会话还没有完成，请先完成。</translation>
    </message>
    <message>
        <source>The file is not ready yet.</source>
        <translation>文件还没有准备好。</translation>
    </message>
    <message>
        <source>An export of yours is being written already. Wait for it, or cancel it.</source>
        <translation>您已有一个导出正在进行，请等待它完成或将其取消。</translation>
    </message>
    <message>
        <source>These are more than a million records. Choose a shorter time.</source>
        <translation>记录超过一百万条，请选择较短的时间范围。</translation>
    </message>
    <message>
        <source>Somebody else changed this flow meanwhile (%1). Look at it again.</source>
        <translation>这期间其他人（%1）修改了此流程，请重新查看。</translation>
    </message>
    <message>
        <source>Customers of %1 go through this flow. Link another one there first.</source>
        <translation>%1 正在使用此流程，请先在那里关联其他流程。</translation>
    </message>
    <message>
        <source>The flow cannot be published: it has problems, which stand at its nodes.</source>
        <translation>流程无法发布：存在问题，已标在对应节点上。</translation>
    </message>
    <message>
        <source>The flow is not published.</source>
        <translation>流程尚未发布。</translation>
    </message>
    <message>
        <source>The flow is published. Unpublish it to edit it, or edit a copy.</source>
        <translation>流程已发布。请撤销发布后再编辑，或编辑其副本。</translation>
    </message>
    <message>
        <source>The flow was not published: it fails tests that are kept with it.</source>
        <translation>流程未发布：未通过随流程保存的测试。</translation>
    </message>
    <message>
        <source>The flow is too large.</source>
        <translation>流程过大。</translation>
    </message>
    <message>
        <source>This is the last admin. Add another admin first.</source>
        <translation>这是最后一位管理员，请先添加其他管理员。</translation>
    </message>
    <message>
        <source>A customer was erased while the file was written, so it was not kept. Export again.</source>
        <translation>写文件期间有客户被清除，因此文件没有保留。请重新导出。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等，另有 %2 个</translation>
    </message>
    <message>
        <source>This is neither a wav nor an mp3 file.</source>
        <translation>这不是 wav 或 mp3 文件。</translation>
    </message>
    <message>
        <source>Published IVRs use this audio: %1. Change or unpublish them first.</source>
        <translation>已发布的 IVR 正在使用此音频：%1。请先修改或取消发布。</translation>
    </message>
    <message>
        <source>The audio is longer than %1 seconds, which is the most there may be.</source>
        <translation>音频超过了 %1 秒的上限。</translation>
    </message>
    <message>
        <source>The file cannot be played: it is broken, or there is nothing in it.</source>
        <translation>文件无法播放：已损坏或没有内容。</translation>
    </message>
    <message>
        <source>This is not a number that can be called.</source>
        <translation>无法呼叫这个号码。</translation>
    </message>
    <message>
        <source>The sound of the call could not be set up. Is the program up to date?</source>
        <translation>无法建立通话声音。程序是否为最新版本？</translation>
    </message>
    <message>
        <source>You have a call, or have not finished the last one.</source>
        <translation>您正在通话，或上一通电话尚未处理完。</translation>
    </message>
    <message>
        <source>This installation has no telephone sound: its part for calls is missing. Tell your administrator.</source>
        <translation>此安装缺少通话组件，没有通话声音。请联系管理员。</translation>
    </message>
    <message>
        <source>This number of yours cannot be called from any more. Choose another one.</source>
        <translation>此主叫号码已不可用于呼出，请选择其他号码。</translation>
    </message>
    <message>
        <source>The sound of the call failed. It is being set up again.</source>
        <translation>通话声音出现故障，正在重新建立。</translation>
    </message>
    <message>
        <source>The microphone cannot be opened. Another program may be using it.</source>
        <translation>无法打开麦克风，可能正被其他程序占用。</translation>
    </message>
    <message>
        <source>This computer does not let the program use the microphone. Allow it in the system&apos;s settings.</source>
        <translation>本机不允许程序使用麦克风，请在系统设置中允许。</translation>
    </message>
    <message>
        <source>There is no microphone. Plug one in: the call goes on without it until then.</source>
        <translation>没有麦克风。请插入麦克风，在此之前通话会继续，但对方听不到您。</translation>
    </message>
    <message>
        <source>There is no number of yours that can be called from.</source>
        <translation>没有可用于呼出的号码。</translation>
    </message>
    <message>
        <source>The server has no room for another call. Try again in a moment.</source>
        <translation>服务器暂时无法容纳更多通话，请稍后再试。</translation>
    </message>
    <message>
        <source>There is no way to the telephone network at the moment. Tell the operator.</source>
        <translation>目前无法连接电话网络，请告知运营人员。</translation>
    </message>
    <message>
        <source>The time after the call is over already.</source>
        <translation>话后时间已经结束。</translation>
    </message>
    <message>
        <source>The telephone of the server has a fault. It has been recorded there.</source>
        <translation>服务器的电话功能出现故障，已在服务器上记录。</translation>
    </message>
    <message>
        <source>The call is not over yet. Then its recording can be heard.</source>
        <translation>通话尚未结束，结束后才能收听录音。</translation>
    </message>
    <message>
        <source>There is no recording of this call, or not any more.</source>
        <translation>此通话没有录音，或录音已不存在。</translation>
    </message>
    <message>
        <source>This sound cannot be played on this computer.</source>
        <translation>本机无法播放此声音。</translation>
    </message>
    <message>
        <source>The text could not be spoken. Try again in a moment.</source>
        <translation>文字无法朗读，请稍后再试。</translation>
    </message>
    <message>
        <source>There can be at most %1 audio files.</source>
        <translation>音频文件最多 %1 个。</translation>
    </message>
</context>
<context>
    <name>FlowFile</name>
    <message>
        <source>Taken over. Skill groups or audio files that are not here have to be chosen anew: %1</source>
        <translation>已导入。这里没有的技能组或音频需要重新选择：%1 处</translation>
    </message>
    <message>
        <source>Taken over. The file does not name its skill groups and audio files: check that they are the right ones.</source>
        <translation>已导入。文件没有写明技能组和音频的名称：请检查它们是否正确。</translation>
    </message>
    <message>
        <source>The file could not be read.</source>
        <translation>无法读取文件。</translation>
    </message>
    <message>
        <source>This file holds no flow that can be read.</source>
        <translation>文件中没有可读取的流程。</translation>
    </message>
    <message>
        <source>The flow in this file is of another kind.</source>
        <translation>文件中的流程属于其他类型。</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>The file could not be written there. Choose another folder.</source>
        <translation>无法在该位置写入文件，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>OpenID or visitor</source>
        <translation>OpenID 或访客</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>主叫号码</translation>
    </message>
    <message>
        <source>Called number</source>
        <translation>被叫号码</translation>
    </message>
    <message>
        <source>Skill group</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Answered?</source>
        <translation>接听状态</translation>
    </message>
    <message>
        <source>Service state</source>
        <translation>服务状态</translation>
    </message>
    <message>
        <source>Talk time</source>
        <translation>通话时长</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>服务时长</translation>
    </message>
    <message>
        <source>Customer %1</source>
        <translation>客户 %1</translation>
    </message>
    <message>
        <source>Unknown customer</source>
        <translation>未知客户</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已接待</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未接待</translation>
    </message>
    <message>
        <source>today, %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>yesterday, %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待时长</translation>
    </message>
    <message>
        <source>Rang</source>
        <translation>振铃次数</translation>
    </message>
    <message>
        <source>With the agent</source>
        <translation>坐席服务时长</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后整理</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>总时长</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>Before that</source>
        <translation>此前的坐席</translation>
    </message>
    <message>
        <source>OpenID or number</source>
        <translation>OpenID 或号码</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Kind of source</source>
        <translation>来源类型</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Staff number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Agent before</source>
        <translation>此前的坐席</translation>
    </message>
    <message>
        <source>Waiting since</source>
        <translation>开始排队时间</translation>
    </message>
    <message>
        <source>Answered at</source>
        <translation>接听时间</translation>
    </message>
    <message>
        <source>Ended at</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Completed at</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Waited (s)</source>
        <translation>等待时长（秒）</translation>
    </message>
    <message>
        <source>With the agent (s)</source>
        <translation>坐席服务时长（秒）</translation>
    </message>
    <message>
        <source>In all (s)</source>
        <translation>总时长（秒）</translation>
    </message>
    <message>
        <source>Version of the flow</source>
        <translation>流程版本</translation>
    </message>
    <message>
        <source>This cannot be searched for. Write one to twenty words.</source>
        <translation>无法搜索这些内容，请输入一到二十个词。</translation>
    </message>
    <message>
        <source>Call type</source>
        <translation>呼叫类型</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>呼出</translation>
    </message>
    <message>
        <source>recorded</source>
        <translation>已录音</translation>
    </message>
    <message>
        <source>The number was withheld, or it was erased.</source>
        <translation>号码未显示，或已被清除。</translation>
    </message>
    <message>
        <source>It was forwarded to an outside number.</source>
        <translation>已转接到外部号码。</translation>
    </message>
    <message>
        <source>The person who was called hung up.</source>
        <translation>被叫方挂断。</translation>
    </message>
    <message>
        <source>What happened to the call</source>
        <translation>呼叫结果</translation>
    </message>
</context>
<context>
    <name>Template</name>
    <message>
        <source>One moment please: ${WaitNo} customers are before you.</source>
        <translation>请稍候，您前面还有 ${WaitNo} 位客户。</translation>
    </message>
    <message>
        <source>Sorry, nobody is online at the moment. Please come back later.</source>
        <translation>抱歉，当前没有客服在线，请稍后再来。</translation>
    </message>
    <message>
        <source>Agent ${StaffNo} is with you.</source>
        <translation>工号 ${StaffNo} 为您服务。</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>产品咨询</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>售后服务</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>欢迎语</translation>
    </message>
    <message>
        <source>Hello, how can we help you?</source>
        <translation>您好，请问有什么可以帮您？</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Please reply with 1 for sales or 2 for support.</source>
        <translation>请回复：1 产品咨询，2 售后服务。</translation>
    </message>
    <message>
        <source>Sorry, that was not one of the choices.</source>
        <translation>抱歉，没有听懂您的回复。</translation>
    </message>
    <message>
        <source>To sales</source>
        <translation>转产品咨询</translation>
    </message>
    <message>
        <source>To support</source>
        <translation>转售后服务</translation>
    </message>
    <message>
        <source>The chat was closed because of silence.</source>
        <translation>由于您长时间没有回复，会话已结束。</translation>
    </message>
    <message>
        <source>Thank you and goodbye!</source>
        <translation>感谢您的咨询，再见！</translation>
    </message>
    <message>
        <source>One moment please.</source>
        <translation>请稍候。</translation>
    </message>
    <message>
        <source>For sales press 1, for support press 2.</source>
        <translation>产品咨询请按 1，售后服务请按 2。</translation>
    </message>
    <message>
        <source>We heard nothing.</source>
        <translation>没有收到您的按键。</translation>
    </message>
    <message>
        <source>That was not one of the choices.</source>
        <translation>按键错误。</translation>
    </message>
    <message>
        <source>Welcome.</source>
        <translation>欢迎致电。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Offline</source>
        <translation>下线</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲中</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>忙碌中</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后整理</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>小休中</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>在线客服</translation>
    </message>
    <message>
        <source>All-media</source>
        <translation>全媒体客服</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话客服</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>自助终端</translation>
    </message>
    <message>
        <source>WeChat official account</source>
        <translation>微信公众号</translation>
    </message>
    <message>
        <source>WeChat mini-program</source>
        <translation>微信小程序</translation>
    </message>
    <message>
        <source>In the flow</source>
        <translation>流程中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>响铃中</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>not in the skill group</source>
        <translation>不在该技能组</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>下线</translation>
    </message>
    <message>
        <source>on a break</source>
        <translation>小休中</translation>
    </message>
    <message>
        <source>in wrap-up</source>
        <translation>话后整理中</translation>
    </message>
    <message>
        <source>about to take a break or sign out</source>
        <translation>即将小休或下线</translation>
    </message>
    <message>
        <source>at the limit of concurrent sessions</source>
        <translation>已达接待上限</translation>
    </message>
    <message>
        <source>another session was ringing</source>
        <translation>另有会话正在响铃</translation>
    </message>
    <message>
        <source>on a call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>blending of chats and calls is off</source>
        <translation>未开启在线与电话混合接待</translation>
    </message>
    <message>
        <source>declined it</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>let it ring out before</source>
        <translation>曾超时未接</translation>
    </message>
    <message>
        <source>was not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>least load, then longest idle</source>
        <translation>负载最低，其次空闲最久</translation>
    </message>
    <message>
        <source>longest idle</source>
        <translation>空闲最久</translation>
    </message>
    <message>
        <source>fewest calls answered today</source>
        <translation>今日接听最少</translation>
    </message>
    <message>
        <source>served this customer last</source>
        <translation>上次接待过该客户</translation>
    </message>
    <message>
        <source>transferred to this agent</source>
        <translation>指定转接</translation>
    </message>
    <message>
        <source>ringing</source>
        <translation>响铃中</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已接听</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>not answered in time</source>
        <translation>超时未接</translation>
    </message>
    <message>
        <source>the agent&apos;s connection was lost</source>
        <translation>客服连接断开</translation>
    </message>
    <message>
        <source>the customer left</source>
        <translation>客户已离开</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>The agent ended the session.</source>
        <translation>客服已结束会话。</translation>
    </message>
    <message>
        <source>The customer left.</source>
        <translation>客户已离开。</translation>
    </message>
    <message>
        <source>The customer was silent for too long.</source>
        <translation>客户长时间未回复。</translation>
    </message>
    <message>
        <source>The flow ended.</source>
        <translation>流程已结束。</translation>
    </message>
    <message>
        <source>The customer left before an agent answered.</source>
        <translation>客户在接听前已离开。</translation>
    </message>
    <message>
        <source>The flow ran in a circle and was stopped.</source>
        <translation>流程陷入循环，已被终止。</translation>
    </message>
    <message>
        <source>The channel has no published flow.</source>
        <translation>该渠道没有已发布的流程。</translation>
    </message>
    <message>
        <source>The flow could not go on.</source>
        <translation>流程无法继续。</translation>
    </message>
    <message>
        <source>The caller hung up.</source>
        <translation>来电者已挂断。</translation>
    </message>
    <message>
        <source>The sound of the call was lost.</source>
        <translation>通话声音中断。</translation>
    </message>
    <message>
        <source>The server was restarted.</source>
        <translation>服务器已重启。</translation>
    </message>
    <message>
        <source>Not answered in time; it was offered to somebody else.</source>
        <translation>超时未接，已转给其他客服。</translation>
    </message>
    <message>
        <source>Declined; it went back to the queue.</source>
        <translation>已拒绝，会话回到队列。</translation>
    </message>
    <message>
        <source>Your connection was away too long; it went back to the queue.</source>
        <translation>连接断开时间过长，会话已回到队列。</translation>
    </message>
    <message>
        <source>You are not in this skill group any more; it went back to the queue.</source>
        <translation>您已不在该技能组，会话回到队列。</translation>
    </message>
    <message>
        <source>Your account was deleted; it went back to the queue.</source>
        <translation>您的账号已删除，会话回到队列。</translation>
    </message>
    <message>
        <source>The server was restarted; it went back to the queue.</source>
        <translation>服务器已重启，会话回到队列。</translation>
    </message>
    <message>
        <source>It is not with you any more.</source>
        <translation>该会话已不在您这里。</translation>
    </message>
    <message>
        <source>You did not answer in time, so you are on a break now.</source>
        <translation>您超时未接，已自动转为小休。</translation>
    </message>
    <message>
        <source>The call is over.</source>
        <translation>通话已结束。</translation>
    </message>
    <message>
        <source>The time after the call is over.</source>
        <translation>话后时间已到。</translation>
    </message>
    <message>
        <source>Your connection was away too long.</source>
        <translation>连接断开时间过长。</translation>
    </message>
    <message>
        <source>Your workbench was opened on another machine.</source>
        <translation>您的工作台已在另一台电脑上打开。</translation>
    </message>
    <message>
        <source>Your account was deleted.</source>
        <translation>您的账号已被删除。</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>普通坐席</translation>
    </message>
    <message>
        <source>Handed over: it waits for its next agent now.</source>
        <translation>已转出，正在等待下一位客服接听。</translation>
    </message>
    <message>
        <source>The line is busy.</source>
        <translation>对方正忙。</translation>
    </message>
    <message>
        <source>Nobody answered.</source>
        <translation>无人接听。</translation>
    </message>
    <message>
        <source>The call was rejected.</source>
        <translation>对方拒接。</translation>
    </message>
    <message>
        <source>The number cannot be reached.</source>
        <translation>该号码无法接通。</translation>
    </message>
    <message>
        <source>Hung up before anybody answered.</source>
        <translation>接通前已挂断。</translation>
    </message>
</context>
<context>
    <name>cb::admin::AgentsPage</name>
    <message>
        <source>Agents</source>
        <translation>客服管理</translation>
    </message>
    <message>
        <source>Who may sign in here, what they may do and in which skill groups they answer.</source>
        <translation>谁可以登录、可以做什么，以及在哪些技能组接待。</translation>
    </message>
    <message>
        <source>Add agent</source>
        <translation>添加坐席</translation>
    </message>
    <message>
        <source>Add many…</source>
        <translation>批量添加…</translation>
    </message>
    <message>
        <source>Name, e-mail, mobile or staff number</source>
        <translation>姓名、邮箱、手机或工号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Staff number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Skill groups</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Reset password…</source>
        <translation>重置密码…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Skill group</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>全部技能组</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>In no group</source>
        <translation>不在任何技能组</translation>
    </message>
    <message>
        <source>All roles</source>
        <translation>全部角色</translation>
    </message>
    <message>
        <source>not signed in yet</source>
        <translation>尚未登录</translation>
    </message>
    <message>
        <source>New agent</source>
        <translation>新坐席</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Text: 000010 keeps its zeros. It cannot be changed later.</source>
        <translation>按文本保存：000010 前面的零会保留。以后不能修改。</translation>
    </message>
    <message>
        <source>To sign in with. It cannot be changed later.</source>
        <translation>用于登录。以后不能修改。</translation>
    </message>
    <message>
        <source>What customers see. Empty: the name.</source>
        <translation>客户看到的名字。留空则显示姓名。</translation>
    </message>
    <message>
        <source>Admins manage this call centre, too. It cannot be changed later.</source>
        <translation>管理员还可以管理本呼叫中心。以后不能修改。</translation>
    </message>
    <message>
        <source>There are no skill groups yet.</source>
        <translation>还没有技能组。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>%1 is added. A letter with the address and a password is on its way.</source>
        <translation>已添加 %1。登录地址和密码会发送到其邮箱。</translation>
    </message>
    <message>
        <source>Reset the password of %1?</source>
        <translation>重置 %1 的密码？</translation>
    </message>
    <message>
        <source>The old one is void at once, and they are signed out everywhere. A new one is mailed to %1.</source>
        <translation>旧密码立即失效，并在所有设备上退出登录。新密码会发送到 %1。</translation>
    </message>
    <message>
        <source>Reset password</source>
        <translation>重置密码</translation>
    </message>
    <message>
        <source>A new password is mailed to %1.</source>
        <translation>新密码已发送到 %1。</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>They are signed out at once. What rings at them and their chats go back to the head of the queue, a call goes on until it ends. Their records stay, and nobody gets their e-mail address and staff number again.</source>
        <translation>该坐席会立即退出登录。正在振铃的会话和在线会话回到队首，通话会继续到结束。服务记录保留，邮箱和工号不会再分配给别人。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>Add the people who answer. Each is written a letter with an address to sign in at.</source>
        <translation>添加接待客户的人员。系统会给每人写一封邮件，内有登录地址。</translation>
    </message>
    <message>
        <source>No mail server is set up: letters with passwords stay on the server. Ask the operator for them (cloudbell-server mail).</source>
        <translation>未设置邮件服务器：含密码的邮件会留在服务器上，请向平台运营索取（cloudbell-server mail）。</translation>
    </message>
    <message>
        <source>%1 is added. No mail server is set up. Ask the operator for the letter with the address and a password (cloudbell-server mail).</source>
        <translation>已添加 %1。未设置邮件服务器，请向平台运营索取含登录地址和密码的邮件（cloudbell-server mail）。</translation>
    </message>
    <message>
        <source>The old one is void at once, and they are signed out everywhere. No mail server is set up: the letter with the new one stays on the server. Ask the operator for it (cloudbell-server mail).</source>
        <translation>旧密码立即失效，并在所有设备上退出登录。未设置邮件服务器：含新密码的邮件会留在服务器上，请向平台运营索取（cloudbell-server mail）。</translation>
    </message>
    <message>
        <source>The password is reset. No mail server is set up. Ask the operator for the letter with the new one (cloudbell-server mail).</source>
        <translation>密码已重置。未设置邮件服务器，请向平台运营索取含新密码的邮件（cloudbell-server mail）。</translation>
    </message>
</context>
<context>
    <name>cb::admin::AudioPage</name>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>What IVRs play to callers. The operator listens to each file before it can be used.</source>
        <translation>IVR 播放给来电者的声音。每个文件需经运营者审核后才能使用。</translation>
    </message>
    <message>
        <source>What IVRs play to callers: greetings, menus, announcements, music.</source>
        <translation>IVR 播放给来电者的声音：欢迎语、菜单、通知、音乐。</translation>
    </message>
    <message>
        <source>Add audio</source>
        <translation>添加音频</translation>
    </message>
    <message>
        <source>IVRs can speak texts by themselves. Where a real voice or music is wanted, add a wav or mp3 file, or record it here.</source>
        <translation>IVR 可以自行朗读文字。需要真人录音或音乐时，请添加 wav 或 mp3 文件，或在这里录音。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加时间</translation>
    </message>
    <message>
        <source>Used by IVRs</source>
        <translation>被 IVR 使用</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>另存为文件…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>can be used</source>
        <translation>可以使用</translation>
    </message>
    <message>
        <source>waits for review</source>
        <translation>待审核</translation>
    </message>
    <message>
        <source>The operator has not listened to it yet.</source>
        <translation>运营者尚未审核。</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>The operator does not allow it: no IVR can use it.</source>
        <translation>运营者未批准：任何 IVR 都不能使用。</translation>
    </message>
    <message>
        <source>New audio</source>
        <translation>新音频</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>The operator listens to it before IVRs can use it.</source>
        <translation>经运营者审核后 IVR 才能使用。</translation>
    </message>
    <message>
        <source>Choose a file or record something first.</source>
        <translation>请先选择文件或录音。</translation>
    </message>
    <message>
        <source>%1 is here, and waits for the operator&apos;s review.</source>
        <translation>“%1”已上传，等待运营者审核。</translation>
    </message>
    <message>
        <source>%1 is added.</source>
        <translation>“%1”已添加。</translation>
    </message>
    <message>
        <source>Uploading “%1”: %2 of %3 (%4 %)</source>
        <translation>正在上传“%1”：%2 / %3（%4%）</translation>
    </message>
    <message>
        <source>“%1” is there; the server listens to it.</source>
        <translation>“%1”已传到，服务器正在检查。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>You hear it as callers do: 8 kHz, one channel. The file is kept as it was uploaded.</source>
        <translation>试听的是来电者听到的效果：8 kHz 单声道。文件按上传时的原样保存。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Audio files (*.%1)</source>
        <translation>音频文件 (*.%1)</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>Delete the audio “%1”?</source>
        <translation>删除音频“%1”？</translation>
    </message>
    <message>
        <source>The file is gone for good. It cannot be deleted while a published IVR uses it.</source>
        <translation>文件将被永久删除。已发布的 IVR 正在使用时不能删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>“%1”已删除。</translation>
    </message>
</context>
<context>
    <name>cb::admin::AudioSource</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Or record it here:</source>
        <translation>或在这里录音：</translation>
    </message>
    <message>
        <source>wav or mp3, at most 5 MB</source>
        <translation>wav 或 mp3，不超过 5 MB</translation>
    </message>
    <message>
        <source>Choose audio</source>
        <translation>选择音频</translation>
    </message>
    <message>
        <source>Audio files (*.wav *.mp3);;All files (*)</source>
        <translation>音频文件 (*.wav *.mp3);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>cb::admin::AuditPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>What admins have changed, newest first. Nobody can change or delete an entry.</source>
        <translation>管理员做过的修改，最新的在前。任何人都不能修改或删除记录。</translation>
    </message>
    <message>
        <source>No change is recorded yet.</source>
        <translation>还没有修改记录。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>查看前后内容</translation>
    </message>
    <message>
        <source>All admins</source>
        <translation>全部管理员</translation>
    </message>
    <message>
        <source>All changes</source>
        <translation>全部操作</translation>
    </message>
    <message>
        <source>No change fits what is chosen above.</source>
        <translation>没有符合上面条件的记录。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>BEFORE</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>AFTERWARDS</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>Collecting entries for the file: %1 so far.</source>
        <translation>正在为文件读取记录：已读取 %1 条。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Searched in the newest %1 entries.</source>
        <translation>已在最新的 %1 条记录中搜索。</translation>
    </message>
    <message>
        <source>Search further back</source>
        <translation>继续搜索更早的记录</translation>
    </message>
    <message>
        <source>It holds the newest %1 entries; there are older ones.</source>
        <translation>其中是最新的 %1 条记录，还有更早的记录。</translation>
    </message>
    <message>
        <source>No file was written.</source>
        <translation>没有写入文件。</translation>
    </message>
</context>
<context>
    <name>cb::admin::BlockedPage</name>
    <message>
        <source>Block list</source>
        <translation>黑名单</translation>
    </message>
    <message>
        <source>Visitors whom agents have blocked: they are told that service is not available.</source>
        <translation>被坐席拉黑的访客：系统会告知他们暂不提供服务。</translation>
    </message>
    <message>
        <source>Nobody is blocked. Agents can block a visitor who is a nuisance.</source>
        <translation>没有被拉黑的访客。坐席可以拉黑骚扰的访客。</translation>
    </message>
    <message>
        <source>Visitor</source>
        <translation>访客</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>首次来访</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Lift the block…</source>
        <translation>解除拉黑…</translation>
    </message>
    <message>
        <source>Lift the block of %1?</source>
        <translation>解除对 %1 的拉黑？</translation>
    </message>
    <message>
        <source>They can start conversations again.</source>
        <translation>对方可以重新发起会话。</translation>
    </message>
    <message>
        <source>Lift the block</source>
        <translation>解除拉黑</translation>
    </message>
    <message>
        <source>%1 can write again.</source>
        <translation>%1 可以重新发消息了。</translation>
    </message>
    <message>
        <source>%1 The newest %2 are shown.</source>
        <translation>%1只显示最新的 %2 名。</translation>
    </message>
</context>
<context>
    <name>cb::admin::BulkDialog</name>
    <message>
        <source>Add many agents</source>
        <translation>批量添加坐席</translation>
    </message>
    <message>
        <source>1. Download the template and fill it in, one agent a line: name, staff number and e-mail address are needed. The staff number is text, 000010 keeps its zeros.
2. Choose the filled-in file. You see what is in it, with what is wrong in each line, before anything is added.</source>
        <translation>1. 下载模板并填写，每行一个坐席：姓名、工号和邮箱必填。工号是文本，000010 前面的零会保留。
2. 选择填好的文件。添加之前可以看到文件内容和每一行的问题。</translation>
    </message>
    <message>
        <source>Template for Excel (.xlsx)</source>
        <translation>Excel 模板（.xlsx）</translation>
    </message>
    <message>
        <source>Template as text (.csv)</source>
        <translation>文本模板（.csv）</translation>
    </message>
    <message>
        <source>Choose the filled-in file…</source>
        <translation>选择填好的文件…</translation>
    </message>
    <message>
        <source>Another file…</source>
        <translation>换一个文件…</translation>
    </message>
    <message>
        <source>Only lines with something wrong</source>
        <translation>只看有问题的行</translation>
    </message>
    <message>
        <source>No line has anything wrong.</source>
        <translation>没有有问题的行。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Staff number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Skill groups</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>One agent a line. Columns with a star must be filled in.</source>
        <translation>每行一个坐席。带星号的列必填。</translation>
    </message>
    <message>
        <source>Staff number: text, at most 32 characters; 000010 keeps its zeros. It cannot be changed later.</source>
        <translation>工号：文本，最多 32 个字符；000010 前面的零会保留。以后不能修改。</translation>
    </message>
    <message>
        <source>E-mail: to sign in with. It cannot be changed later.</source>
        <translation>邮箱：用于登录。以后不能修改。</translation>
    </message>
    <message>
        <source>Nickname: what customers see. Empty: the name.</source>
        <translation>昵称：客户看到的名字。留空则显示姓名。</translation>
    </message>
    <message>
        <source>Role: agent or admin. Empty: agent.</source>
        <translation>角色：坐席或管理员。留空为坐席。</translation>
    </message>
    <message>
        <source>Skill groups: names, with ; between them. If several have one name, write the kind behind it, as in Sales (Chat).</source>
        <translation>技能组：名称，用分号隔开。有同名的技能组时，在后面写明类型，例如 销售（在线）。</translation>
    </message>
    <message>
        <source>agents</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Save the template</source>
        <translation>保存模板</translation>
    </message>
    <message>
        <source>Excel files (*.xlsx)</source>
        <translation>Excel 文件 (*.xlsx)</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>The template is in %1.</source>
        <translation>模板已保存到 %1。</translation>
    </message>
    <message>
        <source>Choose the filled-in file</source>
        <translation>选择填好的文件</translation>
    </message>
    <message>
        <source>Excel and text files (*.xlsx *.csv *.txt);;All files (*)</source>
        <translation>Excel 和文本文件 (*.xlsx *.csv *.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading %1…</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add all (%1)</source>
        <translation>全部添加（%1）</translation>
    </message>
    <message>
        <source>Add the good ones (%1)</source>
        <translation>添加没有问题的（%1）</translation>
    </message>
    <message>
        <source>%1 agents are added. Lines with something wrong: %2. Mend them in the file and choose it again.</source>
        <translation>已添加 %1 个坐席。还有 %2 行有问题，请在文件里修改后重新选择。</translation>
    </message>
    <message>
        <source>%1 agents are added.</source>
        <translation>已添加 %1 个坐席。</translation>
    </message>
    <message>
        <source>Lines: %1, good ones: %2, with something wrong: %3. Nothing is added yet.</source>
        <translation>共 %1 行，没有问题的 %2 行，有问题的 %3 行。尚未添加。</translation>
    </message>
    <message>
        <source>Lines: %1, all good. Nothing is added yet.</source>
        <translation>共 %1 行，都没有问题。尚未添加。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Adding agents</source>
        <translation>正在添加坐席</translation>
    </message>
    <message>
        <source>The server is looking at the lines: %1 of %2 done…</source>
        <translation>服务器正在检查各行：已完成 %1 / %2…</translation>
    </message>
    <message>
        <source>The server has not looked at all lines yet: %1</source>
        <translation>服务器尚未检查完所有行：%1</translation>
    </message>
    <message>
        <source>There already, and skipped: %1.</source>
        <translation>已存在而跳过的 %1 行。</translation>
    </message>
    <message>
        <source>No mail server is set up. Ask the operator for the letters with the addresses and the passwords (cloudbell-server mail).</source>
        <translation>未设置邮件服务器，请向平台运营索取含登录地址和密码的邮件（cloudbell-server mail）。</translation>
    </message>
    <message>
        <source>Lines: %1. There is nothing left to add.</source>
        <translation>共 %1 行，没有需要添加的。</translation>
    </message>
    <message>
        <source>Lines: %1, new ones: %2. Nothing is added yet.</source>
        <translation>共 %1 行，新的 %2 行。尚未添加。</translation>
    </message>
    <message>
        <source>There already, skipped</source>
        <translation>已存在，跳过</translation>
    </message>
</context>
<context>
    <name>cb::admin::GroupsPage</name>
    <message>
        <source>Who answers calls. IVRs transfer callers to a skill group.</source>
        <translation>谁接听电话。IVR 把来电转到技能组。</translation>
    </message>
    <message>
        <source>Who takes audio and video calls with text beside them. Session flows transfer customers to a skill group.</source>
        <translation>谁接待带文字的音视频通话。会话服务流把客户转到技能组。</translation>
    </message>
    <message>
        <source>Who answers chats. Session flows transfer customers to a skill group.</source>
        <translation>谁接待在线会话。会话服务流把客户转到技能组。</translation>
    </message>
    <message>
        <source>Skill groups</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Add skill group</source>
        <translation>添加技能组</translation>
    </message>
    <message>
        <source>A skill group is a team that answers the same kind of question. Add one, then give it agents.</source>
        <translation>技能组是解答同一类问题的团队。先添加技能组，再加入坐席。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Sessions per agent</source>
        <translation>接待人数上限</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Used by flows</source>
        <translation>使用它的流程</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>New skill group</source>
        <translation>新技能组</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Sessions per agent at most</source>
        <translation>接待人数上限</translation>
    </message>
    <message>
        <source>So many chats one agent has at once, those of other groups included.</source>
        <translation>每个坐席同时接待的会话数，包括其他技能组的会话。</translation>
    </message>
    <message>
        <source>An agent has one such session at a time.</source>
        <translation>每个坐席同时只接待一个这样的会话。</translation>
    </message>
    <message>
        <source>There are no agents yet.</source>
        <translation>还没有坐席。</translation>
    </message>
    <message>
        <source>A skill group needs a name.</source>
        <translation>请填写技能组名称。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>%1 is added.</source>
        <translation>已添加 %1。</translation>
    </message>
    <message>
        <source>Delete the skill group “%1”?</source>
        <translation>删除技能组“%1”？</translation>
    </message>
    <message>
        <source>Its agents stay, without this group. It cannot be deleted while a published flow uses it or it has sessions.</source>
        <translation>坐席会保留，只是不再属于这个技能组。已发布的流程正在使用它或它还有会话时不能删除。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>Record the calls</source>
        <translation>通话录音</translation>
    </message>
    <message>
        <source>While an agent of this group has a call, both sides are recorded. Let the IVR tell callers so. Recordings are heard in the service records.</source>
        <translation>本组坐席通话时录下双方的声音。请在 IVR 中告知来电者。录音可在服务记录中收听。</translation>
    </message>
</context>
<context>
    <name>cb::admin::ManagePage</name>
    <message>
        <source>Channels</source>
        <translation>渠道接入</translation>
    </message>
    <message>
        <source>Online chat</source>
        <translation>在线客服</translation>
    </message>
    <message>
        <source>All-media</source>
        <translation>全媒体客服</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话客服</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用设置</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>数据概览</translation>
    </message>
    <message>
        <source>Websites</source>
        <translation>桌面网站</translation>
    </message>
    <message>
        <source>Block list</source>
        <translation>黑名单</translation>
    </message>
    <message>
        <source>Skill groups</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Session flows</source>
        <translation>会话服务流</translation>
    </message>
    <message>
        <source>IVRs</source>
        <translation>IVR</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Screen pops</source>
        <translation>来电弹屏</translation>
    </message>
    <message>
        <source>Quick replies</source>
        <translation>快捷回复</translation>
    </message>
    <message>
        <source>Routing and retention</source>
        <translation>分配与保留</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>客服管理</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频管理</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>电话管理</translation>
    </message>
</context>
<context>
    <name>cb::admin::NumbersPage</name>
    <message>
        <source>Numbers</source>
        <translation>电话管理</translation>
    </message>
    <message>
        <source>Phone numbers of this call centre, and which IVR answers those who call them.</source>
        <translation>本呼叫中心的电话号码，以及接听来电的 IVR。</translation>
    </message>
    <message>
        <source>This call centre has no phone number yet. Numbers come from the operator of the server: ask them for one, and tell them the SDKAppID of this call centre, %1.</source>
        <translation>本呼叫中心还没有电话号码。号码由服务器的运营者分配：请向其申请，并告知本呼叫中心的 SDKAppID：%1。</translation>
    </message>
    <message>
        <source>Copy the SDKAppID</source>
        <translation>复制 SDKAppID</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>呼叫类型</translation>
    </message>
    <message>
        <source>IVR</source>
        <translation>IVR</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Change the IVR</source>
        <translation>更改 IVR</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>复制号码</translation>
    </message>
    <message>
        <source>calls in</source>
        <translation>呼入</translation>
    </message>
    <message>
        <source>calls out</source>
        <translation>呼出</translation>
    </message>
    <message>
        <source>calls in and out</source>
        <translation>呼入和呼出</translation>
    </message>
    <message>
        <source>for calls out only</source>
        <translation>仅用于呼出</translation>
    </message>
    <message>
        <source>in service</source>
        <translation>服务中</translation>
    </message>
    <message>
        <source>no IVR linked</source>
        <translation>未关联 IVR</translation>
    </message>
    <message>
        <source>Callers are told that service is not set up.</source>
        <translation>来电者会听到服务尚未开通的提示。</translation>
    </message>
    <message>
        <source>Agents call out with this number. It takes no calls, so no IVR is needed.</source>
        <translation>坐席用此号码呼出。它不接听来电，无需 IVR。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>There is no published IVR yet. Without one, callers are told that service is not set up.</source>
        <translation>还没有已发布的 IVR。没有 IVR 时，来电者会听到服务尚未开通的提示。</translation>
    </message>
    <message>
        <source>For new calls; those under way keep theirs.</source>
        <translation>对新来电生效；进行中的通话不变。</translation>
    </message>
    <message>
        <source>New calls to %1 go to “%2”.</source>
        <translation>拨打 %1 的新来电将进入“%2”。</translation>
    </message>
    <message>
        <source>%1 has no IVR any more.</source>
        <translation>%1 不再关联 IVR。</translation>
    </message>
    <message>
        <source>%1 is copied.</source>
        <translation>已复制 %1。</translation>
    </message>
</context>
<context>
    <name>cb::admin::OverviewPage</name>
    <message>
        <source>No session has been offered to anybody today. The curve begins with the first one.</source>
        <translation>今天还没有会话进线。有了第一个会话，这里就会画出曲线。</translation>
    </message>
    <message>
        <source>SESSIONS BY QUARTER OF AN HOUR</source>
        <translation>每刻钟会话数</translation>
    </message>
    <message>
        <source>AGENTS</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>SKILL GROUPS</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>TODAY BY MODE AND CHANNEL</source>
        <translation>今日各模式与渠道</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>进线</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Average wait</source>
        <translation>平均等待</translation>
    </message>
    <message>
        <source>Average handle time</source>
        <translation>平均处理时长</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>服务水平</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message>
        <source>In service</source>
        <translation>服务中</translation>
    </message>
    <message>
        <source>Free / online</source>
        <translation>空闲 / 在线</translation>
    </message>
    <message>
        <source>Offered today</source>
        <translation>今日进线</translation>
    </message>
    <message>
        <source>Mode or channel</source>
        <translation>模式或渠道</translation>
    </message>
    <message>
        <source>Skill groups</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Today by mode and channel</source>
        <translation>今日各模式与渠道</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Nothing is heard from the server just now. These are the figures of before.</source>
        <translation>暂时收不到服务器的消息，以下是之前的数据。</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>数据概览</translation>
    </message>
    <message>
        <source>What is going on now, and what became of today&apos;s sessions.</source>
        <translation>此刻的情况，以及今日会话的结果。</translation>
    </message>
    <message>
        <source>What is going on now, and what became of today&apos;s sessions. Today is %1 in %2.</source>
        <translation>此刻的情况，以及今日会话的结果。今日为 %1（时区 %2）。</translation>
    </message>
    <message>
        <source>%1 of the offered</source>
        <translation>占进线 %1</translation>
    </message>
    <message>
        <source>%1 waiting now</source>
        <translation>当前排队 %1</translation>
    </message>
    <message>
        <source>%1 within 5 seconds</source>
        <translation>其中 5 秒内 %1</translation>
    </message>
    <message>
        <source>until an agent answered</source>
        <translation>到坐席接听为止</translation>
    </message>
    <message>
        <source>answered to completed</source>
        <translation>从接听到完成</translation>
    </message>
    <message>
        <source>answered within %1 s</source>
        <translation>%1 秒内接听</translation>
    </message>
    <message>
        <source>Sessions by quarter of an hour</source>
        <translation>每刻钟会话数</translation>
    </message>
    <message>
        <source>Offered %1, answered %2, abandoned %3 so far today.</source>
        <translation>今日至今进线 %1，接听 %2，放弃 %3。</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>cb::admin::PopsPage</name>
    <message>
        <source>number of the session</source>
        <translation>会话编号</translation>
    </message>
    <message>
        <source>name of the channel</source>
        <translation>渠道名称</translation>
    </message>
    <message>
        <source>who calls</source>
        <translation>主叫号码</translation>
    </message>
    <message>
        <source>which number is called</source>
        <translation>被叫号码</translation>
    </message>
    <message>
        <source>the customer&apos;s OpenID</source>
        <translation>客户的 OpenID</translation>
    </message>
    <message>
        <source>the customer&apos;s name</source>
        <translation>客户的名称</translation>
    </message>
    <message>
        <source>the agent&apos;s staff number</source>
        <translation>坐席的工号</translation>
    </message>
    <message>
        <source>name of the skill group</source>
        <translation>技能组名称</translation>
    </message>
    <message>
        <source>Screen pops</source>
        <translation>来电弹屏</translation>
    </message>
    <message>
        <source>Web pages shown to the agent when a session rings and when they dial out, at most %1, in this order.</source>
        <translation>会话振铃和外呼时给坐席显示的网页，最多 %1 个，按此顺序。</translation>
    </message>
    <message>
        <source>Add screen pop</source>
        <translation>添加弹屏</translation>
    </message>
    <message>
        <source>Show agents the customer&apos;s record of your own system while a session rings.</source>
        <translation>会话振铃时，向坐席显示您自己系统里的客户资料。</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>There are %1 already.</source>
        <translation>已有 %1 个。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>New screen pop</source>
        <translation>新弹屏</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Shown to agents</source>
        <translation>向坐席显示</translation>
    </message>
    <message>
        <source>PLACEHOLDERS</source>
        <translation>占位符</translation>
    </message>
    <message>
        <source>They are filled in, encoded for an address. A click puts one where the cursor is.</source>
        <translation>显示时会替换为实际内容并编码。点击可插入到光标处。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Delete the screen pop “%1”?</source>
        <translation>删除弹屏“%1”？</translation>
    </message>
    <message>
        <source>Agents do not see it from their next session on.</source>
        <translation>坐席从下一个会话起不再看到它。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>The order is saved.</source>
        <translation>顺序已保存。</translation>
    </message>
    <message>
        <source>Somebody else has changed or deleted this screen pop. Close and look again.</source>
        <translation>其他管理员已修改或删除此弹屏。请关闭后重新查看。</translation>
    </message>
</context>
<context>
    <name>cb::admin::RepliesPage</name>
    <message>
        <source>Quick replies</source>
        <translation>快捷回复</translation>
    </message>
    <message>
        <source>Texts that every agent puts into a message by typing / and a few letters.</source>
        <translation>坐席输入 / 和几个字就能插入的文本。</translation>
    </message>
    <message>
        <source>Add quick reply</source>
        <translation>添加快捷回复</translation>
    </message>
    <message>
        <source>What is answered again and again is written once: opening hours, how to return something.</source>
        <translation>反复回答的内容写一次就够：营业时间、怎样退货。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>New quick reply</source>
        <translation>新快捷回复</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>What is typed after the /.</source>
        <translation>在 / 后面输入的字。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>%1 is added.</source>
        <translation>已添加 %1。</translation>
    </message>
    <message>
        <source>Delete the quick reply “%1”?</source>
        <translation>删除快捷回复“%1”？</translation>
    </message>
    <message>
        <source>Messages sent with it stay as they are.</source>
        <translation>用它发送过的消息不受影响。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>已删除 %1。</translation>
    </message>
</context>
<context>
    <name>cb::admin::SettingsPage</name>
    <message>
        <source>Routing and retention</source>
        <translation>分配与保留</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>How long a chat rings at an agent.</source>
        <translation>在线会话在坐席处振铃多久。</translation>
    </message>
    <message>
        <source>How long an all-media session rings at an agent.</source>
        <translation>全媒体会话在坐席处振铃多久。</translation>
    </message>
    <message>
        <source>How long a call rings, who gets it, and what an agent does after it.</source>
        <translation>来电振铃多久、分配给谁，以及通话之后坐席的状态。</translation>
    </message>
    <message>
        <source>What holds for every way in, and how long things are kept.</source>
        <translation>适用于所有渠道的设置，以及内容保留多久。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Offer it to another agent when nobody answers</source>
        <translation>超时转接：无人接听时转给其他坐席</translation>
    </message>
    <message>
        <source>It rings for</source>
        <translation>振铃时长</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Who does not answer in time is taken to be away and put on a break. Switched off, it rings until the customer leaves.</source>
        <translation>未及时接听的坐席视为离开，转为小休。关闭后会一直振铃到客户离开。</translation>
    </message>
    <message>
        <source>Offer a call to another agent when nobody answers</source>
        <translation>超时转接：无人接听时把来电转给其他坐席</translation>
    </message>
    <message>
        <source>Back to idle by itself after a call</source>
        <translation>状态恢复：通话后自动回到空闲</translation>
    </message>
    <message>
        <source>After hanging up</source>
        <translation>挂断后</translation>
    </message>
    <message>
        <source>Switched off, an agent stays busy until they click.</source>
        <translation>关闭后，坐席保持忙碌直到自己点击。</translation>
    </message>
    <message>
        <source>A call goes to</source>
        <translation>来电分配</translation>
    </message>
    <message>
        <source>who has been idle longest</source>
        <translation>按空闲时长</translation>
    </message>
    <message>
        <source>who has answered the fewest calls today</source>
        <translation>按接听数量</translation>
    </message>
    <message>
        <source>First to the agent whom this caller talked to last</source>
        <translation>上次接听人优先</translation>
    </message>
    <message>
        <source>If they are free; nobody waits for them.</source>
        <translation>仅当其空闲时；不会为此等待。</translation>
    </message>
    <message>
        <source>Call centre</source>
        <translation>呼叫中心</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>ROUTING</source>
        <translation>分配</translation>
    </message>
    <message>
        <source>An agent with open chats may be offered a call</source>
        <translation>接待在线会话的坐席也可以接到来电</translation>
    </message>
    <message>
        <source>During the call the chats stay open, and no new ones come. Switched off, calls go to agents without chats only.</source>
        <translation>通话期间在线会话保留，不再分配新的。关闭后，来电只分配给没有在线会话的坐席。</translation>
    </message>
    <message>
        <source>A chat completes itself after its end in</source>
        <translation>在线会话结束后自动完成</translation>
    </message>
    <message>
        <source>Service level: answered within</source>
        <translation>服务水平：应在此时间内接起</translation>
    </message>
    <message>
        <source>RETENTION</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Conversations, files and records are kept for</source>
        <translation>会话、文件和记录保留</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>What is older is deleted for good.</source>
        <translation>更早的内容会被永久删除。</translation>
    </message>
    <message>
        <source>ATTACHMENTS</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>A picture may have</source>
        <translation>图片上限</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>A file may have</source>
        <translation>文件上限</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Discard the changes?</source>
        <translation>放弃修改？</translation>
    </message>
    <message>
        <source>What you have changed here is not saved yet.</source>
        <translation>这里的修改尚未保存。</translation>
    </message>
</context>
<context>
    <name>cb::admin::WebsitesPage</name>
    <message>
        <source>Websites</source>
        <translation>桌面网站</translation>
    </message>
    <message>
        <source>Websites whose visitors can write to you from a bubble in the corner.</source>
        <translation>访客可以从网页角落的气泡联系您的网站。</translation>
    </message>
    <message>
        <source>Add website</source>
        <translation>添加网站</translation>
    </message>
    <message>
        <source>Add your website, link it with a published session flow, and put one line into its pages.</source>
        <translation>添加您的网站，关联已发布的会话服务流，再把一行代码放进网页。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>域名</translation>
    </message>
    <message>
        <source>Session flow</source>
        <translation>会话服务流</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Copy the snippet</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Unlink the flow…</source>
        <translation>取消关联流程…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>in service</source>
        <translation>服务中</translation>
    </message>
    <message>
        <source>no flow linked</source>
        <translation>未关联流程</translation>
    </message>
    <message>
        <source>Visitors are told that service is not set up.</source>
        <translation>访客会被告知尚未开通服务。</translation>
    </message>
    <message>
        <source>The snippet is in the clipboard.</source>
        <translation>代码已复制。</translation>
    </message>
    <message>
        <source>New website</source>
        <translation>新网站</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Its subdomains and any port are included.</source>
        <translation>包括其子域名和任意端口。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Choose a colour…</source>
        <translation>选择颜色…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>There is no published flow yet. Without one, visitors are told that service is not set up.</source>
        <translation>还没有已发布的流程。没有流程时，访客会被告知尚未开通服务。</translation>
    </message>
    <message>
        <source>For new conversations; those under way keep theirs.</source>
        <translation>用于新会话；进行中的会话不受影响。</translation>
    </message>
    <message>
        <source>SNIPPET</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Put this line before the end of the body of every page.</source>
        <translation>把这一行放在每个网页的 body 结束之前。</translation>
    </message>
    <message>
        <source>Letters could not be read on this colour: %1 is used instead.</source>
        <translation>这个颜色上的文字难以辨认：将改用 %1。</translation>
    </message>
    <message>
        <source>Letters can be read well on this colour.</source>
        <translation>这个颜色上的文字清晰可读。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>%1 is added.</source>
        <translation>已添加 %1。</translation>
    </message>
    <message>
        <source>Unlink the flow from %1?</source>
        <translation>取消 %1 关联的流程？</translation>
    </message>
    <message>
        <source>Conversations under way go on. New visitors are told that service is not set up.</source>
        <translation>进行中的会话会继续。新访客会被告知尚未开通服务。</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>取消关联</translation>
    </message>
    <message>
        <source>The flow is unlinked.</source>
        <translation>已取消关联。</translation>
    </message>
    <message>
        <source>Delete the website %1?</source>
        <translation>删除网站 %1？</translation>
    </message>
    <message>
        <source>Conversations under way go on, new ones are refused, and the bubble disappears from its pages. The key in the snippet is void for ever.</source>
        <translation>进行中的会话会继续，新会话会被拒绝，网页上的气泡会消失。代码里的密钥将永久失效。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted.</source>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>any page</source>
        <translation>任意网页</translation>
    </message>
    <message>
        <source>Any page on the web may use it: for trials only.</source>
        <translation>任何网页都可以使用它：仅供试用。</translation>
    </message>
</context>
<context>
    <name>cb::admin::WidgetPreview</name>
    <message>
        <source>What customers see</source>
        <translation>客户看到的样子</translation>
    </message>
    <message>
        <source>Your website</source>
        <translation>您的网站</translation>
    </message>
    <message>
        <source>Hello! How can we help?</source>
        <translation>您好！请问有什么可以帮您？</translation>
    </message>
    <message>
        <source>Where is my order?</source>
        <translation>我的订单到哪里了？</translation>
    </message>
    <message>
        <source>Write a message…</source>
        <translation>输入消息…</translation>
    </message>
</context>
<context>
    <name>cb::app::Alerts</name>
    <message>
        <source>%1 is waiting</source>
        <translation>%1 正在等待</translation>
    </message>
</context>
<context>
    <name>cb::app::CentredPage</name>
    <message>
        <source>Code: %1</source>
        <translation>代码：%1</translation>
    </message>
</context>
<context>
    <name>cb::app::ConnectingPage</name>
    <message>
        <source>Opening your workbench</source>
        <translation>正在打开工作台</translation>
    </message>
    <message>
        <source>Connecting to the server. This goes on by itself when the network is back.</source>
        <translation>正在连接服务器。网络恢复后会自动继续。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>cb::app::ForgotDialog</name>
    <message>
        <source>Forgotten password</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>You get a letter with a link to set a new password.</source>
        <translation>您将收到一封邮件，其中的链接可用来设置新密码。</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Send the link</source>
        <translation>发送链接</translation>
    </message>
    <message>
        <source>Enter your e-mail address.</source>
        <translation>请输入邮箱。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>If this address belongs to an account, a letter is on its way. The link in it works once, for 30 minutes. Where no mail server is set up, the letter stays on the server: ask the operator for it.</source>
        <translation>如果该邮箱属于某个账号，邮件已在路上。其中的链接只能使用一次，30 分钟内有效。如果未设置邮件服务器，邮件会留在服务器上，请向平台运营索取。</translation>
    </message>
</context>
<context>
    <name>cb::app::Frame</name>
    <message>
        <source>Work</source>
        <translation>工作台</translation>
    </message>
    <message>
        <source>Search and commands</source>
        <translation>搜索与命令</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Show all shortcuts</source>
        <translation>显示全部快捷键</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>正在连接服务器…</translation>
    </message>
    <message numerus="yes">
        <source>The connection is lost. What you write is kept and sent later. Trying again in %n s.</source>
        <translation>
            <numerusform>连接已断开。您写的内容会保留并在稍后发送。%n 秒后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message numerus="yes">
        <source>The server cannot be reached. What you see is of the last time; what you write is kept and sent later. Trying again in %n s.</source>
        <translation>
            <numerusform>无法连接服务器。当前显示的是上次的内容；您输入的内容会保留，稍后发送。%n 秒后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was not sent. %2</source>
        <translation>“%1”未发送。%2</translation>
    </message>
    <message>
        <source>Go to a customer, find a past conversation by its name or run a command</source>
        <translation>转到某位客户、按姓名查找历史会话或执行命令</translation>
    </message>
    <message>
        <source>%1 is ringing (%2).</source>
        <translation>%1 正在振铃（%2）。</translation>
    </message>
    <message>
        <source>Answer (%1)</source>
        <translation>接听（%1）</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>service records</source>
        <translation>服务记录</translation>
    </message>
    <message>
        <source>You are in a call.</source>
        <translation>您正在通话中。</translation>
    </message>
    <message>
        <source>Back to the call</source>
        <translation>回到通话</translation>
    </message>
    <message>
        <source>Call a number</source>
        <translation>拨打电话</translation>
    </message>
</context>
<context>
    <name>cb::app::MainWindow</name>
    <message>
        <source>Sign out with sessions open?</source>
        <translation>还有未结束的会话，确定退出登录？</translation>
    </message>
    <message>
        <source>Your sessions stay yours for 30 seconds; then their customers go back to the head of the queue.</source>
        <translation>会话会为您保留 30 秒，之后客户将回到队列最前面。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Close with sessions open?</source>
        <translation>还有未结束的会话，确定关闭？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The key store of this computer did not keep your sign-in, so you will be asked for the password next time.</source>
        <translation>本机的密钥库没有保存您的登录信息，下次需要重新输入密码。</translation>
    </message>
    <message>
        <source>You are signed in already. To sign in at %1, sign out first.</source>
        <translation>您已登录。如需登录 %1，请先退出登录。</translation>
    </message>
</context>
<context>
    <name>cb::app::PasswordPage</name>
    <message>
        <source>Choose a password</source>
        <translation>设置新密码</translation>
    </message>
    <message>
        <source>The password you were given is for the first sign-in only.</source>
        <translation>您收到的密码仅用于首次登录。</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message numerus="yes">
        <source>At least %n characters</source>
        <translation>
            <numerusform>至少 %n 个字符</numerusform>
        </translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>Save and go on</source>
        <translation>保存并继续</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
</context>
<context>
    <name>cb::app::PastDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在查询服务器…</translation>
    </message>
    <message>
        <source>This conversation is not on this computer, and the server did not give it.</source>
        <translation>本机没有该会话的内容，服务器也未能提供。</translation>
    </message>
    <message>
        <source>The server did not answer: this is what is on this computer.</source>
        <translation>服务器没有响应，以下为本机保存的内容。</translation>
    </message>
    <message>
        <source>Nothing was said in this conversation.</source>
        <translation>该会话没有任何消息。</translation>
    </message>
</context>
<context>
    <name>cb::app::PastSessions</name>
    <message>
        <source>past conversation · %1</source>
        <translation>历史会话 · %1</translation>
    </message>
</context>
<context>
    <name>cb::app::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Ring when a session is offered</source>
        <translation>有会话接入时响铃</translation>
    </message>
    <message>
        <source>Sound for new messages</source>
        <translation>新消息提示音</translation>
    </message>
    <message>
        <source>Desktop notifications while the window is in the background</source>
        <translation>窗口在后台时显示桌面通知</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Ring on</source>
        <translation>响铃设备</translation>
    </message>
    <message>
        <source>Device check…</source>
        <translation>设备检测…</translation>
    </message>
</context>
<context>
    <name>cb::app::SignInPage</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Address of the call centre</source>
        <translation>呼叫中心地址</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Stay signed in on this computer</source>
        <translation>在此电脑上保持登录</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Your admin or the invitation mail has it.</source>
        <translation>请向管理员索取，或查看邀请邮件。</translation>
    </message>
    <message>
        <source>Enter your e-mail address.</source>
        <translation>请输入邮箱。</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>请输入密码。</translation>
    </message>
    <message>
        <source>Not encrypted: others on the network can read your password. Use https if you can.</source>
        <translation>未加密：网络中的其他人可能读到您的密码。请尽量使用 https。</translation>
    </message>
    <message>
        <source>Forget this account…</source>
        <translation>从本机移除此账号…</translation>
    </message>
    <message>
        <source>Conversations, drafts and files kept on this computer are removed. The account itself and what the server has stay.</source>
        <translation>本机保存的会话、草稿和文件将被清除，账号本身及服务器上的内容不受影响。</translation>
    </message>
    <message>
        <source>Forget %1 on this computer?</source>
        <translation>要在本机上忘记 %1 吗？</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Messages, drafts and wrap-up notes that were never sent and will be lost: %1.</source>
        <translation>将丢失的未发送消息、草稿和话后整理内容：%1 条。</translation>
    </message>
    <message>
        <source>Forgotten password?</source>
        <translation>忘记密码？</translation>
    </message>
    <message>
        <source>Get the current program</source>
        <translation>下载最新版程序</translation>
    </message>
</context>
<context>
    <name>cb::app::StatusControl</name>
    <message>
        <source>Break when the sessions end</source>
        <translation>会话结束后小休</translation>
    </message>
    <message>
        <source>Offline when the sessions end</source>
        <translation>会话结束后下线</translation>
    </message>
    <message>
        <source>End break</source>
        <translation>结束小休</translation>
    </message>
    <message>
        <source>Go online</source>
        <translation>现在上线</translation>
    </message>
    <message>
        <source>Take a break</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>Go offline</source>
        <translation>下线</translation>
    </message>
    <message>
        <source>Stay available</source>
        <translation>继续接待</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>正在重新连接…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
</context>
<context>
    <name>cb::app::TakeoverPage</name>
    <message>
        <source>Take over here</source>
        <translation>在此接管</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>另一台电脑</translation>
    </message>
    <message>
        <source>Your workbench is open elsewhere</source>
        <translation>您的工作台已在别处打开</translation>
    </message>
    <message>
        <source>It is in use on %1 since %2. Taking over brings your open sessions here; the other window is closed.</source>
        <translation>它自 %2 起在 %1 上使用。接管后，进行中的会话会转到这里，另一个窗口会关闭。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::AudioField</name>
    <message>
        <source>%1 (not approved)</source>
        <translation>%1（未通过审核）</translation>
    </message>
    <message>
        <source>An audio file that is gone</source>
        <translation>已删除的音频</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Canvas</name>
    <message>
        <source>Flow</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Add here</source>
        <translation>在此添加</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Show its settings</source>
        <translation>查看设置</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>自动排列</translation>
    </message>
    <message>
        <source>Show the whole flow</source>
        <translation>显示整个流程</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::CompareView</name>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Both are the same</source>
        <translation>两者相同</translation>
    </message>
    <message>
        <source>Only places on the canvas differ: %1</source>
        <translation>仅画布上的位置不同：%1</translation>
    </message>
    <message>
        <source>Differences: %1</source>
        <translation>差异：%1</translation>
    </message>
    <message>
        <source>%1 “%2”</source>
        <comment>kind of node and its label</comment>
        <translation>%1“%2”</translation>
    </message>
    <message>
        <source>Added: %1</source>
        <translation>新增：%1</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>删除：%1</translation>
    </message>
    <message>
        <source>Moved: %1</source>
        <translation>移动：%1</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Changed: %1 (%2)</source>
        <translation>修改：%1（%2）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>New line: %1, %2 → %3</source>
        <translation>新连线：%1，%2 → %3</translation>
    </message>
    <message>
        <source>Line gone: %1, %2 → %3</source>
        <translation>连线消失：%1，%2 → %3</translation>
    </message>
    <message>
        <source>The drawing is the same, tests differ: %1</source>
        <translation>流程图相同，不同的测试用例：%1</translation>
    </message>
    <message>
        <source>Test added: %1</source>
        <translation>新增测试用例：%1</translation>
    </message>
    <message>
        <source>Test removed: %1</source>
        <translation>删除测试用例：%1</translation>
    </message>
    <message>
        <source>Test changed: %1</source>
        <translation>修改测试用例：%1</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::ConflictDialog</name>
    <message>
        <source>Somebody else changed this flow</source>
        <translation>其他人修改了此流程</translation>
    </message>
    <message>
        <source>Nothing is overwritten until you choose. What you do not choose is gone, unless you make a flow of its own of it.</source>
        <translation>在您选择之前不会覆盖任何内容。未选中的一方将丢失，除非把它另存为新流程。</translation>
    </message>
    <message>
        <source>It was published meanwhile, so it cannot be changed now. You can make a flow of its own of what you drew.</source>
        <translation>它在此期间已发布，现在无法修改。您可以把自己绘制的内容另存为新流程。</translation>
    </message>
    <message>
        <source>Make a flow of mine</source>
        <translation>把我的另存为新流程</translation>
    </message>
    <message>
        <source>Replace it with mine</source>
        <translation>用我的替换</translation>
    </message>
    <message>
        <source>Take the server version</source>
        <translation>采用服务器上的版本</translation>
    </message>
    <message>
        <source>Tests from the server that stay, whichever you choose: %1</source>
        <translation>无论您如何选择，服务器上的这些测试用例都会保留：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Document</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>自动排列</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::FailedTestsDialog</name>
    <message>
        <source>The flow fails its tests</source>
        <translation>流程未通过测试</translation>
    </message>
    <message>
        <source>It was not published. These tests go another way than they were kept:</source>
        <translation>流程未发布。以下测试的走向与保存时不同：</translation>
    </message>
    <message>
        <source>Failed tests</source>
        <translation>未通过的测试</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Publish anyway</source>
        <translation>仍然发布</translation>
    </message>
    <message>
        <source>Show the tests</source>
        <translation>查看测试</translation>
    </message>
    <message>
        <source>The audit log will say so.</source>
        <translation>审计日志会记录此操作。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::FlowEditor</name>
    <message>
        <source>Save as a file…</source>
        <translation>导出为文件…</translation>
    </message>
    <message>
        <source>Take over from a file…</source>
        <translation>从文件导入…</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Picture (SVG)…</source>
        <translation>图片（SVG）…</translation>
    </message>
    <message>
        <source>Kept as “%1”.</source>
        <translation>已保存为“%1”。</translation>
    </message>
    <message>
        <source>All flows</source>
        <translation>全部流程</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Arrange (Ctrl+Shift+L)</source>
        <translation>自动排列（Ctrl+Shift+L）</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save and publish</source>
        <translation>保存并发布</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Simulator</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>测试用例</translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>撤销：%1（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Save the flow as a file</source>
        <translation>导出流程</translation>
    </message>
    <message>
        <source>Flows (*.json)</source>
        <translation>流程 (*.json)</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为%1</translation>
    </message>
    <message>
        <source>The file could not be written there. Choose another folder.</source>
        <translation>无法写入该位置，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Take a flow over from a file</source>
        <translation>从文件导入流程</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Save a picture of the flow</source>
        <translation>保存流程图片</translation>
    </message>
    <message>
        <source>Pictures (*.svg)</source>
        <translation>图片 (*.svg)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Find a node</source>
        <translation>查找节点</translation>
    </message>
    <message>
        <source>Find a node (Ctrl+F); Enter goes to the next, Shift+Enter to the one before</source>
        <translation>查找节点（Ctrl+F）；按 Enter 到下一个，按 Shift+Enter 到上一个</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Found: %1</source>
        <translation>找到 %1 个</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which of the nodes that were found</comment>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Fold the palette (Ctrl+Shift+B)</source>
        <translation>折叠节点栏（Ctrl+Shift+B）</translation>
    </message>
    <message>
        <source>Unfold the palette (Ctrl+Shift+B)</source>
        <translation>展开节点栏（Ctrl+Shift+B）</translation>
    </message>
    <message>
        <source>Fold the panel (Ctrl+B)</source>
        <translation>折叠侧栏（Ctrl+B）</translation>
    </message>
    <message>
        <source>Unfold the panel (Ctrl+B)</source>
        <translation>展开侧栏（Ctrl+B）</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::FlowPage</name>
    <message>
        <source>Published as version %1.</source>
        <translation>已发布为版本 %1。</translation>
    </message>
    <message>
        <source>Version %1 is the draft now.</source>
        <translation>版本 %1 现在是草稿。</translation>
    </message>
    <message>
        <source>Versions…</source>
        <translation>版本…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Copy as a new flow…</source>
        <translation>复制为新流程…</translation>
    </message>
    <message>
        <source>Unpublish</source>
        <translation>撤销发布</translation>
    </message>
    <message>
        <source>Edit a copy</source>
        <translation>编辑副本</translation>
    </message>
    <message>
        <source>This flow cannot be read by this version of the program.</source>
        <translation>此版本的程序无法读取该流程。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Opening the flow…</source>
        <translation>正在打开流程…</translation>
    </message>
    <message>
        <source>Somebody else changed this flow meanwhile. What you drew is kept on this computer.</source>
        <translation>其他人在此期间修改了此流程。您绘制的内容已保存在本机。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>The server cannot be reached. This is the flow as it was known last.</source>
        <translation>无法连接服务器。这是最近一次获取的流程。</translation>
    </message>
    <message>
        <source>You see what you drew until %1 and did not save.</source>
        <translation>您看到的是截至 %1 绘制但未保存的内容。</translation>
    </message>
    <message>
        <source>Show what is saved</source>
        <translation>显示已保存的内容</translation>
    </message>
    <message>
        <source>In use: customers go through this flow. To change it, edit a copy, publish that, and link it to the channel.</source>
        <translation>使用中：客户正在使用此流程。如需修改，请编辑副本并发布，再将其关联到渠道。</translation>
    </message>
    <message>
        <source>Published: it can be linked to a channel. To change it, unpublish it or edit a copy.</source>
        <translation>已发布：可以关联到渠道。如需修改，请撤销发布或编辑副本。</translation>
    </message>
    <message>
        <source>Show what is saved?</source>
        <translation>显示已保存的内容？</translation>
    </message>
    <message>
        <source>What you drew and did not save is lost.</source>
        <translation>您绘制但未保存的内容将丢失。</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <comment>time, person</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>The flow has problems; each stands at its node.</source>
        <translation>流程存在问题，已标在对应节点上。</translation>
    </message>
    <message>
        <source>The other version cannot be read by this version of the program.</source>
        <translation>此版本的程序无法读取另一个版本。</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>服务器上的</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Copy as a new flow</source>
        <translation>复制为新流程</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1（副本）</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Rename the flow</source>
        <translation>重命名流程</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Tests that were kept elsewhere meanwhile are here now, too.</source>
        <translation>其间在别处保存的测试用例现已合并到这里。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::FlowsPage</name>
    <message>
        <source>IVRs</source>
        <translation>IVR</translation>
    </message>
    <message>
        <source>Session flows</source>
        <translation>会话服务流</translation>
    </message>
    <message>
        <source>What callers hear and which keys lead where, until an agent answers.</source>
        <translation>在客服接听之前，来电者听到什么、按键通向哪里。</translation>
    </message>
    <message>
        <source>What customers read and choose, until an agent answers.</source>
        <translation>在客服接待之前，客户看到什么、可以选择什么。</translation>
    </message>
    <message>
        <source>New IVR</source>
        <translation>新建 IVR</translation>
    </message>
    <message>
        <source>New flow</source>
        <translation>新建流程</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件导入…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Linked to</source>
        <translation>关联渠道</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>修改人</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>An IVR greets callers, asks what they want, and leads them to a skill group.</source>
        <translation>IVR 问候来电者、询问需求，并将其转接到技能组。</translation>
    </message>
    <message>
        <source>A flow greets customers, asks what they want, and leads them to a skill group.</source>
        <translation>流程问候客户、询问需求，并将其转接到技能组。</translation>
    </message>
    <message>
        <source>Draw the first one</source>
        <translation>绘制第一个</translation>
    </message>
    <message>
        <source>No flow has this in its name.</source>
        <translation>没有名称包含此内容的流程。</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Unpublish</source>
        <translation>撤销发布</translation>
    </message>
    <message>
        <source>Copy as a new flow…</source>
        <translation>复制为新流程…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>Not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Published as version %1.</source>
        <translation>已发布为版本 %1。</translation>
    </message>
    <message>
        <source>Delete “%1”?</source>
        <translation>删除“%1”？</translation>
    </message>
    <message>
        <source>This is final. Conversations that went through it keep their records.</source>
        <translation>此操作不可恢复。经过该流程的会话记录会保留。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Copy as a new flow</source>
        <translation>复制为新流程</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1（副本）</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Draw it</source>
        <translation>开始绘制</translation>
    </message>
    <message>
        <source>Make a flow of a file</source>
        <translation>用文件创建流程</translation>
    </message>
    <message>
        <source>Flows (*.json)</source>
        <translation>流程 (*.json)</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::GroupField</name>
    <message>
        <source>Choose a skill group</source>
        <translation>请选择技能组</translation>
    </message>
    <message>
        <source>A skill group that is gone</source>
        <translation>已删除的技能组</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::ListenRow</name>
    <message>
        <source>Listen</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Listener</name>
    <message>
        <source>This computer has nothing to hear it by. Plug in headphones or loudspeakers.</source>
        <translation>本机没有播放设备，请接上耳机或音箱。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Minimap</name>
    <message>
        <source>Map of the flow</source>
        <translation>流程缩略图</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::NameDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>请填写名称。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::NodeForm</name>
    <message>
        <source>Text to the customer</source>
        <translation>发送给客户的内容</translation>
    </message>
    <message>
        <source>What the caller hears</source>
        <translation>播放内容</translation>
    </message>
    <message>
        <source>Question to the customer</source>
        <translation>向客户提问</translation>
    </message>
    <message>
        <source>Answer to any other input</source>
        <translation>输入无法识别时的回复</translation>
    </message>
    <message>
        <source>Question to the caller</source>
        <translation>向来电者提问</translation>
    </message>
    <message>
        <source>When no key comes in time</source>
        <translation>按键超时提示</translation>
    </message>
    <message>
        <source>After a wrong key</source>
        <translation>按键错误提示</translation>
    </message>
    <message>
        <source>Wait for a key</source>
        <translation>等待按键</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Errors allowed; one more hangs up</source>
        <translation>允许错误次数（超过即挂断）</translation>
    </message>
    <message>
        <source>Skill group</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Text when nobody can answer</source>
        <translation>无法接待时的提示</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>最长等待时间</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>While transferring</source>
        <translation>转接时播放</translation>
    </message>
    <message>
        <source>Music while waiting</source>
        <translation>等待音乐</translation>
    </message>
    <message>
        <source>To the caller, before the agent joins</source>
        <translation>客服接入前对来电者播放</translation>
    </message>
    <message>
        <source>The server&apos;s own</source>
        <translation>服务器默认</translation>
    </message>
    <message>
        <source>End after the customer&apos;s silence</source>
        <translation>客户无响应后结束</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Text when silence ends the session</source>
        <translation>因无响应结束时的提示</translation>
    </message>
    <message>
        <source>Text when the agent ends the session</source>
        <translation>客服结束会话时的提示</translation>
    </message>
    <message>
        <source>Text while queued</source>
        <translation>排队提示</translation>
    </message>
    <message>
        <source>${WaitNo} is how many are ahead.</source>
        <translation>${WaitNo} 为前面的人数。</translation>
    </message>
    <message>
        <source>Text when an agent answers</source>
        <translation>接入提示</translation>
    </message>
    <message>
        <source>${StaffNo} is the agent&apos;s staff number.</source>
        <translation>${StaffNo} 为客服工号。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::OptionsEditor</name>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Add a branch</source>
        <translation>添加分支</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the branch</source>
        <translation>分支名称</translation>
    </message>
    <message>
        <source>Keywords, parted by commas</source>
        <translation>关键词，用逗号分隔</translation>
    </message>
    <message>
        <source>Keys, e.g. 1 or 0*</source>
        <translation>按键，例如 1 或 0*</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Remove this branch</source>
        <translation>删除此分支</translation>
    </message>
    <message>
        <source>A branch needs a name.</source>
        <translation>请填写分支名称。</translation>
    </message>
    <message>
        <source>Another branch has this name.</source>
        <translation>已有同名分支。</translation>
    </message>
    <message>
        <source>Branch %1</source>
        <translation>分支 %1</translation>
    </message>
    <message>
        <source>Taken when the whole answer is one of the keywords.</source>
        <translation>客户的回复与其中一个关键词完全一致时进入该分支。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Palette</name>
    <message>
        <source>NODES</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Drag one onto the canvas, or double-click it.</source>
        <translation>拖到画布上，或双击添加。</translation>
    </message>
    <message>
        <source>Kinds of nodes</source>
        <translation>节点类型</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>添加：%1</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::ProblemStrip</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No problems: this flow can be published</source>
        <translation>没有问题，可以发布</translation>
    </message>
    <message>
        <source>Show or hide them; F8 goes to the next</source>
        <translation>显示或隐藏；按 F8 跳到下一个</translation>
    </message>
    <message>
        <source>Problems that keep this flow from being published: %1</source>
        <translation>影响发布的问题：%1 个</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Properties</name>
    <message>
        <source>Label</source>
        <translation>节点名称</translation>
    </message>
    <message>
        <source>LEADS TO</source>
        <translation>后续节点</translation>
    </message>
    <message>
        <source>Choose a node to see its settings.</source>
        <translation>选择一个节点以查看其设置。</translation>
    </message>
    <message>
        <source>%1 leads to</source>
        <translation>“%1”的后续节点</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Nodes chosen: %1</source>
        <translation>已选择 %1 个节点</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::ReplayPage</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>会话 %1</translation>
    </message>
    <message>
        <source>To the beginning (Home)</source>
        <translation>到开头 (Home)</translation>
    </message>
    <message>
        <source>One step back (Left)</source>
        <translation>上一步 (←)</translation>
    </message>
    <message>
        <source>One step on (Right)</source>
        <translation>下一步 (→)</translation>
    </message>
    <message>
        <source>To the end (End)</source>
        <translation>到结尾 (End)</translation>
    </message>
    <message>
        <source>Keep as a test…</source>
        <translation>保存为测试…</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>经过</translation>
    </message>
    <message>
        <source>%1, version %2 · %3</source>
        <translation>%1，版本 %2 · %3</translation>
    </message>
    <message>
        <source>Asking the server for the session…</source>
        <translation>正在向服务器获取会话…</translation>
    </message>
    <message>
        <source>This session went through no flow, or its record was removed.</source>
        <translation>该会话没有经过流程，或其记录已被清除。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>This flow cannot be read by this version of the program.</source>
        <translation>此版本的程序无法读取该流程。</translation>
    </message>
    <message>
        <source>The flow was deleted since.</source>
        <translation>该流程后来已被删除。</translation>
    </message>
    <message>
        <source>A node that is not there</source>
        <translation>不存在的节点</translation>
    </message>
    <message>
        <source>Waits for an agent</source>
        <translation>等待客服</translation>
    </message>
    <message>
        <source>Rings at %1</source>
        <translation>向 %1 振铃</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 接听</translation>
    </message>
    <message>
        <source>Goes back to the queue</source>
        <translation>回到队列</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>(a picture or a file)</source>
        <translation>（图片或文件）</translation>
    </message>
    <message>
        <source>What is recorded of this session does not say enough to play it again: an agent was lost, it was passed on, or something else came from outside the flow.</source>
        <translation>该会话的记录不足以重新演练：客服掉线、会话被转接，或有其他流程之外的事件。</translation>
    </message>
    <message>
        <source>Keep as a test</source>
        <translation>保存为测试</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Kept as “%1” with the flow “%2”.</source>
        <translation>已保存为流程“%2”的测试“%1”。</translation>
    </message>
    <message>
        <source>Too long for a test: more than %1 things happened in this session, not all are told here.</source>
        <translation>过长，不能作为测试用例：此会话中发生的事件超过 %1 条，此处未全部列出。</translation>
    </message>
    <message>
        <source>This session came by no node.</source>
        <translation>此会话没有经过任何节点。</translation>
    </message>
    <message>
        <source>Too long for a test: it takes at most %1 inputs.</source>
        <translation>过长，不能作为测试用例：最多可有 %1 个输入。</translation>
    </message>
    <message>
        <source>The flow goes another way now</source>
        <translation>流程现在的走向不同</translation>
    </message>
    <message>
        <source>Version %1 went this way. The flow as it is drawn now fails the test: %2 Kept all the same, the test stands in the way of publishing until one of the two is changed.</source>
        <translation>会话走的是版本 %1。按流程现在的画法，此测试不通过：%2 若仍然保存，在修改流程或测试之前，它会阻止发布。</translation>
    </message>
    <message>
        <source>Keep it anyway</source>
        <translation>仍然保存</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Simulator</name>
    <message>
        <source>How can I help you?</source>
        <translation>您好，请问有什么可以帮您？</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>客服状态</translation>
    </message>
    <message>
        <source>One free</source>
        <translation>有空闲</translation>
    </message>
    <message>
        <source>All busy</source>
        <translation>全忙</translation>
    </message>
    <message>
        <source>Nobody online</source>
        <translation>无人在线</translation>
    </message>
    <message>
        <source>From the beginning</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Write as the customer, then Enter</source>
        <translation>以客户身份输入，回车发送</translation>
    </message>
    <message>
        <source>Keep this run as a test</source>
        <translation>保存为测试用例</translation>
    </message>
    <message>
        <source>There is no start: add one to play the flow.</source>
        <translation>没有开始节点，请先添加。</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>Time passes: %1</source>
        <translation>时间流逝：%1</translation>
    </message>
    <message>
        <source>Waits in the queue, %1 ahead</source>
        <translation>排队中，前面 %1 位</translation>
    </message>
    <message>
        <source>Agent no. %1 answers</source>
        <translation>工号 %1 接入</translation>
    </message>
    <message>
        <source>Nobody can answer</source>
        <translation>无人可接待</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>播放音乐</translation>
    </message>
    <message>
        <source>The session has ended</source>
        <translation>会话已结束</translation>
    </message>
    <message>
        <source>Waits for the customer to write.</source>
        <translation>等待客户输入。</translation>
    </message>
    <message>
        <source>Waits for a key.</source>
        <translation>等待按键。</translation>
    </message>
    <message>
        <source>Waits for an agent.</source>
        <translation>等待客服。</translation>
    </message>
    <message>
        <source>Talks with an agent.</source>
        <translation>正在与客服通话。</translation>
    </message>
    <message>
        <source>Is with an agent.</source>
        <translation>正在由客服接待。</translation>
    </message>
    <message>
        <source>Ended after %1.</source>
        <translation>%1 后结束。</translation>
    </message>
    <message>
        <source>Let %1 pass</source>
        <translation>快进 %1</translation>
    </message>
    <message>
        <source>Let time pass</source>
        <translation>快进</translation>
    </message>
    <message>
        <source>Agent answers</source>
        <translation>客服接入</translation>
    </message>
    <message>
        <source>Agent writes</source>
        <translation>客服发言</translation>
    </message>
    <message>
        <source>Agent ends it</source>
        <translation>客服结束会话</translation>
    </message>
    <message>
        <source>Customer leaves</source>
        <translation>客户离开</translation>
    </message>
    <message>
        <source>Prompts are heard; click for silence</source>
        <translation>正在播放提示音，点击静音</translation>
    </message>
    <message>
        <source>Hear the prompts</source>
        <translation>播放提示音</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::SoundField</name>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>文字转语音</translation>
    </message>
    <message>
        <source>Audio file</source>
        <translation>音频文件</translation>
    </message>
    <message>
        <source>Text to speak</source>
        <translation>朗读内容</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Choose an audio file</source>
        <translation>请选择音频</translation>
    </message>
    <message>
        <source>The server&apos;s own</source>
        <translation>服务器默认</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::TestsPanel</name>
    <message>
        <source>a node that is gone</source>
        <translation>已删除的节点</translation>
    </message>
    <message>
        <source>The flow has no start.</source>
        <translation>流程没有开始节点。</translation>
    </message>
    <message>
        <source>It ends another way.</source>
        <translation>结束方式不同。</translation>
    </message>
    <message>
        <source>Step %1 is not possible any more.</source>
        <translation>第 %1 步已无法执行。</translation>
    </message>
    <message>
        <source>It stops before “%1”.</source>
        <translation>在“%1”之前停止。</translation>
    </message>
    <message>
        <source>It goes on to “%1”.</source>
        <translation>继续走到了“%1”。</translation>
    </message>
    <message>
        <source>It goes to “%1” instead of “%2”.</source>
        <translation>走到了“%1”，而不是“%2”。</translation>
    </message>
    <message>
        <source>A run of the simulator can be kept as a test. Publishing plays all tests and stops when one goes another way.</source>
        <translation>可以把一次模拟保存为测试用例。发布时会运行全部用例，若有走向不同则停止发布。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>测试用例</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>通过</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::VersionsDialog</name>
    <message>
        <source>Versions of “%1”</source>
        <translation>“%1”的版本</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Make it the draft</source>
        <translation>设为草稿</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Asking the server for the versions…</source>
        <translation>正在获取版本…</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <comment>time, person</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>This flow was never published. Every publishing makes a version.</source>
        <translation>该流程从未发布。每次发布都会产生一个版本。</translation>
    </message>
    <message>
        <source>Opening version %1…</source>
        <translation>正在打开版本 %1…</translation>
    </message>
    <message>
        <source>This version cannot be read by this version of the program.</source>
        <translation>此版本的程序无法读取该版本。</translation>
    </message>
    <message>
        <source>The draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Unpublish the flow first; a published one is not changed.</source>
        <translation>请先撤销发布；已发布的流程不能修改。</translation>
    </message>
    <message>
        <source>Make version %1 the draft?</source>
        <translation>将版本 %1 设为草稿？</translation>
    </message>
    <message>
        <source>It takes the place of the present draft, with everything that is not saved or published.</source>
        <translation>它将替换当前草稿，包括尚未保存或发布的全部内容。</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对比对象</translation>
    </message>
    <message>
        <source>Make version %1 the draft</source>
        <translation>将版本 %1 设为草稿</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::Words</name>
    <message>
        <source>No skill group chosen</source>
        <translation>未选择技能组</translation>
    </message>
    <message>
        <source>A skill group that is gone</source>
        <translation>已删除的技能组</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>转至%1</translation>
    </message>
    <message>
        <source>Stays open while the customer is silent</source>
        <translation>客户无响应时不结束</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>节点名称</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>播放内容</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Answer to any other input</source>
        <translation>输入无法识别时的回复</translation>
    </message>
    <message>
        <source>Prompt after a time-out</source>
        <translation>超时提示</translation>
    </message>
    <message>
        <source>Prompt after a wrong key</source>
        <translation>按键错误提示</translation>
    </message>
    <message>
        <source>Errors allowed</source>
        <translation>允许错误次数</translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation>超时时间</translation>
    </message>
    <message>
        <source>Skill group</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Text while queued</source>
        <translation>排队提示</translation>
    </message>
    <message>
        <source>Text when nobody can answer</source>
        <translation>无法接待时的提示</translation>
    </message>
    <message>
        <source>Text when an agent answers</source>
        <translation>接入提示</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>最长等待时间</translation>
    </message>
    <message>
        <source>Music while waiting</source>
        <translation>等待音乐</translation>
    </message>
    <message>
        <source>Announcement before the agent joins</source>
        <translation>客服接入前的播报</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>无响应时间</translation>
    </message>
    <message>
        <source>Text when silence ends the session</source>
        <translation>因无响应结束时的提示</translation>
    </message>
    <message>
        <source>Text when the agent ends the session</source>
        <translation>客服结束会话时的提示</translation>
    </message>
    <message>
        <source>Name of the branch</source>
        <translation>分支名称</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>放音</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息发送</translation>
    </message>
    <message>
        <source>Key menu</source>
        <translation>按键分支</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Transfer to human</source>
        <translation>转人工</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>No audio chosen</source>
        <translation>未选择音频</translation>
    </message>
    <message>
        <source>Audio: %1</source>
        <translation>音频：%1</translation>
    </message>
    <message>
        <source>when served</source>
        <translation>服务结束后</translation>
    </message>
    <message>
        <source>when nobody answers</source>
        <translation>无人接待时</translation>
    </message>
    <message>
        <source>then</source>
        <translation>然后</translation>
    </message>
    <message>
        <source>The flow has no start.</source>
        <translation>流程没有开始节点。</translation>
    </message>
    <message>
        <source>A flow has one start; this is one too many.</source>
        <translation>流程只能有一个开始节点，这个是多余的。</translation>
    </message>
    <message>
        <source>The flow has no end.</source>
        <translation>流程没有结束节点。</translation>
    </message>
    <message>
        <source>A flow has at most %1 nodes.</source>
        <translation>一个流程最多 %1 个节点。</translation>
    </message>
    <message>
        <source>Two nodes have the same number.</source>
        <translation>两个节点编号相同。</translation>
    </message>
    <message>
        <source>This kind of node does not belong in such a flow.</source>
        <translation>此类流程不能使用这种节点。</translation>
    </message>
    <message>
        <source>“%1” leads nowhere.</source>
        <translation>“%1”没有连接到任何节点。</translation>
    </message>
    <message>
        <source>“%1” leads to more than one node.</source>
        <translation>“%1”连接了多个节点。</translation>
    </message>
    <message>
        <source>A line leaves from “%1”, which this node does not have.</source>
        <translation>有连线来自“%1”，但此节点没有这个出口。</translation>
    </message>
    <message>
        <source>A line leads to or from a node that is not there.</source>
        <translation>有连线连接了不存在的节点。</translation>
    </message>
    <message>
        <source>A line leads back into the start.</source>
        <translation>有连线回到了开始节点。</translation>
    </message>
    <message>
        <source>No way leads here from the start.</source>
        <translation>从开始节点无法到达这里。</translation>
    </message>
    <message>
        <source>No way leads from here to an end.</source>
        <translation>从这里无法到达结束节点。</translation>
    </message>
    <message>
        <source>The flow runs in a circle here without ever waiting for the customer.</source>
        <translation>流程在这里形成循环，且从不等待客户输入。</translation>
    </message>
    <message>
        <source>After the agent’s part only messages and an end may follow, not “%1”.</source>
        <translation>人工服务之后只能是消息和结束节点，不能是“%1”。</translation>
    </message>
    <message>
        <source>No skill group is chosen.</source>
        <translation>未选择技能组。</translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation>“%1”为空。</translation>
    </message>
    <message>
        <source>“%1” is longer than %2 characters.</source>
        <translation>“%1”超过 %2 个字符。</translation>
    </message>
    <message>
        <source>“%1” has characters that cannot be sent.</source>
        <translation>“%1”含有无法发送的字符。</translation>
    </message>
    <message>
        <source>“%1” must be from %2 to %3.</source>
        <translation>“%1”必须在 %2 到 %3 之间。</translation>
    </message>
    <message>
        <source>The skill group is no longer there.</source>
        <translation>技能组已不存在。</translation>
    </message>
    <message>
        <source>The skill group serves another kind of session.</source>
        <translation>技能组的类型与流程不符。</translation>
    </message>
    <message>
        <source>“%1”: the audio is not there or not approved.</source>
        <translation>“%1”：音频不存在或未通过审核。</translation>
    </message>
    <message>
        <source>It has no branches.</source>
        <translation>没有任何分支。</translation>
    </message>
    <message>
        <source>Two branches are called “%1”.</source>
        <translation>有两个分支都叫“%1”。</translation>
    </message>
    <message>
        <source>The keyword “%1” stands at two branches.</source>
        <translation>关键词“%1”出现在两个分支中。</translation>
    </message>
    <message>
        <source>“%1” is no key of a telephone.</source>
        <translation>“%1”不是电话按键。</translation>
    </message>
    <message>
        <source>The key “%1” stands at two branches.</source>
        <translation>按键“%1”出现在两个分支中。</translation>
    </message>
    <message>
        <source>Ends after %1 s of silence</source>
        <translation>无响应 %1 秒后结束</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Question to the customer</source>
        <translation>向客户提问</translation>
    </message>
    <message>
        <source>Text to the customer</source>
        <translation>发送给客户的内容</translation>
    </message>
    <message>
        <source>Nothing leads to the branch “%1”: it has no keys.</source>
        <translation>没有按键通向分支“%1”。</translation>
    </message>
    <message>
        <source>Nothing leads to the branch “%1”: it has no keywords.</source>
        <translation>没有关键词通向分支“%1”。</translation>
    </message>
</context>
<context>
    <name>cb::floweditor::ZoomBar</name>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小（−）</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Show the whole flow (Ctrl+9)</source>
        <translation>显示整个流程（Ctrl+9）</translation>
    </message>
    <message>
        <source>Back to 100 % (Ctrl+0)</source>
        <translation>恢复 100 %（Ctrl+0）</translation>
    </message>
</context>
<context>
    <name>cb::records::ExportBar</name>
    <message>
        <source>Stopping the export…</source>
        <translation>正在停止导出…</translation>
    </message>
    <message>
        <source>Exporting: %1 records, %2 %</source>
        <translation>正在导出：%1 条记录，%2 %</translation>
    </message>
    <message>
        <source>The export waits for its turn…</source>
        <translation>导出正在排队…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>The file is ready: %1 records, %2.</source>
        <translation>文件已准备好：%1 条记录，%2。</translation>
    </message>
    <message>
        <source>Saving: %1 %</source>
        <translation>正在保存：%1 %</translation>
    </message>
</context>
<context>
    <name>cb::records::FilterBar</name>
    <message>
        <source>Search messages and names</source>
        <translation>搜索消息和姓名</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Skill group</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
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
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Own range</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已接待</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未接待</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>全部技能组</translation>
    </message>
    <message>
        <source>All agents</source>
        <translation>全部坐席</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>全部通话</translation>
    </message>
    <message>
        <source>With a recording</source>
        <translation>有录音</translation>
    </message>
    <message>
        <source>Search numbers and names</source>
        <translation>搜索号码和名称</translation>
    </message>
</context>
<context>
    <name>cb::records::RecordDetail</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>会话内容</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Replay on the flow</source>
        <translation>在流程上回放</translation>
    </message>
    <message>
        <source>Erase this customer…</source>
        <translation>清除该客户…</translation>
    </message>
    <message>
        <source>The server did not tell more: %1</source>
        <translation>服务器没有给出更多信息：%1</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>This conversation is not on this computer, and the server did not give it.</source>
        <translation>本机没有这次会话，服务器也没有给出。</translation>
    </message>
    <message>
        <source>The server did not answer: this is what is on this computer.</source>
        <translation>服务器没有响应：这是本机保存的内容。</translation>
    </message>
    <message>
        <source>Nothing was said in this conversation.</source>
        <translation>这次会话没有任何消息。</translation>
    </message>
    <message>
        <source>Nothing was written in this call.</source>
        <translation>此通话没有文字内容。</translation>
    </message>
</context>
<context>
    <name>cb::records::RecordTable</name>
    <message>
        <source>No record fits what is chosen above.</source>
        <translation>没有符合以上条件的记录。</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>清除筛选条件</translation>
    </message>
    <message>
        <source>There are no records of this time. Each conversation has one as soon as it begins.</source>
        <translation>这段时间没有记录。每次会话一开始就会有一条记录。</translation>
    </message>
    <message>
        <source>Looking further back…</source>
        <translation>正在继续向前查找…</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1 条</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 条</translation>
    </message>
</context>
<context>
    <name>cb::records::RecordingBar</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Audio files (*.%1)</source>
        <translation>音频文件 (*.%1)</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已另存为 %1</translation>
    </message>
    <message>
        <source>The file could not be written there. Choose another folder.</source>
        <translation>无法写入该位置，请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>cb::records::RecordsPage</name>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Service records</source>
        <translation>服务记录</translation>
    </message>
    <message>
        <source>Every conversation of this call centre, newest first.</source>
        <translation>本呼叫中心的全部会话，最新的在前。</translation>
    </message>
    <message>
        <source>The conversations you have had, newest first.</source>
        <translation>您接待过的会话，最新的在前。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Show what is new</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Erase %1?</source>
        <translation>清除 %1？</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Name, notes, OpenID or number, the text of all messages, pictures, files and the notes of wrap-up forms of this customer go for good, in all conversations. Times, skill groups, agents and how each conversation ended stay for the statistics. Exported files that are still on the server go, too. Not reached are files that were saved, what other computers keep for work without the server, tests that were made from a conversation, and the operator&apos;s copies of the database: backups, and the snapshots made before an upgrade (.before-N). The operator has to delete those. This cannot be undone.</source>
        <translation>该客户在所有会话中的姓名、备注、OpenID 或号码、全部消息文字、图片、文件以及话后整理的备注将被永久清除。时间、技能组、坐席和结束原因会保留用于统计。服务器上尚存的导出文件也会删除。以下内容不在清除范围内：已另存的文件、其他电脑为离线工作保存的内容、由会话生成的流程测试，以及平台运营保存的数据库副本，即备份和升级前的快照（.before-N），这些须由平台运营删除。此操作无法撤销。</translation>
    </message>
    <message>
        <source>The customer was erased. Backups and snapshots made before are the operator&apos;s to delete.</source>
        <translation>该客户已清除。此前的备份和快照须由平台运营删除。</translation>
    </message>
</context>
<context>
    <name>cb::state::SessionListModel</name>
    <message>
        <source>[Picture]</source>
        <translation>[图片]</translation>
    </message>
    <message>
        <source>[File]</source>
        <translation>[文件]</translation>
    </message>
    <message>
        <source>[File] %1</source>
        <translation>[文件] %1</translation>
    </message>
    <message>
        <source>waiting since %1</source>
        <translation>%1 起等待</translation>
    </message>
    <message>
        <source>you declined it at %1</source>
        <translation>您在 %1 拒绝过</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n 条未读</numerusform>
        </translation>
    </message>
    <message>
        <source>has left the page</source>
        <translation>已离开页面</translation>
    </message>
    <message>
        <source>is typing</source>
        <translation>正在输入</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>呼叫中…</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保持中</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>呼出电话</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>呼入电话</translation>
    </message>
</context>
<context>
    <name>cb::state::TranscriptModel</name>
    <message>
        <source>Internal note</source>
        <translation>内部备注</translation>
    </message>
    <message>
        <source>[Picture]</source>
        <translation>[图片]</translation>
    </message>
    <message>
        <source>[File] %1</source>
        <translation>[文件] %1</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>发送中</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>read</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <translation>未发送：%1</translation>
    </message>
</context>
<context>
    <name>cb::webview::PagePrompt</name>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 wants you to sign in</source>
        <translation>%1 要求登录</translation>
    </message>
    <message>
        <source>%1 asks</source>
        <translation>%1 询问</translation>
    </message>
</context>
<context>
    <name>cb::webview::PageView</name>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>This installation shows web pages in the system&apos;s browser.</source>
        <translation>当前安装在系统浏览器中显示网页。</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>The page was not opened: its certificate is not trusted. %1</source>
        <translation>页面未打开：其证书不受信任。%1</translation>
    </message>
    <message>
        <source>The page has crashed.</source>
        <translation>页面已崩溃。</translation>
    </message>
    <message>
        <source>The page does not respond.</source>
        <translation>页面没有响应。</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>无法访问 %1。</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 提示：%2</translation>
    </message>
    <message>
        <source>The page wanted to open a window: %1</source>
        <translation>页面试图打开窗口：%1</translation>
    </message>
    <message>
        <source>Only http and https are opened here: %1</source>
        <translation>此处只能打开 http 和 https 地址：%1</translation>
    </message>
    <message>
        <source>%1 wanted the camera, the microphone, your place or notifications. Pages here get none.</source>
        <translation>%1 请求使用摄像头、麦克风、位置或通知。此处的页面一律不予授权。</translation>
    </message>
    <message>
        <source>Saving %1: %2 %</source>
        <translation>正在保存 %1：%2 %</translation>
    </message>
    <message>
        <source>Saving %1…</source>
        <translation>正在保存 %1…</translation>
    </message>
    <message>
        <source>%1 is saved.</source>
        <translation>%1 已保存。</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>%1 could not be saved.</source>
        <translation>无法保存 %1。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Pages here cannot take files of this computer. Open the page in the browser for that.</source>
        <translation>此处的网页不能读取本机文件。如需上传，请在浏览器中打开。</translation>
    </message>
    <message>
        <source>A part of the page is missing: its certificate is not trusted. %1</source>
        <translation>页面的一部分未加载：其证书不受信任。%1</translation>
    </message>
    <message>
        <source>The page asked something while nobody looked at it.</source>
        <translation>页面在无人查看时提出了询问。</translation>
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
    <name>cb::widgets::DataTable</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Nothing fits what is searched for.</source>
        <translation>没有符合条件的内容。</translation>
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
    <name>cb::widgets::Drawer</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Discard the changes?</source>
        <translation>放弃修改？</translation>
    </message>
    <message>
        <source>What you have changed here is not saved yet.</source>
        <translation>这里的修改尚未保存。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
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
    <name>cb::widgets::PlayerBar</name>
    <message>
        <source>This computer has nothing to hear it by. Plug in headphones or loudspeakers.</source>
        <translation>本机没有播放设备，请接上耳机或音箱。</translation>
    </message>
    <message>
        <source>Place in the sound</source>
        <translation>播放位置</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>另存为文件</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Being fetched…</source>
        <translation>正在获取…</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>打开声音</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
</context>
<context>
    <name>cb::widgets::ProgressDialog</name>
    <message>
        <source>about %1 s left</source>
        <translation>还需约 %1 秒</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>还需约 %1 分钟</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>cb::widgets::RecorderBar</name>
    <message>
        <source>There is no microphone, or another program has it.</source>
        <translation>没有麦克风，或正被其他程序占用。</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Loudness of the microphone</source>
        <translation>麦克风音量</translation>
    </message>
    <message>
        <source>Speak into the microphone of this computer.</source>
        <translation>请对着本机麦克风说话。</translation>
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
    <name>cb::widgets::TablePage</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1 条</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>the newest %1</source>
        <translation>最新 %1 条</translation>
    </message>
    <message>
        <source>%1 of the newest %2</source>
        <translation>%1 / 最新 %2 条</translation>
    </message>
    <message>
        <source>Only the newest %1 are in it.</source>
        <translation>其中只有最新的 %1 条。</translation>
    </message>
    <message>
        <source>Written to %1. %2</source>
        <translation>已写入 %1。%2</translation>
    </message>
</context>
<context>
    <name>cb::widgets::TickList</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>%1 of %2 chosen</source>
        <translation>已选 %1 / %2</translation>
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
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>内部备注</translation>
    </message>
    <message>
        <source>The customer does not see this.</source>
        <translation>客户看不到此内容。</translation>
    </message>
</context>
<context>
    <name>cb::workbench::AfterCallBar</name>
    <message>
        <source>After the call</source>
        <translation>话后</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后整理</translation>
    </message>
    <message>
        <source>Finish notes first, without being offered anything (Shift+F8)</source>
        <translation>先整理记录，期间不分配会话（Shift+F8）</translation>
    </message>
    <message>
        <source>The call is over.</source>
        <translation>通话已结束。</translation>
    </message>
    <message>
        <source>End wrap-up</source>
        <translation>结束话后整理</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续接听</translation>
    </message>
    <message>
        <source>Be ready for the next call (F8)</source>
        <translation>准备接听下一通电话（F8）</translation>
    </message>
    <message>
        <source>In wrap-up: nothing is offered to you.</source>
        <translation>话后整理中，不会分配会话给您。</translation>
    </message>
    <message>
        <source>Ready for the next call in %1</source>
        <translation>%1 后可接听下一通电话</translation>
    </message>
    <message>
        <source>Nothing is offered to you until you continue.</source>
        <translation>点击“继续接听”之前，不会分配会话给您。</translation>
    </message>
</context>
<context>
    <name>cb::workbench::CallBar</name>
    <message>
        <source>Number withheld</source>
        <translation>号码未显示</translation>
    </message>
    <message>
        <source>Keypad (Ctrl+P)</source>
        <translation>拨号键盘（Ctrl+P）</translation>
    </message>
    <message>
        <source>Transfer (Ctrl+T)</source>
        <translation>转接（Ctrl+T）</translation>
    </message>
    <message>
        <source>Hang up (Ctrl+Shift+E)</source>
        <translation>挂断（Ctrl+Shift+E）</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Calling, the other end sounds</source>
        <translation>呼叫中，可听到对方提示音</translation>
    </message>
    <message>
        <source>Calling…</source>
        <translation>呼叫中…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在接通…</translation>
    </message>
    <message>
        <source>In a call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保持中</translation>
    </message>
    <message>
        <source>No sound, connecting again…</source>
        <translation>没有声音，正在重新连接…</translation>
    </message>
    <message>
        <source>Microphone on (Ctrl+M)</source>
        <translation>取消静音（Ctrl+M）</translation>
    </message>
    <message>
        <source>Mute (Ctrl+M)</source>
        <translation>静音（Ctrl+M）</translation>
    </message>
    <message>
        <source>Back to the call (Ctrl+H)</source>
        <translation>恢复通话（Ctrl+H）</translation>
    </message>
    <message>
        <source>Hold (Ctrl+H)</source>
        <translation>保持（Ctrl+H）</translation>
    </message>
    <message>
        <source>%1 · recorded</source>
        <translation>%1 · 录音中</translation>
    </message>
    <message>
        <source>Poor connection</source>
        <translation>连接较差</translation>
    </message>
    <message>
        <source>Fair connection</source>
        <translation>连接一般</translation>
    </message>
    <message>
        <source>Good connection</source>
        <translation>连接良好</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1
Lost: %2 %
Jitter: %3 ms
There and back: %4</source>
        <translation>%1
丢包：%2 %
抖动：%3 毫秒
往返：%4</translation>
    </message>
    <message>
        <source>The microphone is gone, and there is no other.</source>
        <translation>麦克风已断开，且没有其他麦克风。</translation>
    </message>
    <message>
        <source>The speaker is gone, and there is no other.</source>
        <translation>扬声器已断开，且没有其他扬声器。</translation>
    </message>
    <message>
        <source>The microphone is %1 now.</source>
        <translation>麦克风已切换为 %1。</translation>
    </message>
    <message>
        <source>The speaker is %1 now.</source>
        <translation>扬声器已切换为 %1。</translation>
    </message>
</context>
<context>
    <name>cb::workbench::ContextPanel</name>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Block…</source>
        <translation>拉黑…</translation>
    </message>
    <message>
        <source>Way through the flow</source>
        <translation>流程路径</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访问信息</translation>
    </message>
    <message>
        <source>The first conversation with this customer.</source>
        <translation>这是与该客户的第一次会话。</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>全部会话</translation>
    </message>
    <message>
        <source>Earlier conversations</source>
        <translation>历史会话</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>A customer needs a name.</source>
        <translation>请填写客户姓名。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Block this visitor?</source>
        <translation>确定拉黑该访客？</translation>
    </message>
    <message>
        <source>The conversation ends now and new ones are refused until an admin lifts the block. The visitor is told that service is not available.</source>
        <translation>会话将立即结束，在管理员解除之前不再接受新会话。访客会被告知暂时无法提供服务。</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>拉黑</translation>
    </message>
    <message>
        <source>The customer&apos;s details and earlier sessions appear here.</source>
        <translation>这里显示客户资料和历史会话。</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Session number</source>
        <translation>会话编号</translation>
    </message>
    <message>
        <source>%1 is blocked.</source>
        <translation>已拉黑%1。</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>OpenID</source>
        <translation>OpenID</translation>
    </message>
</context>
<context>
    <name>cb::workbench::Conversation</name>
    <message>
        <source>Open this link?</source>
        <translation>确定打开此链接？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Why did I get this session?</source>
        <translation>为什么分配给我？</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>End session</source>
        <translation>结束会话</translation>
    </message>
    <message>
        <source>End session (Ctrl+E)</source>
        <translation>结束会话（Ctrl+E）</translation>
    </message>
    <message>
        <source>Write a message; “/” for quick replies</source>
        <translation>输入消息，“/”插入快捷回复</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>has left the page</source>
        <translation>已离开页面</translation>
    </message>
    <message>
        <source>%1 is typing…</source>
        <translation>%1正在输入…</translation>
    </message>
    <message>
        <source>Send pictures or files</source>
        <translation>发送图片或文件</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>The file could not be written there. Choose another folder.</source>
        <translation>无法写入该位置，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Discard this message</source>
        <translation>丢弃此消息</translation>
    </message>
    <message>
        <source>Select a session to read and answer it.</source>
        <translation>选择一个会话进行查看和回复。</translation>
    </message>
    <message numerus="yes">
        <source>At most %n pictures and files go with one message.</source>
        <translation>
            <numerusform>一条消息最多附带 %n 个图片或文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Transfer (Ctrl+T)</source>
        <translation>转接（Ctrl+T）</translation>
    </message>
</context>
<context>
    <name>cb::workbench::DeviceCheck</name>
    <message>
        <source>%1 (not plugged in)</source>
        <translation>%1（未连接）</translation>
    </message>
    <message>
        <source>Device check</source>
        <translation>设备检测</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>Level of the microphone</source>
        <translation>麦克风音量</translation>
    </message>
    <message>
        <source>Play a tone</source>
        <translation>播放测试音</translation>
    </message>
    <message>
        <source>You hear nothing? Choose another speaker, or turn up its volume.</source>
        <translation>听不到？请选择其他扬声器，或调大音量。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>The microphone hears you.</source>
        <translation>麦克风可以听到您的声音。</translation>
    </message>
    <message>
        <source>Say something: the bar has to move.</source>
        <translation>请说话，音量条应随之变化。</translation>
    </message>
    <message>
        <source>The server is reached.</source>
        <translation>服务器连接正常。</translation>
    </message>
    <message>
        <source>The server cannot be reached at the moment: calls cannot come.</source>
        <translation>目前无法连接服务器，不会有来电。</translation>
    </message>
</context>
<context>
    <name>cb::workbench::DialDialog</name>
    <message>
        <source>Call a number</source>
        <translation>拨打电话</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Type or paste it</source>
        <translation>输入或粘贴号码</translation>
    </message>
    <message>
        <source>They see</source>
        <translation>主叫号码</translation>
    </message>
    <message>
        <source>Called before</source>
        <translation>最近拨打</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
</context>
<context>
    <name>cb::workbench::EndPrompt</name>
    <message>
        <source>End the session with %1?</source>
        <translation>结束与 %1 的会话？</translation>
    </message>
    <message>
        <source>Enter: end · Esc: go on</source>
        <translation>Enter 结束 · Esc 继续</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>cb::workbench::KeyPad</name>
    <message>
        <source>Keypad</source>
        <translation>拨号键盘</translation>
    </message>
</context>
<context>
    <name>cb::workbench::NoticeBar</name>
    <message>
        <source>%1 declined the session with %2.</source>
        <translation>%1 拒绝了与 %2 的会话。</translation>
    </message>
    <message>
        <source>%1 did not answer the session with %2.</source>
        <translation>%1 没有接听与 %2 的会话。</translation>
    </message>
    <message>
        <source>%1 lost the connection before taking the session with %2.</source>
        <translation>%1 断开了连接，没有接到与 %2 的会话。</translation>
    </message>
    <message>
        <source>%1 left before taking the session with %2.</source>
        <translation>%1 已离开，没有接与 %2 的会话。</translation>
    </message>
    <message>
        <source>%1 could not take the session with %2.</source>
        <translation>%1 无法接与 %2 的会话。</translation>
    </message>
    <message>
        <source>You missed an offer at %1 and are on a break; customers are not offered to you.</source>
        <translation>您在 %1 未接听来访，已转为小休；在此期间不会为您分配客户。</translation>
    </message>
    <message>
        <source>It waits for any agent of %1 now.</source>
        <translation>现在由 %1 的任一客服接待。</translation>
    </message>
    <message>
        <source>It went back to its flow.</source>
        <translation>会话已回到流程。</translation>
    </message>
    <message>
        <source>%1 – %2 %3</source>
        <comment>time, what happened, where it is now</comment>
        <translation>%1 – %2%3</translation>
    </message>
    <message>
        <source>The session with %1 was completed without what you had typed: “%2”</source>
        <translation>与 %1 的会话已完成，您填写的内容没有提交：“%2”</translation>
    </message>
    <message>
        <source>Back to idle</source>
        <translation>回到空闲</translation>
    </message>
    <message>
        <source>Copy it</source>
        <translation>复制内容</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>已知晓</translation>
    </message>
    <message>
        <source>The session with %1 is completed. The connection ended while your wrap-up was being sent; it is not known whether it arrived: “%2”</source>
        <translation>与 %1 的会话已完成。提交您填写的内容时连接中断，不知是否已送达：“%2”</translation>
    </message>
</context>
<context>
    <name>cb::workbench::OfferCard</name>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Answer (F2)</source>
        <translation>接听（F2）</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>由 %1 转来</translation>
    </message>
    <message>
        <source>%1 is ringing, %2</source>
        <translation>%1 正在呼入，%2</translation>
    </message>
    <message>
        <source>waiting %1</source>
        <translation>已等待 %1</translation>
    </message>
    <message>
        <source>You declined this at %1</source>
        <translation>您在 %1 拒绝过此会话</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>号码未显示</translation>
    </message>
</context>
<context>
    <name>cb::workbench::ReasonsDialog</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Why this agent</source>
        <translation>为什么分配给这位客服</translation>
    </message>
    <message>
        <source>Offer, candidates</source>
        <translation>分配与候选客服</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>Idle for</source>
        <translation>空闲时长</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Offers of this session</source>
        <translation>此会话的分配记录</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>This session was never offered to anybody.</source>
        <translation>此会话从未分配给任何客服。</translation>
    </message>
    <message>
        <source>Each time the session was offered, and who else could have had it.</source>
        <translation>每一次分配，以及当时其他可选的客服。</translation>
    </message>
    <message>
        <source>Agent %1</source>
        <translation>客服 %1</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>选中</translation>
    </message>
    <message>
        <source>next in order</source>
        <translation>顺位在后</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 位</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>cb::workbench::SessionDelegate</name>
    <message>
        <source>typing…</source>
        <translation>正在输入…</translation>
    </message>
</context>
<context>
    <name>cb::workbench::SessionPanel</name>
    <message>
        <source>RINGING</source>
        <translation>响铃中</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>进行中的会话</translation>
    </message>
    <message>
        <source>WRAP-UP</source>
        <translation>话后整理</translation>
    </message>
    <message>
        <source>Sessions in wrap-up</source>
        <translation>话后整理中的会话</translation>
    </message>
    <message>
        <source>OPEN (%1 of %2)</source>
        <translation>进行中（%1/%2）</translation>
    </message>
    <message>
        <source>OPEN (%1)</source>
        <translation>进行中（%1）</translation>
    </message>
    <message>
        <source>You are offline: no sessions are offered to you.</source>
        <translation>您已下线，不会收到会话。</translation>
    </message>
    <message>
        <source>No sessions yet. New customers ring here.</source>
        <translation>暂无会话。新的客户会在这里响铃。</translation>
    </message>
    <message>
        <source>Go online</source>
        <translation>现在上线</translation>
    </message>
    <message>
        <source>You are on a break: no sessions are offered to you.</source>
        <translation>您在小休中，不会收到会话。</translation>
    </message>
    <message>
        <source>End break</source>
        <translation>结束小休</translation>
    </message>
    <message>
        <source>Last contact %1: %2</source>
        <translation>上次联系 %1：%2</translation>
    </message>
</context>
<context>
    <name>cb::workbench::StagedFiles</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>cb::workbench::TransferDialog</name>
    <message>
        <source>Transfer the session</source>
        <translation>转接会话</translation>
    </message>
    <message>
        <source>Skill groups</source>
        <translation>技能组</translation>
    </message>
    <message>
        <source>Colleagues</source>
        <translation>同事</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Who takes over</source>
        <translation>由谁接手</translation>
    </message>
    <message>
        <source>Note for whoever takes over (the customer does not see it)</source>
        <translation>给接手人的备注（客户看不到）</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message numerus="yes">
        <source>%n online</source>
        <translation>
            <numerusform>%n 人在线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 人排队</numerusform>
        </translation>
    </message>
    <message>
        <source>Transfer the call</source>
        <translation>转接通话</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Number outside</source>
        <translation>外部号码</translation>
    </message>
</context>
<context>
    <name>cb::workbench::WorkbenchPage</name>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Next session</source>
        <translation>下一个会话</translation>
    </message>
    <message>
        <source>Previous session</source>
        <translation>上一个会话</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>撰写消息</translation>
    </message>
    <message>
        <source>Send a picture or file</source>
        <translation>发送图片或文件</translation>
    </message>
    <message>
        <source>Transfer the session</source>
        <translation>转接会话</translation>
    </message>
    <message>
        <source>End the session</source>
        <translation>结束会话</translation>
    </message>
    <message>
        <source>Complete the session</source>
        <translation>完成会话</translation>
    </message>
    <message>
        <source>Why did I get this session?</source>
        <translation>为什么分配给我？</translation>
    </message>
    <message>
        <source>Show or hide the customer column</source>
        <translation>显示或隐藏客户栏</translation>
    </message>
    <message>
        <source>While the connection was away, these sessions ended or went back to the queue: %1</source>
        <translation>连接中断期间，以下会话已结束或已回到队列：%1</translation>
    </message>
    <message>
        <source>Call a number</source>
        <translation>拨打电话</translation>
    </message>
    <message>
        <source>Microphone off or on</source>
        <translation>静音或取消静音</translation>
    </message>
    <message>
        <source>Hold the call, or go back to it</source>
        <translation>保持或恢复通话</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>拨号键盘</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Continue after the call</source>
        <translation>继续接听</translation>
    </message>
    <message>
        <source>Wrap-up after the call</source>
        <translation>话后整理</translation>
    </message>
    <message>
        <source>Device check</source>
        <translation>设备检测</translation>
    </message>
</context>
<context>
    <name>cb::workbench::WrapUpForm</name>
    <message>
        <source>Question</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Technical fault</source>
        <translation>技术故障</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完成会话</translation>
    </message>
    <message>
        <source>Complete (Ctrl+Enter)</source>
        <translation>完成会话（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Completes itself in %1</source>
        <translation>%1 后自动完成</translation>
    </message>
    <message>
        <source>Completes itself in %1, no connection</source>
        <translation>%1 后自动完成，当前无连接</translation>
    </message>
    <message>
        <source>You ended the session.</source>
        <translation>您已结束会话。</translation>
    </message>
    <message>
        <source>Kept and completed in %1</source>
        <translation>%1 后保存并完成</translation>
    </message>
</context>
</TS>
