# moc 6.4 cannot read libstdc++'s <concepts> as the first header of a file; after <string> it can.
set(CLOUDBELL_MOC_OPTIONS --include string)

set(CLOUDBELL_QT_DEFINITIONS QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
# What is tested is optimised; the tests themselves need not be.
if(NOT MSVC AND CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CLOUDBELL_TEST_OPTIONS -O1)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND CLOUDBELL_TEST_OPTIONS -Wno-array-bounds -Wno-restrict) # sees what is not there in std::string at -O1
  endif()
endif()

# One folder = one static target = one namespace. `shared/flow` becomes target `cloudbell::shared_flow`.
#
#   cloudbell_room(SOURCES a.cpp b.cpp [HEADERS a.h] DEPS cloudbell::shared_base PRIVATE_DEPS fmt::fmt [QT] [APART])
#
# QT switches AUTOMOC on and uses the Qt precompiled header. APART: its sources use the same names for different things
# in their anonymous namespaces and are never compiled as one (the presets turn CMAKE_UNITY_BUILD on).
function(cloudbell_room)
  cmake_parse_arguments(ROOM "APART;QT" "" "SOURCES;HEADERS;DEPS;PRIVATE_DEPS" ${ARGN})
  file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REPLACE "/" "_" name "${path}")
  set(target "cb_${name}")
  add_library(${target} STATIC ${ROOM_SOURCES} ${ROOM_HEADERS})
  add_library(cloudbell::${name} ALIAS ${target})
  target_link_libraries(${target} PUBLIC cloudbell::flags ${ROOM_DEPS} PRIVATE ${ROOM_PRIVATE_DEPS})
  if(ROOM_APART)
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  endif()
  if(ROOM_QT)
    set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOMOC_MOC_OPTIONS "${CLOUDBELL_MOC_OPTIONS}")
    target_compile_definitions(${target} PUBLIC ${CLOUDBELL_QT_DEFINITIONS})
    cloudbell_precompile(${target} qt)
  else()
    cloudbell_precompile(${target} plain)
  endif()
endfunction()

# Tests of one room: one executable on Qt Test, run by CTest. Several test classes may share an executable; each source has
# its own class and registers it (see tests/support/test_main.h).
#
#   cloudbell_test(NAME shared_flow SOURCES x_test.cpp DEPS cloudbell::shared_flow [LABELS slow] [TIMEOUT 120] [APART] [GUI])
function(cloudbell_test)
  cmake_parse_arguments(TEST "APART;GUI" "NAME;TIMEOUT" "SOURCES;DEPS;LABELS;ENVIRONMENT" ${ARGN})
  set(target "test_${TEST_NAME}")
  add_executable(${target} ${TEST_SOURCES})
  set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOMOC_MOC_OPTIONS "${CLOUDBELL_MOC_OPTIONS}")
  if(TEST_APART)
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  endif()
  target_link_libraries(${target} PRIVATE cloudbell::flags Qt6::Core Qt6::Test ${TEST_DEPS})
  target_compile_definitions(${target} PRIVATE CLOUDBELL_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data" ${CLOUDBELL_QT_DEFINITIONS})
  target_compile_options(${target} PRIVATE ${CLOUDBELL_TEST_OPTIONS})
  cloudbell_precompile(${target} test)
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

# One precompiled header for all rooms without Qt, one for all with it, one for all tests: each is compiled once.
#
#   cloudbell_precompile(target plain|qt|test)
function(cloudbell_precompile target kind)
  set(owner "cb_precompiled_${kind}")
  if(NOT TARGET ${owner})
    file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/precompiled/${kind}.cpp" CONTENT "// Owns a precompiled header.\n")
    add_library(${owner} OBJECT "${PROJECT_BINARY_DIR}/precompiled/${kind}.cpp")
    target_link_libraries(${owner} PRIVATE cloudbell::flags)
    set(headers <algorithm> <chrono> <cstdint> <functional> <map> <memory> <optional> <string> <string_view>
                <unordered_map> <variant> <vector>)
    if(NOT kind STREQUAL "plain")
      target_link_libraries(${owner} PRIVATE Qt6::Core)
      target_compile_definitions(${owner} PRIVATE ${CLOUDBELL_QT_DEFINITIONS})
      list(APPEND headers <QtCore/QtCore>)
    endif()
    if(kind STREQUAL "test")
      target_compile_options(${owner} PRIVATE ${CLOUDBELL_TEST_OPTIONS})
      list(APPEND headers <nlohmann/json.hpp>)
    endif()
    target_precompile_headers(${owner} PRIVATE ${headers})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()
