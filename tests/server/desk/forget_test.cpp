#ifndef Q_MOC_RUN // moc cannot read <concepts>
#include "tests/server/desk/floor_harness.h"
#endif
#include "tests/support/suite.h"

using namespace cb;
using namespace cb::test;

namespace {

const model::SessionId kFirst{1};
const model::CustomerId kVisitor{1};

struct Asked {
    bool answered = false;
    base::Result<void> result;
    std::function<void(base::Result<void>)> done() {
        return [this](base::Result<void> told) {
            answered = true;
            result = std::move(told);
        };
    }
};

} // namespace

/// Customers who are erased or removed while the floor may know them.
class ForgetTest : public QObject {
    Q_OBJECT

    static model::Customer row() {
        model::Customer customer;
        customer.id = kVisitor;
        customer.instance = kInstance;
        customer.channel = kShop;
        customer.externalId = "as the store knew them";
        customer.name = "Zaphod";
        customer.notes = "two heads";
        return customer;
    }
    static Outcome erase(FloorHarness& floor, Asked& asked) {
        return floor.run(desk::EraseCustomer{kInstance, kCid, row(), asked.done()});
    }
    /// Their session is completed; they are still connected.
    static void talk(FloorHarness& floor) {
        floor.online(kAnn);
        floor.visit(1);
        floor.answer(kAnn);
        floor.end(kAnn, kFirst);
        floor.complete(kAnn, kFirst);
    }

private Q_SLOTS:
    void nobodyIsErasedInTheMiddle() {
        FloorHarness floor;
        floor.online(kAnn);
        floor.visit(1);
        Asked asked;
        QVERIFY(erase(floor, asked).batch.erasedCustomers.empty());
        QVERIFY(asked.answered && asked.result.error().code == "customer_busy");
        floor.answer(kAnn);
        floor.end(kAnn, kFirst); // in wrap-up
        asked = {};
        QVERIFY(erase(floor, asked).batch.erasedCustomers.empty());
        QVERIFY(asked.answered && asked.result.error().code == "customer_busy");
    }

    void anErasedCustomerComesBackAsSomebodyNew() {
        FloorHarness floor;
        talk(floor);
        Asked asked;
        const Outcome outcome = erase(floor, asked);
        QCOMPARE(outcome.batch.erasedCustomers.size(), std::size_t{1});
        const auto& erased = outcome.batch.erasedCustomers[0];
        QVERIFY(erased.id == kVisitor && erased.name.empty() && erased.notes.empty() && erased.externalId.empty());
        QCOMPARE(outcome.batch.events.size(), std::size_t{1});
        const auto* audit = std::get_if<model::AuditDetail>(&outcome.batch.events[0].detail);
        QVERIFY(audit != nullptr && audit->action == "customer.erase" && audit->target == "customer 1");
        QVERIFY(audit->before.empty() && audit->after.empty());
        const auto told = outcome.all<desk::ConfigEffect>();
        QVERIFY(told.size() == 1 && told[0].lists && told[0].by == kCid); // the block list may have named them
        const auto byes = outcome.all<desk::Bye>();
        QCOMPARE(byes.size(), std::size_t{1});
        QVERIFY(byes[0].code == desk::ByeCode::Reload);
        const Outcome again = floor.visit(1);
        QCOMPARE(again.batch.customers.size(), std::size_t{1});
        QVERIFY(again.batch.customers[0].id != kVisitor);
        QCOMPARE(floor.problems(), std::string{});
    }

    void aRowThatWasReadBeforeIsOfNobody() {
        FloorHarness floor;
        Asked asked;
        auto known = row(); // to the store only
        known.id = model::CustomerId{500};
        const Outcome erased = floor.run(desk::EraseCustomer{kInstance, kCid, known, asked.done()});
        QCOMPARE(erased.batch.erasedCustomers.size(), std::size_t{1});
        desk::VisitorAttach late;
        late.origin = {77, 1};
        late.instance = kInstance;
        late.channel = kShop;
        late.tokenHash = known.externalId;
        late.customer = known;
        floor.run(late);
        const Outcome start = floor.run(desk::VisitorStart{{77, 2}});
        QCOMPARE(start.batch.sessions.size(), std::size_t{1});
        QVERIFY(!start.batch.customers.empty() && start.batch.customers[0].name != "Zaphod");
        floor.attach(kCid);
        const Outcome update = floor.run(desk::UpdateCustomer{{2003, 9}, known.id, "Zaphod", "again", known});
        QVERIFY(update.batch.customers.empty());
    }

    void whoIsThereStaysWhenOthersAreRemoved() {
        FloorHarness floor;
        talk(floor);
        Asked asked;
        auto outcome = floor.run(desk::RemoveCustomers{kInstance, {kVisitor, model::CustomerId(50)}, asked.done()});
        QVERIFY(outcome.batch.removedCustomers == std::vector{model::CustomerId(50)}); // the other is connected
        floor.close(1);
        outcome = floor.run(desk::RemoveCustomers{kInstance, {kVisitor}, asked.done()});
        QVERIFY(outcome.batch.removedCustomers == std::vector{kVisitor});
        const Outcome again = floor.visit(1);
        QVERIFY(!again.batch.customers.empty() && again.batch.customers[0].id != kVisitor);
    }

    void anInstanceThatIsNotThereSaysSo() {
        FloorHarness floor;
        Asked asked;
        desk::EraseCustomer command{model::InstanceId(5), kCid, row(), asked.done()};
        floor.run(std::move(command));
        QVERIFY(asked.answered && asked.result.error().code == "not_found");
    }
};

static const cb::test::Add<ForgetTest> addedForgetTest;
#include "forget_test.moc"
