# Verdict::runtime, the one library that others link and the only target that is exported: the objects of the folders
# under vm/ and runtime/. Included where their third parties were looked for. docs/decisions/install.md says why so.
include(CMakePackageConfigHelpers)

# Who only verifies tokens has no business with signing them, and who runs programs none with writing them as text.
verdict_folder_targets(folders "^verdict_(vm|runtime)_")
list(REMOVE_ITEM folders verdict_runtime_crypto_signing verdict_vm_assembly)
list(TRANSFORM folders REPLACE "(.+)" "$<TARGET_OBJECTS:\\1>" OUTPUT_VARIABLE objects)

# Not linked to verdict_options: neither our warnings nor the source tree's folders concern anybody else.
add_library(verdict_runtime ${objects})
add_library(Verdict::runtime ALIAS verdict_runtime)
target_compile_features(verdict_runtime PUBLIC cxx_std_20)
target_include_directories(verdict_runtime PUBLIC
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/vm/include;${PROJECT_SOURCE_DIR}/runtime/include>"
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(verdict_runtime PRIVATE OpenSSL::Crypto simdjson::simdjson re2)
target_link_options(verdict_runtime PRIVATE $<TARGET_PROPERTY:verdict_options,INTERFACE_LINK_OPTIONS>)
set_target_properties(verdict_runtime PROPERTIES
  EXPORT_NAME runtime LINKER_LANGUAGE CXX VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

if(VERDICT_INSTALL)
  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/Verdict)
  install(TARGETS verdict_runtime EXPORT VerdictTargets)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/vm/include/verdict ${PROJECT_SOURCE_DIR}/runtime/include/verdict
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT VerdictTargets NAMESPACE Verdict:: DESTINATION ${package})
  configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/VerdictConfig.cmake.in VerdictConfig.cmake
    INSTALL_DESTINATION ${package} NO_SET_AND_CHECK_MACRO)
  # Before 1.0 a minor version may change the interface.
  write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/VerdictConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/VerdictConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/VerdictConfigVersion.cmake
    DESTINATION ${package})
endif()
