#include "tests/e2e/tour/furniture.h"

#include <QtCore/QBuffer>
#include <QtGui/QImage>
#include <QtGui/QLinearGradient>
#include <QtGui/QPainter>

namespace cb::tour {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const base::TimePoint kNow = base::fromUnixMillis(1'772'418'600'000); // 2026-03-02 10:30 in Shanghai

model::SessionView view(std::int64_t id, const std::string& name, const std::string& group, seconds ago) {
    model::SessionView view;
    view.session.id = model::SessionId(id);
    view.session.state = model::SessionState::Open;
    view.session.customer = model::CustomerId(id);
    view.session.startedAt = kNow - ago - seconds(50);
    view.session.answeredAt = kNow - ago;
    view.session.flowPath = "欢迎 › 产品咨询 › 转人工";
    view.customerName = name;
    view.customerLocale = "zh_CN";
    view.pageUrl = "https://shop.example.com/zh/products/cups?colour=blue&size=large";
    view.groupName = group;
    view.channelName = "官网";
    return view;
}

wire::MessageView message(std::int64_t session, model::Seq seq, model::Side side, const std::string& text,
                          base::TimePoint at) {
    wire::MessageView view;
    view.message.session = model::SessionId(session);
    view.message.seq = seq;
    view.message.uuid = base::uuidFrom(static_cast<std::uint64_t>(seq), static_cast<std::uint64_t>(session));
    view.message.side = side;
    view.message.agent = side == model::Side::Agent ? model::AgentId(3) : model::AgentId();
    view.message.text = text;
    view.message.at = at;
    return view;
}

QByteArray picture(QSize size) {
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient sky({0, 0}, {0, qreal(size.height())});
    sky.setColorAt(0, QColor(0x8F, 0xC7, 0xE8));
    sky.setColorAt(1, QColor(0xF3, 0xE6, 0xD0));
    painter.fillRect(image.rect(), sky);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(QColor(0x2B, 0x6C, 0xB0));
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(QRectF(size.width() * 0.3, size.height() * 0.3, size.width() * 0.35, size.height() * 0.5),
                            24, 24);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

void attach(test::FakeServer& server, wire::MessageView& view, model::AttachmentKind kind, const std::string& name,
            const QByteArray& bytes, QSize size) {
    model::Attachment attachment;
    attachment.id = model::AttachmentId(static_cast<std::int64_t>(server.files.size()) + 1);
    attachment.session = view.message.session;
    attachment.kind = kind;
    attachment.name = name;
    attachment.bytes = bytes.size();
    attachment.width = size.width();
    attachment.height = size.height();
    server.files[attachment.id] = bytes;
    view.message.kind = kind == model::AttachmentKind::Picture ? model::MessageKind::Picture : model::MessageKind::File;
    view.message.text = name;
    view.message.attachment = attachment.id;
    view.attachment = attachment;
}

void talk(test::FakeServer& server) {
    const auto at = [](int ago) { return kNow - seconds(ago); };
    using model::Side;
    auto& log = server.log;
    log.push_back(message(kLi, 60, Side::Flow, "您好，欢迎光临！请回复：产品咨询 / 售后服务", at(260)));
    log.push_back(message(kLi, 61, Side::Customer, "产品咨询", at(250)));
    log.push_back(message(kLi, 62, Side::Agent, "您好，我是小雨，请问想了解哪款产品？", at(236)));
    log.push_back(
        message(kLi, 63, Side::Customer,
                "这只杯子还有蓝色的吗？😊 我在 https://shop.example.com/zh/products/cups 上只看到白色和灰色的，"
                "家里已经有一只白色的了，想再配一只蓝色的送人。",
                at(200)));
    auto cup = message(kLi, 64, Side::Customer, {}, at(190));
    attach(server, cup, model::AttachmentKind::Picture, "cup.png", picture({640, 480}), {640, 480});
    log.push_back(cup);
    auto price = message(kLi, 65, Side::Agent, {}, at(150));
    attach(server, price, model::AttachmentKind::File, "2026 年春季价目表（含税）.pdf", QByteArray(482'133, 'x'), {});
    log.push_back(price);
    log.push_back(message(kLi, 66, Side::Agent, "有的，还有现货 👍\n今天下单，明天发货。", at(140)));
    auto note = message(kLi, 67, Side::System, "老客户，注意包装。上次的杯子有一只碎了，已经补发。", at(100));
    note.message.kind = model::MessageKind::Note;
    note.message.agent = model::AgentId(4);
    log.push_back(note);
    log.push_back(message(kLi, 68, Side::Customer, "好的，谢谢！", at(60)));
    log.push_back(message(kWu, 70, Side::Customer, "Is anybody there? My parcel has not arrived yet.", at(95)));
    log.push_back(message(kAnna, 80, Side::Agent, "You are welcome.", at(600)));
}

} // namespace

void furnish(test::FakeServer& server) {
    server.clock = kNow;
    server.me.nickname = "小雨";
    server.presence.status = model::AgentStatus::Idle;
    server.presence.since = kNow - seconds(134);
    for (const auto& [id, name, waiting, online] :
         {std::tuple(1, "产品咨询客服1组", 2, 3), std::tuple(2, "售后服务", 0, 1),
          std::tuple(3, "English desk", 12, 4)}) {
        model::GroupView group;
        group.group.id = model::GroupId(id);
        group.group.name = name;
        group.group.limit = 3;
        group.waiting = waiting;
        group.online = online;
        group.member = id == 1;
        server.groups.push_back(group);
    }
    for (const auto& [id, name, number, status] :
         {std::tuple(3, "Ali", "000010", model::AgentStatus::Idle),
          std::tuple(4, "Bo", "000011", model::AgentStatus::Busy),
          std::tuple(5, "陈晨", "000012", model::AgentStatus::Break),
          std::tuple(6, "Dorothea Schmidt-Rottluff", "000013", model::AgentStatus::Offline)})
        server.colleagues.push_back({model::AgentId(id), name, number, status, {}});
    server.quickReplies = {
        {model::QuickReplyId(1), {}, "hello", "您好，很高兴为您服务！"},
        {model::QuickReplyId(2), {}, "delivery", "Orders before 16:00 leave our house on the same day."},
        {model::QuickReplyId(3), {}, "谢谢", "感谢您的咨询，祝您生活愉快！"}};
    wire::SessionSummary before;
    before.id = model::SessionId(70);
    before.startedAt = kNow - hours(50);
    before.endedAt = kNow - hours(49);
    before.agentName = "Bo";
    before.groupName = "售后服务";
    before.endReason = model::EndReason::AgentEnded;
    before.preview = "好的，我等您的消息。";
    before.wrapUp = {"Order", "Wants a larger one next time"};
    server.history = {before, before};
    server.history[1].id = model::SessionId(71);
    server.history[1].agentName = "Dorothea Schmidt-Rottluff";
}

void addSessions(test::FakeServer& server) {
    auto li = view(kLi, "李女士", "产品咨询客服1组", seconds(252));
    li.customerNotes = "Prefers blue.\n喜欢蓝色。";
    li.session.lastSeq = li.session.agentRead = li.session.agentDelivered = 68;
    li.session.customerRead = li.session.customerDelivered = 66;
    li.preview = "好的，谢谢！";
    auto wu = view(kWu, "Mr Wu with quite a long name for such a column", "售后服务", seconds(120));
    wu.session.lastSeq = 70;
    wu.unread = 1;
    wu.preview = "Is anybody there? My parcel has not arrived yet.";
    wu.customerWaitsSince = wu.previewAt = kNow - seconds(95);
    auto anna = view(kAnna, "Anna", "English desk", seconds(700));
    anna.session.lastSeq = 80;
    anna.preview = "You are welcome.";
    anna.previewSide = model::Side::Agent;
    anna.preview = "2026 年春季价目表（含税）.pdf";
    anna.previewKind = model::MessageKind::File;
    anna.customerOnline = false;
    for (const auto& one : {li, wu, anna})
        server.sessions[one.session.id] = one;
    talk(server);
}

void addOffers(test::FakeServer& server) {
    for (const auto& [id, name, wait] : {std::tuple(20, "访客 138…0000", 7), std::tuple(21, "Visitor 4711", 48)}) {
        model::OfferView offer;
        offer.offer = model::OfferId(id);
        offer.at = kNow - seconds(5);
        offer.expiresAt = id == 20 ? kNow + seconds(15) : base::TimePoint{};
        offer.session = view(id, name, "产品咨询客服1组", seconds(0));
        offer.session.session.state = model::SessionState::Offered;
        offer.session.session.queuedAt = offer.session.waitingSince = kNow - seconds(wait);
        if (id == 21)
            offer.session.lastAgentName = "Dorothea Schmidt-Rottluff";
        server.offers[offer.offer] = offer;
    }
}

void addLongNames(test::FakeServer& server) {
    auto& li = server.sessions[model::SessionId(kLi)];
    li.customerName = "上海市浦东新区张江高科技园区企业服务中心采购部的李女士";
    li.groupName = "产品咨询与售前技术支持客服一组（华东地区）";
    li.channelName = "企业采购官方网站";
    li.lastAgentName = "Dorothea Schmidt-Rottluff";
    li.session.flowPath =
        "Welcome › 产品咨询 › Which of our products would you like to know about › 转人工客服（华东地区）";
    auto& wu = server.sessions[model::SessionId(kWu)];
    wu.customerName = "Maximilian-Alexander Featherstonehaugh-Cholmondeley of Northumberland";
    wu.groupName = "Returns, exchanges and warranty claims (Europe, Middle East and Africa)";
    for (auto& [id, offer] : server.offers) {
        offer.session.customerName = id.value == 20 ? li.customerName : wu.customerName;
        offer.session.groupName = id.value == 20 ? li.groupName : wu.groupName;
        offer.session.session.flowPath = li.session.flowPath;
    }
}

void addPast(test::FakeServer& server, std::int64_t session, int count) {
    const char* const texts[] = {
        "好的", "Could you tell me a little more about how it is made, and where?",
        "我们的杯子都是手工制作的，每一只都略有不同。烧制温度在一千二百度以上，可以放进洗碗机。", "OK 👍",
        "www.example.com/care has all of it."};
    std::vector<wire::MessageView> past;
    for (int i = 0; i < count; ++i) {
        const auto side = i % 3 == 0 ? model::Side::Agent : model::Side::Customer;
        // Numbered below those of the sessions.
        past.push_back(message(session, i + 1, side, texts[i % 5], kNow - minutes(40) * (count - i)));
    }
    server.log.insert(server.log.begin(), past.begin(), past.end());
}

} // namespace cb::tour
