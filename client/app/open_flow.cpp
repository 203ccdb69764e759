#include "client/app/open_flow.h"

#include "client/floweditor/workshop/flow_sounds.h"
#include "client/state/admin_state.h"

namespace cb::app {

using floweditor::FlowPage;
using floweditor::ReplayPage;

OpenFlow::OpenFlow(state::AgentAccount& account, QStackedWidget& pages, QObject* parent)
    : QObject(parent)
    , m_account(account)
    , m_pages(pages) {
    for (state::Loaded* part :
         std::initializer_list<state::Loaded*>{&account.admin().groups(), &account.admin().audio()}) {
        connect(part, &state::Loaded::changed, this, &OpenFlow::tellChoices);
        connect(part, &state::Loaded::outdated, this, [this, part] {
            if (m_page)
                part->load();
        });
    }
}

OpenFlow::~OpenFlow() {
    delete m_page; // before the work it shows
}

void OpenFlow::tellChoices() {
    auto& admin = m_account.admin();
    const auto choices = floweditor::choicesOf(admin.groups().value(), admin.audio().value());
    if (auto* flow = qobject_cast<FlowPage*>(m_page))
        flow->setChoices(choices);
    else if (auto* replay = qobject_cast<ReplayPage*>(m_page))
        replay->setChoices(choices);
}

void OpenFlow::show(QWidget* page) {
    m_page = page;
    m_pages.addWidget(page);
    m_pages.setCurrentWidget(page);
    tellChoices();
    m_account.admin().groups().load();
    m_account.admin().audio().load();
}

void OpenFlow::open(model::FlowId flow) {
    close();
    m_work = std::make_unique<state::FlowWork>(m_account.admin().client(), m_account.store(), flow);
    auto* page = new FlowPage(*m_work);
    // Later: each comes from a button of the page that goes.
    connect(page, &FlowPage::closeWanted, this, &OpenFlow::closed, Qt::QueuedConnection);
    connect(page, &FlowPage::copied, this, &OpenFlow::open, Qt::QueuedConnection);
    connect(page, &FlowPage::told, this, &OpenFlow::told);
    connect(page, &FlowPage::listChanged, &m_account.admin().flows(), &state::Loaded::setOutdated);
    show(page);
    m_work->load();
}

void OpenFlow::replay(model::SessionId session) {
    close();
    auto* page = new ReplayPage(m_account.admin().client(), session);
    connect(page, &ReplayPage::closeWanted, this, &OpenFlow::closed, Qt::QueuedConnection);
    connect(page, &ReplayPage::told, this, &OpenFlow::told);
    show(page);
}

void OpenFlow::close() {
    delete m_page;
    m_work.reset();
}

} // namespace cb::app
