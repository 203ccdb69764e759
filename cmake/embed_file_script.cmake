# Run by cloudbell_embed: IN → OUT, a source file with the bytes of IN, the same gzipped (empty without gzip) and an entity tag.
function(to_array file symbol result)
  file(READ "${file}" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(${result} "constexpr char ${symbol}Bytes[] = {${bytes}'\\0'};\n" PARENT_SCOPE)
  set(${result}_size "${size}" PARENT_SCOPE)
endfunction()

to_array("${IN}" "${SYMBOL}" plain)
set(zipped_size 0)
set(zipped "constexpr char ${SYMBOL}GzipBytes[] = {'\\0'};\n")
if(GZIP)
  execute_process(COMMAND "${GZIP}" -9 -n -c "${IN}" OUTPUT_FILE "${OUT}.gz" RESULT_VARIABLE failed)
  if(NOT failed)
    to_array("${OUT}.gz" "${SYMBOL}Gzip" zipped)
  endif()
endif()
file(SHA256 "${IN}" hash)
string(SUBSTRING "${hash}" 0 32 tag)
file(
  WRITE "${OUT}"
  "#include <string_view>\n\nnamespace {\n${plain}${zipped}} // namespace\n\nnamespace ${SPACE} {\n"
  "extern const std::string_view ${SYMBOL}, ${SYMBOL}Gzip, ${SYMBOL}Etag;\n"
  "const std::string_view ${SYMBOL}{${SYMBOL}Bytes, ${plain_size}};\n"
  "const std::string_view ${SYMBOL}Gzip{${SYMBOL}GzipBytes, ${zipped_size}};\n"
  "const std::string_view ${SYMBOL}Etag{\"\\\"${tag}\\\"\"};\n} // namespace ${SPACE}\n")
