#include "server/admin/reply_rules.h"

#include "server/admin/fields.h"
#include "shared/base/text.h"

namespace cb::admin {

namespace {

constexpr std::size_t kShown = 200; ///< characters of a text that the audit keeps

std::string target(const model::QuickReply& reply) {
    return targetOf("quick_reply", reply.id.value, reply.title);
}

std::string described(const model::QuickReply& reply) {
    return reply.title + ": " + std::string(base::prefix(reply.text, kShown));
}

base::Result<void> apply(const wire::QuickReplyDraft& wanted, model::QuickReply& row) {
    auto title = checkedLine("title", wanted.title, kMaxReplyTitle);
    if (!title)
        return title.error();
    auto text = base::trimmed(wanted.text);
    if (text.empty())
        return badField("text", "required");
    if (base::length(text) > kMaxReplyText)
        return badField("text", "too_long");
    if (!base::isUtf8(text) || base::hasControl(text))
        return badField("text", "bad_text");
    row.title = *title;
    row.text = std::move(text);
    return {};
}

} // namespace

base::Result<Change> newReply(const wire::QuickReplyDraft& wanted, model::QuickReplyId id, std::size_t have,
                              const Maker& maker) {
    if (have >= kMaxReplies)
        return base::with(base::rejected("too_many_quick_replies"), "limit", std::to_string(kMaxReplies));
    model::QuickReply row;
    row.id = id;
    row.instance = maker.instance;
    if (auto good = apply(wanted, row); !good)
        return good.error();
    Change change;
    change.action = "quick_reply.add";
    change.target = target(row);
    change.after = described(row);
    change.rows.quickReplies.push_back(std::move(row));
    return change;
}

base::Result<Change> saveReply(const model::QuickReply& stored, const wire::QuickReplyDraft& wanted) {
    model::QuickReply row = stored;
    if (auto good = apply(wanted, row); !good)
        return good.error();
    Change change;
    change.action = "quick_reply.save";
    change.target = target(stored);
    change.before = described(stored);
    change.after = described(row);
    change.rows.quickReplies.push_back(std::move(row));
    return change;
}

Change deleteReply(const model::QuickReply& stored) {
    Change change;
    change.action = "quick_reply.delete";
    change.target = target(stored);
    change.before = described(stored);
    change.rows.removedQuickReplies.push_back(stored.id);
    return change;
}

} // namespace cb::admin
