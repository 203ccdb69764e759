#pragma once

#include "server/admin/change.h"
#include "shared/base/result.h"
#include "shared/flow/graph.h"
#include "shared/model/flow.h"
#include "shared/wire/admin.h"

#include <span>

/// The state table of spec 5 and what saving and publishing come to. A change names the revision it was made from: who
/// comes second gets `flow_changed` (conflict; params revision, at, by) and nothing is overwritten.
namespace cb::admin {

inline constexpr std::size_t kMaxFlowName = 40; ///< characters
inline constexpr std::size_t kMaxFlows = 1'000; ///< of an instance, deleted ones not counted

/// A flow as it is stored. `draft` has json and tests; of a flow that was never saved since its last publishing they
/// are those of the newest version.
struct StoredFlow {
    store::FlowRow draft;
    int newest = 0;                       ///< highest version; 0 = never published
    std::vector<model::Channel> channels; ///< linked to it
    model::FlowState state() const;
};

/// "name": trimmed; 1 to kMaxFlowName characters, no control characters. Errors: bad_field (name).
base::Result<std::string> checkedName(const std::string& name);

/// Errors: bad_field, too_many_flows (rejected), and those of flow::parseJson and flowtest::parseTests.
base::Result<Change> newFlow(const wire::NewFlow& wanted, model::FlowId id, std::size_t have, const Maker& maker);

/// Only while unpublished: `flow_published` (conflict) otherwise. Further errors: flow_changed, bad_field and those of
/// parsing.
base::Result<Change> saveFlow(const StoredFlow& stored, const wire::FlowDraft& wanted, const Maker& maker);

/// Likewise. `groups` and `audio` are those of the instance. Errors: flow_invalid (rejected; params.problems, JSON),
/// and, unless forced, flow_tests_failed (rejected; params.tests, JSON of what each failed one came to).
base::Result<Change> publishFlow(const StoredFlow& stored, const wire::FlowPublish& wanted,
                                 std::span<const model::Group> groups, const Maker& maker,
                                 std::span<const model::Audio> audio = {});

/// Only while published and not in use: flow_not_published, flow_in_use (conflict; params.channels, names).
base::Result<Change> unpublishFlow(const StoredFlow& stored, const wire::FlowChange& wanted, const Maker& maker);

/// Makes a version the draft, while unpublished. `version` has json.
base::Result<Change> restoreFlow(const StoredFlow& stored, const store::FlowRow& version,
                                 const wire::FlowChange& wanted, const Maker& maker);

/// The tests alone, in every state: a play becomes a test also of a flow that customers go through.
base::Result<Change> changeTests(const StoredFlow& stored, const wire::FlowTestsDraft& wanted, const Maker& maker);

/// Final, while unpublished. Its versions stay for the sessions that went through them.
base::Result<Change> deleteFlow(const StoredFlow& stored, const wire::FlowChange& wanted, const Maker& maker);

/// May this channel be linked to this flow: published, and of a mode that the channel can carry (spec 2.1, the matrix).
/// Errors: flow_not_published (conflict), mode_not_carried (rejected; params.mode, kind).
base::Result<void> mayLink(model::ChannelKind kind, const store::FlowRow& flow);
bool carries(model::ChannelKind kind, model::Mode mode);

} // namespace cb::admin
