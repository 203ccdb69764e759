#include "server/admin/settings_rules.h"

#include "server/admin/fields.h"

#include <type_traits>

namespace cb::admin {

namespace {

using Settings = model::InstanceSettings;

constexpr std::int64_t kMiB = 1024 * 1024;

/// A number and what it may be.
template <class T>
struct Field {
    const char* name;
    T Settings::*member;
    T least;
    T most;
};

constexpr Field<int> kNumbers[] = {
    {"chat_answer_seconds", &Settings::chatAnswerSeconds, 1, 90},
    {"all_media_answer_seconds", &Settings::allMediaAnswerSeconds, 1, 90},
    {"phone_answer_seconds", &Settings::phoneAnswerSeconds, 1, 90},
    {"phone_recovery_seconds", &Settings::phoneRecoverySeconds, 1, 90},
    {"wrap_up_seconds", &Settings::wrapUpSeconds, 1, 3'600},
    {"service_level_seconds", &Settings::serviceLevelSeconds, 1, 3'600},
    {"retention_days", &Settings::retentionDays, 1, 3'650},
};
constexpr Field<std::int64_t> kSizes[] = {
    {"picture_bytes", &Settings::pictureBytes, 1024, 100 * kMiB},
    {"file_bytes", &Settings::fileBytes, 1024, 500 * kMiB},
};
struct Switch {
    const char* name;
    bool Settings::*member;
};
constexpr Switch kSwitches[] = {
    {"chat_answer_timeout", &Settings::chatAnswerTimeout},
    {"all_media_answer_timeout", &Settings::allMediaAnswerTimeout},
    {"phone_answer_timeout", &Settings::phoneAnswerTimeout},
    {"phone_recovery", &Settings::phoneRecovery},
    {"phone_fewest_calls", &Settings::phoneFewestCalls},
    {"phone_last_agent_first", &Settings::phoneLastAgentFirst},
    {"blending", &Settings::blending},
};

template <class Fields>
base::Result<void> inRange(const Fields& fields, const Settings& wanted) {
    for (const auto& field : fields)
        if (const auto value = wanted.*field.member; value < field.least || value > field.most)
            return outOfRange(std::string("settings.") + field.name, field.least, field.most);
    return {};
}

std::string shown(bool value) {
    return value ? "on" : "off";
}
template <class T>
requires(!std::is_same_v<T, bool>) std::string shown(T value) {
    return std::to_string(value);
}

template <class Fields>
void note(const Fields& fields, const Settings& before, const Settings& after, Change& change) {
    for (const auto& field : fields) {
        if (before.*field.member == after.*field.member)
            continue;
        const auto add = [&](std::string& text, const Settings& settings) {
            text += (text.empty() ? "" : ", ") + std::string(field.name) + " " + shown(settings.*field.member);
        };
        add(change.before, before);
        add(change.after, after);
    }
}

} // namespace

base::Result<Change> saveSettings(const model::Instance& stored, const wire::InstanceForm& wanted, const Maker& maker) {
    if (auto good = inRange(kNumbers, wanted.settings); !good)
        return good.error();
    if (auto good = inRange(kSizes, wanted.settings); !good)
        return good.error();
    Change change;
    change.action = "settings.save";
    change.target = targetOf("instance", stored.id.value, stored.name);
    note(kSwitches, stored.settings, wanted.settings, change);
    note(kNumbers, stored.settings, wanted.settings, change);
    note(kSizes, stored.settings, wanted.settings, change);
    model::Instance row = stored;
    row.settings = wanted.settings;
    row.modifiedAt = maker.now;
    change.rows.instances.push_back(std::move(row));
    return change;
}

} // namespace cb::admin
