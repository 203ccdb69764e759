# Builds a file into a program, as it is and gzipped.
#
#   cloudbell_embed(TARGET cb_server_x FILE path SYMBOL widgetScript NAMESPACE cb::web DEPENDS widget)
#
# gives, in that namespace:  extern const std::string_view widgetScript, widgetScriptGzip, widgetScriptEtag;
# The file may be made by the build; DEPENDS names the target that makes it.
set(CLOUDBELL_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/embed_file_script.cmake")
find_program(CLOUDBELL_GZIP gzip)

function(cloudbell_embed)
  cmake_parse_arguments(EMBED "" "TARGET;FILE;SYMBOL;NAMESPACE" "DEPENDS" ${ARGN})
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded_${EMBED_SYMBOL}.cpp")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DIN=${EMBED_FILE}" "-DOUT=${out}" "-DSYMBOL=${EMBED_SYMBOL}" "-DSPACE=${EMBED_NAMESPACE}"
            "-DGZIP=${CLOUDBELL_GZIP}" -P "${CLOUDBELL_EMBED_SCRIPT}"
    DEPENDS "${EMBED_FILE}" "${CLOUDBELL_EMBED_SCRIPT}" ${EMBED_DEPENDS}
    COMMENT "Embedding ${EMBED_SYMBOL}"
    VERBATIM)
  target_sources(${EMBED_TARGET} PRIVATE "${out}")
  set_source_files_properties("${out}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  if(EMBED_DEPENDS)
    add_dependencies(${EMBED_TARGET} ${EMBED_DEPENDS})
  endif()
endfunction()
