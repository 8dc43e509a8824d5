#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "http/server.h"

/*
 * The browser application, as Vite has built it from web/: its page, scripts, styles and pictures
 * (http_options.files). Without any when the build was told so (-Dweb=false).
 */
extern const struct static_file web_files[];

#endif
