# Flags every target of the project shares. Linked as an interface library, so nothing is set globally.
add_library(cloudbell_flags INTERFACE)
add_library(cloudbell::flags ALIAS cloudbell_flags)
target_include_directories(cloudbell_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_features(cloudbell_flags INTERFACE cxx_std_20)
target_compile_definitions(cloudbell_flags INTERFACE CLOUDBELL_VERSION="${PROJECT_VERSION}")

option(CLOUDBELL_WERROR "Warnings are errors" OFF)

if(MSVC)
  target_compile_options(cloudbell_flags INTERFACE /W4 /utf-8 /permissive- /bigobj $<$<BOOL:${CLOUDBELL_WERROR}>:/WX>)
  target_compile_definitions(cloudbell_flags INTERFACE NOMINMAX WIN32_LEAN_AND_MEAN _WIN32_WINNT=0x0A00)
else()
  target_compile_options(
    cloudbell_flags INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                              $<$<BOOL:${CLOUDBELL_WERROR}>:-Werror>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # ccache can only cache a precompiled header when the preprocessor keeps it in view.
    target_compile_options(cloudbell_flags INTERFACE -fpch-preprocess)
    if(CMAKE_UNITY_BUILD)
      # Several sources as one: what only one of them sees looks like a header's, and GCC 12 doubts variants it has inlined.
      target_compile_options(cloudbell_flags INTERFACE -Wno-subobject-linkage -Wno-maybe-uninitialized)
    endif()
  endif()
endif()

if(CLOUDBELL_SANITIZE)
  target_compile_options(cloudbell_flags INTERFACE -fsanitize=${CLOUDBELL_SANITIZE} -fno-omit-frame-pointer
                                                   -fno-sanitize-recover=all)
  if(CLOUDBELL_SANITIZE MATCHES thread)
    target_compile_options(cloudbell_flags INTERFACE -Wno-tsan) # Asio's fences: its mutexes order what matters, too
  endif()
  if(CLOUDBELL_SANITIZE MATCHES undefined)
    # Its checks of dynamic types need the type information of SOCI's back ends, which that library hides.
    target_compile_options(cloudbell_flags INTERFACE -fno-sanitize=vptr)
  endif()
  target_link_options(cloudbell_flags INTERFACE -fsanitize=${CLOUDBELL_SANITIZE})
endif()
if(CLOUDBELL_FUZZ)
  target_compile_options(cloudbell_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(CLOUDBELL_MOLD mold)
if(CLOUDBELL_MOLD AND NOT MSVC)
  target_link_options(cloudbell_flags INTERFACE -fuse-ld=mold)
endif()
