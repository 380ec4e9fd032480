/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* page.html, line by line; the build makes it a C file. */
#ifndef XBZ_BENCH_PAGE_H
#define XBZ_BENCH_PAGE_H

#include <stddef.h>

extern const char *const xbz_page_lines[];
extern const size_t xbz_page_line_count;

#endif
