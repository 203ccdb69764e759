#include "tests/support/suite.h"

CB_TEST_MAIN()
