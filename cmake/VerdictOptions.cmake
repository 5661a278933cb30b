# The flags of our own code, all on one interface target. Third-party headers are SYSTEM and see none of them.
# CMakePresets.json turns these options on and off; docs/ARCHITECTURE.md says what each preset is for.

set(VERDICT_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= spells them: address,undefined or thread")
option(VERDICT_HARDEN "Fortified libc calls, stack protector, PIE and full RELRO" OFF)
option(VERDICT_LTO "Link-time optimisation" OFF)
option(VERDICT_COVERAGE "Count executed lines (gcov)" OFF)

add_library(verdict_options INTERFACE)
target_compile_features(verdict_options INTERFACE cxx_std_20)
target_include_directories(verdict_options INTERFACE ${PROJECT_SOURCE_DIR})
# g++ 12 raises false alarms: -Wrestrict on std::string (GCC bug 105651), -Wmaybe-uninitialized on std::optional when it
# optimises (GCC bug 80635).
target_compile_options(verdict_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough -Wswitch-enum -Wundef -Wdouble-promotion -Wformat=2
  -Wextra-semi -Wunused
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wno-restrict
  $<$<NOT:$<CONFIG:Debug>>:-Wno-maybe-uninitialized>>
  $<$<BOOL:${VERDICT_WERROR}>:-Werror>
  $<$<CONFIG:Debug>:-Og>)
target_compile_definitions(verdict_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

# Messages and debug information name a source file from the repository root (where a debugger is to be started),
# whatever folder it was built in: so the same objects come out of every checkout. ccache calls the compiler with
# relative names, hence the second map.
file(RELATIVE_PATH from_build_to_source ${CMAKE_BINARY_DIR} ${PROJECT_SOURCE_DIR})
target_compile_options(verdict_options INTERFACE
  -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/= -fmacro-prefix-map=${from_build_to_source}=
  $<$<NOT:$<BOOL:${VERDICT_COVERAGE}>>:-fdebug-prefix-map=${PROJECT_SOURCE_DIR}=.>)

if(VERDICT_SANITIZE)
  target_compile_options(verdict_options INTERFACE
    -fsanitize=${VERDICT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(verdict_options INTERFACE -fsanitize=${VERDICT_SANITIZE})
endif()

if(VERDICT_BUILD_FUZZ)
  target_compile_options(verdict_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(VERDICT_COVERAGE)
  target_compile_options(verdict_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(verdict_options INTERFACE --coverage)
endif()

if(VERDICT_HARDEN)
  target_compile_definitions(verdict_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=3>)
  target_compile_options(verdict_options INTERFACE
    -fstack-protector-strong $<$<NOT:$<BOOL:$<TARGET_PROPERTY:POSITION_INDEPENDENT_CODE>>>:-fPIE>)
  target_link_options(verdict_options INTERFACE
    -Wl,-z,relro,-z,now $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
endif()

if(VERDICT_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(LANGUAGES CXX)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

# The objects of the folders end in the library.
if(BUILD_SHARED_LIBS)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

# What one checkout has compiled serves every other: no absolute path of the source tree goes into ccache's keys. The
# sloppiness is what precompiled headers need (no source of ours uses __TIME__). Nor does the build folder's name go in:
# seen from build/dist and build/release, which have the same flags, a source is ../../vm/... either way.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(VERDICT_CCACHE ccache)
  if(VERDICT_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
      CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1 ${VERDICT_CCACHE})
  endif()
endif()
