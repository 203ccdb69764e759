#include "tests/support/suite.h"

#include "server/search/terms.h"

using namespace cb;
using search::piecesOf;

namespace {

bool matches(const std::string& query, const std::vector<std::string>& texts) {
    const auto pieces = search::parseQuery(query, "text");
    if (!pieces)
        return false;
    search::Matcher matcher(*pieces);
    for (const auto& text : texts)
        matcher.read(text);
    return matcher.matched();
}

std::string codeOf(const std::string& query) {
    const auto pieces = search::parseQuery(query, "text");
    return pieces ? std::string() : pieces.error().code + ':' + pieces.error().params.at("field");
}

} // namespace

class TermsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textIsCutIntoWordsAndRuns() {
        QVERIFY((piecesOf("My order-1234, Straße!") == search::Pieces{{"my", "order", "1234", "strasse"}, {}}));
        QVERIFY((piecesOf("我要退款iPhone15可以吗？") == search::Pieces{{"iphone15"}, {"我要退款", "可以吗"}}));
        QVERIFY((piecesOf("ＡＢＣ　１２３") == search::Pieces{{"abc", "123"}, {}})); // full width
        QVERIFY((piecesOf("ok 😀👍🏽") == search::Pieces{{"ok"}, {"😀👍🏽"}}));
        QVERIFY((piecesOf("ขอคืนเงิน") == search::Pieces{{}, {"ขอคืนเงิน"}}));
        QVERIFY(piecesOf(" .,!? \t\n").empty());
        QVERIFY(piecesOf("\xFF\xFE").empty());
    }

    void whatIsAskedForMustAllBeThere() {
        const std::vector<std::string> texts{"您好，我要退款", "Order 1234 is late"};
        QVERIFY(matches("退款", texts));
        QVERIFY(matches("要退", texts));
        QVERIFY(matches("退", texts));
        QVERIFY(!matches("款退", texts));
        QVERIFY(!matches("好我", texts)); // not across a comma
        QVERIFY(matches("退款 ORDER", texts));
        QVERIFY(matches("order退款", texts));
        QVERIFY(!matches("orde", texts)); // whole words
        QVERIFY(!matches("退款 refund", texts));
    }

    void whatCannotBeSearchedIsRefused() {
        QCOMPARE(codeOf("?!"), std::string("bad_field:text"));
        QCOMPARE(codeOf(std::string(201, 'a')), std::string("bad_field:text"));
        QCOMPARE(codeOf("a\xFF"), std::string("bad_field:text"));
        std::string many;
        for (int i = 0; i < 21; ++i)
            many += std::to_string(i) + ' ';
        QCOMPARE(codeOf(many), std::string("bad_field:text"));
        QCOMPARE(codeOf("a a a a a a a a a a a a a a a a a a a a a a a a"), std::string());
        QVERIFY(search::parseQuery("  ", "text")->empty());
    }

    void whateverHasTheTextHasItsTerms() {
        const search::Terms make({1, 2, 3}, model::InstanceId(1'400'000'001));
        const search::Terms other({1, 2, 3}, model::InstanceId(1'400'000'002));
        const search::Terms otherKey({1, 2, 4}, model::InstanceId(1'400'000'001));
        using Field = search::Terms::Field;
        std::vector<store::SearchTerm> have, want, foreign, keyed, name;
        make.addText(Field::Text, "我要退款 please 退", have);
        make.addQuery(Field::Text, piecesOf("退款 PLEASE 退"), want);
        other.addText(Field::Text, "退款", foreign);
        otherKey.addText(Field::Text, "退款", keyed);
        make.addText(Field::Name, "退款", name);
        QCOMPARE(want.size(), std::size_t(3));
        for (const auto term : want)
            QVERIFY(std::find(have.begin(), have.end(), term) != have.end());
        for (const auto* list : {&foreign, &keyed, &name})
            for (const auto term : *list)
                QVERIFY(std::find(have.begin(), have.end(), term) == have.end());
    }
};

static const cb::test::Add<TermsTest> addedTermsTest;
#include "terms_test.moc"
