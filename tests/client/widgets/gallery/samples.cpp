#include "tests/client/widgets/gallery/samples.h"

#include <QPainter>

namespace cb::gallery {

using namespace widgets;

namespace {
bool g_chinese = false;

QImage landscape() {
    QImage image(640, 420, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient sky(0, 0, 0, 420);
    sky.setColorAt(0, QColor(0x6FA8DC));
    sky.setColorAt(0.6, QColor(0xF6D5B0));
    painter.fillRect(image.rect(), sky);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x35524A));
    painter.drawPolygon(QPolygon({{0, 420}, {0, 300}, {160, 190}, {300, 310}, {430, 210}, {640, 330}, {640, 420}}));
    painter.setBrush(QColor(0xFFF3C4));
    painter.drawEllipse(QPoint(500, 110), 38, 38);
    return image;
}

} // namespace

bool isChinese() {
    return g_chinese;
}
void setChinese(bool chinese) {
    g_chinese = chinese;
}
QString say(const char* english, const char* chinese) {
    return QString::fromUtf8(g_chinese ? chinese : english);
}

QVariant SampleModel::data(const QModelIndex& index, int role) const {
    const RowData& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case KindRole:
        return int(row.kind);
    case SideRole:
        return int(row.side);
    case AuthorRole:
        return row.author;
    case TextRole:
        return row.text;
    case TimeRole:
        return row.time;
    case DeliveryRole:
        return int(row.delivery);
    case ErrorRole:
        return row.error;
    case PictureRole:
        return row.picture;
    case PictureSizeRole:
        return row.pictureSize;
    case ProgressRole:
        return row.progress;
    case FileNameRole:
        return row.fileName;
    case FileSizeRole:
        return row.fileSize;
    case RetryRole:
        return row.canRetry;
    default:
        return {};
    }
}

void SampleModel::append(std::vector<RowData> rows) {
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + rows.size()) - 1);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    endInsertRows();
}

void SampleModel::prepend(std::vector<RowData> rows) {
    beginInsertRows({}, 0, int(rows.size()) - 1);
    m_rows.insert(m_rows.begin(), rows.begin(), rows.end());
    endInsertRows();
}

void SampleModel::change(int row, const RowData& value) {
    m_rows[std::size_t(row)] = value;
    Q_EMIT dataChanged(index(row), index(row));
}

RowData message(TranscriptSide side, const QString& author, const QString& text, const QDateTime& time,
                Delivery delivery) {
    RowData row;
    row.side = side;
    row.author = author;
    row.text = text;
    row.time = time;
    row.delivery = delivery;
    return row;
}

std::vector<RowData> sampleConversation() {
    const QDateTime now = QDateTime::currentDateTime();
    const QDateTime today(now.date(), QTime(10, 24));
    const QDateTime yesterday = today.addDays(-1);
    const QString agent = say("Ali", "阿狸");
    const QString flow = say("Assistant", "智能助手");
    const auto customer = TranscriptSide::Customer;
    std::vector<RowData> rows;
    const auto add = [&rows](RowData row) { rows.push_back(std::move(row)); };
    add(message(customer, {}, say("Hello, is anybody there?", "你好，有人在吗？"), yesterday));
    add(message(TranscriptSide::Flow, flow,
                say("Welcome. What is it about?\n1 Products\n2 Delivery\n3 Something else",
                    "您好，请问您想咨询什么？\n1 产品咨询\n2 物流配送\n3 其他问题"),
                yesterday.addSecs(2), Delivery::Read));
    add(message(customer, {}, QStringLiteral("1"), yesterday.addSecs(30)));
    RowData system =
        message(TranscriptSide::Flow, {},
                say("Passed to the group Products 1, answered by Ali", "已转接至产品咨询客服1组，由阿狸接待"), today);
    system.kind = TranscriptKind::System;
    add(system);
    add(message(TranscriptSide::Agent, agent,
                say("Good morning, this is Ali. What can I do for you?", "早上好，我是阿狸，请问有什么可以帮您？"),
                today.addSecs(10), Delivery::Read));
    add(message(customer, {},
                say("The kettle I bought last week does not switch off by itself any more. I have already read "
                    "https://shop.example.com/help/kettle (the part on descaling), but that was not it.",
                    "上周买的电热水壶不能自动断电了。我已经看过 "
                    "https://shop.example.com/help/kettle（除垢部分），但是没有解决。"),
                today.addSecs(65)));
    RowData picture = message(customer, {}, {}, today.addSecs(80));
    picture.kind = TranscriptKind::Picture;
    picture.picture = landscape();
    picture.pictureSize = picture.picture.size();
    add(picture);
    RowData file = message(customer, {}, {}, today.addSecs(95));
    file.kind = TranscriptKind::File;
    file.fileName = say("invoice-2026-000314.pdf", "购买发票-2026-000314.pdf");
    file.fileSize = 348211;
    add(file);
    add(message(TranscriptSide::Agent, agent, say("Thank you. I am looking at it.", "谢谢，我看一下。"),
                today.addSecs(120), Delivery::Delivered));
    RowData upload = message(TranscriptSide::Agent, agent, {}, today.addSecs(140), Delivery::Sending);
    upload.kind = TranscriptKind::File;
    upload.fileName = say("return label.pdf", "退货标签.pdf");
    upload.fileSize = 91000;
    upload.progress = 62;
    add(upload);
    RowData failed = message(TranscriptSide::Agent, agent, say("We send you a new one 👍", "我们给您寄一个新的 👍"),
                             today.addSecs(150), Delivery::Failed);
    failed.error = say("Not sent: the connection was lost.", "未发送：连接已断开。");
    add(failed);
    return rows;
}

std::vector<RowData> longConversation(int count, const QDateTime& end) {
    std::vector<RowData> rows;
    rows.reserve(std::size_t(count));
    const QString words = QStringLiteral("Where is my parcel, and when does the new one come to me please ");
    for (int i = 0; i < count; ++i) {
        const auto side = i % 3 == 0 ? TranscriptSide::Agent : TranscriptSide::Customer;
        QString text = QStringLiteral("#%1 ").arg(i);
        text += i % 5 == 0 ? QStringLiteral("您好，请问我的快递什么时候能到？").repeated(1 + i % 7)
                           : words.repeated(1 + i % 4);
        rows.push_back(message(side, {}, text, end.addSecs(-60LL * (count - i)),
                               side == TranscriptSide::Agent ? Delivery::Read : Delivery::None));
    }
    return rows;
}

} // namespace cb::gallery
