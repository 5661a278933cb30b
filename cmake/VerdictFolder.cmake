# A folder is a library: verdict_folder(vm/base) builds every .cc of that folder into the target verdict_vm_base.
# main.cc stays outside: it belongs to an executable.
include(VerdictOptions)

# verdict_folder(FOLDER [USES folders...] [LINKS private third-party targets...] [OPTIONS private compile options...])
function(verdict_folder folder)
  cmake_parse_arguments(ARG "" "" "USES;LINKS;OPTIONS" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  set(target verdict_${name})
  if(sources)
    set(scope PUBLIC)
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PRIVATE ${ARG_LINKS})
    target_compile_options(${target} PRIVATE ${ARG_OPTIONS})
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  target_link_libraries(${target} ${scope} verdict_options)
  foreach(used IN LISTS ARG_USES)
    string(REPLACE "/" "_" used_name ${used})
    target_link_libraries(${target} ${scope} verdict_${used_name})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY VERDICT_FOLDER_TARGETS ${target})
endfunction()

# verdict_folder_targets(OUT REGEX): the targets of the folders declared so far whose name matches.
function(verdict_folder_targets out regex)
  get_property(targets GLOBAL PROPERTY VERDICT_FOLDER_TARGETS)
  list(FILTER targets INCLUDE REGEX ${regex})
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

# verdict_public_headers(LAYER): every <verdict/...> header of LAYER/include must compile alone
# (checked by the target all_verify_interface_header_sets).
function(verdict_public_headers layer)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${layer}/include/verdict/*.h)
  if(headers)
    add_library(verdict_${layer}_headers INTERFACE)
    target_sources(verdict_${layer}_headers INTERFACE FILE_SET HEADERS
      BASE_DIRS ${PROJECT_SOURCE_DIR}/${layer}/include FILES ${headers})
    target_link_libraries(verdict_${layer}_headers INTERFACE verdict_options)
    set_target_properties(verdict_${layer}_headers PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
endfunction()
