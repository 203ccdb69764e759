#include "tests/client/widgets/gallery/pages.h"

#include "client/widgets/compose/composer.h"
#include "client/widgets/controls/avatar.h"
#include "client/widgets/controls/badge.h"
#include "client/widgets/controls/countdown.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"
#include "client/widgets/controls/rail.h"
#include "client/widgets/controls/segmented.h"
#include "client/widgets/controls/splitter.h"
#include "client/widgets/controls/status.h"
#include "client/widgets/overlay/command_palette.h"
#include "client/widgets/overlay/dialog.h"
#include "client/widgets/overlay/emoji_picker.h"
#include "client/widgets/overlay/image_viewer.h"
#include "client/widgets/overlay/shortcut_overlay.h"
#include "client/widgets/overlay/toast.h"
#include "client/widgets/transcript/transcript_view.h"
#include "tests/client/widgets/gallery/samples.h"

#include <QCheckBox>
#include <QDateTimeEdit>
#include <QGroupBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QTreeWidget>

namespace cb::gallery {

using namespace widgets;

namespace {

QHBoxLayout* row(QVBoxLayout* column) {
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    column->addLayout(line);
    return line;
}

QVBoxLayout* page(QWidget* window, int margin = 20) {
    auto* column = new QVBoxLayout(window);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(12);
    return column;
}

void addButtons(QVBoxLayout* column) {
    auto* line = row(column);
    auto* busy = new Button(say("Saving", "正在保存"), Glyph::Save, Button::Kind::Primary);
    busy->setBusy(true);
    auto* off = new Button(say("Publish", "发布"), Button::Kind::Primary);
    off->setEnabled(false);
    auto* offToo = new Button(say("Export", "导出"), Glyph::Download);
    offToo->setEnabled(false);
    auto* small = new Button(say("Answer", "接听"), Glyph::Phone, Button::Kind::Primary);
    small->setSmall(true);
    auto* smallToo = new Button(say("Decline", "拒绝"));
    smallToo->setSmall(true);
    auto* menu = new Button(say("More", "更多"));
    menu->setMenu(new QMenu(menu));
    for (QWidget* widget :
         std::initializer_list<QWidget*>{new Button(say("Go online", "现在上线"), Button::Kind::Primary),
                                         new Button(say("Transfer", "转接"), Glyph::PhoneForwarded),
                                         new Button(say("Add a member", "添加成员"), Glyph::Plus, Button::Kind::Ghost),
                                         new Button(say("Delete", "删除"), Glyph::Trash2, Button::Kind::Danger), busy,
                                         off, offToo, small, smallToo, menu})
        line->addWidget(widget);
    line->addStretch(1);

    auto* icons = row(column);
    auto* checked = new IconButton(Glyph::MicOff, say("Mute", "静音"));
    checked->setCheckable(true);
    checked->setChecked(true);
    auto* hangUp = new IconButton(Glyph::PhoneOff, say("Hang up", "挂断"));
    hangUp->setDanger(true);
    hangUp->setLarge(true);
    auto* badge = new IconButton(Glyph::Bell, say("Notices", "通知"));
    badge->setLarge(true);
    badge->setBadge(12);
    auto* disabled = new IconButton(Glyph::Video, say("Video", "视频"));
    disabled->setEnabled(false);
    for (QWidget* widget : std::initializer_list<QWidget*>{new IconButton(Glyph::Search, say("Search", "搜索")),
                                                           new IconButton(Glyph::Settings, say("Settings", "设置")),
                                                           checked, disabled, hangUp, badge})
        icons->addWidget(widget);
    for (const int count : {1, 12, 120}) {
        auto* mark = new Badge;
        mark->setCount(count);
        mark->setQuiet(count == 12);
        icons->addWidget(mark);
    }
    for (const char* name : {"李女士", "Anna Maria", "王小明", "Bob", "陈", "Zoë Ito"}) {
        auto* avatar = new Avatar(32);
        avatar->setPerson(QString::fromUtf8(name));
        icons->addWidget(avatar);
    }
    icons->addStretch(1);
}

void addStatus(QVBoxLayout* column) {
    auto* line = row(column);
    const QDateTime since = QDateTime::currentDateTimeUtc().addSecs(-134);
    const std::pair<StatusTone, QString> all[] = {{StatusTone::Idle, say("Idle", "空闲中")},
                                                  {StatusTone::Busy, say("Busy", "忙碌中")},
                                                  {StatusTone::WrapUp, say("Wrap-up", "话后整理")},
                                                  {StatusTone::Break, say("Break", "小休中")},
                                                  {StatusTone::Offline, say("Offline", "下线")}};
    for (const auto& [tone, word] : all) {
        auto* pill = new StatusPill;
        pill->setStatus(tone, word, tone == StatusTone::Offline ? QDateTime() : since);
        line->addWidget(pill);
    }
    line->addStretch(1);
    auto* second = row(column);
    auto* full = new StatusPill;
    full->setStatus(StatusTone::Busy, say("Busy", "忙碌中"), since.addSecs(-4000));
    full->setPending(say("Break when the sessions end", "会话结束后小休"));
    full->setPerson(QStringLiteral("阿狸"));
    second->addWidget(full);
    for (const auto& [total, left] : {std::pair(20000, 15000), std::pair(20000, 5000), std::pair(20000, 2000)}) {
        auto* ring = new Countdown(Countdown::Shape::Ring);
        ring->start(total, left);
        second->addWidget(ring);
    }
    auto* bar = new Countdown(Countdown::Shape::Bar);
    bar->start(20000, 13000);
    second->addWidget(bar, 1);
}

void addTabs(QVBoxLayout* column) {
    auto* line = row(column);
    for (const auto shape : {Segmented::Shape::Underlined, Segmented::Shape::Pills}) {
        auto* tabs = new Segmented(shape);
        tabs->addSegment(say("Customer", "客户"));
        tabs->addSegment(say("History", "历史"));
        tabs->addSegment(say("Pages", "页面"));
        tabs->setSegmentCount(1, 3);
        line->addWidget(tabs);
    }
    line->addStretch(1);
}

} // namespace

QWidget* controlsPage() {
    auto* window = new Ground(Ground::Kind::Window);
    auto* outer = page(window, 0);
    outer->setSpacing(0);
    const std::pair<Strip::Grade, QString> strips[] = {
        {Strip::Grade::Warning, say("The connection was lost. Trying again in 4 seconds.", "连接已断开，4 秒后重试。")},
        {Strip::Grade::Error, say("Signed in on another machine. This window no longer receives sessions.",
                                  "账号已在另一台电脑登录，本窗口不再接收会话。")},
        {Strip::Grade::Info, say("A new version is ready.", "新版本已就绪。")}};
    for (const auto& [grade, text] : strips) {
        auto* strip = new Strip;
        outer->addWidget(strip);
        strip->tell(grade, text, say("Try now", "立即重试"));
    }
    auto* inner = new QWidget;
    outer->addWidget(inner, 1);
    auto* column = page(inner);
    column->addWidget(new Label(say("Controls", "控件"), TextSize::Head));
    auto* sentence =
        new Label(say("Everything a page is made of, in one window.", "页面所用的全部控件。"), TextSize::Body);
    sentence->setTone(Tone::Muted);
    column->addWidget(sentence);
    addButtons(column);
    addStatus(column);
    addTabs(column);
    auto* cards = row(column);
    auto* card = new Card;
    card->body()->addWidget(new Label(say("Products, group 1", "产品咨询客服1组"), TextSize::Title));
    card->body()->addWidget(new ElidedLabel(
        say("3 waiting · longest 2:14 · 5 of 7 agents online", "3 人排队 · 最长 2:14 · 7 名客服中 5 名在线")));
    auto* link = new Label(say("Open the group", "打开技能组"));
    link->setTone(Tone::Accent);
    card->body()->addWidget(link);
    auto* danger = new Label(say("No published flow is linked.", "未关联已发布的会话服务流。"));
    danger->setTone(Tone::Danger);
    card->body()->addWidget(danger);
    cards->addWidget(card, 1);
    auto* empty = new EmptyState(
        Glyph::Users, say("Skill groups decide who answers which sessions.", "技能组决定由哪些客服接待哪些会话。"),
        say("Create a skill group", "新建技能组"));
    auto* emptyCard = new Card;
    emptyCard->body()->addWidget(empty);
    cards->addWidget(emptyCard, 1);
    column->addStretch(1);
    window->resize(1100, 640);
    return window;
}

QWidget* formsPage() {
    auto* window = new Ground(Ground::Kind::Surface);
    auto* column = page(window);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(6);
    column->addLayout(grid);
    auto* name = new TextField(say("Name", "姓名"));
    name->setText(QStringLiteral("李女士"));
    auto* mail = new TextField(say("E-mail", "邮箱"));
    mail->setText(QStringLiteral("li@example"));
    mail->setError(say("This is not a complete e-mail address.", "邮箱地址不完整。"));
    auto* number = new TextField(say("Staff number", "工号"));
    number->setPlaceholder(QStringLiteral("000010"));
    number->setHint(say("Cannot be changed later.", "创建后不可修改。"));
    auto* password = new PasswordField(say("Password", "密码"));
    password->edit()->setText(QStringLiteral("correct horse"));
    auto* role = new SelectField(say("Role", "角色"));
    role->box()->addItems({say("Agent", "普通坐席"), say("Admin", "管理员")});
    auto* off = new TextField(say("Staff number (fixed)", "工号（不可修改）"));
    off->setText(QStringLiteral("000009"));
    off->setEnabled(false);
    auto* note = new TextArea(say("Note", "备注"), 3);
    note->setText(say("Prefers to be called in the afternoon.", "希望下午联系。"));
    auto* search = new SearchField(say("Search agents", "搜索客服"));
    QWidget* fields[] = {name, mail, number, password, role, off};
    for (int i = 0; i < 6; ++i)
        grid->addWidget(fields[i], i / 2, i % 2);
    grid->addWidget(note, 3, 0);
    auto* right = new QVBoxLayout;
    grid->addLayout(right, 3, 1);
    right->addWidget(search);
    auto* checks = row(right);
    auto* on = new QCheckBox(say("Answer-timeout transfer", "超时转接"));
    on->setChecked(true);
    auto* part = new QCheckBox(say("All", "全选"));
    part->setCheckState(Qt::PartiallyChecked);
    auto* disabled = new QCheckBox(say("Recording", "录音"));
    disabled->setEnabled(false);
    for (QWidget* widget : {on, part, disabled})
        checks->addWidget(widget);
    auto* radios = row(right);
    auto* first = new QRadioButton(say("Longest idle", "按空闲时长"));
    first->setChecked(true);
    radios->addWidget(first);
    radios->addWidget(new QRadioButton(say("Fewest calls", "按接听数量")));
    auto* spin = new QSpinBox;
    spin->setRange(1, 90);
    spin->setValue(30);
    spin->setSuffix(say(" s", " 秒"));
    radios->addWidget(spin);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setValue(60);
    right->addWidget(slider);
    auto* progress = new QProgressBar;
    progress->setValue(42);
    progress->setTextVisible(false);
    progress->setFixedHeight(6);
    right->addWidget(progress);
    right->addWidget(new QDateTimeEdit(QDateTime(QDate(2026, 3, 14), QTime(9, 26))));
    right->addStretch(1);
    column->addStretch(1);
    window->resize(820, 560);
    return window;
}

QWidget* standardPage() {
    auto* window = new Ground(Ground::Kind::Window);
    auto* column = page(window);
    auto* tabs = new QTabWidget;
    column->addWidget(tabs);
    auto* table = new QTableView;
    auto* model = new QStandardItemModel(table);
    model->setHorizontalHeaderLabels(
        {say("Name", "姓名"), say("Staff no.", "工号"), say("E-mail", "邮箱"), say("Groups", "技能组")});
    for (int i = 0; i < 12; ++i)
        model->appendRow({new QStandardItem(QStringLiteral("阿狸 %1").arg(i)),
                          new QStandardItem(QStringLiteral("%1").arg(i, 6, 10, QLatin1Char('0'))),
                          new QStandardItem(QStringLiteral("ali%1@example.com").arg(i)),
                          new QStandardItem(say("Products 1, Delivery", "产品咨询1组、物流"))});
    table->setModel(model);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSortingEnabled(true);
    table->selectRow(2);
    tabs->addTab(table, say("Agents", "客服"));
    tabs->addTab(new QWidget, say("Admins", "管理员"));
    auto* tree = new QTreeWidget;
    tree->setHeaderHidden(true);
    auto* top = new QTreeWidgetItem(tree, {say("Online chat", "在线客服")});
    new QTreeWidgetItem(top, {say("Skill groups", "技能组")});
    new QTreeWidgetItem(top, {say("Session flows", "会话服务流")});
    top->setExpanded(true);
    new QTreeWidgetItem(tree, {say("Phone", "电话客服")});
    column->addWidget(tree);
    auto* group = new QGroupBox(say("Opening hours", "营业时间"));
    auto* inside = new QVBoxLayout(group);
    inside->addWidget(new QLineEdit(QStringLiteral("9:00 – 18:00")));
    column->addWidget(group);
    window->resize(760, 560);
    return window;
}

QWidget* workbenchPage() {
    auto* window = new Ground(Ground::Kind::Window);
    auto* outer = new QHBoxLayout(window);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* rail = new NavigationRail;
    rail->addPage(QStringLiteral("work"), Glyph::Headset, say("Work", "工作台"));
    rail->addPage(QStringLiteral("records"), Glyph::History, say("Records", "服务记录"));
    rail->addPage(QStringLiteral("manage"), Glyph::LayoutDashboard, say("Manage", "管理"));
    rail->addAction(QStringLiteral("search"), Glyph::Search, say("Search", "搜索"));
    rail->addAction(QStringLiteral("settings"), Glyph::Settings, say("Settings", "设置"));
    rail->setCurrent(QStringLiteral("work"));
    rail->setBadge(QStringLiteral("work"), 3);
    outer->addWidget(rail);
    auto* split = new Splitter(QStringLiteral("gallery"), Qt::Horizontal);
    outer->addWidget(split, 1);

    auto* sessions = new Ground(Ground::Kind::Window);
    auto* list = page(sessions, 0);
    auto* ringing = new SectionHeader(say("RINGING", "响铃中"));
    ringing->setCount(1);
    list->addWidget(ringing);
    auto* card = new Card;
    auto* holder = new QVBoxLayout;
    holder->setContentsMargins(8, 0, 8, 0);
    holder->addWidget(card);
    list->addLayout(holder);
    auto* head = row(card->body());
    head->addWidget(new ElidedLabel(QStringLiteral("138 0000 1234"), TextSize::Title), 1);
    auto* ring = new Countdown(Countdown::Shape::Ring);
    ring->start(20000, 13000);
    head->addWidget(ring);
    auto* detail = new ElidedLabel(say("Products · waiting 0:07", "产品咨询 · 已等待 0:07"), TextSize::Secondary);
    detail->setTone(Tone::Muted);
    card->body()->addWidget(detail);
    auto* actions = row(card->body());
    actions->addWidget(new Button(say("Answer", "接听"), Glyph::Phone, Button::Kind::Primary));
    actions->addWidget(new Button(say("Decline", "拒绝"), Button::Kind::Secondary));
    auto* open = new SectionHeader(say("OPEN", "进行中"));
    open->setCount(3);
    list->addWidget(open);
    list->addWidget(new EmptyState(Glyph::Inbox, say("No session is open.", "暂无进行中的会话。")), 1);
    split->addWidget(sessions);

    auto* middle = new QWidget;
    auto* conversation = page(middle, 0);
    conversation->setSpacing(0);
    auto* bar = new Ground(Ground::Kind::Surface);
    auto* barRow = new QHBoxLayout(bar);
    barRow->setContentsMargins(16, 8, 12, 8);
    auto* avatar = new Avatar(28);
    avatar->setPerson(QStringLiteral("李女士"));
    barRow->addWidget(avatar);
    barRow->addWidget(
        new ElidedLabel(say("Ms Li · Products 1 · 4:12", "李女士 · 产品咨询客服1组 · 4:12"), TextSize::Title), 1);
    auto* transfer = new Button(say("Transfer", "转接"), Glyph::ArrowRight);
    auto* end = new Button(say("End", "结束会话"));
    transfer->setSmall(true);
    end->setSmall(true);
    barRow->addWidget(transfer);
    barRow->addWidget(end);
    conversation->addWidget(bar);
    conversation->addWidget(new Separator);
    auto* view = new TranscriptView;
    auto* model = new SampleModel(view);
    model->append(sampleConversation());
    view->setModel(model);
    view->setTyping(say("Ms Li is typing…", "李女士正在输入…"));
    conversation->addWidget(view, 1);
    auto* composer = new Composer;
    composer->setObjectName(QStringLiteral("composer"));
    composer->setPlaceholder(say("Write to Ms Li; “/” for quick replies", "输入消息，“/”插入快捷回复"));
    composer->setQuickSource([](const QString&) {
        return std::vector<ListRow>{
            {say("Greeting", "问候"),
             say("Good morning, what can I do for you?", "您好，请问有什么可以帮您？"),
             {},
             {},
             {}},
            {say("Wait", "稍等"),
             say("One moment please, I am looking it up.", "请稍等，我帮您查询一下。"),
             {},
             {},
             {}},
            {say("Goodbye", "结束语"),
             say("Thank you for your patience. Have a good day!", "感谢您的耐心等待，祝您生活愉快！"),
             {},
             {},
             {}}};
    });
    composer->attachments()->add(QStringLiteral("a"), say("manual.pdf", "说明书.pdf"), 482000);
    conversation->addWidget(composer);
    split->addWidget(middle);

    auto* context = new Ground(Ground::Kind::Surface);
    auto* side = page(context, 0);
    auto* tabs = new Segmented(Segmented::Shape::Underlined);
    tabs->addSegment(say("Customer", "客户"));
    tabs->addSegment(say("History", "历史"));
    tabs->addSegment(say("Pages", "页面"));
    auto* top = row(side);
    top->addWidget(tabs, 1);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(16, 4, 16, 16);
    side->addLayout(body, 1);
    body->addWidget(new TextField(say("Name", "姓名")));
    body->addWidget(new TextField(say("Phone", "电话")));
    body->addWidget(new TextArea(say("Note", "备注"), 4));
    body->addStretch(1);
    split->addWidget(context);
    split->setStretchFactor(1, 1);
    split->setSizes({280, 660, 300});
    window->resize(1280, 800);
    return window;
}

void openOverlay(QWidget* window, const QString& name) {
    if (name == QLatin1String("palette")) {
        auto* palette = new CommandPalette(window);
        palette->open(
            {{say("Go to Records", "前往服务记录"), {}, QStringLiteral("Ctrl+2"), Glyph::History, {}},
             {say("Break", "小休"), say("Change status", "切换状态"), QStringLiteral("Ctrl+3"), Glyph::Coffee, {}},
             {QStringLiteral("李女士"), say("Customer · last seen today", "客户 · 今天来访"), {}, Glyph::User, {}},
             {say("Reception flow", "接待流程"),
              say("Flow 1024 · published", "会话服务流 1024 · 已发布"),
              {},
              Glyph::Workflow,
              {}}},
            say("Go to a page, a customer, a flow, or change status", "跳转页面、客户、服务流，或切换状态"));
    } else if (name == QLatin1String("emoji")) {
        (new EmojiPicker(window->findChild<Composer*>()))->popup();
    } else if (name == QLatin1String("quick")) {
        auto* composer = window->findChild<Composer*>();
        composer->edit()->setFocus();
        composer->setText(QStringLiteral("/"));
    } else if (name == QLatin1String("shortcuts")) {
        (new ShortcutOverlay(window))
            ->open(
                {{say("Sessions", "会话"),
                  {{QStringLiteral("F2"), say("Answer", "接听")},
                   {QStringLiteral("Ctrl+Tab"), say("Next session", "下一个会话")},
                   {QStringLiteral("Ctrl+E"), say("End session", "结束会话")}}},
                 {say("Status", "状态"),
                  {{QStringLiteral("Ctrl+1"), say("Idle", "空闲")}, {QStringLiteral("Ctrl+3"), say("Break", "小休")}}},
                 {say("Everywhere", "全局"),
                  {{QStringLiteral("Ctrl+K"), say("Command palette", "命令面板")},
                   {QStringLiteral("F1"), say("This list", "本列表")}}}},
                say("Keyboard shortcuts", "键盘快捷键"));
    } else if (name == QLatin1String("toasts")) {
        auto* toaster = new Toaster(window);
        toaster->show(Strip::Grade::Info, say("The quick reply was deleted.", "快捷回复已删除。"), say("Undo", "撤销"));
        toaster->show(Strip::Grade::Error,
                      say("The picture is larger than 10 MB and was not sent.", "图片超过 10 MB，未发送。"));
    } else if (name == QLatin1String("menu")) {
        auto* menu = new QMenu(window);
        menu->addAction(glyphIcon(Glyph::Coffee), say("Break", "小休"))
            ->setShortcut(QKeySequence(QStringLiteral("Ctrl+3")));
        menu->addAction(glyphIcon(Glyph::LogOut), say("Go offline", "下线"));
        menu->addSeparator();
        QAction* checked = menu->addAction(say("Sounds", "声音"));
        checked->setCheckable(true);
        checked->setChecked(true);
        menu->addAction(say("Not possible now", "暂不可用"))->setEnabled(false);
        menu->addMenu(say("More", "更多"))->addAction(say("Settings", "设置"));
        menu->popup(window->mapToGlobal(QPoint(300, 200)));
    }
}

QWidget* confirmDialog() {
    return new ConfirmDialog(say("Delete the group “Products 1”?", "删除技能组“产品咨询客服1组”？"),
                             say("Its 7 agents stay. Records of its sessions stay. This cannot be undone.",
                                 "7 名客服会保留，会话记录会保留。此操作不可撤销。"),
                             say("Delete group", "删除技能组"), nullptr);
}

QWidget* imageViewer() {
    for (const RowData& row : sampleConversation())
        if (!row.picture.isNull())
            return new ImageViewer(row.picture, QStringLiteral("landscape.png"), nullptr);
    return nullptr;
}

} // namespace cb::gallery
