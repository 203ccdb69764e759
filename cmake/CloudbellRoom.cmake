# moc 6.4 cannot read libstdc++'s <concepts> as the first header of a file; after <string> it can.
set(CLOUDBELL_MOC_OPTIONS --include string)

# One folder = one static target = one namespace. `shared/flow` becomes target `cloudbell::shared_flow`.
#
#   cloudbell_room(SOURCES a.cpp b.cpp [HEADERS a.h] DEPS cloudbell::shared_base PRIVATE_DEPS fmt::fmt [QT])
#
# QT switches AUTOMOC on and uses the Qt precompiled header.
function(cloudbell_room)
  cmake_parse_arguments(ROOM "QT" "" "SOURCES;HEADERS;DEPS;PRIVATE_DEPS" ${ARGN})
  file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REPLACE "/" "_" name "${path}")
  set(target "cb_${name}")
  add_library(${target} STATIC ${ROOM_SOURCES} ${ROOM_HEADERS})
  add_library(cloudbell::${name} ALIAS ${target})
  target_link_libraries(${target} PUBLIC cloudbell::flags ${ROOM_DEPS} PRIVATE ${ROOM_PRIVATE_DEPS})
  if(ROOM_QT)
    set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOMOC_MOC_OPTIONS "${CLOUDBELL_MOC_OPTIONS}")
    target_compile_definitions(${target} PUBLIC QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
  endif()
  cloudbell_precompile(${target} "${ROOM_QT}")
endfunction()

# Tests of one room: one executable on Qt Test, run by CTest. Several test classes may share an executable; each source has
# its own class and registers it (see tests/support/test_main.h).
#
#   cloudbell_test(NAME shared_flow SOURCES x_test.cpp DEPS cloudbell::shared_flow [LABELS slow] [TIMEOUT 120] [GUI])
function(cloudbell_test)
  cmake_parse_arguments(TEST "GUI" "NAME;TIMEOUT" "SOURCES;DEPS;LABELS;ENVIRONMENT" ${ARGN})
  set(target "test_${TEST_NAME}")
  add_executable(${target} ${TEST_SOURCES})
  set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOMOC_MOC_OPTIONS "${CLOUDBELL_MOC_OPTIONS}")
  target_link_libraries(${target} PRIVATE cloudbell::flags Qt6::Core Qt6::Test ${TEST_DEPS})
  target_compile_definitions(${target} PRIVATE CLOUDBELL_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  add_test(NAME ${TEST_NAME} COMMAND ${target})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  if(CLOUDBELL_FULL AND TEST_TIMEOUT LESS 1800) # the long counts; Qt Test's own watchdog ends a function after five minutes
    set(TEST_TIMEOUT 1800)
    list(APPEND TEST_ENVIRONMENT "QTEST_FUNCTION_TIMEOUT=1700000")
  endif()
  set_tests_properties(${TEST_NAME} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}")
  if(TEST_GUI)
    list(APPEND TEST_ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
  endif()
  if(TEST_ENVIRONMENT)
    set_tests_properties(${TEST_NAME} PROPERTIES ENVIRONMENT "${TEST_ENVIRONMENT}")
  endif()
endfunction()

# One precompiled header for rooms without Qt, one for rooms with it.
function(cloudbell_precompile target qt)
  if(qt)
    target_precompile_headers(${target} PRIVATE <algorithm> <chrono> <functional> <memory> <optional> <string> <variant>
                              <vector> <QtCore/QtCore>)
  else()
    target_precompile_headers(${target} PRIVATE <algorithm> <chrono> <cstdint> <functional> <map> <memory> <optional>
                              <string> <string_view> <unordered_map> <variant> <vector>)
  endif()
endfunction()
