#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/* Put in front of every file by the build: calls without a bound, or with a hidden locale. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* clang's headers make macros of these; a poisoned macro is a warning. */
#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atof gets ctime localtime gmtime

#endif
