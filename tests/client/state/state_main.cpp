#include "tests/support/suite.h"

#include <QtGui/QGuiApplication>

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    return cb::test::runAll(argc, argv);
}
