#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "server/desk/uuid_table.h"
#endif
#include "tests/support/suite.h"

using namespace cb;
using desk::UuidTable;

/// The names of a session's messages.
class UuidTableTest : public QObject {
    Q_OBJECT

    static base::Uuid uuid(std::uint64_t number) { return base::uuidFrom(number, ~number); }
    static UuidTable::Entry entry(std::uint64_t number) {
        return {uuid(number), static_cast<model::Seq>(number * 3 + 1),
                base::fromUnixMillis(1'700'000'000'000 + static_cast<std::int64_t>(number)), number % 3 == 0};
    }

private Q_SLOTS:
    void everyEntryIsFoundAsItWas() {
        UuidTable table;
        for (std::uint64_t number = 0; number < 1'000; ++number) { // with and without an index
            QVERIFY(!table.find(uuid(number)));
            table.insert(entry(number));
            for (const std::uint64_t known : {std::uint64_t{0}, number / 2, number}) {
                const auto found = table.find(uuid(known));
                QVERIFY(found && found->seq == entry(known).seq && found->at == entry(known).at);
                QCOMPARE(found->byCustomer, entry(known).byCustomer);
            }
        }
        UuidTable::Entry again = entry(500);
        again.seq = 1'000'000;
        table.insert(again);
        QCOMPARE(table.size(), std::size_t{1'000});
        QCOMPARE(table.find(uuid(500))->seq, entry(500).seq);
    }

    void bigNumbersFit() {
        UuidTable table;
        const UuidTable::Entry far{uuid(1), (model::Seq{1} << 47) - 1, base::fromUnixMillis((1ll << 48) - 1), true};
        table.insert(far);
        QCOMPARE(table.find(uuid(1))->seq, far.seq);
        QCOMPARE(table.find(uuid(1))->at, far.at);
        QVERIFY(table.find(uuid(1))->byCustomer);
    }

    void whatTheAgentHasNotRead() {
        UuidTable table;
        for (std::uint64_t number = 0; number < 10; ++number)
            table.insert(entry(number)); // the customer's: 0, 3, 6, 9
        QCOMPARE(table.byCustomerAfter(0), 4);
        QCOMPARE(table.byCustomerAfter(entry(3).seq), 2);
        QCOMPARE(table.byCustomerAfter(entry(4).seq), 2);
        QCOMPARE(table.byCustomerAfter(entry(9).seq), 0);
        const auto newest = table.newest(3);
        QCOMPARE(newest.size(), std::size_t{3});
        QCOMPARE(newest[0].seq, entry(7).seq);
        QCOMPARE(newest[2].seq, entry(9).seq);
        QCOMPARE(table.newest(100).size(), std::size_t{10});
    }

    void shortSessionsAreSmall() {
        UuidTable table;
        for (std::uint64_t number = 0; number < 22; ++number)
            table.insert(entry(number));
        QVERIFY(table.bytes() <= 800);
    }
};

static const cb::test::Add<UuidTableTest> addedUuidTableTest;
#include "uuid_table_test.moc"
