#pragma once

#include <string_view>

namespace cb::web {

// Built into the program; the gzipped forms are empty when the build had no gzip. Entity tags are quoted.
extern const std::string_view widgetScript, widgetScriptGzip, widgetScriptEtag;
extern const std::string_view demoPage, demoPageGzip, demoPageEtag;
extern const std::string_view onlinePage, onlinePageGzip, onlinePageEtag; ///< behind a sign-in address
/// Where installers are to be had, see media::programPage.
extern const std::string_view downloadPage, downloadPageGzip, downloadPageEtag;
extern const std::string_view resetPage, resetPageGzip, resetPageEtag; ///< behind a link to a new password

} // namespace cb::web
