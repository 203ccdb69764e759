#pragma once

#include "client/api/admin_client.h"
#include "client/sync/account_store.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <functional>
#include <optional>

namespace cb::state {

/// Two changes of the same tests, by their names: what only one side touched is as that side has it, and where both
/// changed one, both are kept, mine under another name. `base`: what both began with; empty: not known, then nothing
/// counts as deleted. JSON of shared/flowtest.
std::string mergedTests(const std::string& base, const std::string& theirs, const std::string& mine);

/// One flow that an admin has open: what the server has of it, what was made of it here, and the way between. What is
/// made here is kept on this machine until the server has it, whatever happens to the program. GUI thread.
class FlowWork : public QObject {
    Q_OBJECT
public:
    /// As JSON: of shared/flow and shared/flowtest.
    struct Content {
        std::string graph;
        std::string tests;
        bool operator==(const Content&) const = default;
    };
    enum class Stage {
        Loading,
        Failed, ///< see error()
        Ready
    };
    enum class Change {
        Saved,
        Edited,  ///< not on the server yet
        Saving,  ///< or publishing
        Conflict ///< somebody else was faster: theirs(), then keepMine() or takeTheirs()
    };

    /// Both outlive it.
    FlowWork(api::AdminClient& client, sync::AccountStore& store, model::FlowId flow, QObject* parent = nullptr);
    ~FlowWork() override;

    api::AdminClient& client() const { return m_client; }

    /// From the server; when that is away, as it was known last.
    void load();

    Stage stage() const { return m_stage; }
    Change change() const { return m_change; }
    const base::Error& error() const { return m_error; } ///< Failed
    model::FlowId id() const { return m_id; }
    const wire::FlowHead& head() const { return m_head; }
    /// Not while another content is on its way, or this one is being published.
    bool isEditable() const {
        return m_head.state == model::FlowState::Unpublished && !m_offline && m_stage == Stage::Ready && !m_publishing;
    }
    /// The server was away while loading: this is what was known last.
    bool isOffline() const { return m_offline; }
    /// What the editor begins with: what was left over from last time, or what the server has.
    const Content& content() const { return m_content; }
    /// When what was left over was made; invalid: content() is the server's.
    const QDateTime& leftOver() const { return m_leftOver; }
    /// In Conflict: what the other one made of it.
    const std::optional<wire::FlowDocument>& theirs() const { return m_theirs; }
    /// In Conflict: the tests that keepMine() saves, theirs and mine together.
    std::string testsOfBoth() const;

    /// The editor's tests alone, also while the flow itself cannot be edited: saved at once.
    void saveTests(const std::string& tests);

    /// The editor has this now. Kept on this machine within a second of the first such edit, or by flush().
    void edited(Content content);
    void flush();

    void save();
    /// Saves first where that is needed. `force`: although tests fail.
    void publish(bool force = false);
    void unpublish();
    void restore(int version);
    void rename(const QString& name);
    void versions(QObject* context, api::AdminClient::Then<wire::FlowVersions> then);
    void version(int number, QObject* context, api::AdminClient::Then<wire::FlowDocument> then);
    /// A new flow with what is in the editor; this one is left as it is. `then` is told the new one.
    void saveCopy(const QString& name, QObject* context, api::AdminClient::Then<wire::FlowHead> then);

    void keepMine();   ///< over theirs, which were shown; of the tests neither side's are lost
    void takeTheirs(); ///< mine is gone; loaded() follows
    /// What was left over is not wanted; loaded() follows.
    void discardLeftOver();

Q_SIGNALS:
    void stageChanged();
    void changeChanged();
    void headChanged();
    /// content() is to be shown, in place of whatever was.
    void loaded();
    void conflict();
    /// Tests that others kept meanwhile are in content() now; `before`: its tests without them.
    void testsMerged(const std::string& before);
    /// What was asked for was not done, and why: show bridge::errorText. flow_invalid has params.problems,
    /// flow_tests_failed params.tests.
    void refused(const cb::base::Error& error);
    void published();
    void restored(int version);
    void localTrouble(const cb::base::Error& error);

private:
    void setStage(Stage stage);
    void setChange(Change change);
    using Next = std::function<void()>;

    void take(const wire::FlowDocument& document, bool offline);
    void takeLeftOver(const wire::FlowDocument& left, const wire::FlowDocument& document, const Content& base);
    void takeHead(const wire::FlowHead& head);
    Content keptAt(std::int64_t revision);
    bool join(const wire::FlowDocument& document);
    void onFailed(const base::Error& error, Next next = {});
    void askTheirs(Next next);
    void goOn(Next next);
    void store(Next next);
    void sendTests();
    void keepSoon();
    void forgetLeftOver();
    void remember();
    QString keptName() const { return QStringLiteral("flow/%1").arg(m_id.value); }
    QString baseName() const { return QStringLiteral("flow-base/%1").arg(m_id.value); }
    QString leftName() const { return QStringLiteral("flow-edited/%1").arg(m_id.value); }

    api::AdminClient& m_client;
    sync::AccountStore& m_store;
    model::FlowId m_id;
    Stage m_stage = Stage::Loading;
    Change m_change = Change::Saved;
    bool m_publishing = false;
    bool m_sendingTests = false;
    base::Error m_error;
    wire::FlowHead m_head;
    bool m_offline = false;
    Content m_server;  ///< what the server had at head().revision; empty: not known
    Content m_content; ///< what the editor has
    QDateTime m_leftOver;
    QString m_newName; ///< with the next save; empty: none
    std::optional<wire::FlowDocument> m_theirs;
    bool m_unkept = false; ///< content() is not on this machine's disk
    QTimer m_keepSoon;
    std::uint64_t m_loads = 0; ///< answers of an earlier one are dropped
};

} // namespace cb::state
