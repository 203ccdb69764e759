#include "tests/server/store/sample.h"

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    const int failed = cb::test::runAll(argc, argv);
    cb::test::forgetPostgres();
    return failed;
}
