#include "tests/support/suite.h"

#include <QtCore/QCoreApplication>

CB_TEST_MAIN()
