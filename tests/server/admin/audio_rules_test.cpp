#include "tests/server/admin/rules.h"

#include "server/admin/audio_rules.h"

using namespace cb;
using model::AudioId;
using test::codeOf;
using test::kInstance;
using test::kNow;
using test::paramOf;
using test::whyOf;

namespace {

model::Audio stored() {
    return {AudioId{4}, kInstance, "Welcome", model::AudioState::Approved, "wav", 16'044, "ab", 1'000, kNow, false};
}

} // namespace

class AudioRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatMayBeUploaded() {
        QCOMPARE(*admin::mayUpload("  欢迎 ", 0), std::string("欢迎"));
        QVERIFY(admin::mayUpload(std::string(60, 'x'), admin::kMaxAudio - 1).ok());
        QCOMPARE(whyOf(admin::mayUpload(" ", 0)), std::string("name: required"));
        QCOMPARE(whyOf(admin::mayUpload(std::string(61, 'x'), 0)), std::string("name: too_long"));
        QCOMPARE(whyOf(admin::mayUpload("a\nb", 0)), std::string("name: bad_text"));
        const auto full = admin::mayUpload("one more", admin::kMaxAudio);
        QCOMPARE(codeOf(full), std::string("too_many_audio"));
        QCOMPARE(paramOf(full, "limit"), std::string("500"));
    }
    void whatTheAuditSays() {
        const auto added = admin::newAudio(stored());
        QCOMPARE(added.action, std::string("audio.add"));
        QCOMPARE(added.target, std::string("audio 4 Welcome"));
        QCOMPARE(added.after, std::string("Welcome, wav, 16044 bytes, approved"));
        QVERIFY(added.rows.audio == std::vector{stored()});
        const auto renamed = admin::renameAudio(stored(), {" Hello "});
        QVERIFY(renamed.ok());
        QCOMPARE(renamed->before + " > " + renamed->after, std::string("Welcome > Hello"));
        QCOMPARE(renamed->rows.audio.at(0).name, std::string("Hello"));
        QCOMPARE(renamed->rows.audio.at(0).sha256, stored().sha256);
        QCOMPARE(whyOf(admin::renameAudio(stored(), {""})), std::string("name: required"));
    }
    void whatIsUsedStays() {
        const auto gone = admin::deleteAudio(stored(), {});
        QVERIFY(gone.ok() && gone->rows.audio.at(0).deleted);
        const auto refused = admin::deleteAudio(stored(), {"A", "B", "C", "D", "E", "F", "G"});
        QCOMPARE(codeOf(refused), std::string("audio_in_use"));
        QVERIFY(refused.error().grade == base::Grade::Conflict);
        QCOMPARE(paramOf(refused, "flows"), std::string("A, B, C, D, E"));
        QCOMPARE(paramOf(refused, "more"), std::string("2"));
    }
    void whatAnIvrPlays() {
        const auto named = admin::audioNamed(R"({"schema":1,"mode":"phone","nodes":[{"id":1,"type":"start"},
            {"id":2,"type":"play","sound":{"source":"audio","audio":4}},
            {"id":3,"type":"call_transfer","group":1,"music":7,"prompt":{"source":"audio","audio":4}},
            {"id":4,"type":"play","sound":{"source":"speech","text":"hi"}}],"edges":[]})");
        QVERIFY((named == std::vector{AudioId{4}, AudioId{7}}));
        QVERIFY(admin::audioNamed("nonsense").empty());
    }
};

static const test::Add<AudioRulesTest> addedAudioRulesTest;
#include "audio_rules_test.moc"
