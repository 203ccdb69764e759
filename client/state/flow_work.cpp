#include "client/state/flow_work.h"

#include "client/bridge/convert.h"
#include "shared/flow/json.h"
#include "shared/flowtest/flow_test.h"

#include <algorithm>

namespace cb::state {

namespace {

constexpr int kKeepAfter = 800; ///< ms after an edit it is on this machine's disk
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

using Tests = std::vector<flowtest::FlowTest>;

/// What `all` has under the name of of[at]; where several bear it, the one with as many before it.
const flowtest::FlowTest* testLike(const Tests& all, const Tests& of, std::size_t at) {
    const auto named = [&](const flowtest::FlowTest& test) { return test.name == of[at].name; };
    auto before = std::count_if(of.begin(), of.begin() + std::ptrdiff_t(at), named);
    for (const auto& test : all)
        if (named(test) && before-- == 0)
            return &test;
    return nullptr;
}

bool isSameTest(const flowtest::FlowTest* one, const flowtest::FlowTest* other) {
    return one == nullptr || other == nullptr ? one == other : *one == *other;
}

std::string freeTestName(const Tests& tests, const std::string& wanted) {
    for (int number = 2;; ++number) {
        auto name = wanted + " (" + std::to_string(number) + ")";
        if (std::none_of(tests.begin(), tests.end(), [&](const auto& test) { return test.name == name; }))
            return name;
    }
}

} // namespace

std::string mergedTests(const std::string& base, const std::string& theirs, const std::string& mine) {
    const auto read = [](const std::string& json) { return flowtest::parseTests(json.empty() ? "[]" : json); };
    const auto others = read(theirs);
    const auto ours = read(mine);
    if (!others || !ours)
        return others ? mine : theirs;
    const Tests began = read(base) ? *read(base) : Tests{};
    Tests all;
    Tests beside; // changed on both sides
    for (std::size_t i = 0; i < ours->size(); ++i) {
        const auto& test = (*ours)[i];
        const auto* before = testLike(began, *ours, i);
        const auto* there = testLike(*others, *ours, i);
        const bool touched = !isSameTest(before, &test);
        const bool touchedThere = !isSameTest(before, there);
        if (there != nullptr && touchedThere)
            all.push_back(*there);
        else if (touched || there != nullptr)
            all.push_back(test);
        if (there != nullptr && touched && touchedThere && !isSameTest(there, &test))
            beside.push_back(test);
    }
    for (std::size_t i = 0; i < others->size(); ++i)
        if (testLike(*ours, *others, i) == nullptr && !isSameTest(testLike(began, *others, i), &(*others)[i]))
            all.push_back((*others)[i]);
    for (auto& test : beside) {
        test.name = freeTestName(all, test.name);
        all.push_back(std::move(test));
    }
    return flowtest::toJson(all);
}

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
    const auto left = wire::decodeBody<wire::FlowDocument>(m_store.kept(leftName()), kLimits);
    const Content base = left ? keptAt(left->head.revision) : Content{}; // before remember() takes its place
    m_offline = offline;
    m_head = document.head;
    m_server = contentOf(document);
    m_content = m_server;
    m_theirs.reset();
    m_leftOver = {};
    if (!offline)
        remember();
    if (left)
        takeLeftOver(*left, document, base);
    setChange(m_content == m_server ? Change::Saved : Change::Edited);
    setStage(Stage::Ready);
    Q_EMIT headChanged();
    Q_EMIT loaded();
    // Tests of a flow that cannot be edited are saved by nobody else.
    if (!isEditable() && !m_offline && m_content.tests != m_server.tests && m_content.graph == m_server.graph)
        sendTests();
}

/// What was left over was made from its own revision, whose content `base` is.
void FlowWork::takeLeftOver(const wire::FlowDocument& left, const wire::FlowDocument& document, const Content& base) {
    m_content = contentOf(left);
    if (left.head.revision != document.head.revision) {
        m_head.revision = left.head.revision;
        m_server = base;
        if (join(document)) {
            m_unkept = true;              // with the revision it fits now
        } else if (!base.graph.empty()) { // the server says at the save that there are two
            const wire::FlowDocument known{m_head, 0, {base.graph}, {base.tests}};
            if (const auto kept = m_store.keep(baseName(), wire::encodeBody(known)); !kept)
                Q_EMIT localTrouble(kept.error());
        }
    }
    if (m_content == m_server)
        return forgetLeftOver();
    m_leftOver = bridge::toQt(left.head.updatedAt);
    flush();
}

/// What the server had at a revision, as far as this machine knows.
FlowWork::Content FlowWork::keptAt(std::int64_t revision) {
    for (const QString& name : {keptName(), baseName()})
        if (const auto known = wire::decodeBody<wire::FlowDocument>(m_store.kept(name), kLimits);
            known && known->head.revision == revision)
            return contentOf(*known);
    return {};
}

/// What is here goes on from what the server has now, tests of both sides together. False: the drawing was changed on
/// both sides, so somebody has to look at them; nothing has happened.
bool FlowWork::join(const wire::FlowDocument& document) {
    const Content theirs = contentOf(document);
    const bool drawnThere = theirs.graph != m_server.graph;
    const bool drawnHere = m_content.graph != m_server.graph;
    const bool fits = !drawnThere || theirs.graph == m_content.graph;
    if (!fits && (drawnHere || isEditable()))
        return false;
    m_content = {fits ? m_content.graph : theirs.graph, mergedTests(m_server.tests, theirs.tests, m_content.tests)};
    m_server = theirs;
    m_head = document.head;
    m_theirs.reset();
    if (!m_offline)
        remember();
    return true;
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
    keepSoon();
}

/// A timer that runs is left alone: whoever edits without a pause is kept as well.
void FlowWork::keepSoon() {
    m_unkept = true;
    if (!m_keepSoon.isActive())
        m_keepSoon.start();
}

void FlowWork::saveTests(const std::string& tests) {
    if (tests == m_content.tests || m_offline || m_stage != Stage::Ready)
        return;
    edited({m_content.graph, tests});
    if (!m_publishing) // or its answer does
        sendTests();
}

void FlowWork::sendTests() {
    if (std::exchange(m_sendingTests, true))
        return;
    m_client.saveTests(m_id, {m_head.revision, {m_content.tests}}, this,
                       [this, sent = m_content.tests](const base::Result<wire::FlowHead>& head) {
                           m_sendingTests = false;
                           if (!head)
                               return onFailed(head.error());
                           m_server.tests = sent;
                           if (m_content == m_server)
                               forgetLeftOver();
                           setChange(m_content == m_server ? Change::Saved : Change::Edited);
                           takeHead(*head);
                           if (m_content.tests != sent)
                               sendTests();
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
    for (const QString& name : {leftName(), baseName()})
        if (const auto gone = m_store.keep(name, {}); !gone)
            Q_EMIT localTrouble(gone.error());
}

void FlowWork::save() {
    if (m_change == Change::Edited || !m_newName.isEmpty())
        store({});
}

/// The editor goes on meanwhile: what it has then is edited again.
void FlowWork::store(Next next) {
    if (m_stage != Stage::Ready || m_change == Change::Saving)
        return;
    flush();
    setChange(Change::Saving);
    const Content sent = m_content;
    m_client.saveFlow(m_id, draftOf(sent, m_head.revision, m_newName), this,
                      [this, sent, name = m_newName, next = std::move(next)](const base::Result<wire::FlowHead>& head) {
                          if (!head)
                              return onFailed(head.error(), next);
                          m_server = sent;
                          if (m_newName == name) // or it was renamed meanwhile
                              m_newName.clear();
                          m_offline = false;
                          setChange(m_content == sent ? Change::Saved : Change::Edited);
                          if (m_content == sent)
                              forgetLeftOver();
                          takeHead(*head);
                          if (m_content != sent) // what is kept is to know the new revision
                              keepSoon();
                          if (next)
                              next();
                          else if (!m_newName.isEmpty())
                              save();
                      });
}

/// `next` follows when it could be mended.
void FlowWork::onFailed(const base::Error& error, Next next) {
    setChange(m_content == m_server ? Change::Saved : Change::Edited);
    // Somebody saved, published or deleted it: their version is to be seen before anything is decided.
    if (error.code == "flow_changed" || error.code == "flow_published")
        return askTheirs(std::move(next));
    Q_EMIT refused(error);
}

void FlowWork::askTheirs(Next next) {
    m_client.flow(m_id, 0, this, [this, next = std::move(next)](const base::Result<wire::FlowDocument>& document) {
        if (!document)
            return Q_EMIT refused(document.error());
        const Content theirs = contentOf(*document);
        if (theirs == m_content) { // our own save, whose answer was lost; or they made the same
            const bool isNews = document->head.revision != m_head.revision;
            forgetLeftOver();
            take(*document, false);
            return isNews ? goOn(next) : void();
        }
        const Content before = m_content;
        const bool saves = document->head.state == model::FlowState::Unpublished;
        // What is drawn here and cannot be saved any more is for the user to decide about.
        const bool asks = !saves && m_content.graph != m_server.graph && m_content.graph != theirs.graph;
        if (asks || document->head.revision == m_head.revision || !join(*document)) {
            m_theirs = *document;
            setChange(Change::Conflict);
            return Q_EMIT conflict();
        }
        if (m_content == m_server)
            forgetLeftOver();
        else
            keepSoon();
        setChange(m_content == m_server ? Change::Saved : Change::Edited);
        Q_EMIT headChanged();
        if (m_content.graph != before.graph)
            Q_EMIT loaded();
        else if (m_content.tests != before.tests)
            Q_EMIT testsMerged(before.tests);
        goOn(next);
    });
}

/// What was being done when the server turned out to have something newer.
void FlowWork::goOn(Next next) {
    const bool saves = m_head.state == model::FlowState::Unpublished;
    if (!saves && m_content.tests != m_server.tests)
        sendTests();
    else if (saves && (m_change == Change::Edited || !m_newName.isEmpty()))
        store(std::move(next));
    else if (saves && next)
        next();
}

std::string FlowWork::testsOfBoth() const {
    return m_theirs ? mergedTests(m_server.tests, contentOf(*m_theirs).tests, m_content.tests) : m_content.tests;
}

void FlowWork::keepMine() {
    if (!m_theirs)
        return;
    const auto before = m_content.tests;
    m_content.tests = testsOfBoth();
    m_head = m_theirs->head;
    m_server = contentOf(*m_theirs);
    m_theirs.reset();
    remember();
    m_unkept = true;
    setChange(Change::Edited);
    Q_EMIT headChanged();
    if (m_content.tests != before)
        Q_EMIT testsMerged(before);
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
        m_client.publishFlow(m_id, {m_head.revision, force}, this,
                             [this, force](const base::Result<wire::FlowHead>& head) {
                                 m_publishing = false;
                                 if (!head)
                                     return onFailed(head.error(), [this, force] { publish(force); });
                                 setChange(m_content == m_server ? Change::Saved : Change::Edited);
                                 takeHead(*head);
                                 if (m_content.tests != m_server.tests)
                                     sendTests();
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
        flush();        // from the revision it was made from
        m_head = *head; // not remembered: the draft may be another than what was shown
        Q_EMIT headChanged();
        load();
    });
}

void FlowWork::restore(int version) {
    m_client.restoreFlow(m_id, {m_head.revision, version}, this,
                         [this, version](const base::Result<wire::FlowHead>& head) {
                             if (!head)
                                 return onFailed(head.error());
                             forgetLeftOver();
                             m_head = *head; // what it holds now comes with the next answer
                             Q_EMIT headChanged();
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
