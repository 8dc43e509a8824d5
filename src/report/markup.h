#ifndef REPORT_MARKUP_H
#define REPORT_MARKUP_H

#include "base/strbuf.h"

/* Text as content or as the value of a quoted attribute of HTML and XML; what neither may hold
   (control characters, broken UTF-8, U+FFFE, U+FFFF) becomes U+FFFD. */
void markup_add_text(struct strbuf *out, struct str text);
void markup_add_cstr(struct strbuf *out, const char *text);

#endif
