#pragma once

#include <QtCore/QObject>
#include <QtTest/QTest>

#include <functional>
#include <memory>
#include <vector>

/// Several test classes in one executable. Each source file defines its class and ends with
///     static const cb::test::Add<MyTest> addedMyTest;
///     #include "my_test.moc"
/// and one source has CB_TEST_MAIN() (or its own main that calls cb::test::runAll).
namespace cb::test {

using Factory = std::function<std::unique_ptr<QObject>()>;

inline std::vector<Factory>& suites() {
    static std::vector<Factory> all;
    return all;
}

template <class Test>
struct Add {
    Add() {
        suites().push_back([] { return std::make_unique<Test>(); });
    }
};

inline int runAll(int argc, char** argv) {
    int failed = 0;
    for (const auto& make : suites())
        failed += QTest::qExec(make().get(), argc, argv) == 0 ? 0 : 1;
    return failed;
}

/// True in ./dev test --full: run the long counts.
inline bool isFull() {
    return qEnvironmentVariableIntValue("CLOUDBELL_FULL") != 0;
}

} // namespace cb::test

#define CB_TEST_MAIN()                                                                                                 \
    int main(int argc, char** argv) {                                                                                  \
        QCoreApplication app(argc, argv);                                                                              \
        return cb::test::runAll(argc, argv);                                                                           \
    }
