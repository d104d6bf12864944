# The few build functions every room uses. Warnings are for our own code; generated code is compiled once, in vsv_proto.
include(GoogleTest)

# Designated initializers name what differs from the default; what they leave out is meant.
set(VSV_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-missing-field-initializers -Werror)
if(VSV_SANITIZE STREQUAL "thread")
  # GCC warns wherever a header of others has a memory fence, which ThreadSanitizer does not model.
  list(APPEND VSV_WARNINGS -Wno-tsan)
endif()

if(VSV_FUZZER)
  # Clang warns of other things than GCC, which is the compiler that the warnings are chosen for.
  list(REMOVE_ITEM VSV_WARNINGS -Werror)
endif()

# Assertions stay on in every build, and debug information is line tables and backtraces: that of whole protobuf headers
# costs more disk and link time than it helps.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
add_compile_options(-fno-omit-frame-pointer)
if(VSV_SANITIZE)
  add_compile_options(-fsanitize=${VSV_SANITIZE} -fno-sanitize-recover=all -O1 -g1)
  add_link_options(-fsanitize=${VSV_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  add_compile_options(-fstack-protector-strong)
  add_compile_definitions(_FORTIFY_SOURCE=2)
endif()
if(VSV_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
find_program(VSV_MOLD mold)
if(VSV_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

function(_vsv_common target)
  target_compile_options(${target} PRIVATE ${VSV_WARNINGS})
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/gen")
endfunction()

# vsv_library(name SRCS ... DEPS ...): a static library, or an interface library when it has headers only.
function(vsv_library name)
  cmake_parse_arguments(ARG "" "" "SRCS;DEPS" ${ARGN})
  if(ARG_SRCS)
    add_library(${name} STATIC ${ARG_SRCS})
    _vsv_common(${name})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/gen")
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
endfunction()

# vsv_executable(name OUTPUT file-name SRCS ... DEPS ...): a program in ${build}/bin.
function(vsv_executable name)
  cmake_parse_arguments(ARG "" "OUTPUT" "SRCS;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SRCS})
  _vsv_common(${name})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
  if(ARG_OUTPUT)
    set_target_properties(${name} PROPERTIES OUTPUT_NAME "${ARG_OUTPUT}")
  endif()
endfunction()

# vsv_test(name LABEL unit|storage|system SRCS ... DEPS ...): one GoogleTest binary, one ctest entry. The further label grpc
# ("storage;grpc") marks a test of a library that carries calls over gRPC, which ThreadSanitizer cannot follow.
# Storage tests find their private PostgreSQL in VSV_TEST_PG, which ./run test sets.
function(vsv_test name)
  # By position, so that "storage;grpc" stays one value.
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "LABEL;TIMEOUT" "SRCS;DEPS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${name}: what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SRCS})
  _vsv_common(${name})
  # A test runs once for every time it is compiled: the compiler need not think as long.
  target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1>)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT})
endfunction()

# vsv_sql_statements(target NAMESPACE vsv::x::sql SCOPE x DIR sql HEADER services/x/storage/statements.h):
# every DIR/<name>.sql becomes `inline constexpr pg::Statement k<Name>{"x.<name>", R"sql(...)sql"}` in the generated
# header (included as "services/x/storage/statements.h"), and kAll lists them so that one test can prepare each of them.
function(vsv_sql_statements target)
  cmake_parse_arguments(ARG "" "NAMESPACE;SCOPE;DIR;HEADER" "" ${ARGN})
  file(GLOB sql_files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_DIR}/*.sql")
  set(header "${CMAKE_BINARY_DIR}/gen/${ARG_HEADER}")
  add_custom_command(
    OUTPUT "${header}"
    COMMAND ${CMAKE_COMMAND} "-DNAMESPACE=${ARG_NAMESPACE}" "-DSCOPE=${ARG_SCOPE}" "-DOUT=${header}"
            "-DDIR=${CMAKE_CURRENT_SOURCE_DIR}/${ARG_DIR}" -P "${CMAKE_SOURCE_DIR}/cmake/SqlStatements.cmake"
    DEPENDS ${sql_files} "${CMAKE_SOURCE_DIR}/cmake/SqlStatements.cmake"
    COMMENT "SQL statements of ${ARG_SCOPE}"
    VERBATIM)
  add_custom_target(${target}_sql DEPENDS "${header}")
  add_dependencies(${target} ${target}_sql)
endfunction()
