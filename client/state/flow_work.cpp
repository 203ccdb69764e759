#include "client/state/flow_work.h"

#include "client/bridge/convert.h"
#include "shared/flow/json.h"
#include "shared/flowtest/flow_test.h"

namespace cb::state {

namespace {

constexpr int kKeepAfter = 800; ///< ms of not editing, then it is on this machine's disk
constexpr wire::Limits kLimits{2 * wire::kMaxBody, 20};

/// As the editor writes them, so that equal ones are equal. What cannot be read stays as it is: the editor says so.
FlowWork::Content contentOf(const wire::FlowDocument& document) {
    const auto graph = flow::parseJson(document.graph.text);
    const auto tests = flowtest::parseTests(document.tests.text.empty() ? "[]" : document.tests.text);
    return {graph ? flow::toJson(*graph) : document.graph.text, tests ? flowtest::toJson(*tests) : document.tests.text};
}

wire::FlowDraft draftOf(const FlowWork::Content& content, std::int64_t revision, const QString& name = {}) {
    return {revision, bridge::toStd(name), {content.graph}, {content.tests}};
}

} // namespace

FlowWork::FlowWork(api::AdminClient& client, sync::AccountStore& store, model::FlowId flow, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_store(store)
    , m_id(flow) {
    m_keepSoon.setSingleShot(true);
    m_keepSoon.setInterval(kKeepAfter);
    connect(&m_keepSoon, &QTimer::timeout, this, &FlowWork::flush);
}

FlowWork::~FlowWork() {
    flush();
}

void FlowWork::setStage(Stage stage) {
    m_stage = stage;
    Q_EMIT stageChanged();
}

void FlowWork::setChange(Change change) {
    if (std::exchange(m_change, change) != change)
        Q_EMIT changeChanged();
}

void FlowWork::load() {
    setStage(Stage::Loading);
    const auto load = ++m_loads;
    m_client.flow(m_id, 0, this, [this, load](const base::Result<wire::FlowDocument>& document) {
        if (load != m_loads)
            return;
        if (document)
            return take(*document, false);
        if (document.error().grade == base::Grade::Retry)
            if (const auto known = wire::decodeBody<wire::FlowDocument>(m_store.kept(keptName()), kLimits))
                return take(*known, true);
        m_error = document.error();
        setStage(Stage::Failed);
    });
}

void FlowWork::take(const wire::FlowDocument& document, bool offline) {
    m_offline = offline;
    m_head = document.head;
    m_server = contentOf(document);
    m_content = m_server;
    m_theirs.reset();
    m_leftOver = {};
    if (!offline)
        remember();
    auto change = Change::Saved;
    // What was left over was made from head.revision; the server says at the save whether that is still so.
    if (const auto left = wire::decodeBody<wire::FlowDocument>(m_store.kept(leftName()), kLimits)) {
        const Content mine = contentOf(*left);
        if (mine == m_server) {
            forgetLeftOver();
        } else {
            m_content = mine;
            m_leftOver = bridge::toQt(left->head.updatedAt);
            m_head.revision = left->head.revision;
            change = Change::Edited;
        }
    }
    setChange(change);
    setStage(Stage::Ready);
    Q_EMIT headChanged();
    Q_EMIT loaded();
}

void FlowWork::remember() {
    const auto kept =
        m_store.keep(keptName(), wire::encodeBody(wire::FlowDocument{m_head, 0, {m_server.graph}, {m_server.tests}}));
    if (!kept)
        Q_EMIT localTrouble(kept.error());
}

void FlowWork::takeHead(const wire::FlowHead& head) {
    m_head = head;
    remember();
    Q_EMIT headChanged();
}

void FlowWork::edited(Content content) {
    if (content == m_content)
        return;
    m_content = std::move(content);
    if (m_change == Change::Saved)
        setChange(Change::Edited);
    m_unkept = true;
    m_keepSoon.start();
}

void FlowWork::saveTests(const std::string& tests) {
    if (tests == m_server.tests || m_offline)
        return;
    m_client.saveTests(m_id, {m_head.revision, {tests}}, this, [this, tests](const base::Result<wire::FlowHead>& head) {
        if (!head)
            return Q_EMIT refused(head.error());
        m_server.tests = tests;
        m_content.tests = tests;
        takeHead(*head);
    });
}

void FlowWork::flush() {
    if (!std::exchange(m_unkept, false))
        return;
    m_keepSoon.stop();
    wire::FlowDocument left{m_head, 0, {m_content.graph}, {m_content.tests}};
    left.head.updatedAt = bridge::toStd(QDateTime::currentDateTimeUtc());
    if (const auto kept = m_store.keep(leftName(), wire::encodeBody(left)); !kept)
        Q_EMIT localTrouble(kept.error());
}

void FlowWork::forgetLeftOver() {
    m_unkept = false;
    m_keepSoon.stop();
    m_leftOver = {};
    if (const auto gone = m_store.keep(leftName(), {}); !gone)
        Q_EMIT localTrouble(gone.error());
}

void FlowWork::save() {
    if (m_change == Change::Edited || !m_newName.isEmpty())
        store({});
}

/// The editor goes on meanwhile: what it has then is edited again.
void FlowWork::store(std::function<void()> next) {
    if (m_stage != Stage::Ready || m_change == Change::Saving)
        return;
    flush();
    setChange(Change::Saving);
    const Content sent = m_content;
    m_client.saveFlow(m_id, draftOf(sent, m_head.revision, m_newName), this,
                      [this, sent, name = m_newName, next = std::move(next)](const base::Result<wire::FlowHead>& head) {
                          if (!head)
                              return onFailed(head.error());
                          m_server = sent;
                          if (m_newName == name) // or it was renamed meanwhile
                              m_newName.clear();
                          m_offline = false;
                          setChange(m_content == sent ? Change::Saved : Change::Edited);
                          if (m_content == sent)
                              forgetLeftOver();
                          takeHead(*head);
                          if (m_content != sent) { // what is kept is to know the new revision
                              m_unkept = true;
                              m_keepSoon.start();
                          }
                          if (next)
                              next();
                          else if (!m_newName.isEmpty())
                              save();
                      });
}

void FlowWork::onFailed(const base::Error& error) {
    setChange(m_content == m_server ? Change::Saved : Change::Edited);
    // Somebody saved, published or deleted it: their version is to be seen before anything is decided.
    if (error.code == "flow_changed" || error.code == "flow_published")
        return askTheirs();
    Q_EMIT refused(error);
}

void FlowWork::askTheirs() {
    m_client.flow(m_id, 0, this, [this](const base::Result<wire::FlowDocument>& document) {
        if (!document)
            return Q_EMIT refused(document.error());
        if (contentOf(*document) == m_content) { // our own save, whose answer was lost; or they made the same
            take(*document, false);
            return;
        }
        m_theirs = *document;
        setChange(Change::Conflict);
        Q_EMIT conflict();
    });
}

void FlowWork::keepMine() {
    if (!m_theirs)
        return;
    m_head = m_theirs->head;
    m_theirs.reset();
    setChange(Change::Edited);
    Q_EMIT headChanged();
    store({});
}

void FlowWork::takeTheirs() {
    if (!m_theirs)
        return;
    const auto theirs = *m_theirs;
    forgetLeftOver();
    take(theirs, false);
}

void FlowWork::discardLeftOver() {
    forgetLeftOver();
    load();
}

void FlowWork::publish(bool force) {
    const auto now = [this, force] {
        m_publishing = true; // first: changeChanged() is when isEditable() is asked
        setChange(Change::Saving);
        m_client.publishFlow(m_id, {m_head.revision, force}, this, [this](const base::Result<wire::FlowHead>& head) {
            m_publishing = false;
            if (!head)
                return onFailed(head.error());
            setChange(m_content == m_server ? Change::Saved : Change::Edited);
            takeHead(*head);
            Q_EMIT published();
        });
    };
    if (m_change == Change::Edited || !m_newName.isEmpty())
        store(now);
    else if (m_change == Change::Saved && m_stage == Stage::Ready)
        now();
}

void FlowWork::unpublish() {
    m_client.unpublishFlow(m_id, m_head.revision, this, [this](const base::Result<wire::FlowHead>& head) {
        if (!head)
            return Q_EMIT refused(head.error());
        takeHead(*head);
        load(); // the draft may be another than what was shown
    });
}

void FlowWork::restore(int version) {
    m_client.restoreFlow(m_id, {m_head.revision, version}, this,
                         [this, version](const base::Result<wire::FlowHead>& head) {
                             if (!head)
                                 return onFailed(head.error());
                             forgetLeftOver();
                             takeHead(*head);
                             Q_EMIT restored(version);
                             load();
                         });
}

void FlowWork::rename(const QString& name) {
    m_newName = name.trimmed();
    save();
}

void FlowWork::versions(QObject* context, api::AdminClient::Then<wire::FlowVersions> then) {
    m_client.flowVersions(m_id, context, std::move(then));
}

void FlowWork::version(int number, QObject* context, api::AdminClient::Then<wire::FlowDocument> then) {
    m_client.flow(m_id, number, context, std::move(then));
}

void FlowWork::saveCopy(const QString& name, QObject* context, api::AdminClient::Then<wire::FlowHead> then) {
    m_client.addFlow({bridge::toStd(name), m_head.mode, {m_content.graph}, {m_content.tests}}, context,
                     std::move(then));
}

} // namespace cb::state
