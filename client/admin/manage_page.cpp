#include "client/admin/manage_page.h"

#include "client/admin/agents_page.h"
#include "client/admin/audio_page.h"
#include "client/admin/audit_page.h"
#include "client/admin/blocked_page.h"
#include "client/admin/groups_page.h"
#include "client/admin/numbers_page.h"
#include "client/admin/overview_page.h"
#include "client/admin/pops_page.h"
#include "client/admin/replies_page.h"
#include "client/admin/settings_page.h"
#include "client/admin/websites_page.h"
#include "client/widgets/theme/paint.h"

#include <QtGui/QPainter>
#include <QtGui/QShowEvent>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTreeWidget>

namespace cb::admin {

namespace {

constexpr int kTreeWidth = 200;
constexpr int kPlaceRole = Qt::UserRole + 1; ///< absent: a branch

struct Branch {
    const char* title; ///< nullptr: its places stand at the top
    std::vector<Place> places;
};

const std::vector<Branch>& branches() {
    static const std::vector<Branch> all{
        {nullptr, {Place::Overview}},
        {QT_TRANSLATE_NOOP("cb::admin::ManagePage", "Channels"), {Place::Websites, Place::Blocked}},
        {QT_TRANSLATE_NOOP("cb::admin::ManagePage", "Online chat"),
         {Place::ChatGroups, Place::ChatFlows, Place::ChatSettings}},
        {QT_TRANSLATE_NOOP("cb::admin::ManagePage", "All-media"),
         {Place::AllMediaGroups, Place::AllMediaFlows, Place::AllMediaSettings}},
        {QT_TRANSLATE_NOOP("cb::admin::ManagePage", "Phone"),
         {Place::PhoneGroups, Place::PhoneFlows, Place::PhoneAudio, Place::PhoneNumbers, Place::PhoneSettings}},
        {QT_TRANSLATE_NOOP("cb::admin::ManagePage", "General"),
         {Place::ScreenPops, Place::QuickReplies, Place::Routing}},
        {nullptr, {Place::Agents, Place::Audit}}};
    return all;
}

QString titleOf(Place place) {
    switch (place) {
    case Place::Overview:
        return ManagePage::tr("Overview");
    case Place::Websites:
        return ManagePage::tr("Websites");
    case Place::Blocked:
        return ManagePage::tr("Block list");
    case Place::ChatGroups:
    case Place::AllMediaGroups:
    case Place::PhoneGroups:
        return ManagePage::tr("Skill groups");
    case Place::ChatFlows:
    case Place::AllMediaFlows:
        return ManagePage::tr("Session flows");
    case Place::PhoneFlows:
        return ManagePage::tr("IVRs");
    case Place::PhoneAudio:
        return ManagePage::tr("Audio");
    case Place::PhoneNumbers:
        return ManagePage::tr("Numbers");
    case Place::ChatSettings:
    case Place::AllMediaSettings:
    case Place::PhoneSettings:
        return ManagePage::tr("Settings");
    case Place::ScreenPops:
        return ManagePage::tr("Screen pops");
    case Place::QuickReplies:
        return ManagePage::tr("Quick replies");
    case Place::Routing:
        return ManagePage::tr("Routing and retention");
    case Place::Agents:
        return ManagePage::tr("Agents");
    case Place::Audit:
        return ManagePage::tr("Audit log");
    }
    return {};
}

/// Branches are small headings; the chosen place has the selection's ground with round corners.
class TreeDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& l = widgets::lookOf(option.widget);
        const bool branch = !index.data(kPlaceRole).isValid();
        return {l.px(100), l.controlHeight(true) + (branch ? l.grid(2) : 0)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& l = widgets::lookOf(option.widget);
        const auto& t = l.color;
        painter->save();
        QRect rect(l.grid(2), option.rect.top(), option.widget->width() - l.grid(4), option.rect.height());
        if (!index.data(kPlaceRole).isValid()) {
            painter->setFont(l.font(widgets::TextSize::Secondary, true));
            painter->setPen(t.muted);
            painter->drawText(rect.adjusted(l.grid(2), l.grid(2), 0, 0), Qt::AlignVCenter,
                              index.data(Qt::DisplayRole).toString());
            painter->restore();
            return;
        }
        const bool chosen = option.state & QStyle::State_Selected;
        if (chosen)
            widgets::paintRounded(*painter, rect, l.radius(), t.selection);
        else if (option.state & QStyle::State_MouseOver)
            widgets::paintRounded(*painter, rect, l.radius(), t.hover);
        if (chosen && (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
            widgets::paintFocusRing(*painter, rect, l.radius(), l);
        painter->setFont(l.font(widgets::TextSize::Body, chosen));
        painter->setPen(chosen ? t.accent : t.text);
        const QRect room = rect.adjusted(l.grid(index.parent().isValid() ? 4 : 2), 0, -l.grid(1), 0);
        painter->drawText(
            room, Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }
};

template <class PageType, class... More>
ManagePage::Make maker(More... more) {
    return [=](const Context& context) -> QWidget* { return new PageType(context, more...); };
}

} // namespace

ManagePage::ManagePage(state::AgentAccount& account, widgets::StateStore store, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_context{account, std::move(store),
                [this](widgets::Strip::Grade grade, const QString& sentence) { Q_EMIT told(grade, sentence); }}
    , m_tree(new QTreeWidget)
    , m_stack(new QStackedWidget) {
    using Part = SettingsPage::Part;
    const auto set = [this](Place place, Make make) { m_makers[std::size_t(place)] = std::move(make); };
    set(Place::Overview, maker<OverviewPage>());
    set(Place::Websites, maker<WebsitesPage>());
    set(Place::Blocked, maker<BlockedPage>());
    set(Place::ChatGroups, maker<GroupsPage>(model::Mode::Chat));
    set(Place::AllMediaGroups, maker<GroupsPage>(model::Mode::AllMedia));
    set(Place::PhoneGroups, maker<GroupsPage>(model::Mode::Phone));
    set(Place::PhoneAudio, maker<AudioPage>());
    set(Place::PhoneNumbers, maker<NumbersPage>());
    set(Place::ChatSettings, maker<SettingsPage>(Part::Chat));
    set(Place::AllMediaSettings, maker<SettingsPage>(Part::AllMedia));
    set(Place::PhoneSettings, maker<SettingsPage>(Part::Phone));
    set(Place::Routing, maker<SettingsPage>(Part::Routing));
    set(Place::ScreenPops, maker<PopsPage>());
    set(Place::QuickReplies, maker<RepliesPage>());
    set(Place::Agents, maker<AgentsPage>());
    set(Place::Audit, maker<AuditPage>());

    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setItemsExpandable(false);
    m_tree->setIndentation(0);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setItemDelegate(new TreeDelegate(m_tree));
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setMouseTracking(true);
    m_tree->viewport()->setAutoFillBackground(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* side = new QVBoxLayout;
    side->setContentsMargins(0, look().grid(2), 0, look().grid(2));
    side->addWidget(m_tree);
    row->addLayout(side);
    row->addWidget(new widgets::Separator(Qt::Vertical));
    row->addWidget(m_stack, 1);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item, QTreeWidgetItem* before) {
        if (item == nullptr)
            return;
        if (item->data(0, kPlaceRole).isValid())
            return open(Place(item->data(0, kPlaceRole).toInt()));
        // The arrow keys go over a heading to what is behind it.
        auto* above = m_tree->itemAbove(item);
        const bool up = before != nullptr && before == m_tree->itemBelow(item) && above != nullptr;
        m_tree->setCurrentItem(up ? above : m_tree->itemBelow(item));
    });
    ManagePage::restyle();
    ManagePage::retranslate();
}

void ManagePage::restyle() {
    m_tree->setFixedWidth(look().px(kTreeWidth));
}

void ManagePage::retranslate() {
    m_tree->setAccessibleName(tr("Manage"));
    buildTree();
}

void ManagePage::buildTree() {
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    for (const auto& branch : branches()) {
        QTreeWidgetItem* parent = m_tree->invisibleRootItem();
        if (branch.title != nullptr) {
            parent = new QTreeWidgetItem(m_tree, {tr(branch.title)});
            parent->setFlags(Qt::ItemIsEnabled);
        }
        for (const Place place : branch.places) {
            if (!m_makers[std::size_t(place)])
                continue;
            auto* item = new QTreeWidgetItem(parent, {titleOf(place)});
            item->setData(0, kPlaceRole, int(place));
            if (branch.title != nullptr)
                item->setData(0, Qt::AccessibleTextRole, tr("%1, %2").arg(titleOf(place), tr(branch.title)));
        }
    }
    m_tree->expandAll();
    mark();
}

/// The tree shows where one is, also when a question kept one there.
void ManagePage::mark() {
    const QSignalBlocker quiet(m_tree);
    for (QTreeWidgetItemIterator it(m_tree); *it != nullptr; ++it)
        if ((*it)->data(0, kPlaceRole).isValid() && (*it)->data(0, kPlaceRole).toInt() == int(m_place))
            m_tree->setCurrentItem(*it);
}

void ManagePage::fill(Place place, Make make) {
    m_makers[std::size_t(place)] = std::move(make);
    buildTree();
}

void ManagePage::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    if (!m_opened)
        go(m_place);
}

bool ManagePage::isEdited() const {
    const auto* page = dynamic_cast<const Page*>(m_stack->currentWidget());
    return page != nullptr && page->isEdited();
}

void ManagePage::leave(std::function<void()> go) {
    if (auto* page = dynamic_cast<Page*>(m_stack->currentWidget()))
        page->leave(std::move(go));
    else
        go();
}

void ManagePage::open(Place place) {
    if (m_opened && place == m_place)
        return mark();
    leave([this, place] { go(place); });
    // Not at once: the tree may be telling of its new current row just now, and goes on to mark it.
    QMetaObject::invokeMethod(this, &ManagePage::mark, Qt::QueuedConnection);
}

void ManagePage::go(Place place) {
    const auto at = std::size_t(place);
    if (!m_makers[at])
        return;
    if (m_pages[at] == nullptr) {
        m_pages[at] = m_makers[at](m_context);
        m_stack->addWidget(m_pages[at]);
    }
    m_opened = true;
    m_place = place;
    m_stack->setCurrentWidget(m_pages[at]);
    mark();
}

std::vector<ManagePage::Entry> ManagePage::entries() const {
    std::vector<Entry> all;
    for (const auto& branch : branches())
        for (const Place place : branch.places)
            if (m_makers[std::size_t(place)])
                all.push_back({place, titleOf(place), branch.title != nullptr ? tr(branch.title) : QString()});
    return all;
}

} // namespace cb::admin
